"""The page where seven words open a mailbox."""

from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect


class Mailbox:
    """One visit to the replies page."""

    def __init__(self, page: Page, base: str, locale: str = "en") -> None:
        self.page = page
        self.address = f"{base}/{locale}/replies/"

    def open(self) -> "Mailbox":
        """Load the page and wait until its script runs."""
        self.page.goto(self.address)
        expect(self.page.locator("[data-open]")).to_be_enabled()
        return self

    def type_code(self, words: str | Sequence[str]) -> None:
        """Type a code and press Open, without waiting for what follows."""
        typed = words if isinstance(words, str) else " ".join(words)
        self.page.locator("[data-code-input]").fill(typed)
        self.page.locator("[data-open]").click()

    def enter(self, words: str | Sequence[str]) -> None:
        """Open the mailbox of a code and wait until it is shown."""
        self.type_code(words)
        expect(self.page.locator("[data-mailbox]")).to_be_visible(timeout=30_000)

    @property
    def state(self) -> str:
        """`not-opened`, `read`, `read-unchecked` or `closed-report`."""
        shown = self.page.locator("[data-mailbox] > [data-when]:visible")
        names = {shown.nth(at).get_attribute("data-when") for at in range(shown.count())}
        return (names & {"not-opened", "read", "read-unchecked", "closed-report"}).pop() or ""

    def answers(self) -> list[str]:
        """The answers on the screen, the oldest first."""
        return self.page.locator("[data-words-of-team]").all_text_contents()

    def speakers(self) -> list[str]:
        """`team` or `you`, for each message from the top."""
        words = self.page.locator("[data-words-of-team]")
        return ["team" if each.locator(words).count() else "you" for each in self.thread.all()]

    @property
    def thread(self) -> Locator:
        """Answers, follow-ups and warnings, in order."""
        return self.page.locator("[data-thread] > li")

    def write_back(self, text: str) -> None:
        """Write to the team and wait until it is sent."""
        self.type_message(text)
        expect(self.said("written")).to_be_visible(timeout=30_000)
        expect(self.said("written")).to_be_in_viewport()

    def type_message(self, text: str) -> None:
        """Write to the team and press Send, without waiting for what follows."""
        self.page.locator('textarea[data-field="message"]').fill(text)
        self.page.locator("[data-write]").click()

    def look_again(self) -> None:
        """Ask the server for newer answers."""
        self.page.locator("[data-refresh]").click()
        expect(self.page.locator('[data-when="fetching"]')).to_be_hidden()

    def said(self, name: str) -> Locator:
        """A notice or error by its name in the template, where it can be seen."""
        return self.page.locator(f'[data-when="{name}"]:visible')

    def take_back(self) -> str:
        """Take the report back; gives what the page said would happen, `sure-unread` or `sure-read`."""
        self.page.locator("[data-withdraw]").click()
        expect(self.page.locator("[data-keep]")).to_be_focused()
        shown = next(name for name in ("sure-unread", "sure-read") if self.said(name).count())
        self.page.locator("[data-withdraw-now]").click()
        return shown
