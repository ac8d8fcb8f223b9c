"""Takes the pictures of the README from a running demonstration: python scripts/pictures.py http://127.0.0.1:8000"""

import sys
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
PHONE: ViewportSize = {"width": 360, "height": 740}


def take(page: Page, base: str) -> None:
    """Take all three."""
    page.goto(f"{base}/en/")
    page.screenshot(path=FOLDER / "home.png")
    page.goto(f"{base}/ar/")
    page.screenshot(path=FOLDER / "home-ar.png")
    page.goto(f"{base}/ta/report/")
    for _ in range(2):
        page.locator("[data-step]:visible [data-next]").click()
    page.wait_for_timeout(500)
    page.screenshot(path=FOLDER / "report-ta.png")


if __name__ == "__main__":
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        take(browser.new_page(viewport=PHONE), sys.argv[1])
