"""A mailbox that somebody tampered with on the way: nothing forged is shown as an answer, and the page says so."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Demo, running_demo
from tests.journeys.held import Held
from tests.journeys.pages.mailbox import Mailbox
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.site_map import BOTH_WAYS
from tests.journeys.staff import Inbox, SignIn
from tests.journeys.visitors import DESK, visitor
from youthsafe.crypto import bundle as bundles
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.demo.data_folder import Folder
from youthsafe.demo.primitives import sign

pytestmark = pytest.mark.journey

FIRST, SECOND = "Thank you for telling us.", "We spoke to your school."
Page = dict[str, Any]


@dataclass(frozen=True)
class Answered:
    """A report with two answers in a demonstration, and the code that opens them."""

    demo: Demo
    code: list[str]


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Answered]:
    with running_demo(tmp_path_factory.mktemp("forgeries") / "data") as demo:
        with visitor(browser) as pupil:
            form = ReportForm(pupil.page, demo.base).open().begin()
            form.fill({4: "They hide my bag every day."}, reply=True)
            form.send()
            form.wait_for("sent")
            code = form.code()
        with visitor(browser, viewport=DESK) as caseworker:
            name = "demo-caseworker"
            SignIn(caseworker.page, demo.base).open().sign_in(name, demo.words(name), demo.code(name))
            report = Inbox(caseworker.page).show("open").open_report()
            report.claim()
            report.answer(FIRST)
            report.answer(SECOND)
        yield Answered(demo, code)


def _by_number(page: Page) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = sorted(page["answers"], key=lambda each: each["number"])
    return answers


def _change_a_bit(page: Page) -> None:
    answer = _by_number(page)[1]
    envelope = bytearray(unb64(answer["envelope"]))
    envelope[-1] ^= 1
    answer["envelope"] = b64(bytes(envelope))


def _repeat_the_first(page: Page) -> None:
    first, second = _by_number(page)
    second["envelope"] = first["envelope"]


def _turn_round(page: Page) -> None:
    first, second = _by_number(page)
    first["envelope"], second["envelope"] = second["envelope"], first["envelope"]


def _leave_the_first_out(page: Page) -> None:
    page["answers"] = _by_number(page)[1:]


def _write_back_in_a_hundred_million_years(page: Page) -> None:
    page["sent"].append({"number": 1, "hour": 10**12, "answers": 0})


@dataclass(frozen=True)
class Tampering:
    """What is changed, what is still shown, and which warnings stand beside it."""

    change: Callable[[Page], None]
    shown: list[str]
    refused: int = 0
    gaps: int = 0
    moved: int = 0


TAMPERINGS = {
    "nothing": Tampering(lambda _: None, [FIRST, SECOND]),
    "forged": Tampering(_change_a_bit, [FIRST], refused=1),
    "replayed": Tampering(_repeat_the_first, [FIRST], refused=1),
    "reordered": Tampering(_turn_round, [FIRST, SECOND], moved=1),
    "mistimed": Tampering(_write_back_in_a_hundred_million_years, [FIRST, SECOND], refused=1),
    "of no shape": Tampering(lambda page: page["answers"].append(None), [FIRST, SECOND], refused=1),
    "left out": Tampering(_leave_the_first_out, [SECOND], gaps=1),
}
REFUSED = "One message here did not come from our team, or it was changed on the way."
GAP = "An answer before the next one is missing."
MOVED = "These answers came in the wrong order."
UNFIT = "The answer above speaks of something from you that we cannot find here."


def _tamper(mailbox: Mailbox, change: Callable[[Page], None]) -> None:
    def handle(route: Route) -> None:
        answer = route.fetch()
        page = json.loads(answer.body())
        change(page)
        route.fulfill(json=page)

    mailbox.page.route("**/api/v1/mailbox", handle)


@pytest.mark.parametrize("name", TAMPERINGS)
def test_forged_replayed_and_reordered_answers_are_told_apart(answered: Answered, browser: Browser, name: str) -> None:
    tampering = TAMPERINGS[name]
    with visitor(browser) as pupil:
        mailbox = Mailbox(pupil.page, answered.demo.base).open()
        _tamper(mailbox, tampering.change)
        mailbox.enter(answered.code)
        assert mailbox.answers() == tampering.shown
        expect(mailbox.thread.filter(has_text=REFUSED)).to_have_count(tampering.refused)
        expect(mailbox.thread.filter(has_text=GAP)).to_have_count(tampering.gaps)
        expect(mailbox.thread.filter(has_text=MOVED)).to_have_count(tampering.moved)


@pytest.mark.parametrize("locale", BOTH_WAYS)
def test_a_refused_answer_is_told_in_either_direction(answered: Answered, browser: Browser, locale: str) -> None:
    with visitor(browser) as pupil:
        mailbox = Mailbox(pupil.page, answered.demo.base, locale).open()
        _tamper(mailbox, _change_a_bit)
        mailbox.enter(answered.code)
        assert mailbox.answers() == [FIRST]
        expect(mailbox.thread.locator(".notice.warn")).to_have_count(1)
        assert violations(pupil.page) == []


def _name_an_older_tip(page: Page) -> None:
    page["report"]["tip"] = b64(bytes(32))


def _list_a_message_more(page: Page) -> None:
    page["sent"].append({"number": 1, "hour": 498_000, "answers": 0})


@pytest.mark.parametrize("change", [_name_an_older_tip, _list_a_message_more])
def test_a_mailbox_that_has_other_messages_than_were_sent_says_so(
    answered: Answered, browser: Browser, change: Callable[[Page], None]
) -> None:
    with visitor(browser) as pupil:
        mailbox = Mailbox(pupil.page, answered.demo.base).open()
        mailbox.enter(answered.code)
        expect(mailbox.said("not-whole")).to_have_count(0)
        _tamper(mailbox, change)
        mailbox.look_again()
        expect(mailbox.said("not-whole")).to_contain_text("Something that you sent us is missing here")


def _hide_what_the_team_said(page: Page) -> None:
    page["report"]["acknowledgements"] = []


def _make_up_what_the_team_said(page: Page) -> None:
    page["report"]["acknowledgements"] = [b64(bytes([1]) + bytes(36)), b64(bytes([2]) + bytes(36))]


def _deny_that_it_was_opened(page: Page) -> None:
    page["report"]["opened"] = False


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (lambda _: None, "read"),
        (_hide_what_the_team_said, "read-unchecked"),
        (_make_up_what_the_team_said, "read-unchecked"),
        (_deny_that_it_was_opened, "read"),
    ],
)
def test_that_it_was_opened_is_a_fact_only_when_the_team_said_so(
    answered: Answered, browser: Browser, change: Callable[[Page], None], state: str
) -> None:
    with visitor(browser) as pupil:
        mailbox = Mailbox(pupil.page, answered.demo.base).open()
        _tamper(mailbox, change)
        mailbox.enter(answered.code)
        assert mailbox.state == state
        expect(mailbox.said("withdrawn")).to_have_count(0)


def test_each_answer_says_what_the_team_had_when_it_wrote(answered: Answered, browser: Browser) -> None:
    with visitor(browser) as pupil:
        mailbox = Mailbox(pupil.page, answered.demo.base).open()
        mailbox.enter(answered.code)
        expect(mailbox.said("had-report")).to_have_count(2)
        expect(mailbox.said("had-more")).to_have_count(0)


def test_an_answer_that_names_what_the_server_took_back_says_that_something_is_missing(
    own_demo: Demo, browser: Browser
) -> None:
    kept: list[Page] = []
    with visitor(browser) as pupil, visitor(browser, viewport=DESK) as caseworker:
        form = ReportForm(pupil.page, own_demo.base).open().begin()
        form.fill({4: "They hide my bag every day."}, reply=True)
        form.send()
        form.wait_for("sent")
        code = form.code()
        mailbox = Mailbox(pupil.page, own_demo.base).open()
        _tamper(mailbox, lambda page: kept.append(json.loads(json.dumps(page))))
        mailbox.enter(code)
        mailbox.write_back("And my coat.")
        name = "demo-caseworker"
        SignIn(caseworker.page, own_demo.base).open().sign_in(name, own_demo.words(name), own_demo.code(name))
        report = Inbox(caseworker.page).show("open").open_report()
        report.claim()
        report.answer(FIRST)

        def take_it_back(page: Page) -> None:
            page["report"] |= {each: kept[0]["report"][each] for each in ("note", "tip")}
            page["sent"] = []

        pupil.page.unroute("**/api/v1/mailbox")
        mailbox.open()
        mailbox.enter(code)
        expect(mailbox.thread.filter(has_text=UNFIT)).to_have_count(0)
        _tamper(mailbox, take_it_back)
        mailbox.open()
        mailbox.enter(code)
        assert mailbox.answers() == [FIRST]
        expect(mailbox.thread.filter(has_text=UNFIT)).to_have_count(1)


def _older_list(demo: Demo) -> dict[str, str]:
    """A bundle that the true root signed before the one that is in force."""
    signed = demo.bundle()
    content = bundles.build_bundle(replace(bundles.parse_bundle(unb64(signed["bundle"])), serial=0))
    signature = sign(Folder(demo.folder).read_root(), bundles.LABEL, content)
    return signed | {"bundle": b64(content), "signature": b64(signature)}


def test_an_older_list_of_teams_than_an_answer_names_is_not_sealed_to(answered: Answered, browser: Browser) -> None:
    older = _older_list(answered.demo)
    with visitor(browser) as pupil:
        mailbox = Mailbox(pupil.page, answered.demo.base).open()
        pupil.page.route("**/api/v1/bundle", lambda route: route.fulfill(json=older))
        mailbox.enter(answered.code)
        expect(mailbox.said("older-list")).to_be_visible()
        assert mailbox.answers() == [FIRST, SECOND]
        expect(mailbox.said("writable")).to_have_count(0)
        form = ReportForm(pupil.page, answered.demo.base).open()
        expect(form.trouble("forged")).to_be_visible()
        pupil.page.unroute("**/api/v1/bundle")
        mailbox.open()
        mailbox.enter(answered.code)
        expect(mailbox.said("writable")).to_be_visible()


def test_a_message_that_the_server_takes_and_drops_is_missed_at_once(answered: Answered, browser: Browser) -> None:
    def take_and_drop(route: Route) -> None:
        number = unb64(json.loads(route.request.post_data or "{}")["envelope"])[20:36]
        route.fulfill(status=201, json={"id": b64(number)})

    with visitor(browser) as pupil:
        mailbox = Mailbox(pupil.page, answered.demo.base).open()
        mailbox.enter(answered.code)
        pupil.page.route("**/api/v1/mailbox/messages", take_and_drop)
        mailbox.type_message("are you there?")
        expect(mailbox.said("not-whole")).to_be_visible()
        expect(mailbox.said("not-kept")).to_be_visible()
        expect(mailbox.said("written")).to_have_count(0)
        expect(pupil.page.locator('textarea[data-field="message"]')).to_have_value("are you there?")


@pytest.mark.parametrize("what", ["id", "team"])
def test_another_report_or_team_under_the_same_code_is_not_shown(
    answered: Answered, browser: Browser, what: str
) -> None:
    def exchange(page: Page) -> None:
        page["report"][what] = b64(bytes(16))

    with visitor(browser) as pupil:
        mailbox = Mailbox(pupil.page, answered.demo.base).open()
        _tamper(mailbox, exchange)
        mailbox.type_code(answered.code)
        expect(mailbox.said("exchanged")).to_contain_text("This is not your report")
        expect(mailbox.said("exchanged").locator("h2")).to_be_in_viewport()
        assert mailbox.answers() == []


def test_a_mailbox_that_is_shut_while_it_is_fetched_raises_no_alarm(answered: Answered, browser: Browser) -> None:
    held = Held()
    with visitor(browser) as pupil:
        mailbox = Mailbox(pupil.page, answered.demo.base).open()
        mailbox.enter(answered.code)
        pupil.page.route("**/api/v1/mailbox", held.keep)
        pupil.page.locator("[data-refresh]").click()
        pupil.page.locator("[data-shut]").click()
        expect(pupil.page.locator("[data-enter]")).to_be_visible()
        held.release(Route.continue_)
        expect(pupil.page.locator('[data-when="fetching"]')).to_be_hidden()
        expect(pupil.page.locator("[data-trouble] > :visible")).to_have_count(0)
        expect(mailbox.thread).to_have_count(0)


def _hold_a_message(mailbox: Mailbox) -> Held:
    """Write back, and keep the request from the server."""
    held, messages = Held(), "**/api/v1/mailbox/messages"
    mailbox.page.route(messages, held.keep)
    with mailbox.page.expect_request(messages):
        mailbox.type_message("are you there?")
    return held


def test_a_mailbox_that_is_shut_while_a_message_is_sent_says_nothing_in_the_next_one(
    answered: Answered, browser: Browser
) -> None:
    with visitor(browser) as pupil:
        mailbox = Mailbox(pupil.page, answered.demo.base).open()
        mailbox.enter(answered.code)
        held = _hold_a_message(mailbox)
        pupil.page.locator("[data-shut]").click()
        mailbox.enter(answered.code)
        held.release(Route.abort)
        pupil.page.wait_for_timeout(300)
        for name in ("written", "not-written"):
            expect(mailbox.said(name)).to_have_count(0)
        assert mailbox.answers() == [FIRST, SECOND]


def test_nothing_can_be_typed_into_a_message_that_is_on_its_way_and_its_notice_goes_with_the_next_word(
    answered: Answered, browser: Browser
) -> None:
    with visitor(browser) as pupil:
        mailbox = Mailbox(pupil.page, answered.demo.base).open()
        mailbox.enter(answered.code)
        box = pupil.page.locator('textarea[data-field="message"]')
        held = _hold_a_message(mailbox)
        expect(box).not_to_be_editable()
        held.release(Route.continue_)
        expect(mailbox.said("written")).to_be_visible()
        expect(box).to_be_editable()
        box.fill("x" * 1_501)
        expect(mailbox.said("written")).to_have_count(0)
        pupil.page.locator("[data-write]").click()
        expect(box).to_be_focused()
        assert len(held.routes) == 1
