"""How a reader has the pages look: kept on the device, large enough for a thumb, and whole on a very small screen."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Demo
from tests.journeys.visitors import Profile

pytestmark = pytest.mark.journey


def test_looks_stay_on_the_device_without_a_cookie(demo: Demo, person: Profile) -> None:
    page = person.page
    page.goto(f"{demo.base}/en/havens/")
    page.locator(".look summary").click()
    for name, value in (("theme", "dark"), ("size", "largest"), ("spacing", "easy")):
        page.locator(f"input[name={name}][value={value}]").check(force=True)
    page.goto(f"{demo.base}/ar/")
    looks = page.evaluate("(({ theme, size, spacing }) => [theme, size, spacing])(document.documentElement.dataset)")
    assert looks == ["dark", "largest", "easy"]
    assert person.context.cookies() == []


def test_a_stored_look_that_is_not_ours_is_ignored(demo: Demo, person: Profile) -> None:
    page = person.page
    page.goto(f"{demo.base}/en/")
    for stored in ('{"theme":"x\\" onload=1","size":7}', "not json", "[]", "null"):
        page.evaluate("stored => localStorage.setItem('look', stored)", stored)
        page.goto(f"{demo.base}/en/")
        kept = set(page.evaluate("Object.keys(document.documentElement.dataset)"))
        assert kept == {"exit", "neutral", "worker", "sender"}
        expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("over", [".languages details", ".look"])
def test_what_lies_over_a_page_moves_nothing_covers_no_number_and_closes(
    demo: Demo, person: Profile, over: str
) -> None:
    page = person.page
    page.set_viewport_size({"width": 360, "height": 600})
    page.goto(f"{demo.base}/en/cards/")
    lying, summary, heading = page.locator(over), page.locator(f"{over} summary"), page.locator("h1")
    before = heading.bounding_box()
    for close in (lambda: page.keyboard.press("Escape"), lambda: page.mouse.click(180, 500)):
        summary.click()
        expect(lying).to_have_attribute("open", "")
        assert heading.bounding_box() == before
        page.locator('.help-strip a[href="tel:999"]').click(trial=True)
        close()
        expect(lying).not_to_have_attribute("open", "")


@pytest.mark.parametrize("path", ["/en/", "/ar/", "/en/havens/", "/ar/about/", "/offline", "/en/nowhere/"])
def test_every_target_is_large_enough_for_a_thumb(demo: Demo, person: Profile, path: str) -> None:
    page = person.page
    page.goto(demo.base + path)
    small = page.evaluate(
        """[...document.querySelectorAll('a:not(.skip), button, summary')]
            .filter((each) => each.checkVisibility() && getComputedStyle(each).display !== 'inline')
            .filter((each) => each.getBoundingClientRect().height < 44 || each.getBoundingClientRect().width < 44)
            .map((each) => each.textContent.trim())"""
    )
    assert small == []


@pytest.mark.parametrize("path", ["/en/", "/ar/", "/en/havens/", "/ar/about/"])
def test_nothing_hangs_over_the_edge_of_a_very_small_screen(demo: Demo, person: Profile, path: str) -> None:
    page = person.page
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(demo.base + path)
    page.evaluate("document.documentElement.dataset.size = 'largest'")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
