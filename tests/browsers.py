"""The real browser of a run: one Chromium for all tests, in which each test makes visitors of its own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

CHROMIUM = "/usr/bin/chromium"
QUIET = [  # Chromium's own errands, which would ask hosts of its maker
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--no-sandbox",
]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The one driver of real browsers in a run: two in one process would be in each other's way."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser for many visitors, who share nothing in it."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    yield browser
    browser.close()
