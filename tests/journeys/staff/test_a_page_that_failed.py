"""A page of the desk whose file could not be got once: a press gets it, without a reload, which would lose the keys."""

import json

import pytest
from playwright.sync_api import StorageState, expect

from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.staff.conftest import COORDINATOR
from tests.journeys.staff.desk import Desk
from tests.journeys.visitors import DESK

pytestmark = pytest.mark.journey


def test_a_press_gets_a_page_whose_file_failed(demo: Demo, new_profile: MakeProfile, coordinator: StorageState) -> None:
    page = new_profile(viewport=DESK, storage_state=coordinator).page
    page.goto(f"{demo.base}/staff/en/inbox/")
    Desk(demo, page, COORDINATOR, "en").unlock()
    address, _ = json.loads(page.locator("#desk").get_attribute("data-files") or "")["people"]
    asked: list[str] = []
    page.context.on("request", lambda each: asked.append(each.url) if address in each.url else None)
    page.context.route(f"**{address}", lambda route: route.abort())  # as a browser does that keeps a failure in mind
    page.locator('[data-tab="people"]').click()
    expect(page.locator("[data-part=view]")).to_contain_text("We cannot reach the server")
    page.locator('[data-part="try-again"]').click()
    expect(page.locator('[data-part="members"]')).to_be_visible()
    assert asked[-1].endswith("?try=1")
