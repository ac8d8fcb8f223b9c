"""Every page under Settings: for everybody to read, wide and narrow, light and dark, in English and Arabic."""

import pytest
from playwright.sync_api import Page, StorageState

from tests.journeys.axe import violations
from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.staff.conftest import COORDINATOR
from tests.journeys.staff.desk import Desk
from tests.journeys.visitors import DESK, PHONE

pytestmark = pytest.mark.journey
READY = {"hours": "sign", "taking_reports": "state", "keeping_reports": "days", "work_asked": "work"}


def problems(page: Page) -> list[object]:
    """What stands in anybody's way on the page as it is, in both sizes and both schemes."""
    found: list[object] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            found += violations(page)
            found += [] if page.evaluate("document.documentElement.scrollWidth <= innerWidth") else ["scrolls sideways"]
    return found


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_each_page_of_settings_stands_in_nobodys_way(
    demo: Demo, new_profile: MakeProfile, coordinator: StorageState, locale: str
) -> None:
    page = new_profile(viewport=DESK, storage_state=coordinator).page
    page.goto(f"{demo.base}/staff/{locale}/settings/")
    Desk(demo, page, COORDINATOR, locale).unlock()
    page.locator('[data-page="hours"]').wait_for()
    wrong = {"settings": problems(page)}
    for name, part in READY.items():
        page.locator('[data-tab="settings"]').click()
        page.locator(f'[data-page="{name}"] a').click()
        page.locator(f'[data-part="{part}"]').wait_for()
        wrong[name] = problems(page)
    assert not any(wrong.values()), wrong
