"""The pages of set-up. Elements are found by what is the same in every language."""

from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Page, expect

from tests import prints
from tests.journeys.staff.code_app import CodeApp
from tests.journeys.staff.sign_in import Unlock, paste

SLOW = 60_000  # milliseconds: keys are made


@dataclass
class Coordinator:
    """What the first coordinator wrote down."""

    name: str
    words: str
    kit: list[str]
    kit_line: str
    app: CodeApp

    def code(self) -> str:
        return self.app.code()


class SetUp:
    """The first coordinator's browser, from the link to the last step."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.printed: Path | None = None

    def part(self, name: str) -> str:
        return f'[data-part="{name}"]'

    def open(self, address: str) -> "SetUp":
        """Open a page of the kit."""
        self.page.goto(address)
        return self

    def paste(self, link: str) -> "SetUp":
        """Open the address of the link, and paste its secret."""
        paste(self.page, link)
        return self

    def make_keys(self, name: str, team: str, folder: Path) -> Coordinator:
        """Go through every step with pen and printer."""
        page = self.page
        page.fill("#name", name)
        page.fill("#team", team)
        page.click(self.part("go"))
        return self._secrets(name, folder)

    def come_back(self, kit: str, name: str, folder: Path) -> Coordinator:
        """Type a kit, come back as whom it offers first, and make new keys."""
        self.page.fill("#kit", kit)
        self.page.click(self.part("go"))
        expect(self.page.locator(f"{self.part('who-form')} [name=who]:checked")).to_be_visible(timeout=SLOW)
        self.page.click(self.part("go"))
        return self._secrets(name, folder)

    def _secrets(self, name: str, folder: Path) -> Coordinator:
        page = self.page
        words = self._listed("words-made", 6)
        page.fill("#words", " ".join(words))
        page.click(self.part("go"))
        kit = self._listed("kit-words", 24)
        line = page.inner_text(self.part("kit-line"))
        self.printed = prints.printed(page, folder)
        self._type_three_of(kit)
        secret = page.inner_text(self.part("second-factor")).replace(" ", "")
        return Coordinator(name, " ".join(words), kit, line, CodeApp(secret))

    def renew_kit(self, made: Coordinator, address: str) -> Coordinator:
        """Put a new kit, and a new root with it, in the place of the old ones."""
        page = self.page
        page.goto(address)
        Unlock(page).unlock(made.words)
        page.check(self.part("changes-root"))
        page.click(self.part("make"))
        kit = self._listed("kit-words", 24)
        line = page.inner_text(self.part("kit-line"))
        self._type_three_of(kit)
        expect(page.locator(self.part("done"))).to_be_visible(timeout=SLOW)
        return replace(made, kit=kit, kit_line=line)

    def _type_three_of(self, kit: list[str]) -> None:
        self.page.click(self.part("printed"))
        for field in self.page.locator("input[id^=kit-word-]").all():
            place = int((field.get_attribute("id") or "").rpartition("-")[2])
            field.fill(kit[place])
        self.page.click(self.part("go"))

    def _listed(self, name: str, count: int) -> list[str]:
        """Wait for a list of so many words, and read it."""
        words = self.page.locator(f"{self.part(name)} li")
        expect(words).to_have_count(count, timeout=SLOW)
        return words.all_inner_texts()

    def finish(self, code: str) -> None:
        """Write the first code, and wait until the instance is there."""
        self.page.fill("#code", code)
        self.page.click(self.part("go"))
        expect(self.page.locator(self.part("done"))).to_be_visible(timeout=SLOW)
