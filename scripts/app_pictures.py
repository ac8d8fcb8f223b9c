"""Draws the app's icons and takes its screenshots with Chromium: python -m scripts.app_pictures.

To be run by hand when the sign, the name or home changes, or a language is added; the pictures are committed.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, ViewportSize, sync_playwright
from werkzeug.serving import make_server

from youthsafe.app import create_app
from youthsafe.config import Config
from youthsafe.rooms import rooms

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "youthsafe/static/pwa/src/pictures"
SIGN = (ROOT / "youthsafe/web/icon.svg").read_text(encoding="utf-8")
PAPER = "#fff8ee"
# Pixels, how much of the side the sign takes, and the ground. Launchers cut a maskable icon down to a circle of 80 %.
ICONS = {
    "icon-192": (192, 1.0, "transparent"),
    "icon-512": (512, 1.0, "transparent"),
    "maskable-512": (512, 0.66, PAPER),
    "touch-180": (180, 0.78, PAPER),
}
# Width, height and device pixels, as a store of apps would show them.
SCREENS = {"narrow": (360, 740, 2), "wide": (1280, 720, 1)}


def draw(browser: Browser, name: str) -> None:
    """Draw one icon."""
    pixels, share, ground = ICONS[name]
    page = browser.new_page(viewport=ViewportSize(width=pixels, height=pixels))
    side = round(pixels * share)
    page.set_content(
        f"<style>body{{margin:0;display:grid;place-items:center;block-size:100vh;background:{ground}}}"
        f"svg{{inline-size:{side}px;block-size:{side}px}}</style>{SIGN}"
    )
    page.screenshot(path=PICTURES / f"{name}.png", omit_background=True)
    page.close()


def photograph(browser: Browser, base: str, tag: str) -> None:
    """Take the screenshots of home in one language."""
    for name, (width, height, scale) in SCREENS.items():
        page = browser.new_page(viewport=ViewportSize(width=width, height=height), device_scale_factor=scale)
        page.goto(f"{base}/{tag}/")
        page.screenshot(path=PICTURES / f"{name}-{tag}.png")
        page.close()


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an application on a free port; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def main() -> None:
    """Make every picture anew."""
    nothing = "sqlite:////nowhere/youthsafe.db"  # home needs no database
    app = create_app(Config(database_url=nothing, server_secret=bytes(range(32)), testing=True))
    with sync_playwright() as playwright, serving(app) as base:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name in ICONS:
            draw(browser, name)
        for tag in rooms(app).locales:
            photograph(browser, base, tag)
        browser.close()


if __name__ == "__main__":
    main()
