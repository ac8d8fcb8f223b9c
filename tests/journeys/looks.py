"""What can be wrong with how a page looks, reads and behaves: in both themes, on a small phone and on a desk."""

from playwright.sync_api import Page, expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Demo
from tests.journeys.site_map import LOCALES
from tests.journeys.visitors import PHONE, Profile

Look = tuple[int, str]  # width in pixels, colour scheme

PHONE_LIGHT: Look = (320, "light")
DESK_LIGHT: Look = (1280, "light")
#: The first two hold every width and every theme.
LOOKS_IN_TURN: list[Look] = [(1280, "dark"), PHONE_LIGHT, DESK_LIGHT, (320, "dark")]
EVERY_LOOK: list[Look] = [(1280, "dark"), DESK_LIGHT, (320, "dark"), PHONE_LIGHT]
OVER_THE_EDGE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll('body *')].filter((each) => {
        const { left, right, width } = each.getBoundingClientRect();
        return width > 0 && (left < -1 || right > innerWidth + 1);
    }).map((each) => `${each.tagName.toLowerCase()}.${each.className}`)"""
IS_DRAWN = """() => new Promise((answer) => {  // twice, as Playwright asks for before it clicks
    setTimeout(answer, 5_000, false);
    requestAnimationFrame(() => requestAnimationFrame(() => answer(true)));
})"""
WRONG_LANGUAGE = """() => {  // but names of places, and what people typed, which are marked as such
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
    while (texts.nextNode()) {
        const { data, parentElement } = texts.currentNode;
        if (!parentElement.checkVisibility() || parentElement.closest('bdi, [translate=no]')) continue;
        const language = parentElement.closest('[lang]').lang, direction = getComputedStyle(parentElement).direction;
        const arabic = /\\p{Script=Arabic}/u.test(data), latin = /[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}/.test(data);
        if (arabic && (language !== 'ar' || direction !== 'rtl')) found.push(data.trim());
        if (latin && !arabic && (language === 'ar' || direction !== 'ltr')) found.push(data.trim());
    }
    return found;
}"""


def looks_in(locale: str) -> list[Look]:
    """In which looks axe reads a language: every one in the first, each width and theme once from right to left.

    Colours are the same in all languages, so the others are read on a phone, where words have least room.
    """
    if locale == next(iter(LOCALES)):
        return EVERY_LOOK
    return [(1280, "dark"), PHONE_LIGHT] if LOCALES[locale] == "rtl" else [PHONE_LIGHT]


def everywhere(page: Page, where: str, locale: str) -> list[str]:
    """Everything wrong with what a page shows, in every look of its language; afterwards it is a phone's again."""
    faults = language_faults(page, where, locale) + faults_in_looks(page, where, locale)
    draw_on_a_phone(page)
    return faults


def faults_in_looks(page: Page, where: str, locale: str) -> list[str]:
    """What axe finds in the looks of a language, and what a page of any language shows beyond its edges on a desk."""
    looks = looks_in(locale)
    wide = [] if any(width == DESK_LIGHT[0] for width, _ in looks) else faults_of_layout(page, where, DESK_LIGHT)
    return wide + faults_of(page, where, looks)


def draw_on_a_phone(page: Page) -> None:
    """Give a page a phone's size, and see it drawn.

    Chromium was seen to draw no more after many changes of size, and a click waits for a drawing: change it once more.
    """
    for pixel in range(3):
        page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"] - pixel})
        if page.evaluate(IS_DRAWN):
            return
    raise AssertionError("the browser draws this page no more")


def faults_of(page: Page, where: str, looks: list[Look]) -> list[str]:
    """What keeps somebody from using what a page shows: page, look, rule, element."""
    found = []
    for look in looks:
        found += faults_of_layout(page, where, look)
        width, theme = look
        found += [f"{where} {width} {theme}: {each}" for each in violations(page)]
    return found


def faults_of_layout(page: Page, where: str, look: Look) -> list[str]:
    """What a page shows beyond its edges in one look, which it keeps afterwards."""
    width, theme = look
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 740})
    return [f"{where} {width} {theme}: over the edge: {each}" for each in page.evaluate(OVER_THE_EDGE)]


def language_faults(page: Page, where: str, locale: str) -> list[str]:
    """Texts that are not marked as the language that they are in, or run the wrong way."""
    root = page.locator("html")
    expect(root).to_have_attribute("lang", locale)
    expect(root).to_have_attribute("dir", LOCALES[locale])
    return [f"{where}: not marked as its language: {text}" for text in page.evaluate(WRONG_LANGUAGE)]


def assert_quiet(person: Profile, demo: Demo) -> None:
    """Nothing was complained of, asked of another server, or kept as a cookie."""
    assert person.complaints == []
    assert person.foreign_requests(demo.base) == []
    assert person.context.cookies() == []
