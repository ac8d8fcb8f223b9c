"""People who share one browser but nothing in it: quick to make, and watched like a profile on disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Playwright

from tests.journeys.conftest import CHROMIUM, PHONE, QUIET, Profile


@contextmanager
def shared_browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser for many visitors."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    try:
        yield browser
    finally:
        browser.close()


@contextmanager
def visitor(browser: Browser, **options: Any) -> Iterator[Profile]:
    """A visitor with one open page; nothing of it is kept on disk.

    Playwright cannot answer what a service worker asks for in a server's place, so only a test of the worker has one.
    """
    context = browser.new_context(**{"viewport": PHONE, "locale": "en-GB", "service_workers": "block"} | options)
    profile = Profile(context, Path())
    context.on("request", profile.asked)
    context.on("console", profile.complained)
    context.on("weberror", lambda error: profile.complaints.append(f"uncaught: {error.error}"))
    context.set_default_timeout(15_000)
    context.new_page()
    try:
        yield profile
    finally:
        context.close()
