"""The report form in two minutes: taps, screens and words from home to Sent, and the way on always in sight."""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Demo
from tests.journeys.days import MONDAY_MORNING, SUNDAY_AFTERNOON, next_at
from tests.journeys.pages.report_form import EXTRAS, ORDER, ReportForm
from tests.journeys.visitors import Profile

pytestmark = pytest.mark.journey

TAPS, SCREENS, WORDS = 8, 6, 350
STORY = "They wait for me after school every day and take my bag, and everybody laughs about it."
WORDS_SHOWN = """() => {
    const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    let count = 0;
    while (texts.nextNode()) {
        const { data, parentElement } = texts.currentNode;
        if (!parentElement.checkVisibility() || parentElement.closest('.visually-hidden')) continue;
        count += data.match(/[\\p{L}\\p{N}]+(?:[-’'.,:][\\p{L}\\p{N}]+)*/gu)?.length ?? 0; // 8:00 is one
    }
    return count;
}"""


@dataclass
class Walk:
    """What somebody taps, sees and reads on the way."""

    page: Page
    taps: int = 0
    screens: list[str] = field(default_factory=lambda: ["home"])
    words: dict[str, int] = field(default_factory=dict)

    def tap(self, place: Locator) -> None:
        """One tap, where there is exactly one such place."""
        place.click()
        self.taps += 1

    def see(self, name: str) -> None:
        """Another screen, with every word that can be seen on it."""
        ReportForm(self.page, "").at(name)
        self.screens.append(name)
        self.words[name] = int(self.page.evaluate(WORDS_SHOWN))


def _to_the_story(walk: Walk, form: ReportForm, *answers: tuple[int, str]) -> None:
    """Answer whether anyone is in danger, and what is going on."""
    walk.see("danger")
    expect(form.hours).to_be_visible()
    walk.words["danger"] = int(walk.page.evaluate(WORDS_SHOWN))
    walk.tap(form.choice(1, "no"))
    walk.see("about")
    for code in answers:
        walk.tap(form.choice(*code))
    walk.tap(form.step("about").locator("[data-next]"))
    walk.see("story")


def _to_sent(walk: Walk, form: ReportForm) -> None:
    walk.tap(form.words(4))
    walk.page.keyboard.type(STORY)
    walk.tap(form.step("story").locator("[data-next]"))
    walk.see("review")
    walk.tap(walk.page.locator("[data-seal]"))
    form.wait_for("sent")
    walk.screens.append("outcome")


@pytest.mark.parametrize("moment", [MONDAY_MORNING, SUNDAY_AFTERNOON], ids=["while we read", "while nobody reads"])
def test_a_full_report_takes_8_taps_6_screens_and_350_words(
    demo: Demo, person: Profile, moment: tuple[int, int]
) -> None:
    """Before, the same four answers took 16 taps, 13 screens and 917 words."""
    page = person.page
    page.clock.set_fixed_time(next_at(*moment))
    page.goto(f"{demo.base}/en/")
    walk, form = Walk(page), ReportForm(page, demo.base)
    walk.tap(page.locator('main a[href$="/report/"]').first)
    _to_the_story(walk, form, (2, "me"), (3, "bullying"))
    _to_sent(walk, form)
    assert walk.taps <= TAPS
    assert len(walk.screens) <= SCREENS, walk.screens
    assert sum(walk.words.values()) <= WORDS, walk.words


def test_from_a_card_its_topic_is_one_tap_less(demo: Demo, person: Profile) -> None:
    page = person.page
    page.goto(f"{demo.base}/en/report/#topic=bullying")
    walk, form = Walk(page, taps=1, screens=["card"]), ReportForm(page, demo.base)
    _to_the_story(walk, form, (2, "me"))
    _to_sent(walk, form)
    assert walk.taps < TAPS


def test_a_report_from_a_card_says_its_topic(demo: Demo, person: Profile) -> None:
    page = person.page
    page.goto(f"{demo.base}/en/report/#topic=bullying")
    form = ReportForm(page, demo.base).begin()
    form.fill({1: ["no"]})
    assert form.answers_reviewed() == ["No", "Bullying"]


@pytest.mark.parametrize("locale", ["en", "ar", "ta"])
def test_the_way_on_is_in_sight_on_every_screen_of_a_small_phone(demo: Demo, person: Profile, locale: str) -> None:
    page = person.page
    page.set_viewport_size({"width": 360, "height": 600})
    form, hidden = ReportForm(page, demo.base, locale).open().begin(), []

    def look() -> None:
        way_on = page.locator("[data-step]:visible .way-on .primary")
        strip, bar = page.locator(".help-strip").bounding_box(), way_on.bounding_box()
        assert strip
        assert bar
        if page.evaluate("scrollY") != 0 or bar["y"] + bar["height"] > strip["y"] or bar["y"] < 0:
            hidden.append(form.current)

    for name in ORDER:
        form.go_on_to(name)
        look()
    for name in EXTRAS:
        form.add(name)
        look()
        form.go_on()
        form.at("review")
    assert hidden == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_window_that_is_zoomed_far_in_gives_its_room_to_the_words(demo: Demo, person: Profile, theme: str) -> None:
    page = person.page
    page.emulate_media(color_scheme=theme)
    form = ReportForm(page, demo.base).open().begin()
    page.evaluate("document.documentElement.dataset.size = 'largest'")
    for name in ORDER:
        form.go_on_to(name)
        page.set_viewport_size({"width": 320, "height": 256})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        bar = page.locator("[data-step]:visible .way-on")
        assert bar.evaluate("(bar) => getComputedStyle(bar).position") == "static"
        assert violations(page) == []
