"""A page that nobody sits at: it locks whatever stands on it, and nothing but unlocking is possible then."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Locator, Page, Request, Route, expect

from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.held import Held
from tests.journeys.staff.conftest import AtDesk
from tests.journeys.staff.desk import KEEP_NOTHING, Desk, signed_in
from tests.journeys.staff.inbox import Inbox
from tests.journeys.staff.one_report import OneReport
from tests.journeys.visitors import DESK

SOURCES = Path(__file__).parents[3] / "youthsafe/static/pwa/src/desk"
NAMED = re.compile(r'\bname: "(confirm-[\w-]+)"')  # as the type of a question wants it
YES = 'dialog[open] button[value="yes"]'
PRESS = "(button) => button.click()"  # no pointer and no key: as a screen reader presses


@dataclass(frozen=True)
class Reports:
    """The ids of a report that the member claimed, and of one that another had claimed when it was closed."""

    claimed: str
    closed: str


def _ask_to_close_a_report(desk: Desk, reports: Reports) -> None:
    OneReport(_report(desk, reports.claimed)).ask_to_close()


def _ask_to_close_a_flood(desk: Desk, _: Reports) -> None:
    desk.page.route("**/api/v1/staff/junk", _a_flood)
    _inbox(desk)
    desk.page.locator('[data-tab="floods"]').click()
    desk.page.locator('[data-part="groups"] [data-part="act"]').first.click()


def _a_flood(route: Route) -> None:
    """Forty reports of an hour, as the server would tell of them."""
    if route.request.method != "GET":
        return route.fallback()
    group = {"hour": "2026-11-23T09:00Z", "step": 0, "urgent": False, "opened": False, "count": 40}
    return route.fulfill(json=route.fetch().json() | {"groups": [group]})


def _ask_to_open_a_closed_report_again(desk: Desk, reports: Reports) -> None:
    _inbox(desk).show("closed").open_report(reports.closed)
    desk.page.locator('[data-action="reopen"]').click()


def _ask_to_sign_out(desk: Desk, reports: Reports) -> None:
    desk.page.evaluate(KEEP_NOTHING)
    _report(desk, reports.claimed).locator("#answer").fill("half an answer")
    desk.page.locator('#desk-tools [data-part="sign-out"]').click()


def _ask_to_pause_a_place(desk: Desk, _: Reports) -> None:
    _open_place(desk).locator('[data-part="pause"]').click()


def _ask_to_withdraw_a_place(desk: Desk, _: Reports) -> None:
    _open_place(desk).locator('[data-part="withdraw"]').click()


def _open_place(desk: Desk) -> Locator:
    _inbox(desk)
    desk.page.locator('[data-tab="places"]').click()
    desk.page.locator('[data-list="active"]').click()
    desk.page.locator('[data-part="places"] [data-part="open"]').first.click()
    return desk.page.locator('[data-part="detail"]')


def _ask_to_say_that_a_helpline_is_silent(desk: Desk, _: Reports) -> None:
    _inbox(desk)
    desk.page.locator('[data-tab="helplines"]').click()
    desk.page.locator('[data-place="frank"] [data-part="open"]').click()
    desk.page.locator('[data-place="frank"] [data-part="alert"]').click()


def _ask_to_remove_a_person(desk: Desk, _: Reports) -> None:
    _person(desk).locator('[data-part="remove"]').click()


def _ask_to_change_a_person(desk: Desk, _: Reports) -> None:
    row = _person(desk)
    row.locator('[data-part="change"]').click()
    row.locator('[data-part="change-form"] button[type=submit]').click()


def _ask_to_take_a_second_factor_away(desk: Desk, _: Reports) -> None:
    _person(desk).locator('[data-part="reset"]').click()


def _ask_to_cancel_an_invitation(desk: Desk, _: Reports) -> None:
    desk.page.route("**/api/v1/staff/invitations", _an_invitation)
    _person(desk)
    desk.page.locator('[data-part="invitations"] [data-part="cancel"]').first.click()


def _person(desk: Desk) -> Locator:
    _inbox(desk)
    desk.page.locator('[data-tab="people"]').click()
    return desk.page.locator('[data-member="demo-second"]')


def _an_invitation(route: Route) -> None:
    """Somebody who was invited and did not answer yet."""
    invited = {
        "id": "A" * 22,
        "member": "A" * 22,
        "name": "Amina",
        "role": 1,
        "teams": [],
        "made_by": "demo-coordinator",
    }
    sealed = {"offer": "AAAA", "sealed_secret": "AAAA", "public_key": None, "proof": None, "answered": False}
    route.fulfill(json={"invitations": [invited | sealed | {"until": "2099-01-01T09:00Z"}]})


def _ask_to_remove_the_mail_server(desk: Desk, _: Reports) -> None:
    server = {"server": "smtp.example.org", "port": 587, "security": "starttls", "user": None, "has_password": False}
    _answer(desk, "mail", account=server | {"sender": "desk@example.org"})
    _setting(desk, "mail").locator('[data-part="remove"]').click()


def _ask_to_keep_reports_for_a_shorter_time(desk: Desk, _: Reports) -> None:
    page = _setting(desk, "keeping_reports")
    page.locator('[data-part="closed"]').fill("60")
    page.locator('[data-part="look"]').click()
    page.locator('[data-part="save"]').click()


def _ask_to_open_the_form(desk: Desk, _: Reports) -> None:
    _answer(desk, "getting-started", open=False, steps=[])
    _inbox(desk)
    desk.page.locator('[data-tab="getting_started"]').click()
    desk.page.locator('[data-part="opening"] [data-part="open"]').click()


def _setting(desk: Desk, name: str) -> Page:
    """One of the pages under Settings."""
    _inbox(desk)
    desk.page.locator('[data-tab="settings"]').click()
    desk.page.locator(f'[data-page="{name}"] a').click()
    return desk.page


def _answer(desk: Desk, place: str, **changed: object) -> None:
    """Let the server tell otherwise what it tells of a page."""

    def tell(route: Route) -> None:
        if route.request.method != "GET":
            return route.fallback()
        return route.fulfill(json=route.fetch().json() | changed)

    desk.page.route(f"**/api/v1/staff/{place}", tell)


OPENED: Mapping[str, Callable[[Desk, Reports], None]] = {
    "confirm-alert": _ask_to_say_that_a_helpline_is_silent,
    "confirm-cancel": _ask_to_cancel_an_invitation,
    "confirm-change": _ask_to_change_a_person,
    "confirm-close": _ask_to_close_a_report,
    "confirm-junk": _ask_to_close_a_flood,
    "confirm-opening": _ask_to_open_the_form,
    "confirm-pause": _ask_to_pause_a_place,
    "confirm-removal": _ask_to_remove_a_person,
    "confirm-remove-mail": _ask_to_remove_the_mail_server,
    "confirm-reopen": _ask_to_open_a_closed_report_again,
    "confirm-reset": _ask_to_take_a_second_factor_away,
    "confirm-retention": _ask_to_keep_reports_for_a_shorter_time,
    "confirm-sign-out": _ask_to_sign_out,
    "confirm-withdraw": _ask_to_withdraw_a_place,
}


def test_no_question_outlives_the_lock_and_none_is_answered_for_a_person_who_left(
    demo: Demo, new_profile: MakeProfile, at_desk: AtDesk
) -> None:
    _, theirs = at_desk()
    closed = theirs.new_report_id()
    theirs.open_report(closed).claim().close()
    profile = new_profile(viewport=DESK)
    page = profile.page
    desk, inbox = signed_in(demo, page, "demo-coordinator")
    reports = Reports(inbox.new_report_id(), closed)
    inbox.open_report(reports.claimed).claim()
    page.clock.install()
    page.reload()
    desk.unlock()
    named = {name for path in SOURCES.rglob("*.ts*") for name in NAMED.findall(path.read_text(encoding="utf-8"))}
    assert named == set(OPENED), "a dialog that this test does not open may outlive the lock"

    seen = len(profile.requests)
    for name, open_it in OPENED.items():
        open_it(desk, reports)
        yes = page.locator(YES).element_handle()
        page.clock.fast_forward("15:30")
        expect(page.locator('[data-part="who"]')).to_be_visible()
        expect(page.locator("dialog"), name).to_have_count(0)
        yes.evaluate(PRESS)
        desk.unlock()
        assert _acts(profile.requests[seen:]) == [], f"{name} was answered on a locked page"

    for name, open_it in OPENED.items():
        open_it(desk, reports)
        _sleep(page)
        page.locator(YES).evaluate(PRESS)
        expect(page.locator('[data-part="who"]')).to_be_visible()
        desk.unlock()
        assert _acts(profile.requests[seen:]) == [], f"{name} was answered after the machine had slept"


def test_a_minute_before_it_locks_the_page_says_so_quietly(at_desk: AtDesk) -> None:
    desk, _ = at_desk()
    page = desk.page
    page.clock.install()
    page.reload()
    desk.unlock()
    line = page.locator('[data-part="locks-soon"]')
    page.clock.run_for("14:15")
    expect(line).to_contain_text("locks in a minute")
    page.mouse.move(100, 100)
    expect(line).to_be_empty()
    page.clock.run_for("14:15")
    expect(line).to_contain_text("locks in a minute")
    page.clock.run_for("01:00")
    expect(page.locator('[data-part="who"]')).to_be_visible()
    expect(line).to_be_empty()


def test_the_six_words_are_covered_until_somebody_wants_to_see_them(at_desk: AtDesk) -> None:
    page = at_desk()[0].page
    page.locator('#desk-tools [data-part="lock"]').click()
    page.locator("#words").fill("six words")
    covered = "(field) => getComputedStyle(field).webkitTextSecurity"
    assert page.locator("#words").evaluate(covered) == "disc"
    page.locator('[data-part="show"]').check()
    assert page.locator("#words").evaluate(covered) == "none"


def test_what_the_server_says_to_a_page_that_was_locked_meanwhile_is_not_heard(at_desk: AtDesk) -> None:
    desk, inbox = at_desk()
    page = desk.page
    inbox.open_report(inbox.new_report_id())
    for status in (200, 401):
        held = Held()
        page.route("**/claim", held.keep)
        page.locator('[data-action="claim"]').click()
        page.locator('#desk-tools [data-part="lock"]').click()
        expect(page.locator('[data-part="who"]')).to_be_visible()
        with page.expect_event("requestfinished", lambda request: request.url.endswith("/claim")):
            held.release(lambda route, status=status: route.fulfill(status=status, json={}))
        expect(page.locator('#desk > [data-part="status"]')).to_be_empty()
        desk.unlock()
        page.unroute("**/claim")
        expect(page.locator('[data-action="claim"]')).to_be_visible()


def test_nothing_of_a_report_stays_on_the_screen_while_the_server_is_told_of_signing_out(
    demo: Demo, new_profile: MakeProfile
) -> None:
    page = new_profile(viewport=DESK).page
    _, inbox = signed_in(demo, page, "demo-second")
    inbox.open_report()
    held = Held()
    page.route("**/sign-out", held.keep)
    page.locator('#desk-tools [data-part="sign-out"]').click()
    expect(page.locator('[data-part="body"]')).to_have_count(0)
    expect(page.locator("#code")).to_have_count(0)
    held.release(lambda route: route.continue_())
    expect(page.locator("#code")).to_be_visible()


def test_a_question_ends_with_the_view_and_a_list_stands_where_it_stood_before_the_lock(at_desk: AtDesk) -> None:
    desk, inbox = at_desk()
    page = desk.page
    page.set_viewport_size({"width": 360, "height": 300})
    page.evaluate("scrollTo(0, 150)")
    page.locator('#desk-tools [data-part="lock"]').evaluate(PRESS)
    desk.unlock()
    expect(inbox.rows.first).to_be_attached()
    page.wait_for_function("scrollY === 150")

    page.set_viewport_size(DESK)
    inbox.open_report(inbox.new_report_id()).claim().ask_to_close()
    expect(page.locator("dialog")).to_be_visible()
    page.go_back()
    expect(inbox.rows.first).to_be_visible()
    expect(page.locator("dialog")).to_have_count(0)


def test_what_is_signed_out_in_one_tab_is_hidden_in_every_other_at_once(demo: Demo, new_profile: MakeProfile) -> None:
    page = new_profile(viewport=DESK).page
    desk, inbox = signed_in(demo, page, "demo-second")
    inbox.open_report()
    page.clock.install()  # no timer runs in this tab any more
    page.reload()
    desk.unlock()
    expect(page.locator('[data-part="body"]')).to_be_visible()
    with page.context.expect_event("request", lambda request: "/api/v1/staff/reports/" in request.url) as asked:
        page.evaluate("dispatchEvent(new Event('focus'))")
    assert asked.value.headers.get("youthsafe-member"), "a request of the page does not say whose page it is"
    other = page.context.new_page()
    other.goto(f"{demo.base}/staff/en/")
    other.locator('[data-part="leave"]').click()
    expect(page.locator("#code")).to_be_visible()
    expect(page.locator('[data-part="body"]')).to_have_count(0)


def _inbox(desk: Desk) -> Inbox:
    """The list of open reports, from wherever the desk is."""
    page = desk.page
    if page.locator('[data-part="back"]').count():
        page.locator('[data-part="back"]').click()
    return Inbox(page).show("open")


def _report(desk: Desk, report_id: str) -> Page:
    """The page of an open report, from wherever the desk is."""
    if report_id not in desk.page.url:
        _inbox(desk).open_report(report_id)
    expect(desk.page.locator('[data-part="body"]')).to_be_visible()
    return desk.page


def _sleep(page: Page) -> None:
    """Time passes, and no timer runs."""
    shown = page.evaluate("Date.now()")
    page.clock.set_system_time(datetime.fromtimestamp(shown / 1000, UTC) + timedelta(minutes=16))


def _acts(done: list[Request]) -> list[str]:
    """What somebody did; that a report was shown, or what a shorter time would erase, is no act."""
    shown = ("/opened", "/foresee")
    return [each.url for each in done if each.method == "POST" and not each.url.endswith(shown)]
