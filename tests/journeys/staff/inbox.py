"""The inbox."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys.staff.one_report import OneReport


class Inbox:
    """The lists of reports: `open`, `mine` and `closed`."""

    def __init__(self, page: Page, sent: str | None = None) -> None:
        self.page = page
        self.sent = sent  # the report that was sent for this visit; others may wait there too

    def show(self, tab: str) -> "Inbox":
        """Choose a list and wait until it was fetched."""
        self.page.locator(f'[data-tab="{tab}"]').click()
        expect(self.page.locator(f'[data-tab="{tab}"][aria-current="page"]')).to_be_visible()
        expect(self.page.locator('[data-part="fresh"]')).to_be_visible()
        return self

    @property
    def rows(self) -> Locator:
        """One row for each report."""
        return self.page.locator("li[data-report]")

    @property
    def empty(self) -> Locator:
        """What stands there when a list has no reports."""
        return self.page.locator("[data-empty]:visible")

    def row(self, report_id: str) -> Locator:
        """The row of one report; its id as in addresses."""
        return self.page.locator(f'li[data-report="{report_id}"]')

    def report_ids(self) -> list[str]:
        """The ids in the order shown."""
        return [row.get_attribute("data-report") or "" for row in self.rows.all()]

    def new_report_id(self) -> str:
        """The id of a report that nobody has opened: the one that was sent for this visit, or the first."""
        if self.sent:
            return self.sent
        row = self.rows.filter(has=self.page.locator(".badge.new")).first
        return row.get_attribute("data-report") or ""

    def open_report(self, report_id: str | None = None) -> OneReport:
        """Open a report, the first when none is named, and wait until it was opened in the browser."""
        row = self.row(report_id) if report_id else self.rows.first
        row.locator("a").click()
        return OneReport(self.page).wait()

    @property
    def search_words(self) -> Locator:
        """Where somebody types what they look for in the list."""
        return self.page.locator("#search-words")

    @property
    def found(self) -> Locator:
        """The rows of what was found."""
        return self.page.locator('[data-part="searching"] li[data-report]')
