"""The case card on a report's page."""

from playwright.sync_api import Locator, Page, expect


class CaseCard:
    """What the team writes down of a report, and where it reads that."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def wait(self) -> "CaseCard":
        """Wait until the card is open."""
        expect(self.page.locator('[data-part="card-form"]')).to_be_visible()
        return self

    @property
    def number(self) -> str:
        """What people call the report."""
        return self.page.locator("#card-title bdi").inner_text()

    @property
    def entries(self) -> Locator:
        """The entries between the messages."""
        return self.page.locator('.thread > [data-part="entry"]')

    @property
    def note(self) -> Locator:
        """The box for a note."""
        return self.page.locator("#card-note")

    @property
    def outcome(self) -> Locator:
        """What came of the last press."""
        return self.page.locator('[data-part="card-outcome"]')

    def choose_level(self, level: str) -> None:
        """Choose one of u1 to u4."""
        self.page.locator("#card-level").select_option(level)

    def choose_category(self, category: str) -> None:
        """Tick one more category."""
        self.page.locator('[data-part="card"] summary').click()
        self.page.locator(f'[data-part="card"] input[value="{category}"]').check()

    def plan(self, step: str, day: str) -> None:
        """Say the next step and its day."""
        self.page.locator("#card-step").fill(step)
        self.page.locator("#card-day").fill(day)

    def sum_up(self, summary: str) -> None:
        """Write the line that sums the report up."""
        self.page.locator("#card-summary").fill(summary)

    def name(self, *names: str) -> None:
        """Name people, places or accounts."""
        self.page.locator("#card-named").fill("\n".join(names))

    def press(self) -> None:
        """Press the button, without waiting for what follows."""
        self.page.locator('[data-part="save-card"]').click()

    def save(self) -> None:
        """Save what was typed, with a note, and wait until it is shown."""
        before = self.entries.count()
        self.press()
        expect(self.entries).to_have_count(before + 1)
        expect(self.note).to_have_value("")
