"""What happens to a report is said beside the box and the buttons, in sight, and not above or below the screen."""

from contextlib import closing

import pytest
from playwright.sync_api import Locator, Page, Route, StorageState, expect

from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.pages.mailbox import Mailbox
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.staff import OneReport
from tests.journeys.staff.conftest import COORDINATOR, AtDesk, Colleague
from tests.journeys.staff.desk import at_the_desk
from tests.journeys.visitors import PHONE
from tests.limits.crowd import Server

LAPTOP = {"width": 1366, "height": 768}
SEEN = """(found) => {
  const element = found.closest("p") ?? found;
  const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
  return width > 40 && height > 10 && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
    && element.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
}"""
COVERED = """() => {
  const note = document.querySelector(".said .notice:not([hidden])").getBoundingClientRect();
  const parts = [...document.querySelectorAll(".beside-hand :is(h2, label, button, select, textarea, .notice)")];
  return parts.filter((part) => {
    const { top, bottom, height } = part.getBoundingClientRect();
    return height > 0 && !part.closest(".said") && top < note.bottom && bottom > note.top;
  }).map((part) => part.outerHTML.slice(0, 60));
}"""
NO_DATES = "Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', { get() { throw new RangeError(); } })"
LOOK_AGAIN = "dispatchEvent(new Event('focus'))"


def _in_sight(page: Page, words: str) -> Locator:
    """What says these words where they can be read without scrolling."""
    found = page.locator("article").get_by_text(words).filter(visible=True)
    expect(found.first).to_be_visible()
    seen = [each for each in found.all() if each.evaluate(SEEN)]
    assert seen, f"{words!r} is on the page, but not in sight"
    return seen[0]


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_what_others_do_is_said_where_the_hand_is(
    demo: Demo, new_profile: MakeProfile, at_desk: AtDesk, colleague: Colleague, viewport: dict[str, int]
) -> None:
    desk, inbox = at_desk()
    page = desk.page
    known = set(inbox.report_ids())
    pupil = new_profile().page
    form = ReportForm(pupil, demo.base).open().begin()
    form.fill({1: ["no"], 4: "It happened at the bus stop. " * 40, 9: "Somebody to talk to. " * 14}, reply=True)
    form.send()
    form.wait_for("sent")
    code = form.code()
    page.set_viewport_size(viewport)
    expect(inbox.show("open").rows).to_have_count(len(known) + 1)
    theirs = (set(inbox.report_ids()) - known).pop()
    report = inbox.open_report(theirs)

    colleague(theirs, "claim")
    page.locator('[data-action="claim"]').click()
    _in_sight(page, f"{COORDINATOR} was quicker and claimed this report.")
    expect(page.get_by_text("try once more")).to_have_count(0)

    colleague(theirs, "release")
    page.evaluate(LOOK_AGAIN)
    report.claim()
    _in_sight(page, "You have claimed this report.")
    report.type_answer("half an answer")
    expect(page.get_by_text("You have claimed this report.")).to_have_count(0)

    colleague(theirs, "claim")
    page.evaluate(LOOK_AGAIN)
    _in_sight(page, f"{COORDINATOR} took this report over.")
    expect(page.locator("#answer")).to_have_value("half an answer")
    expect(page.locator('[data-part="copy"]')).to_be_visible()

    colleague(theirs, "release")
    page.evaluate(LOOK_AGAIN)
    report.claim()
    page.context.set_offline(True)
    page.locator('[data-action="release"]').click()
    _in_sight(page, "We cannot reach the server.")
    page.context.set_offline(False)
    report.release()
    _in_sight(page, "This report is claimed by nobody now.")
    expect(page.get_by_text("Your text is kept for you here.")).to_be_visible()
    report.claim()
    expect(page.locator("#answer")).to_have_value("half an answer")
    _a_message_comes_while_the_report_is_closed(page, demo, pupil, code, report)


def _a_message_comes_while_the_report_is_closed(
    page: Page, demo: Demo, pupil: Page, code: list[str], report: OneReport
) -> None:
    report.ask_to_close()
    mailbox = Mailbox(pupil, demo.base).open()
    mailbox.enter(code)
    mailbox.write_back("One thing more")
    page.locator('dialog button[value="yes"]').click()
    _in_sight(page, "the person wrote again")
    page.locator('[data-part="show"]:visible').click()
    assert report.messages.last.evaluate(SEEN)
    expect(report.messages.last).to_be_focused()
    report.close()
    _in_sight(page, "This report is closed.")


def _abort(route: Route) -> None:
    route.fetch()
    route.abort()


def _fail(route: Route) -> None:
    route.fetch()
    route.fulfill(status=503, body="")


def _answer_for_another(route: Route) -> None:
    route.fetch()
    route.fulfill(status=200, content_type="text/html", body="<p>Log in to the Wi-Fi")


def test_an_act_whose_answer_got_lost_is_looked_at_again_and_what_is_true_is_said(at_desk: AtDesk) -> None:
    desk, inbox = at_desk()
    page = desk.page
    report = inbox.open_report(inbox.new_report_id())
    for lose in (_abort, _fail, _answer_for_another):
        page.route("**/claim", lose, times=1)
        page.locator('[data-action="claim"]').click()
        _in_sight(page, "You have claimed this report.")
        expect(page.locator('article [data-part="refusal"]')).to_be_hidden()
        report.release()
    page.route("**/claim", lambda route: route.fulfill(status=200, json={}), times=1)
    page.locator('[data-action="claim"]').click()
    _in_sight(page, "It was not done.")
    report.claim()


def test_whoever_only_reads_a_report_is_told_who_claimed_it_and_old_notes_go(
    at_desk: AtDesk, colleague: Colleague
) -> None:
    desk, inbox = at_desk()
    page = desk.page
    page.set_viewport_size(LAPTOP)
    report_id = inbox.new_report_id()
    report = inbox.open_report(report_id)
    colleague(report_id, "claim")
    page.evaluate(LOOK_AGAIN)
    _in_sight(page, f"{COORDINATOR} claimed this report. We saw it")
    colleague(report_id, "release")
    page.evaluate(LOOK_AGAIN)
    _in_sight(page, f"{COORDINATOR} gave this report back.")
    expect(page.get_by_text("claimed this report. We saw it")).to_have_count(0)

    report.claim().type_answer("half an answer")
    colleague(report_id, "claim")
    page.locator('[data-part="send"]').click()
    _in_sight(page, "Not sent:")
    assert page.evaluate(COVERED) == [], "a note covers what somebody wants to read or press"
    colleague(report_id, "release")
    page.evaluate(LOOK_AGAIN)
    _in_sight(page, f"{COORDINATOR} gave this report back.")
    expect(page.get_by_text("Not sent:")).to_have_count(0)


def test_a_hold_is_said_beside_its_button(demo: Demo, new_profile: MakeProfile, coordinator: StorageState) -> None:
    page = new_profile(viewport=LAPTOP).page
    _, inbox = at_the_desk(demo, page, coordinator, name=COORDINATOR)
    inbox.open_report(inbox.new_report_id())
    for viewport, action, words in ((PHONE, "hold", "This report is on hold"), (LAPTOP, "lift", "The hold is lifted")):
        page.set_viewport_size(viewport)
        page.locator(f'[data-action="{action}"]').click()
        _in_sight(page, words)


def test_a_report_that_does_not_open_can_still_be_claimed_and_closed(demo: Demo, at_desk: AtDesk) -> None:
    with closing(Server(demo.port)) as server:
        sealed = server.seal()
        assert server.send_as_a_browser_does(sealed)[0] == 201
    _, inbox = at_desk()
    page = inbox.page
    inbox.row(sealed.id).locator("a").click()
    expect(page.get_by_text("does not open with your keys")).to_be_visible()
    expect(page.get_by_text("without answering")).to_be_hidden()
    expect(page.locator('[data-action="claim"]')).to_be_visible()
    expect(page.get_by_text("Wants no reply")).to_have_count(0)
    page.locator('[data-action="claim"]').click()
    page.locator('[data-action="close"]').click()
    page.locator('dialog button[value="yes"]').click()
    _in_sight(page, "This report is closed.")


def test_words_and_buttons_stand_there_though_the_head_cannot_be_drawn(at_desk: AtDesk) -> None:
    desk, inbox = at_desk()
    page = desk.page
    report = inbox.open_report(inbox.new_report_id())
    page.add_init_script(NO_DATES)
    page.reload()
    desk.unlock()
    report.wait()
    assert "They wait\n\n  at the bus <b>" in report.told().values()
    expect(page.locator('[data-action="claim"]')).to_be_visible()
    expect(page.get_by_text("cannot be shown")).to_be_visible()
