"""A coordinator stops taking reports, a pupil's phone sees the closed form with numbers, and it opens again."""

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.staff.desk import Desk, send_report
from tests.journeys.visitors import DESK, PHONE

pytestmark = pytest.mark.journey
COORDINATOR = "demo-coordinator"


def test_one_press_closes_the_form_for_whoever_comes_and_another_opens_it(
    own_demo: Demo, new_profile: MakeProfile
) -> None:
    page, phone = new_profile(viewport=DESK).page, new_profile(viewport=PHONE).page
    inbox = Desk(own_demo, page, COORDINATOR).sign_in()
    page.locator('[data-tab="settings"]').click()
    assert violations(page) == []
    page.locator('[data-page="taking_reports"] a').click()
    expect(page.locator('[data-part="preview"]')).to_contain_text("The form is closed")
    assert violations(page) == []
    page.locator('[data-part="stop"]').click()
    expect(page.locator('[data-part="outcome"]')).to_contain_text("Stopped")

    form = ReportForm(phone, own_demo.base).open()
    expect(form.trouble("closed").first).to_be_visible(timeout=15_000)
    expect(form.trouble("closed").first.locator('a[href="tel:999"]').first).to_be_visible()
    expect(form.step("danger").locator("[data-next]")).to_be_hidden()

    page.set_viewport_size(PHONE)
    page.locator('[data-tab="open"]').click()
    expect(page.locator('[data-part="stopped"]')).to_contain_text("no reports are taken")
    assert violations(page) == []
    page.locator('[data-part="stopped"] a').click()
    page.locator('[data-part="take-again"]').click()
    expect(page.locator('[data-part="stop"]')).to_be_visible()
    sent = send_report(own_demo, phone)
    page.locator('[data-tab="open"]').click()
    expect(inbox.row(sent)).to_be_visible()
