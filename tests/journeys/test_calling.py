"""Nothing stands between a child and a phone number: a tap on one calls at once, and what is typed stays."""

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.journeys.conftest import Demo
from tests.journeys.pages.mailbox import Mailbox
from tests.journeys.pages.report_form import QUESTIONS, ReportForm
from tests.journeys.visitors import Profile

pytestmark = pytest.mark.journey

STORY = "I want to die. They push me every day."
NUMBERS = 'a[href^="tel:"]:visible, a[href^="sms:"]:visible'
REPORTS = "**/api/v1/reports"
PROBLEM = '{"type":"urn:youthsafe:problem:bad-request"}'
NO_STORAGE = "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('', 'SecurityError'); } })"


@pytest.fixture
def asked(person: Profile) -> list[str]:
    """The questions that a browser put in the way."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    person.page.on("dialog", answer)
    return asked


def _press(page: Page, selector: str) -> None:
    """Press what is shown, by script: a machine without a telephone offers another way to call, and takes no tap."""
    page.locator(f"{selector}:visible").dispatch_event("click")


def _tap_every_number(page: Page) -> list[str]:
    """Follow whatever calls or texts somebody on this screen; gives the addresses."""
    links = page.locator(NUMBERS)
    addresses = []
    for at in range(links.count()):
        addresses.append(links.nth(at).get_attribute("href") or "")
        links.nth(at).dispatch_event("click")
        page.wait_for_timeout(50)  # a question would have been asked by now
    return addresses


def test_no_number_on_the_report_form_asks_before_it_calls(demo: Demo, person: Profile, asked: list[str]) -> None:
    page = person.page
    page.route(REPORTS, lambda route: route.abort())
    form = ReportForm(page, demo.base).open().begin()
    form.pick(1, "yes")
    form.go_on_to("story")
    form.words(4).press_sequentially(STORY)
    for name in ("about", "danger"):
        form.back()
        form.at(name)
    for name in (*QUESTIONS, "review"):
        form.at(name)
        addresses = _tap_every_number(page)
        assert {"tel:999", "tel:08001111"} <= set(addresses), name
        assert name != "story" or "sms:85258?&body=SHOUT" in addresses
        if name != "review":
            _press(page, "[data-next]")
    assert asked == []
    expect(form.words(4)).to_have_value(STORY)
    _press(page, "[data-seal]")
    form.wait_for("unsent")
    _tap_every_number(page)
    assert asked == []


def test_no_number_asks_where_nothing_can_be_locked_or_kept(demo: Demo, person: Profile, asked: list[str]) -> None:
    page = person.page
    page.add_init_script(NO_STORAGE)
    form = ReportForm(page, demo.base).open().begin()
    form.fill({4: STORY})
    page.route(REPORTS, lambda route: route.fulfill(status=400, content_type="application/problem+json", body=PROBLEM))
    form.send()
    form.wait_for("refused")
    assert len(_tap_every_number(page)) > 2, "and those of the notice"
    _press(page, "[data-again-from-answers]")
    form.at("review")
    page.unroute(REPORTS)
    page.route(REPORTS, lambda route: route.abort())
    _press(page, "[data-seal]")
    form.wait_for("unsent")
    _tap_every_number(page)
    assert asked == []


def test_no_number_asks_in_the_middle_of_a_message_back(demo: Demo, person: Profile, asked: list[str]) -> None:
    page = person.page
    form = ReportForm(page, demo.base).open().begin()
    form.fill({4: STORY})
    form.send()
    form.wait_for("sent")
    code = form.code()
    _press(page, "[data-check]")
    _press(page, "[data-sure]")
    mailbox = Mailbox(page, demo.base).open()
    mailbox.enter(code)
    box = page.locator('textarea[data-field="message"]')
    box.press_sequentially(STORY)
    _tap_every_number(page)
    page.route("**/mailbox/messages", lambda route: route.abort())
    _press(page, "[data-write]")
    expect(mailbox.said("not-written")).to_be_visible(timeout=30_000)
    assert len(_tap_every_number(page)) > 2, "and those of the notice"
    assert asked == []
    expect(box).to_have_value(STORY)


def test_no_number_asks_in_practice(demo: Demo, person: Profile, asked: list[str]) -> None:
    page = person.page
    page.goto(f"{demo.base}/en/report/practice/")
    for _ in range(2):
        page.locator("[data-step]:visible [data-next]").click()
    page.locator('textarea[data-field="4"]').press_sequentially(STORY)
    assert _tap_every_number(page) == ["tel:999", "tel:08001111"], "the strip is real, the screens dial nothing"
    assert asked == []
