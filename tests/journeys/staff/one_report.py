"""One report's page."""

from playwright.sync_api import Locator, Page, expect


class OneReport:
    """What was told, the messages, and what a caseworker does about them."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def wait(self) -> "OneReport":
        """Wait until the report is open on the screen."""
        expect(self.page.locator('[data-part="body"]')).to_be_visible(timeout=15_000)
        return self

    def told(self) -> dict[str, str]:
        """The questions and answers, as shown."""
        questions = self.page.locator('[data-part="answers"] dt').all_text_contents()
        answers = self.page.locator('[data-part="answers"] dd').all_text_contents()
        return dict(zip(questions, answers, strict=True))

    @property
    def messages(self) -> Locator:
        """The messages both ways, in order."""
        return self.page.locator(".thread > .message")

    def message_texts(self) -> list[str]:
        """The texts of the messages that were checked and shown."""
        return self.page.locator('.thread [data-part="text"]:visible').all_text_contents()

    @property
    def alarms(self) -> Locator:
        """What does not open, or is not from who it says."""
        return self.page.locator('[data-part="alarms"] .notice')

    @property
    def trouble(self) -> Locator:
        """What the page says went wrong."""
        return self.page.locator(
            'article [data-part="trouble"]:visible, [data-part="refusal"]:visible, #answer-error:visible'
        )

    def claim(self) -> "OneReport":
        """Claim the report and wait for the answer box."""
        self._press("claim")
        expect(self._button("release")).to_be_visible()
        expect(self.page.locator("#answer")).to_be_visible()
        return self

    def release(self) -> None:
        """Give the report back."""
        self._press("release")
        expect(self._button("claim")).to_be_visible()

    def type_answer(self, text: str, locale: str | None = None) -> None:
        """Type an answer, and say its language when it is not the reporter's."""
        self.page.locator("#answer").fill(text)
        if locale:
            self.page.locator("#answer-language").select_option(locale)

    def answer(self, text: str, locale: str | None = None) -> None:
        """Send an answer and wait until it is saved and shown."""
        before = self.messages.count()
        self.type_answer(text, locale)
        self.page.locator('[data-part="send"]').click()
        expect(self.messages).to_have_count(before + 1, timeout=15_000)
        expect(self.page.locator("#answer")).to_have_value("")

    def ask_to_close(self) -> None:
        """Ask for closing the report as junk, of which nothing is written down; a dialog asks whether that is meant."""
        self._press("close")
        self.page.locator('[data-part="close-junk"]').click()

    def close(self) -> None:
        """Close the report without an outcome, saying yes when asked."""
        self.ask_to_close()
        self.page.locator('dialog button[value="yes"]').click()
        expect(self._button("reopen")).to_be_visible()

    def close_with(self, outcome: str) -> None:
        """Close the report with an outcome."""
        self._press("close")
        self.page.locator("#closing-outcome").select_option(outcome)
        self.page.locator('[data-part="close-now"]').click()
        expect(self._button("reopen")).to_be_visible()

    def reopen(self) -> None:
        """Open a closed report again."""
        self._press("reopen")
        expect(self._button("reopen")).to_be_hidden()

    def back(self) -> None:
        """Go back to the inbox by the page's own link."""
        self.page.locator('[data-part="back"]').click()
        expect(self.page.locator('[data-part="fresh"]')).to_be_visible()

    def _press(self, action: str) -> None:
        self._button(action).click()

    def _button(self, action: str) -> Locator:
        return self.page.locator(f'[data-action="{action}"]')
