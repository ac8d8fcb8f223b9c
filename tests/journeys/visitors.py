"""People who share one browser but nothing in it: quick to make, and watched."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 720}
PATIENCE = 30_000  # milliseconds: a machine that runs tests may stand still for some seconds

expect.set_options(timeout=PATIENCE / 2)


@dataclass
class Profile:
    """A person's browser, and everything it asked for or complained of."""

    context: BrowserContext
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.context.pages[0]

    def asked(self, request: Request) -> None:
        """Remember a request."""
        self.requests.append(request)

    def complained(self, message: ConsoleMessage) -> None:
        """Remember what the console says, unless it is that Playwright has kept a service worker away."""
        if not message.text.endswith("blocked by Playwright"):
            self.complaints.append(f"{message.type}: {message.text}")

    def asked_since(self, seen: int) -> list[str]:
        """Addresses asked for after the first `seen` requests, without the tab's sign.

        Chromium looks for that when it likes, also at a step of the history; no page of ours asks for it.
        """
        return [each.url for each in self.requests[seen:] if urlsplit(each.url).path != "/icon.svg"]

    def foreign_requests(self, base: str) -> list[str]:
        """Addresses asked for that are not the server's own."""
        own = urlsplit(base).netloc
        return [each.url for each in self.requests if urlsplit(each.url).netloc not in {own, ""}]


def watched(context: BrowserContext) -> Profile:
    """Watch a browser from its first page on."""
    profile = Profile(context)
    context.on("request", profile.asked)
    context.on("console", profile.complained)
    context.on("weberror", lambda error: profile.complaints.append(f"uncaught: {error.error}"))
    context.set_default_timeout(PATIENCE)
    return profile


@contextmanager
def visitor(browser: Browser, **options: Any) -> Iterator[Profile]:
    """A visitor with one open page; nothing of it is kept on disk.

    Playwright cannot answer what a service worker asks for in a server's place, so only a test of the worker has one.
    """
    context = browser.new_context(**{"viewport": PHONE, "locale": "en-GB", "service_workers": "block"} | options)
    profile = watched(context)
    context.new_page()
    try:
        yield profile
    finally:
        context.close()


def kill_browser(profile: Path) -> None:
    """End the browser of a profile as a phone that loses its battery does."""
    wanted = f"--user-data-dir={profile}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        command = (process / "cmdline").read_bytes().split(b"\0") if (process / "cmdline").exists() else []
        if wanted in command and not any(each.startswith(b"--type=") for each in command):
            os.kill(int(process.name), signal.SIGKILL)
