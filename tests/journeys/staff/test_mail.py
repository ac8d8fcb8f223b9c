"""A coordinator sets the mail server up by the keyboard, and a test message arrives at a real one."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.looks import everywhere
from tests.journeys.staff.desk import Desk
from tests.journeys.visitors import DESK
from tests.notify.smtp_server import Script, smtp_server

pytestmark = pytest.mark.journey
COORDINATOR = "demo-coordinator"


def fill(page: Page, **fields: str) -> None:
    """Go from field to field with the key Tab, and type."""
    page.locator("#mail-server").focus()
    for name in ("server", "security", "port", "user", "password", "sender"):
        expect(page.locator(f"#mail-{name}")).to_be_focused()
        if name == "security":
            page.keyboard.press("End")
        elif name in fields:
            page.keyboard.press("ControlOrMeta+a")
            page.keyboard.type(fields[name])
        page.keyboard.press("Tab")


def test_a_test_message_arrives_at_the_server_that_was_typed(own_demo: Demo, new_profile: MakeProfile) -> None:
    page, script = new_profile(viewport=DESK).page, Script()
    Desk(own_demo, page, COORDINATOR).sign_in()
    page.locator('[data-tab="settings"]').click()
    page.locator('[data-page="mail"] a').click()
    expect(page.locator('[data-part="none"]')).to_be_visible()
    with smtp_server(script, "none", passwords=False) as port:
        fill(page, server="localhost", port=str(port), sender="desk@council.example")
        expect(page.locator('[data-part="save"]')).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator('[data-part="outcome"]')).to_contain_text("Saved")
        page.locator("#mail-to").focus()
        page.keyboard.type("it@council.example")
        page.keyboard.press("Enter")
        expect(page.locator('[data-part="tested"] li').last).to_contain_text("accepted")
        expect(page.locator('[data-part="state"]')).to_contain_text("Last delivered")
    assert script.recipients == ["it@council.example"]
    assert everywhere(page, "mail", "en") == []
    page.goto(f"{own_demo.base}/staff/ar/mail/")
    Desk(own_demo, page, COORDINATOR).unlock()
    expect(page.locator('[data-part="state"]')).to_be_visible()
    assert everywhere(page, "mail", "ar") == []
    page.locator('[data-part="send-test"]').click()
    expect(page.locator('[data-part="test-trouble"]')).to_be_visible()
    assert everywhere(page, "mail, when nothing arrived", "ar") == []
