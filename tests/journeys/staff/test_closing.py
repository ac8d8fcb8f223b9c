"""A report is closed with what came of it: the team reads that, a colleague signs, and the server learns nothing."""

from playwright.sync_api import StorageState, expect

from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.searching import found_in_bytes, found_in_files
from tests.journeys.staff.case_card import CaseCard
from tests.journeys.staff.conftest import COORDINATOR, AtDesk
from tests.journeys.staff.desk import Desk
from tests.journeys.staff.one_report import OneReport
from tests.journeys.visitors import PHONE

SUMMARY, REASON, LAST = "thornmere scarf given back", "duskwater house knows her", "ashlockford wishes you well"
PLANTED = [SUMMARY, REASON, LAST, "harmful-sexual", "Referred"]
LOOK_AGAIN = "dispatchEvent(new Event('focus'))"


def test_a_report_is_closed_by_two_with_its_last_answer_and_the_server_learns_no_outcome(
    demo: Demo, at_desk: AtDesk, new_profile: MakeProfile, coordinator: StorageState
) -> None:
    desk, inbox = at_desk()
    page, report_id = desk.page, inbox.new_report_id()
    page.set_viewport_size(PHONE)
    report = inbox.open_report(report_id).claim()
    report.type_answer(LAST)
    page.locator('[data-action="close"]').click()
    closing = page.locator('[data-part="closing"]')
    expect(closing.locator('[data-part="last-words"]')).to_have_text(LAST)
    closing.locator("summary").click()
    closing.locator('input[value="harmful-sexual"]').check()
    closing.locator("#closing-outcome").select_option("referred")
    closing.locator("#closing-summary").fill(SUMMARY)
    closing.locator("#closing-note").fill(REASON)
    page.locator('[data-part="close-now"]').click()
    expect(closing.locator('[data-part="second"]')).to_contain_text("A colleague must sign it")
    assert report.message_texts() == [LAST]

    elsewhere = new_profile(storage_state=coordinator, viewport=PHONE)
    elsewhere.page.goto(page.url)
    Desk(demo, elsewhere.page, COORDINATOR).unlock()
    OneReport(elsewhere.page).wait()
    theirs = CaseCard(elsewhere.page).wait()
    for words in ("Outcome: Referred", "Harmful sexual behaviour", SUMMARY, REASON):
        expect(theirs.entries).to_contain_text(words)
    elsewhere.page.locator('[data-part="sign"]').click()
    expect(elsewhere.page.locator('[data-part="done-here"]')).to_contain_text("You have signed the outcome")

    page.evaluate(LOOK_AGAIN)
    expect(CaseCard(page).entries).to_have_count(2)
    page.locator('[data-part="close-now"]').click()
    expect(page.locator('[data-part="done-here"]')).to_contain_text("This report is closed")
    report.back()
    expect(inbox.show("closed").row(report_id)).to_be_visible()

    bodies = b"".join(each.post_data_buffer or b"" for each in elsewhere.requests)
    assert found_in_files(demo.folder, PLANTED) == []
    assert found_in_bytes(demo.said() + bodies, PLANTED) == []
