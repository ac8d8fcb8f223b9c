"""Two members write on one report's card: both read it, nothing typed is lost, and the server learns no word of it."""

from playwright.sync_api import StorageState, expect

from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.searching import found_in_bytes, found_in_files
from tests.journeys.staff.case_card import CaseCard
from tests.journeys.staff.conftest import COORDINATOR, AtDesk
from tests.journeys.staff.desk import Desk
from tests.journeys.staff.one_report import OneReport
from tests.journeys.visitors import DESK

SUMMARY, STEP, NOTE = "bramblewick scarf torn at tollgate", "ring quillhaven academy", "spoke with wexbrook reception"
THEIRS, LATER, DRAFT = "second look by orsedale", "called back from pellworth", "half a thought on marrowfield"
PLANTED = [SUMMARY, STEP, NOTE, THEIRS, LATER, DRAFT]
LOOK_AGAIN = "dispatchEvent(new Event('focus'))"


def test_two_members_write_on_one_card_and_the_server_learns_no_word_of_it(
    demo: Demo, at_desk: AtDesk, new_profile: MakeProfile, coordinator: StorageState
) -> None:
    desk, inbox = at_desk()
    inbox.open_report(inbox.new_report_id())
    mine = CaseCard(desk.page).wait()
    mine.choose_level("u2")
    mine.choose_category("bullying")
    mine.sum_up(SUMMARY)
    mine.plan(STEP, "2026-12-04")
    mine.note.fill(NOTE)
    mine.save()

    elsewhere = new_profile(storage_state=coordinator, viewport=DESK)
    elsewhere.page.goto(desk.page.url)
    Desk(demo, elsewhere.page, COORDINATOR).unlock()
    OneReport(elsewhere.page).wait()
    theirs = CaseCard(elsewhere.page).wait()
    assert theirs.number == mine.number
    for words in ("demo-caseworker, written", "Today (U2)", "Bullying", SUMMARY, f"{STEP}, on 4 December 2026", NOTE):
        expect(theirs.entries).to_contain_text(words)

    mine.sum_up(LATER)
    theirs.choose_level("u1")
    theirs.note.fill(THEIRS)
    theirs.save()
    mine.press()
    expect(mine.outcome).to_contain_text("somebody changed the card meanwhile")
    expect(mine.entries).to_have_count(2)
    expect(mine.page.locator("#card-level")).to_have_value("u1")
    mine.save()
    elsewhere.page.evaluate(LOOK_AGAIN)
    expect(theirs.entries).to_have_count(3)
    expect(theirs.page.locator("#card-summary")).to_have_value(LATER)

    mine.note.fill(DRAFT)
    desk.page.locator('#desk-tools [data-part="lock"]').click()
    expect(desk.page.locator("article")).to_have_count(0)
    desk.unlock()
    mine.wait()
    expect(mine.note).to_have_value(DRAFT)
    expect(mine.entries).to_have_count(3)
    mine.save()

    bodies = b"".join(each.post_data_buffer or b"" for each in elsewhere.requests)
    assert found_in_files(demo.folder, PLANTED) == []
    assert found_in_bytes(demo.said() + bodies, PLANTED) == []
