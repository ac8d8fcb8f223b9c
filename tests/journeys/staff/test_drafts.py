"""An answer that is not sent yet outlives the page, and is on the disk for nobody but the member who wrote it."""

from pathlib import Path

from playwright.sync_api import StorageState, expect

from tests.journeys.conftest import Demo, OnDisk
from tests.journeys.searching import found_in_files
from tests.journeys.staff.conftest import AtDesk, Colleague
from tests.journeys.staff.desk import CASEWORKER, at_the_desk

DRAFT = "quince marmalade lighthouse"
KEPT = """async () => {
  const open = indexedDB.open("youthsafe-drafts");
  const database = await new Promise((resolve) => { open.onsuccess = () => resolve(open.result); });
  const asked = database.transaction("drafts").objectStore("drafts").count();
  const count = await new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); });
  database.close();
  return count;
}"""


def test_an_unsent_answer_comes_back_after_a_reload_in_another_language_and_in_another_tab(at_desk: AtDesk) -> None:
    desk, inbox = at_desk()
    page = desk.page
    report = inbox.open_report(inbox.new_report_id())
    report.claim().type_answer(DRAFT, "pl")
    page.wait_for_function(f"async () => (await ({KEPT})()) === 1")
    page.reload()
    desk.unlock()
    expect(page.locator("#answer")).to_have_value(DRAFT)
    expect(page.locator("#answer-language")).to_have_value("pl")

    page.goto(page.url.replace("/staff/en/", "/staff/ar/"))
    desk.unlock()
    expect(page.locator("#answer")).to_have_value(DRAFT)

    address, tab = page.url, page.context.new_page()
    page.close()
    tab.goto(address)
    desk.page = tab
    desk.unlock()
    expect(tab.locator("#answer")).to_have_value(DRAFT)
    tab.locator('[data-part="send"]').click()
    expect(tab.locator("#answer")).to_have_value("")
    tab.wait_for_function(f"async () => (await ({KEPT})()) === 0")


def test_what_was_typed_stays_though_another_closed_the_report_and_is_sent_when_it_is_open_again(
    at_desk: AtDesk, colleague: Colleague
) -> None:
    desk, inbox = at_desk()
    page = desk.page
    report_id = inbox.new_report_id()
    report = inbox.open_report(report_id)
    report.claim().type_answer(DRAFT)
    page.wait_for_function(f"async () => (await ({KEPT})()) === 1")
    colleague(report_id, "claim")
    colleague(report_id, "close", '{"follow_ups": 0}')

    page.locator('#desk-tools [data-part="lock"]').click()
    desk.unlock()
    expect(page.locator("#answer")).to_have_value(DRAFT)
    page.wait_for_load_state("networkidle")
    page.locator('[data-action="reopen"]').click()
    page.locator('dialog button[value="yes"]').click()
    page.locator('[data-part="send"]').click()
    expect(report.messages).to_have_count(1)
    expect(page.get_by_text("They can read it with their code")).to_be_visible()

    report.type_answer(f"{DRAFT} again")
    page.wait_for_function(f"async () => (await ({KEPT})()) === 1")
    report.back()
    colleague(report_id, "claim")
    colleague(report_id, "close", '{"follow_ups": 0}')
    page.locator('#desk-tools [data-part="lock"]').click()
    desk.unlock()
    page.locator('[data-part="unsent"] a').click()
    expect(page.locator("#answer")).to_have_value(f"{DRAFT} again")
    page.locator('[data-part="discard"]').click()
    expect(page.locator("#answer")).to_be_hidden()
    page.locator('[data-part="undo"]').click()
    expect(page.locator("#answer")).to_have_value(f"{DRAFT} again")


def test_neither_an_unsent_answer_nor_the_six_words_are_on_the_disk(
    demo: Demo, on_disk: OnDisk, profiles: Path, session: StorageState
) -> None:
    profile = on_disk("desk")
    desk, inbox = at_the_desk(demo, profile.page, session)
    report_id = inbox.new_report_id()
    inbox.open_report(report_id).claim().type_answer(DRAFT)
    desk.page.wait_for_function(f"async () => (await ({KEPT})()) === 1")
    desk.page.locator('#desk-tools [data-part="lock"]').click()
    expect(desk.page.locator('[data-part="kept"]')).to_be_visible()
    profile.context.close()
    assert found_in_files(profiles, [DRAFT, demo.words(CASEWORKER)]) == []
    assert found_in_files(profiles, ["youthsafe-drafts"]), "the browser kept something to look into"
