"""A drill lies unread, so the form closes itself; somebody opens it, and pupils can write again."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.site_map import LOCALES
from tests.journeys.staff.clockwork import let_it_lie, make_drill
from tests.journeys.staff.desk import Desk, send_report
from tests.journeys.visitors import DESK, PHONE

pytestmark = pytest.mark.journey


def test_the_form_closes_while_a_drill_lies_unread_and_opening_it_opens_the_form(
    own_demo: Demo, new_profile: MakeProfile
) -> None:
    page, phone = new_profile(viewport=DESK).page, new_profile(viewport=PHONE).page
    child = send_report(own_demo, phone)
    make_drill(own_demo)
    let_it_lie(own_demo)

    why = {locale: closed_form(own_demo, phone, locale) for locale in LOCALES}
    assert "opens again when somebody reads" in why["en"]
    assert len(set(why.values())) == len(LOCALES)

    inbox = Desk(own_demo, page).sign_in()
    expect(page.locator('[data-part="stopped"]')).to_contain_text("opens again by itself")
    expect(inbox.rows).to_have_count(2)
    drill = next(each for each in inbox.report_ids() if each != child)
    expect(inbox.row(drill).locator(".badge.new")).to_be_visible()
    assert violations(page) == []

    inbox.open_report(drill)
    expect(page.locator('[data-part="drill"]')).to_contain_text("This was a drill.")
    expect(page.locator("#answer, [data-action]")).to_have_count(0)
    assert violations(page) == []
    page.locator('[data-part="drill-done"]').click()
    expect(inbox.row(child)).to_be_visible()
    expect(inbox.row(drill)).to_have_count(0)
    expect(page.locator('[data-part="stopped"]')).to_have_count(0)

    another = send_report(own_demo, phone)
    page.locator('[data-tab="open"]').click()
    expect(inbox.row(another)).to_be_visible()


def closed_form(demo: Demo, phone: Page, locale: str) -> str:
    """What a pupil reads there in a language, with numbers to call beside it."""
    form = ReportForm(phone, demo.base, locale).open()
    shown = form.trouble("closed").first
    expect(shown).to_be_visible(timeout=15_000)
    expect(shown.locator('a[href="tel:999"]').first).to_be_visible()
    expect(form.step("danger").locator("[data-next]")).to_be_hidden()
    assert violations(phone) == []
    return shown.inner_text()
