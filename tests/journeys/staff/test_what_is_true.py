"""The desk shows what is sealed in a report, also where the server says something else."""

import json

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.staff.conftest import AtDesk

pytestmark = pytest.mark.journey


def test_a_report_that_wants_no_reply_waits_for_none_on_its_page_and_in_the_list(
    demo: Demo, new_profile: MakeProfile, at_desk: AtDesk
) -> None:
    _, inbox = at_desk()
    pupil = new_profile().page
    form = ReportForm(pupil, demo.base).open().begin()
    form.fill({4: "Nobody needs to write to me."}, reply=False)
    with pupil.expect_response(lambda each: each.url.endswith("/api/v1/reports") and each.status == 201) as kept:
        form.send()
    report_id = str(kept.value.json()["id"])

    inbox.show("mine").show("open")
    inbox.row(report_id).locator("a").click()
    page = inbox.page
    page.locator('[data-action="claim"]').click()
    expect(page.locator('[data-action="release"]')).to_be_visible()
    expect(page.locator('[data-part="badges"]').get_by_text("Wants no reply")).to_be_visible()
    expect(page.locator("#answer")).to_be_hidden()
    page.locator('[data-part="back"]').click()
    for tab in ("open", "mine"):
        row = inbox.show(tab).row(report_id)
        expect(row.get_by_text("Wants no reply")).to_be_visible()
        expect(row.get_by_text("No answer yet")).to_have_count(0)


def test_a_report_that_the_server_dates_otherwise_than_its_seal_says_so_beside_both_times(at_desk: AtDesk) -> None:
    _, inbox = at_desk()
    page = inbox.page

    def date_back(route: Route) -> None:
        answer = route.fetch()
        report = json.loads(answer.body())
        route.fulfill(response=answer, json=report | {"received": "2025-02-03T10:00Z"})

    page.route("**/api/v1/staff/reports/*/opened", date_back)
    report = inbox.open_report(inbox.new_report_id())
    expect(report.alarms).to_have_count(1)
    expect(report.alarms).to_contain_text("The times do not fit")
    facts = page.locator('article [data-part="facts"]')
    expect(facts).to_contain_text("Received 3 Feb 2025")
    expect(facts).to_contain_text("Written ")
