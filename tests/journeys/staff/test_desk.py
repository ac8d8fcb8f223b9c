"""What a caseworker relies on: nothing typed is lost, nothing is sent twice, nothing stays open behind them."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, Route, expect

from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.staff import OneReport, SignIn, sign_out
from tests.journeys.staff.conftest import AtDesk
from tests.journeys.staff.desk import CASEWORKER, KEEP_NOTHING, Desk, signed_in
from tests.journeys.visitors import DESK, PHONE

AXE = Path(__file__).parents[3] / "youthsafe/static/pwa/node_modules/axe-core/axe.min.js"
WRONG_PIN = """async () => {
  const open = indexedDB.open("youthsafe-staff");
  const database = await new Promise((resolve) => { open.onsuccess = () => resolve(open.result); });
  const store = database.transaction("pins", "readwrite").objectStore("pins");
  const asked = store.get("root");
  const pin = await new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); });
  pin.fingerprint[0] ^= 1;
  const put = store.put(pin, "root");
  await new Promise((resolve) => { put.onsuccess = resolve; });
  database.close();
}"""


def test_a_report_is_read_claimed_answered_closed_and_opened_again(at_desk: AtDesk) -> None:
    _, inbox = at_desk()
    report_id = inbox.new_report_id()
    report = inbox.open_report(report_id)
    assert "They wait\n\n  at the bus <b>" in report.told().values()
    report.claim().answer("Thank you\n  for telling us.")
    assert report.message_texts() == ["Thank you\n  for telling us."]
    expect(report.alarms).to_have_count(0)
    report.close()
    report.back()
    expect(inbox.show("closed").row(report_id)).to_be_visible()
    inbox.open_report(report_id).reopen()
    report.back()
    expect(inbox.show("mine").row(report_id)).to_be_visible()


def test_whatever_is_wrong_at_sign_in_the_answer_is_the_same(demo: Demo, new_profile: MakeProfile) -> None:
    form = SignIn(new_profile().page, demo.base).open()
    words, other = demo.words(CASEWORKER), demo.words("demo-second")
    said = []
    for name, given, code in (
        (CASEWORKER, words, "000000"),
        (CASEWORKER, other, "000000"),
        ("nobody", words, "000000"),
    ):
        form.fill(name, given, code).submit()
        expect(form.trouble).to_be_visible()
        said.append(form.trouble.text_content())
    assert len(set(said)) == 1


def test_words_that_cannot_be_right_never_leave_the_form(demo: Demo, new_profile: MakeProfile) -> None:
    profile = new_profile()
    form = SignIn(profile.page, demo.base).open()
    before = len(profile.requests)
    form.fill(CASEWORKER, "one two three", "123456").submit()
    expect(form.trouble).to_be_visible()
    expect(profile.page.locator("#words")).to_be_focused()
    asked = profile.asked_since(before)
    assert [each for each in asked if not each.startswith(f"{demo.base}/assets/") or "?" in each] == []


def test_everything_that_is_missing_is_told_at_once_and_the_first_field_has_the_focus(
    demo: Demo, new_profile: MakeProfile
) -> None:
    page = new_profile().page
    form = SignIn(page, demo.base).open()
    form.fill(" ", "", "12345").submit()
    expect(form.trouble).to_have_count(3)
    expect(page.locator("#name")).to_be_focused()
    form.fill(CASEWORKER, "", "12345").submit()
    expect(form.trouble).to_have_count(2)
    expect(page.locator("#words")).to_be_focused()


def test_a_reload_asks_for_the_words_and_comes_back_to_the_same_report(at_desk: AtDesk) -> None:
    desk, inbox = at_desk()
    inbox.open_report()
    address = desk.page.url
    desk.page.reload()
    desk.unlock()
    OneReport(desk.page).wait()
    assert desk.page.url == address
    desk.page.go_back()
    expect(inbox.rows.first).to_be_visible()


def test_other_words_do_not_unlock(demo: Demo, at_desk: AtDesk) -> None:
    desk, _ = at_desk()
    desk.page.locator('#desk-tools [data-part="lock"]').click()
    desk.page.locator("#words").fill(demo.words("demo-second"))
    desk.page.locator('[data-part="go"]').click()
    expect(desk.page.locator("#words-error")).to_be_visible()
    expect(desk.page.locator("#desk-tools")).to_be_hidden()


def test_an_answer_outlives_the_end_of_the_session(demo: Demo, new_profile: MakeProfile) -> None:
    desk, inbox = signed_in(demo, new_profile(viewport=DESK).page, "demo-second")
    report = inbox.open_report(inbox.new_report_id())
    report.claim().type_answer("half an answer")
    desk.page.context.clear_cookies()
    desk.page.locator('[data-part="send"]').click()
    expect(desk.page.locator('[data-part="kept"]')).to_be_visible()
    expect(desk.page.get_by_text("half an answer")).to_have_count(0)
    desk.sign_in_here()
    expect(desk.page.locator("#answer")).to_have_value("half an answer")


def test_fifteen_minutes_without_a_touch_lock_the_page(at_desk: AtDesk) -> None:
    desk, inbox = at_desk()
    report = inbox.open_report(inbox.new_report_id())
    report.claim().type_answer("half an answer")
    desk.page.clock.install()
    desk.page.reload()
    desk.unlock()
    report.wait().type_answer("half an answer")
    desk.page.clock.fast_forward("15:30")
    expect(desk.page.locator('[data-part="who"]')).to_be_visible()
    expect(desk.page.locator('[data-part="body"]')).to_have_count(0)
    desk.unlock()
    expect(desk.page.locator("#answer")).to_have_value("half an answer")


def test_signing_out_asks_before_it_wipes_an_answer_that_the_browser_cannot_keep(
    demo: Demo, new_profile: MakeProfile
) -> None:
    desk, inbox = signed_in(demo, new_profile(viewport=DESK).page, "demo-coordinator")
    desk.page.evaluate(KEEP_NOTHING)
    inbox.open_report(inbox.new_report_id()).claim().type_answer("half an answer")
    desk.page.locator('#desk-tools [data-part="sign-out"]').click()
    desk.page.locator('dialog button[value="no"]').click()
    expect(desk.page.locator("#answer")).to_have_value("half an answer")
    desk.page.locator('#desk-tools [data-part="sign-out"]').click()
    desk.page.locator('dialog button[value="yes"]').click()
    expect(desk.page.locator("#code")).to_be_visible()
    assert desk.page.context.request.get(f"{demo.base}/api/v1/staff/key-ring").status == 401


def test_after_signing_out_the_back_button_shows_no_report(demo: Demo, new_profile: MakeProfile) -> None:
    desk, inbox = signed_in(demo, new_profile(viewport=DESK).page, "demo-coordinator")
    inbox.open_report()
    sign_out(desk.page)
    desk.page.go_back()
    expect(desk.page.locator("#code")).to_be_visible()
    expect(desk.page.locator('[data-part="body"]')).to_have_count(0)


def test_two_presses_send_one_answer(at_desk: AtDesk) -> None:
    desk, inbox = at_desk()
    report = inbox.open_report(inbox.new_report_id())
    report.claim().type_answer("once")
    desk.page.locator('[data-part="send"]').dblclick()
    expect(report.messages).to_have_count(1)
    expect(desk.page.locator('[data-part="outcome"]')).not_to_be_empty()
    desk.page.reload()
    desk.unlock()
    expect(report.wait().messages).to_have_count(1)


def test_an_answer_that_cannot_be_sent_stays_and_is_sent_once(at_desk: AtDesk) -> None:
    desk, inbox = at_desk()
    report = inbox.open_report(inbox.new_report_id())
    report.claim().type_answer("kept")
    desk.page.context.set_offline(True)
    desk.page.locator('[data-part="send"]').click()
    expect(report.trouble).to_be_visible()
    expect(desk.page.locator("#answer")).to_have_value("kept")
    desk.page.context.set_offline(False)
    desk.page.locator('[data-part="send"]').click()
    expect(report.messages).to_have_count(1)


def test_an_answer_whose_response_was_lost_is_sent_once_though_the_page_was_locked(at_desk: AtDesk) -> None:
    desk, inbox = at_desk()
    report = inbox.open_report(inbox.new_report_id())
    report.claim().type_answer("once")
    arrived: list[int] = []

    def lose_the_response(route: Route) -> None:
        arrived.append(route.fetch().status)
        route.abort()

    desk.page.context.route("**/messages", lose_the_response, times=1)
    desk.page.locator('[data-part="send"]').click()
    expect(report.trouble).to_be_visible()
    assert arrived == [201]
    desk.page.locator('#desk-tools [data-part="lock"]').click()
    desk.unlock()
    expect(report.wait().messages).to_have_count(1)
    desk.page.locator('[data-part="send"]').click()
    expect(desk.page.locator("#answer")).to_have_value("")
    expect(report.messages).to_have_count(1)


def test_a_report_that_somebody_claimed_says_who(demo: Demo, new_profile: MakeProfile, at_desk: AtDesk) -> None:
    _, inbox = at_desk()
    report_id = inbox.new_report_id()
    inbox.open_report(report_id).claim()
    theirs = Desk(demo, new_profile(viewport=DESK).page, name="demo-second").sign_in().open_report(report_id)
    expect(theirs.page.get_by_text(CASEWORKER)).to_be_visible()
    expect(theirs.page.locator('[data-action="claim"]')).to_be_hidden()
    expect(theirs.page.locator("#answer")).to_be_hidden()


def test_another_root_than_the_pinned_one_opens_nothing(demo: Demo, at_desk: AtDesk) -> None:
    desk, _ = at_desk()
    desk.page.evaluate(WRONG_PIN)
    desk.page.reload()
    desk.page.locator("#words").fill(demo.words(CASEWORKER))
    desk.page.locator('[data-part="go"]').click()
    expect(desk.page.locator('[data-part="trouble"]')).to_be_visible(timeout=30_000)
    expect(desk.page.locator("#desk-tools")).to_be_hidden()


def test_the_first_visit_to_the_inbox_asks_few_things_and_nobody_else(demo: Demo, new_profile: MakeProfile) -> None:
    profile = new_profile(viewport=DESK)
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        answers.append(answer)

    profile.context.on("response", keep)
    inbox = Desk(demo, profile.page, "demo-second").sign_in()
    expect(inbox.page.locator('[data-part="fresh"]')).to_be_visible()
    assert len(answers) <= 18  # the words, the list and the cards have files of their own, so the first page is light
    assert profile.foreign_requests(demo.base) == []
    # One of the words may be part of the made-up sign-in name.
    words, bodies = demo.words("demo-second").split(), [request.post_data or "" for request in profile.requests]
    assert not [word for word in words for body in bodies if word in body.replace("demo-second", "")]


@pytest.mark.parametrize("locale", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_mend(at_desk: AtDesk, locale: str, scheme: str) -> None:
    desk, inbox = at_desk(locale, color_scheme=scheme, bypass_csp=True)
    page = desk.page
    for viewport in ({**PHONE, "width": 320}, DESK):
        page.set_viewport_size(viewport)
        _check(page)
        report = inbox.open_report()
        _check(page)
        report.back()
    page.locator('#desk-tools [data-part="lock"]').click()
    expect(page.locator('[data-part="who"]')).to_be_visible()
    _check(page)
    page.context.clear_cookies()
    page.reload()
    expect(page.locator("#code")).to_be_visible()
    _check(page)


def _check(page: Page) -> None:
    page.add_script_tag(path=AXE)
    violations = page.evaluate("axe.run().then(({violations}) => violations.map(({id, nodes}) => [id, nodes[0].html]))")
    assert violations == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_language_menu_closes_by_escape_and_when_it_is_left(at_desk: AtDesk) -> None:
    page = at_desk("en")[0].page
    menu, summary = page.locator(".languages ul"), page.locator(".languages summary")
    summary.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(summary).to_be_focused()
    summary.press("Enter")
    page.keyboard.press("Shift+Tab")
    expect(menu).to_be_hidden()
