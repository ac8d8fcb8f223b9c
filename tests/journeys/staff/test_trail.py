"""What a coordinator does is read as sentences a minute later, is checked there, and is taken away as a table."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, StorageState, expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.staff.case_card import CaseCard
from tests.journeys.staff.conftest import COORDINATOR
from tests.journeys.staff.desk import at_the_desk
from tests.journeys.staff.one_report import OneReport
from tests.journeys.visitors import DESK

pytestmark = pytest.mark.journey


def in_the_way(page: Page) -> list[object]:
    """What stands in anybody's way on the page, narrow and wide, light and dark."""
    found: list[object] = []
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += violations(page)
        found += [] if page.evaluate("document.documentElement.scrollWidth <= innerWidth") else [f"too wide at {width}"]
    return found


def saved_rows(page: Page, folder: Path) -> list[dict[str, str]]:
    """The table that a press on Export saves."""
    with page.expect_download() as saving:
        page.locator('[data-part="export"]').click()
    saving.value.save_as(folder / "trail.csv")
    assert saving.value.suggested_filename.startswith("trail-")
    with (folder / "trail.csv").open(encoding="utf-8-sig", newline="") as table:
        return list(csv.DictReader(table))


def test_what_was_done_is_read_in_words_checked_and_taken_away(
    demo: Demo, new_profile: MakeProfile, coordinator: StorageState, tmp_path: Path
) -> None:
    desk, inbox = at_the_desk(demo, new_profile(viewport=DESK).page, coordinator, name=COORDINATOR)
    page, report_id = desk.page, inbox.new_report_id()
    report = inbox.open_report(report_id)
    number = CaseCard(page).wait().number
    report.claim()
    report.answer("We are looking into it.")
    sent: list[str] = []
    page.on("request", lambda each: sent.append(each.method) if each.method != "GET" else None)
    report.back()
    page.locator('[data-tab="trail"]').click()

    done = page.locator("[data-entry]", has_text=number)
    opened = f"{COORDINATOR} opened {number}."  # once more after the answer, which has to be looked at too
    sentences = [opened, f"{COORDINATOR} answered {number}.", f"{COORDINATOR} claimed {number}.", opened]
    expect(done.locator(".row-open")).to_have_text(sentences)
    expect(page.locator('[data-part="alarm"] li')).to_have_count(0)
    expect(page.locator('[data-part="checked"]')).to_contain_text("This browser checked")
    assert in_the_way(page) == []

    rows = saved_rows(page, tmp_path)
    expect(page.locator('[data-part="progress"]')).to_contain_text("in your downloads")
    expect(page.locator('[data-part="checked"]')).to_contain_text("from the beginning of each chain to its head")
    assert [each["What was done"] for each in rows if each["Report"] == number] == sentences
    assert {each["Fits"] for each in rows} == {"yes"}
    newest = page.locator('[data-part="heads"] dd').all_inner_texts()
    heads = {"".join(each.split()) for each in newest}
    assert heads <= {each["hash"] for each in rows}

    page.locator("#trail-head").fill(rows[-1]["hash"])
    page.locator('[data-part="look-for"] button').click()
    expect(page.locator('[data-part="found"]')).to_contain_text("It is entry 1 of This website")
    assert sent == [], "nothing but questions went to the server"

    done.first.locator("a").click()
    OneReport(page).wait()
    assert page.url.endswith(f"/reports/{report_id}/")
