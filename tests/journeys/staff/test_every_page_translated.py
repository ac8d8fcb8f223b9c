"""Every page of the desk in the languages that have letters of their own: whatever is in English there was forgotten.

The others show the same texts; that none of these is missing or English in a catalogue is tested by
tests/web/test_translations.py.
"""

import pytest
from playwright.sync_api import Page, StorageState

from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.staff.conftest import COORDINATOR
from tests.journeys.staff.desk import Desk
from tests.journeys.staff.screens import IN_THE_WAY
from tests.journeys.visitors import DESK

pytestmark = pytest.mark.journey


READY = {
    **dict.fromkeys(("open", "mine", "closed"), "[data-empty], [data-report]"),
    "floods": "[data-part=no-groups], [data-part=groups] li",
    "places": "[data-place], [data-part=no-places]",
    "helplines": "[data-place]",
    "people": "[data-member]",
    "trail": "[data-entry]",
    "account": "[data-part=panel-mail]",
    "getting_started": "[data-step]",
    "settings": "[data-page]",
    "hours": "[data-part=sign]",
    "taking_reports": "[data-part=state]",
    "keeping_reports": "[data-part=days]",
    "work_asked": "[data-part=work]",
    "mail": "[data-part=save]",
    "new_kit": "[data-part=make]",
    "school_sheet": ".qr",
}


def english_on(page: Page, name: str) -> list[str]:
    """What is English on a page when it shows what it is for."""
    page.locator(READY[name]).filter(visible=True).first.wait_for()
    return [f"{name}: {fault}" for fault in page.evaluate(IN_THE_WAY) if fault.startswith("not translated")]


def named(page: Page, kind: str) -> list[str]:
    return [str(each.get_attribute(f"data-{kind}")) for each in page.locator(f"[data-{kind}]").all()]


@pytest.mark.parametrize("locale", ["ar", "ta"])
def test_no_page_of_the_desk_shows_english(
    demo: Demo, new_profile: MakeProfile, coordinator: StorageState, locale: str
) -> None:
    page = new_profile(viewport=DESK, storage_state=coordinator).page
    page.goto(f"{demo.base}/staff/{locale}/")
    Desk(demo, page, COORDINATOR, locale).unlock()
    page.locator("[data-tab]").first.wait_for()  # the menu comes with the inbox
    found, tabs = [], named(page, "tab")
    for tab in tabs:
        page.locator(f'[data-tab="{tab}"]').click()
        found += english_on(page, tab)
    pages = named(page, "page")
    for name in pages:
        page.locator('[data-tab="settings"]').click()
        page.locator(f'[data-page="{name}"] a').click()
        found += english_on(page, name)
    assert {*tabs, *pages} == {*READY}
    assert found == [], "\n".join(found)
