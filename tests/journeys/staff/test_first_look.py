"""The first look at a report: what could tilt the choice of its level is covered until it is chosen."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.looks import everywhere
from tests.journeys.staff.case_card import CaseCard
from tests.journeys.staff.conftest import AtDesk
from tests.journeys.staff.desk import send_report
from tests.journeys.staff.one_report import OneReport

pytestmark = pytest.mark.journey
STORY = "A boy called Quillon hits me because I am muslim. It was on Monday at Ferncombe School."
TOLD = {3: ["bullying"], 4: STORY, 13: "Ferncombe, year 7"}
COVERED = ("Quillon", "muslim", "Ferncombe")


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_what_could_tilt_the_level_is_not_in_the_page_until_it_is_chosen(
    demo: Demo, at_desk: AtDesk, new_profile: MakeProfile, locale: str
) -> None:
    report_id = send_report(demo, new_profile().page, TOLD)
    desk, _ = at_desk(locale)
    page = desk.page
    page.goto(f"{demo.base}/staff/{locale}/reports/{report_id}/")
    desk.unlock()
    one, card = OneReport(page).wait(), CaseCard(page).wait()
    expect(page.locator('[data-part="answers"] [data-part="covered"]')).to_have_count(4)
    expect(page.locator('[data-part="answers"]')).to_contain_text("It was on Monday at")
    assert [word for word in COVERED if word in page.content()] == []
    assert everywhere(page, "first look", locale) == []
    page.locator('[data-part="to-level"]').click()
    expect(page.locator("#card-level")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator('[data-part="answers"]')).to_contain_text(STORY)
    card.save()
    page.reload()
    desk.unlock()
    one.wait()
    expect(page.locator('[data-part="answers"]')).to_contain_text(STORY)
    expect(page.locator('[data-part="first-look"]')).to_be_hidden()


def test_a_danger_that_was_ticked_goes_past_the_cover(demo: Demo, at_desk: AtDesk, new_profile: MakeProfile) -> None:
    report_id = send_report(demo, new_profile().page, {1: ["yes"], **TOLD})
    desk, _ = at_desk()
    desk.page.goto(f"{demo.base}/staff/en/reports/{report_id}/")
    desk.unlock()
    OneReport(desk.page).wait()
    expect(desk.page.locator('[data-part="answers"]')).to_contain_text(STORY)
    expect(desk.page.locator('[data-part="covered"]')).to_have_count(0)
