"""WebKitGTK, the nearest that this machine has to an iPhone's browser: Debian's driver, on a screen of its own."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

DRIVER = "/usr/bin/WebKitWebDriver"
PATIENCE = 30


class WebKitMissingError(RuntimeError):
    """Debian's packages webkit2gtk-driver and xvfb are not installed."""


@contextmanager
def screen() -> Iterator[str]:
    """An X display without a screen; gives its name."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "800x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            yield f":{process.stdout.readline().strip()}"
        finally:
            process.terminate()


@contextmanager
def webkit(display: str, log: Path) -> Iterator[WebDriver]:
    """A fresh session: nothing of an earlier one is kept."""
    options = Options()
    options.binary_location = _mini_browser()
    options.add_argument("--automation")
    options.set_capability("browserName", "MiniBrowser")
    driver = webdriver.WebKitGTK(
        options=options, service=Service(DRIVER, env=_environment(display), log_output=str(log))
    )
    driver.set_page_load_timeout(PATIENCE)
    try:
        yield driver
    finally:
        driver.quit()


class Visit:
    """One person's pages in WebKit. Elements are found by what is the same in every language."""

    def __init__(self, driver: WebDriver) -> None:
        self.driver = driver

    def seen(self, selector: str) -> WebElement:
        """The first element that can be seen, once there is one."""
        return self._wait(lambda: next(iter(self.visible(selector)), None), selector)

    def visible(self, selector: str) -> list[WebElement]:
        """What can be seen now."""
        return [each for each in self.driver.find_elements(By.CSS_SELECTOR, selector) if each.is_displayed()]

    def press(self, selector: str) -> None:
        """Press a button as soon as it can be pressed."""
        button = self._wait(
            lambda: next((each for each in self.visible(selector) if each.is_enabled()), None), selector
        )
        self.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", button)
        button.click()

    def tick(self, field: str, code: str) -> None:
        """Choose a code of a field; a thumb lands on its label."""
        self.press(f'label:has(input[data-field="{field}"][value="{code}"])')

    def write(self, selector: str, text: str) -> None:
        """Type into a box; this driver knows a new line only as the key that makes it."""
        self.seen(selector).send_keys(text.replace("\n", Keys.ENTER))

    def texts(self, selector: str) -> list[str]:
        """The texts that stand in the page, as they are."""
        found = self.driver.find_elements(By.CSS_SELECTOR, selector)
        return [each.get_property("textContent") for each in found]

    def _wait(self, find: Callable[[], WebElement | None], selector: str) -> WebElement:
        found = WebDriverWait(self.driver, PATIENCE).until(lambda _: find(), f"{selector} is not there")
        assert found
        return found


def _mini_browser() -> str:
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    if not found or not Path(DRIVER).exists():
        raise WebKitMissingError("WebKitGTK is missing: apt-get install webkit2gtk-driver xvfb")
    return str(found[-1])


def _environment(display: str) -> dict[str, str]:
    """The sandbox needs rights that a container does not give; pages here are our own."""
    own = {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1", "LIBGL_ALWAYS_SOFTWARE": "1", "GDK_BACKEND": "x11"}
    return os.environ | {"DISPLAY": display} | own
