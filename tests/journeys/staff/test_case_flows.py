"""What two members do with a report by its card: they wait, hand it over, link it with another, and note a referral."""

from pathlib import Path

from playwright.sync_api import StorageState, expect

from tests import prints
from tests.journeys.axe import violations
from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.searching import found_in_bytes, found_in_files
from tests.journeys.staff.case_card import CaseCard
from tests.journeys.staff.conftest import COORDINATOR, AtDesk
from tests.journeys.staff.desk import CASEWORKER, Desk, send_report
from tests.journeys.staff.one_report import OneReport
from tests.journeys.visitors import PHONE

LINE = "knows ellerbrook school better than anybody"


def test_an_answer_goes_with_the_day_to_look_again(at_desk: AtDesk) -> None:
    desk, inbox = at_desk()
    page = desk.page
    page.set_viewport_size(PHONE)
    report = inbox.open_report(inbox.new_report_id()).claim()
    report.type_answer("Look again on Thursday.")
    page.locator('[data-part="send-wait"]').click()
    expect(page.locator("#answer-wait")).to_be_focused()
    page.locator("#answer-wait").fill("2099-12-03")
    page.keyboard.press("Enter")
    expect(page.locator('[data-part="done-here"]')).to_contain_text("The day to look again is on the case card")
    assert report.message_texts() == ["Look again on Thursday."]
    expect(page.locator('[data-part="standing"]')).to_contain_text("Waits until 3 December 2099")


def test_a_report_is_handed_over_by_name_and_the_colleague_finds_it_and_takes_it(
    demo: Demo, at_desk: AtDesk, new_profile: MakeProfile, coordinator: StorageState
) -> None:
    desk, inbox = at_desk()
    page, report_id = desk.page, inbox.new_report_id()
    page.set_viewport_size(PHONE)
    inbox.open_report(report_id).claim()
    page.locator('[data-action="hand-over"]').click()
    who = page.locator("#handing-who")
    expect(who.locator("option", has_text=COORDINATOR)).to_be_attached()
    expect(who.locator("option", has_text=CASEWORKER)).to_have_count(0)
    who.select_option(label=COORDINATOR)
    page.locator("#handing-note").fill(LINE)
    page.locator('[data-part="hand-over-now"]').click()
    expect(page.locator('[data-part="done-here"]')).to_contain_text("This report is handed over")
    expect(page.locator('[data-part="standing"]')).to_contain_text(f"Handed over to {COORDINATOR}, not taken yet")

    elsewhere = new_profile(storage_state=coordinator, viewport=PHONE)
    elsewhere.page.goto(page.url)
    Desk(demo, elsewhere.page, COORDINATOR).unlock()
    OneReport(elsewhere.page).wait()
    expect(elsewhere.page.locator('[data-part="handed"]')).to_contain_text(
        f"{CASEWORKER} handed this report over to you"
    )
    expect(elsewhere.page.locator('[data-part="handed"]')).to_contain_text(LINE)
    elsewhere.page.locator('[data-part="take"]').click()
    expect(elsewhere.page.locator('[data-part="done-here"]')).to_contain_text("You have taken this report")
    expect(CaseCard(elsewhere.page).entries).to_have_count(2)
    expect(elsewhere.page.locator("#answer")).to_be_visible()


def test_two_reports_are_linked_by_number_and_parted_again(
    demo: Demo, at_desk: AtDesk, new_profile: MakeProfile
) -> None:
    desk, inbox = at_desk()
    page, one = desk.page, inbox.new_report_id()
    other = send_report(demo, new_profile().page)
    inbox.open_report(one)
    mine = CaseCard(page).wait()
    number = mine.number
    OneReport(page).back()
    inbox.open_report(other)
    CaseCard(page).wait()
    page.locator("#linking-number").fill(number.lower())
    page.locator('[data-part="link"]').click()
    expect(page.locator('[data-part="linking-outcome"]')).to_have_text("It stands on both case cards.")
    expect(CaseCard(page).entries).to_contain_text(f"The same thing: {number}")

    page.locator('[data-part="links"] a').click()
    OneReport(page).wait()
    expect(mine.entries).to_have_count(1)
    assert mine.wait().number == number
    page.locator('[data-part="links"] [data-part="part"]').click()
    expect(page.locator('[data-part="linking-outcome"]')).to_have_text("It is taken from both case cards.")
    expect(page.locator('[data-part="links"] a')).to_have_count(0)
    expect(mine.entries).to_have_count(2)


def test_who_is_named_on_two_cards_is_seen_on_both_and_by_the_browser_alone(
    demo: Demo, at_desk: AtDesk, new_profile: MakeProfile
) -> None:
    desk, inbox = at_desk()
    page, one = desk.page, inbox.new_report_id()
    page.set_viewport_size(PHONE)
    other = send_report(demo, new_profile().page)
    asked: list[bytes] = []
    page.on("request", lambda request: asked.append(request.url.encode() + (request.post_data_buffer or b"")))
    numbers = []
    for report_id, names in ((one, ("Zebulon Quarrystone",)), (other, ("@zebulon_quarrystone", "Fennimore Steps"))):
        inbox.open_report(report_id)
        card = CaseCard(page).wait()
        numbers.append(card.number)
        card.choose_level("u3")
        card.name(*names)
        card.save()
        if report_id == one:
            OneReport(page).back()
    found = page.locator('[data-part="same-names"] li')
    expect(found).to_have_count(1)
    expect(found).to_contain_text("@zebulon_quarrystone")
    assert violations(page) == []
    found.locator("a").click()
    OneReport(page).wait()
    expect(page.locator('[data-part="same-names"] a')).to_have_text(numbers[1])
    expect(page.locator('[data-part="pattern"]')).to_have_count(0)

    planted = ("zebulon", "quarrystone", "fennimore")
    assert found_in_files(demo.folder, planted) == []
    assert found_in_bytes(demo.said() + b"".join(asked), planted) == []


def test_a_referral_waits_for_its_receipt(at_desk: AtDesk) -> None:
    desk, inbox = at_desk()
    page = desk.page
    page.set_viewport_size(PHONE)
    inbox.open_report(inbox.new_report_id())
    card = CaseCard(page).wait()
    page.locator("#card-referral").select_option("mash")
    expect(page.locator("#card-receipt-0")).to_be_visible()
    card.save()
    expect(page.locator('[data-part="standing"]')).to_contain_text("no receipt yet")
    page.locator("#card-receipt-0").fill("MASH 4711")
    card.save()
    expect(page.locator('[data-part="standing"]')).to_contain_text("receipt MASH 4711")


def test_a_case_is_referred_on_a_page_that_never_leaves_the_browser(at_desk: AtDesk, tmp_path: Path) -> None:
    desk, inbox = at_desk()
    page = desk.page
    inbox.open_report(inbox.new_report_id())
    card = CaseCard(page).wait()
    number = card.number
    card.sum_up("bramblewick scarf")
    card.save()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.post_data}"))
    page.locator('[data-part="refer"]').click()
    page.locator("#referral-to").select_option("mash")
    sheet = page.locator('[data-part="referral-sheet"]')
    expect(page.locator('[data-part="level-first"]')).to_be_visible()
    expect(sheet).to_have_count(0)
    card.choose_level("u2")
    page.get_by_label("Child’s name, and any other name").fill("Layla Quillhaven")
    for words in (number, "bramblewick scarf", "Layla Quillhaven", "Not known (anonymous report)"):
        expect(sheet).to_contain_text(words)
    assert violations(page) == []
    text = prints.text(prints.printed(page, tmp_path))
    assert number in text
    assert "Layla Quillhaven" in text
    for other in ("Sign out", "Print the page", "Case card", "All reports"):
        assert other not in text, text

    desk.page.locator('#desk-tools [data-part="lock"]').click()
    expect(sheet).to_have_count(0)
    desk.unlock()
    expect(sheet).to_contain_text("Layla Quillhaven")
    page.locator('[data-part="end-referral"]').click()
    expect(sheet).to_have_count(0)
    assert not [each for each in asked if "layla" in each.lower()]
