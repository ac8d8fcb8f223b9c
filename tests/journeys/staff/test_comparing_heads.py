"""The head of the signed changes on paper: one sheet, with everything that two people need to compare."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import StorageState

from tests import prints
from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.staff.conftest import COORDINATOR
from tests.journeys.staff.desk import Desk
from tests.journeys.staff.test_settings import problems
from tests.journeys.visitors import DESK

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_the_head_is_one_sheet_of_paper_without_the_names_of_the_staff(
    demo: Demo, new_profile: MakeProfile, coordinator: StorageState, tmp_path: Path, locale: str
) -> None:
    page = new_profile(viewport=DESK, storage_state=coordinator).page
    page.goto(f"{demo.base}/staff/{locale}/people/")
    Desk(demo, page, COORDINATOR, locale).unlock()
    head = page.locator('[data-part="head"] code').inner_text()
    page.click('[data-part="compare"]')
    sheet = page.locator('[data-part="head-sheet"]')
    assert sheet.locator(".head-groups").inner_text() == head
    assert problems(page) == []
    paper = prints.printed(page, tmp_path)
    words = re.sub(r"[\s\u202a-\u202e]+", " ", prints.text(paper))
    assert prints.facts(paper)["Pages"] == "1"
    assert head in words
    assert demo.base in words
    assert "demo-caseworker" not in words
