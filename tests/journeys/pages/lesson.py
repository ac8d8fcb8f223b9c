"""A lesson while it is read, or shown one slide at a time."""

from playwright.sync_api import Locator, Page, expect


class Lesson:
    """One visit to a lesson's page."""

    def __init__(self, page: Page, base: str, topic: str, locale: str = "en") -> None:
        self.page = page
        self.address = f"{base}/{locale}/teach/{topic}/"

    def open(self, slide: int | None = None) -> "Lesson":
        """Load the page, at one slide when given."""
        self.page.goto(self.address + (f"#slide-{slide}" if slide else ""))
        return self.at(slide) if slide else self

    def at(self, slide: int) -> "Lesson":
        """Wait until a slide is the only one that is shown, and the address says so."""
        expect(self.page.locator("[data-slide]:visible")).to_have_count(1)
        expect(self.page.locator(f"#slide-{slide}")).to_be_visible()
        assert self.page.url.endswith(f"#slide-{slide}")
        return self

    def reading(self) -> "Lesson":
        """Wait until the whole lesson is shown."""
        expect(self.slides.first).to_be_visible()
        expect(self.page.locator("[data-slide]:visible")).to_have_count(self.slides.count())
        return self

    def press(self, *keys: str) -> "Lesson":
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    @property
    def slides(self) -> Locator:
        """Every slide, shown or not."""
        return self.page.locator("[data-slide]")

    @property
    def notes(self) -> Locator:
        """The teacher's notes that can be seen."""
        return self.page.locator(".teacher:visible")

    @property
    def clock(self) -> Locator:
        """What the timer says."""
        return self.page.locator("[data-time]")

    @property
    def answer(self) -> Locator:
        """The right answer where it can be seen."""
        return self.page.locator("[data-slide]:visible .right:visible")

    def button(self, name: str) -> Locator:
        """A button of the bar, by what it does."""
        return self.page.locator(f'[data-do="{name}"]')
