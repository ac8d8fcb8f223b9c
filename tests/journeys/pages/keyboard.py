"""Somebody who has no mouse and no finger on the screen."""

from playwright.sync_api import Locator, Page

LONGEST_WAY = 120


class Keyboard:
    """Presses keys only."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, place: Locator) -> None:
        """Press Tab until a control has the focus; raises AssertionError when it cannot be reached."""
        for _ in range(LONGEST_WAY):
            if place.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{place} cannot be reached by keyboard")

    def press(self, place: Locator, key: str = "Enter") -> None:
        """Go to a control and press a key on it."""
        self.go_to(place)
        self.page.keyboard.press(key)

    def choose(self, field: str | int, code: str) -> None:
        """Choose a code of a field; of radio buttons, Tab reaches the first and arrows the others."""
        option = self.page.locator(f'[data-step]:visible input[data-field="{field}"][value="{code}"]')
        if option.get_attribute("type") == "checkbox":
            self.press(option, "Space")
            return
        first = self.page.locator(f'[data-step]:visible input[data-field="{field}"]').first
        self.press(first, "Space")
        while not option.is_checked():
            self.page.keyboard.press("ArrowDown")

    def type(self, place: Locator, text: str) -> None:
        """Go to a text box and type."""
        self.go_to(place)
        self.page.keyboard.insert_text(text)
