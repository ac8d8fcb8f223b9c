"""A caseworker whose hands stay on the keys."""

from playwright.sync_api import Page, expect

from tests.journeys.axe import violations
from tests.journeys.staff.conftest import AtDesk
from tests.journeys.staff.inbox import Inbox
from tests.journeys.staff.one_report import OneReport

FOCUSED = "document.activeElement.closest('[data-report]')?.dataset.report"


def _go_to(page: Page, report_id: str, inbox: Inbox) -> None:
    for _ in range(inbox.rows.count()):
        page.keyboard.press("j")
        if page.evaluate(FOCUSED) == report_id:
            return
    raise AssertionError("j does not come to the report")


def test_a_report_is_answered_and_closed_by_keys_alone(at_desk: AtDesk) -> None:
    desk, inbox = at_desk()
    page, keys, report_id = desk.page, desk.page.keyboard, inbox.new_report_id()
    _go_to(page, report_id, inbox)
    keys.press("Enter")
    report = OneReport(page).wait()
    keys.press("t")
    expect(page.locator("#answer")).to_be_focused()
    keys.press("Escape")
    expect(page.locator("#answer")).not_to_be_focused()
    keys.press("r")
    expect(page.locator("#answer")).to_be_focused()
    keys.type("Thank you. rt, we read it: come back tomorrow.")
    keys.press("Control+Enter")
    expect(report.messages).to_have_count(1, timeout=15_000)
    keys.press("Escape")
    keys.press("c")
    expect(page.locator("#closing-outcome")).to_be_visible()
    page.locator("#closing-outcome").focus()
    keys.press("ArrowDown")
    page.locator('[data-part="close-now"]').focus()
    keys.press("Enter")
    expect(page.locator('[data-action="reopen"]')).to_be_visible()
    assert report.message_texts() == ["Thank you. rt, we read it: come back tomorrow."]
    keys.press("Escape")
    expect(page.locator('[data-part="fresh"]')).to_be_visible()
    expect(inbox.row(report_id)).to_have_count(0)


def test_a_question_mark_shows_the_keys_and_one_switch_takes_them_away(at_desk: AtDesk) -> None:
    desk, inbox = at_desk("ar")
    page = desk.page
    page.keyboard.press("?")
    panel = page.locator('[data-part="panel-shortcuts"]')
    expect(panel.locator("h2")).to_be_focused()
    expect(panel).to_be_in_viewport()
    expect(panel).to_contain_text("Ctrl")
    assert violations(page) == []
    panel.locator('[data-part="shortcuts-switch"]').press("Enter")
    page.go_back()
    expect(inbox.rows.first).to_be_visible()
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED) is None
    page.keyboard.press("?")
    expect(inbox.rows.first).to_be_visible()
