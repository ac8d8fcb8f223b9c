"""The page Set-up with what is still to do, and the pages to which it leads."""

from playwright.sync_api import Page, expect

SLOW = 30_000  # milliseconds: something is signed
CONTROLLER = ("name", "contact", "data_protection_officer", "complaints", "accessibility")


class GettingStarted:
    """A coordinator at the list of steps. Elements are found by what is the same in every language."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self) -> "GettingStarted":
        """Come back to the list by the menu."""
        self.page.locator('[data-tab="getting_started"]').click()
        expect(self.page.locator('[data-part="steps"]')).to_be_visible()
        return self

    def is_done(self, step: str) -> None:
        """Wait until the list says that a step is done."""
        expect(self.page.locator(f'[data-step="{step}"][data-done="yes"]')).to_be_visible(timeout=SLOW)

    def is_to_do(self, step: str) -> None:
        expect(self.page.locator(f'[data-step="{step}"][data-done="no"]')).to_be_visible()

    def go_to(self, step: str) -> None:
        """Follow the step's link to where it is done."""
        self.page.locator(f'[data-step="{step}"] a.button').click()
        expect(self.page.locator('[data-part="steps"]')).to_have_count(0)

    def write_controller(self, *texts: str) -> None:
        """Write who runs the site, as far as it is known."""
        for field, text in zip(CONTROLLER, texts, strict=True):
            self.page.fill(f"#controller-{field}", text)
        self.page.click('[data-part="save"]')
        self.is_done("controller")

    def make_smaller_team(self, name: str) -> None:
        """Have a second team signed in the browser."""
        self.page.fill("#team-smaller-team", name)
        self.page.click('[data-part="make-smaller-team"] button')
        self.is_done("smaller-team")

    def open_form(self) -> None:
        """Let pupils send, and say yes when asked."""
        self.page.click('[data-part="open"]')
        self.page.click('dialog [value="yes"]')
        expect(self.page.locator('[data-part="open"]')).to_have_count(0)
