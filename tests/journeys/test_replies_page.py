"""Where a code opens answers: what is said of a wrong code and of no signal, and that nobody there closes it."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Demo
from tests.journeys.pages.mailbox import Mailbox
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.visitors import Profile

pytestmark = pytest.mark.journey

MINUTE = 60_000
HALF_WRITTEN = "They did it again today."


def _sent(demo: Demo, person: Profile) -> list[str]:
    form = ReportForm(person.page, demo.base).open().begin()
    form.fill({4: "They took my bag."})
    form.send()
    form.wait_for("sent")
    return form.code()


def test_a_wrong_code_is_answered_with_the_word_that_is_wrong_and_with_how_many_there_are(
    demo: Demo, person: Profile
) -> None:
    mailbox = Mailbox(person.page, demo.base).open()
    mailbox.type_code("stack seagull halyard event housing fajita zzzz")
    error = mailbox.said("code-word")
    expect(error).to_contain_text("Word number 7, “zzzz”, is not one of our words.")
    lines = error.evaluate(
        "error => new Set([...error.childNodes].map((each) => getComputedStyle(error).display)).size"
    )
    assert lines == 1
    assert error.evaluate("error => getComputedStyle(error).display") == "block", "its words are one text, not columns"
    mailbox.type_code("stack seagull halyard event housing fajita")
    expect(mailbox.said("code-count")).to_contain_text("You typed: 6.")


def test_opening_without_a_signal_says_so_in_view(demo: Demo, person: Profile) -> None:
    mailbox = Mailbox(person.page, demo.base).open()
    person.context.set_offline(True)
    mailbox.type_code("stack seagull halyard event housing fajita furnish")
    expect(mailbox.said("no-signal")).to_contain_text("You have no signal.")
    expect(mailbox.said("no-signal").locator("strong")).to_be_in_viewport(ratio=1)


def test_an_opened_mailbox_closes_after_ten_quiet_minutes_and_a_message_comes_back(demo: Demo, person: Profile) -> None:
    page = person.page
    code = _sent(demo, person)
    page.clock.install()
    mailbox = Mailbox(page, demo.base).open()
    mailbox.enter(code)
    box = page.locator('textarea[data-field="message"]')
    page.clock.fast_forward(9 * MINUTE)
    box.press_sequentially(HALF_WRITTEN)  # somebody is there
    page.clock.fast_forward(9 * MINUTE)
    expect(page.locator("[data-mailbox]")).to_be_visible()
    page.clock.fast_forward(MINUTE + 6_000)
    expect(page.locator("[data-mailbox]")).to_be_hidden()
    expect(mailbox.said("too-quiet")).to_contain_text("Type your seven words to open them again.")
    expect(box).to_have_value("")
    expect(mailbox.thread).to_have_count(0)
    mailbox.enter(code)
    expect(box).to_have_value(HALF_WRITTEN)
    expect(mailbox.said("message-kept")).to_be_visible()
    page.locator("[data-write]").click()
    expect(mailbox.said("written")).to_be_visible()
    assert page.evaluate("sessionStorage.getItem('message')") is None


def test_send_now_without_a_signal_answers(demo: Demo, person: Profile) -> None:
    page = person.page
    form = ReportForm(page, demo.base).open().begin()
    form.fill({4: "They took my bag."}, reply=False)
    person.context.set_offline(True)
    form.send()
    form.wait_for("unsent")
    page.locator("[data-send-now]").click()
    answer = form.step("outcome").locator('[data-when="no-signal"]')
    expect(answer).to_contain_text("You have no signal.")
    expect(answer).to_be_in_viewport(ratio=1)
