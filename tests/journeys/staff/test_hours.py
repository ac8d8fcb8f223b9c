"""A coordinator changes the reading hours in a real browser, and a pupil's phone promises the new ones."""

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.staff.desk import Desk
from tests.journeys.visitors import DESK, PHONE

pytestmark = pytest.mark.journey
COORDINATOR = "demo-coordinator"


def test_hours_that_a_coordinator_signs_are_what_pupils_are_promised(own_demo: Demo, new_profile: MakeProfile) -> None:
    page, phone = new_profile(viewport=DESK).page, new_profile(viewport=PHONE).page
    Desk(own_demo, page, COORDINATOR).sign_in()
    page.locator('[data-tab="settings"]').click()
    page.locator('[data-page="hours"] a').click()
    sunday = page.locator('[data-day="Sunday"]')
    expect(sunday.locator('[data-part="reads"]')).not_to_be_checked()
    assert violations(page) == []
    sunday.locator('[data-part="reads"]').check()
    sunday.locator('[data-part="opens"]').fill("13:00")
    sunday.locator('[data-part="closes"]').fill("14:30")
    page.set_viewport_size(PHONE)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways on a phone"
    page.locator('[data-part="sign"]').click()
    expect(page.locator('[data-part="outcome"]')).to_contain_text("Saved and signed", timeout=30_000)

    form = ReportForm(phone, own_demo.base).open()
    week = form.step("danger").locator("[data-week]")
    expect(week).to_contain_text("Sunday")
    expect(week).to_contain_text("13:00", timeout=15_000)
