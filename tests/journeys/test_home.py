"""Home on a small phone: whom to tell, where to go, whom to talk to and every topic on one screen; and its colours."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Demo
from tests.journeys.site_map import LOCALES, kind, one_of_each_kind, public_paths
from tests.journeys.visitors import Profile

pytestmark = pytest.mark.journey

#: Links that a reader cannot see whole on the first screen, or that something lies on.
OUT_OF_SIGHT = """(selector) => {
    const end = document.querySelector('.help-strip').getBoundingClientRect().top;
    return [...document.querySelectorAll(selector)].filter((link) => {
        const { top, bottom, left, right } = link.getBoundingClientRect();
        const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return top < 0 || left < 0 || right > innerWidth || bottom > end || !link.contains(hit);
    }).map((link) => `${link.textContent.trim()} ends at ${link.getBoundingClientRect().bottom} of ${end}`);
}"""
GROUND = "(element) => getComputedStyle(element).backgroundColor"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_way_and_every_topic_is_on_the_first_screen_of_a_phone(demo: Demo, person: Profile, locale: str) -> None:
    page = person.page
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{demo.base}/{locale}/")
    expect(page.locator(".door")).to_have_count(3)
    expect(page.locator(".tile")).to_have_count(9)
    assert page.evaluate(OUT_OF_SIGHT, ".door, .topics-line a, .tile") == []


def _ground(page: Page, selector: str) -> str:
    found: str = page.locator(selector).evaluate(GROUND)
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_tint_of_a_topic_follows_a_child_from_its_tile_to_its_cards(
    demo: Demo, person: Profile, theme: str
) -> None:
    page, seen = person.page, set()
    page.emulate_media(color_scheme=theme)
    page.goto(f"{demo.base}/en/")
    for address in [tile.get_attribute("href") for tile in page.locator(".tile").all()]:
        page.goto(f"{demo.base}/en/")
        tint = _ground(page, f'.tile[href="{address}"]')
        page.goto(f"{demo.base}{address}")
        assert _ground(page, ".band") == tint, address
        page.locator(".card-list a").first.click()
        assert _ground(page, ".band") == tint, address
        assert _ground(page, ".first-steps > ol > li:first-child") == tint, address
        seen.add(tint)
    assert len(seen) == 9, "each topic has a tint of its own"


@pytest.mark.parametrize("size", [(360, 600), (1280, 720)])
def test_999_is_one_tap_away_on_every_kind_of_page(demo: Demo, person: Profile, size: tuple[int, int]) -> None:
    page = person.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for path in one_of_each_kind(public_paths(demo, "en")):
        page.goto(demo.base + path)
        call = page.locator('.help-strip a[href="tel:999"]')
        call.click(trial=True)
        top = call.evaluate("(link) => link.getBoundingClientRect().top")
        assert 0 <= top < size[1], f"{kind(path)}: seen without scrolling"
