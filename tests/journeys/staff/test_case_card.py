"""Two members write on one report's card: both read it, nothing typed is lost, and the server learns no word of it."""

from playwright.sync_api import StorageState, expect

from tests.journeys.axe import violations
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


def test_what_the_team_wrote_stands_at_the_reports_line_and_is_searched_in_the_browser_alone(at_desk: AtDesk) -> None:
    desk, inbox = at_desk()
    page, report_id = desk.page, inbox.new_report_id()
    inbox.open_report(report_id)
    card = CaseCard(page).wait()
    number = card.number
    card.choose_level("u2")
    card.choose_category("hate")
    card.sum_up(SUMMARY)
    card.plan(STEP, "2026-11-02")
    card.save()
    page.go_back()
    for words in (number, "Today (U2)", "Hate", SUMMARY, f"Due on 2 November 2026: {STEP}"):
        expect(inbox.row(report_id)).to_contain_text(words)

    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.post_data}"))
    page.keyboard.press("/")
    expect(inbox.search_words).to_be_focused()
    for words in ("TOLLGATE bramblewick", number, "hate quillhaven"):
        inbox.search_words.fill(words)
        expect(inbox.found).to_have_count(1)
        expect(inbox.found).to_contain_text(SUMMARY)
    assert violations(page) == []
    page.locator("#search-level").select_option("u4")
    expect(inbox.found).to_have_count(0)
    page.locator("#search-level").select_option("")
    inbox.found.locator("a").click()
    CaseCard(page).wait()
    page.go_back()
    expect(inbox.search_words).to_have_value("hate quillhaven")
    assert not [each for each in asked if "tollgate" in each.lower() or "quillhaven" in each.lower()]

    desk.page.locator('#desk-tools [data-part="lock"]').click()
    expect(page.locator("li[data-report]")).to_have_count(0)
    desk.unlock()
    expect(inbox.row(report_id)).to_contain_text(SUMMARY)
    expect(inbox.search_words).to_have_count(0)
