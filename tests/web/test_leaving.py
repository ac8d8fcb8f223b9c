"""The way out and the reader's looks, in a real browser."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

pytestmark = pytest.mark.journey

EXIT = "https://www.bbc.co.uk/weather"
ELSEWHERE = "<!doctype html><title>Weather</title><h1>Sunny</h1>"


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone on which the other website is a page of the test's own: nothing leaves this machine."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.route(EXIT, lambda route: route.fulfill(content_type="text/html", body=ELSEWHERE))
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext, address: str) -> Page:
    page = phone.new_page()
    for path in ("/en/", "/ar/", "/en/havens/"):
        page.goto(address + path)
    return page


def test_leave_now_goes_elsewhere_and_back_never_shows_a_page_again(page: Page) -> None:
    page.get_by_role("link", name="Leave now").click()
    expect(page).to_have_url(EXIT)
    for _ in range(2):
        page.go_back(wait_until="commit")
        expect(page).to_have_url(EXIT)
        expect(page.locator("h1")).to_have_text("Sunny")


def test_shift_three_times_leaves(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(page).to_have_url(EXIT)


def test_typing_capital_letters_does_not_leave(page: Page, address: str) -> None:
    for key in ("Shift", "A", "Shift", "B", "Shift", "C"):
        page.keyboard.press(key)
    assert page.url == f"{address}/en/havens/"


def test_leaving_tells_every_module_to_wipe_its_draft_first(page: Page, address: str) -> None:
    page.evaluate("addEventListener('youthsafe:leave', () => localStorage.setItem('wiped', 'yes'))")
    page.get_by_role("link", name="Leave now").click()
    expect(page).to_have_url(EXIT)
    page.goto(f"{address}/en/")
    assert page.evaluate("localStorage.getItem('wiped')") == "yes"


def test_someone_who_comes_back_on_purpose_may_read_again(page: Page, address: str) -> None:
    page.get_by_role("link", name="Leave now").click()
    expect(page).to_have_url(EXIT)
    page.goto(f"{address}/en/")
    expect(page.locator("h1")).to_have_text("How can we help?")
    page.reload()
    expect(page.locator("h1")).to_have_text("How can we help?")


def test_looks_stay_on_the_device_without_a_cookie(page: Page, phone: BrowserContext, address: str) -> None:
    page.get_by_text("Text size").first.click()
    for name, value in (("theme", "dark"), ("size", "largest"), ("spacing", "easy")):
        page.locator(f"input[name={name}][value={value}]").check(force=True)
    page.goto(f"{address}/ar/")
    looks = page.evaluate("(({ theme, size, spacing }) => [theme, size, spacing])(document.documentElement.dataset)")
    assert looks == ["dark", "largest", "easy"]
    assert phone.cookies() == []


def test_a_stored_look_that_is_not_ours_is_ignored(page: Page, address: str) -> None:
    for stored in ('{"theme":"x\\" onload=1","size":7}', "not json", "[]", "null"):
        page.evaluate("stored => localStorage.setItem('look', stored)", stored)
        page.goto(f"{address}/en/")
        kept = set(page.evaluate("Object.keys(document.documentElement.dataset)"))
        assert kept == {"exit", "neutral", "worker", "sender"}
        expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("path", ["/en/", "/ar/", "/en/havens/", "/ar/about/", "/offline", "/en/nowhere/"])
def test_every_target_is_large_enough_for_a_thumb(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    small = page.evaluate(
        """[...document.querySelectorAll('a:not(.skip), button, summary')]
            .filter((each) => each.checkVisibility() && getComputedStyle(each).display !== 'inline')
            .filter((each) => each.getBoundingClientRect().height < 44 || each.getBoundingClientRect().width < 44)
            .map((each) => each.textContent.trim())"""
    )
    assert small == []


@pytest.mark.parametrize("path", ["/en/", "/ar/", "/en/havens/", "/ar/about/"])
def test_nothing_hangs_over_the_edge_of_a_very_small_screen(page: Page, address: str, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(address + path)
    page.evaluate("document.documentElement.dataset.size = 'largest'")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
