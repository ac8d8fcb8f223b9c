"""One screen of the desk after another, reached by keys alone: what stands in anybody's way on each is remembered."""

import json

from playwright.sync_api import Locator, Page, expect

from tests.journeys.looks import draw_on_a_phone, faults_of, language_faults
from tests.journeys.pages.keyboard import Keyboard
from tests.journeys.staff.conftest import Looks
from tests.latin_words import WORDS

LONGEST_LANDING, A_MOMENT = 5_000, 50  # milliseconds
LANDED = """(element) => {
  const focused = document.activeElement;
  return focused !== null && focused !== document.body && (element.contains(focused) || focused.contains(element));
}"""
STOPS = """() => [...document.querySelectorAll('a[href], button, summary, input, select, textarea')]
  .filter((each) => each.checkVisibility()).length"""
SHOWS_FOCUS = """() => {
  const focused = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(focused.closest('.choice') ?? focused);
  return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
}"""
#: With what the sites of the tests are called, and what the examples of an address are made of.
NAMES = [*sorted(WORDS), "Demo", "team", "smtp", "desk", "example", "org", "Madeupton", "Council"]
IN_THE_WAY = """() => {
  const CODES = 'code, .code-words, .kit-words, .kit-line', NOT_READ = '.visually-hidden, .skip, .skip *';
  const NAMES = new Set(@names);
  const other = ['ar', 'ta'].includes(document.documentElement.lang);  // letters of its own
  const shown = [...document.querySelectorAll('body *')].filter((each) => each.checkVisibility());
  const seen = shown.filter((each) => !each.matches(NOT_READ));
  const found = [];
  const tell = (what, elements) => found.push(...elements.map((each) =>
    `${what}: ${each.tagName.toLowerCase()}.${each.className} ${each.textContent.trim().slice(0, 40)}`));

  tell('too small for a thumb', seen.filter((each) => each.matches('a, button, summary, input, select, textarea'))
    .filter((each) => getComputedStyle(each).display !== 'inline').map((each) => each.closest('label') ?? each)
    .filter((each) => Math.min(each.getBoundingClientRect().height, each.getBoundingClientRect().width) < 44));
  tell('cut', seen.filter((each) => each.clientWidth > 0 && !each.matches('input, select, textarea, svg, svg *'))
    .filter((each) => each.scrollWidth > each.clientWidth + 1));
  tell('empty', seen.filter((each) => each.matches('.notice') && !each.textContent.trim()));
  const codes = seen.filter((each) => each.matches(CODES));
  tell('not from left to right', codes.filter((each) => getComputedStyle(each).direction !== 'ltr'));

  const range = document.createRange(), texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement, data } = texts.currentNode;
    if (!seen.includes(parentElement) || parentElement.closest(CODES)) continue;
    const named = parentElement.closest('bdi, .brand, [translate=no], [lang]:not(html)') !== null;
    for (const { index, 0: word } of data.matchAll(/[^\\s\\/-]+/g)) {
      range.setStart(texts.currentNode, index);
      range.setEnd(texts.currentNode, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top / 8)));
      if (lines.size > 1) found.push(`broken in two: ${word}`);
      const english = word.match(/[A-Za-z]{2,}/g) ?? [];
      if (other && !named && english.some((each) => !NAMES.has(each))) found.push(`not translated: ${word}`);
    }
  }
  return found;
}""".replace("@names", json.dumps(NAMES))


class Screens:
    """Somebody at the desk without a mouse, who looks at every screen that they come to."""

    def __init__(self, page: Page, looks: Looks, locale: str = "en") -> None:
        self.page, self.looks, self.locale = page, looks, locale
        self.keys = Keyboard(page)
        self.faults: list[str] = []

    @property
    def heading(self) -> Locator:
        return self.page.locator("h1")

    @property
    def question(self) -> Locator:
        return self.page.locator("dialog[open]")

    def part(self, name: str) -> Locator:
        return self.page.locator(f'[data-part="{name}"]:visible').first

    def press(self, place: Locator | str, key: str = "Enter") -> None:
        """Go to a control by Tab, see the focus there, and press a key."""
        self.keys.go_to(self._there(place))
        if not self.page.evaluate(SHOWS_FOCUS):
            self.faults.append(f"{self.locale}: no focus is to be seen on {place}")
        self.page.keyboard.press(key)

    def write(self, place: Locator | str, text: str) -> None:
        """Go to a field by Tab, and write over what stands there."""
        self.keys.go_to(self._there(place))
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def look(self, where: str, at: Locator | str | None = None) -> None:
        """See the screen in every look of its language. `at`: what must have come, with the focus in or around it."""
        if at is not None:
            self.land(where, at)
        where = f"{self.locale}: {where}"
        self.faults += language_faults(self.page, where, self.locale)
        self.faults += faults_of(self.page, where, self.looks[self.locale])
        draw_on_a_phone(self.page)
        self.faults += [f"{where}: {each}" for each in self.page.evaluate(IN_THE_WAY)]

    def land(self, where: str, at: Locator | str) -> None:
        """Wait for what must have come, and see that the focus is there."""
        place = self._there(at)
        expect(place).to_be_visible(timeout=60_000)
        for _ in range(LONGEST_LANDING // A_MOMENT):  # what stood there before shows sooner than the focus moves
            if place.evaluate(LANDED):
                return
            self.page.wait_for_timeout(A_MOMENT)
        focused = self.page.evaluate("document.activeElement.outerHTML.slice(0, 80)")
        self.faults.append(f"{self.locale}: {where}: the focus is at {focused}")

    def listed(self, name: str, count: int) -> list[str]:
        """Wait for a list of so many words, and read it."""
        words = self.page.locator(f'[data-part="{name}"] li')
        expect(words).to_have_count(count, timeout=60_000)
        return words.all_inner_texts()

    def type_kit(self, kit: list[str]) -> None:
        """Type the words of the kit that are asked for."""
        for field in self.page.locator("input[id^=kit-word-]").all():
            self.write(field, kit[int((field.get_attribute("id") or "").rpartition("-")[2])])

    def come_again(self) -> None:
        """Have the page ask the server again, as whoever comes back to it does."""
        self.page.evaluate("dispatchEvent(new Event('focus'))")

    def go_round(self) -> None:
        """Press Tab until the page is left, so that the focus is caught nowhere."""
        self.page.evaluate("document.activeElement.blur()")
        stops = self.page.evaluate(STOPS)
        for _ in range(stops + 5):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement === document.body"):
                return
        self.faults.append(f"{self.locale}: after {stops} stops the focus is still on the page")

    def _there(self, place: Locator | str) -> Locator:
        if isinstance(place, Locator):
            return place
        return self.page.locator(place) if place.startswith("#") else self.part(place)
