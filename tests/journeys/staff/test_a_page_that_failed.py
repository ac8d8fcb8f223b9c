"""A page of the desk whose file could not be got once: a press gets it, without a reload, which would lose the keys."""

import json

import pytest
from playwright.sync_api import Page, StorageState, expect

from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.staff.conftest import COORDINATOR
from tests.journeys.staff.desk import Desk
from tests.journeys.visitors import DESK

pytestmark = pytest.mark.journey


def test_a_press_gets_a_page_whose_file_failed(demo: Demo, new_profile: MakeProfile, coordinator: StorageState) -> None:
    page = _unlocked(demo, new_profile, coordinator)
    address, asked = _files(page)[-1], []
    page.context.on("request", lambda each: asked.append(each.url) if address in each.url else None)
    page.context.route(f"**{address}", lambda route: route.abort())  # as a browser does that keeps a failure in mind
    _fails_to_open(page)
    page.locator('[data-part="try-again"]').click()
    expect(page.locator('[data-part="members"]')).to_be_visible()
    assert asked[-1].endswith("?try=1")


def test_a_press_gets_a_page_when_what_it_shares_with_others_failed(
    demo: Demo, new_profile: MakeProfile, coordinator: StorageState
) -> None:
    page = _unlocked(demo, new_profile, coordinator)
    shared, _own = _files(page)
    page.context.route(f"**{shared}", lambda route: route.abort())
    _fails_to_open(page)
    page.context.unroute(f"**{shared}")
    page.locator('[data-part="try-again"]').click()
    expect(page.locator('[data-part="members"]')).to_be_visible()


def _unlocked(demo: Demo, new_profile: MakeProfile, coordinator: StorageState) -> Page:
    page = new_profile(viewport=DESK, storage_state=coordinator).page
    page.goto(f"{demo.base}/staff/en/inbox/")
    Desk(demo, page, COORDINATOR, "en").unlock()
    return page


def _files(page: Page) -> list[str]:
    """The addresses of what *People* is loaded from: what it shares, and its own."""
    files = json.loads(page.locator("#desk").get_attribute("data-files") or "")
    return [address for address, _sum in files["people"]]


def _fails_to_open(page: Page) -> None:
    page.locator('[data-tab="people"]').click()
    expect(page.locator("[data-part=view]")).to_contain_text("We cannot reach the server")
