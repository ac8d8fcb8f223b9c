"""The screens on which the secret of a link is pasted, joining and set-up: in every look, and by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.looks import everywhere
from tests.journeys.visitors import PHONE

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("locale", ["en", "ar"])
@pytest.mark.parametrize("path", ["join/", "set-up/"])
def test_a_secret_can_be_pasted_by_everybody(demo: Demo, new_profile: MakeProfile, locale: str, path: str) -> None:
    page = new_profile(viewport=PHONE).page
    page.goto(f"{demo.base}/staff/{locale}/{path}")
    expect(page.locator("#secret")).to_be_visible()
    assert everywhere(page, path, locale) == []
    page.locator("#secret").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#secret-error")).to_be_visible()
    expect(page.locator("#secret")).to_be_focused()
    page.keyboard.type(f"https://example.org/ {'A' * 43}")
    page.keyboard.press("Tab")
    expect(page.locator('[data-part="use-secret"]')).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator('[data-part="trouble"]').filter(visible=True).first).to_be_visible()
    assert everywhere(page, f"{path} refused", locale) == []
