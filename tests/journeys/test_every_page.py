"""Every page, in every language, both themes, on a small phone and on a desk: readable by everybody, and quiet."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Demo, Profile, running_demo
from tests.journeys.pages.mailbox import Mailbox
from tests.journeys.pages.report_form import QUESTIONS, ReportForm
from tests.journeys.site_map import LOCALES, one_of_each_kind, public_paths
from tests.journeys.staff import Inbox, SignIn
from tests.journeys.visitors import shared_browser, visitor

pytestmark = pytest.mark.journey

PHONE_LIGHT, *OTHER_LOOKS = [(width, theme) for width in (320, 1280) for theme in ("light", "dark")]
STORY = {"en": "They hide my bag every day.", "ar": "يخبئون حقيبتي كل يوم."}
OVER_THE_EDGE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll('body *')].filter((each) => {
        const { left, right, width } = each.getBoundingClientRect();
        return width > 0 && (left < -1 || right > innerWidth + 1);
    }).map((each) => `${each.tagName.toLowerCase()}.${each.className}`)"""
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


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demonstration that reports may be left in."""
    with running_demo(tmp_path_factory.mktemp("every-page") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with shared_browser(playwright) as browser:
        yield browser


@pytest.fixture
def person(browser: Browser) -> Iterator[Profile]:
    with visitor(browser) as person:
        yield person


def _faults(page: Page, where: str, looks: list[tuple[int, str]]) -> list[str]:
    """What is wrong with what the page shows: page, look, rule, element."""
    found = []
    for width, theme in looks:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 740})
        wrong = [f"over the edge: {each}" for each in page.evaluate(OVER_THE_EDGE)] if width == 320 else []
        found += [f"{where} {width} {theme}: {each}" for each in (*wrong, *violations(page))]
    return found


def _language_faults(page: Page, where: str, locale: str) -> list[str]:
    root = page.locator("html")
    expect(root).to_have_attribute("lang", locale)
    expect(root).to_have_attribute("dir", LOCALES[locale])
    return [f"{where}: not marked as its language: {text}" for text in page.evaluate(WRONG_LANGUAGE)]


def _everywhere(page: Page, where: str, locale: str) -> list[str]:
    return _language_faults(page, where, locale) + _faults(page, where, [*OTHER_LOOKS, PHONE_LIGHT])


def _assert_quiet(person: Profile, demo: Demo) -> None:
    assert person.complaints == []
    assert person.foreign_requests(demo.base) == []


def _assert_no_cookie(person: Profile) -> None:
    assert person.context.cookies() == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_public_page_can_be_used_by_everybody(demo: Demo, person: Profile, locale: str) -> None:
    page, faults = person.page, []
    paths = public_paths(demo, locale)
    kinds = one_of_each_kind(paths)
    assert len(kinds) >= 11
    for path in paths:
        page.goto(demo.base + path)
        looks = [*OTHER_LOOKS, PHONE_LIGHT] if path in kinds else [PHONE_LIGHT]
        faults += _language_faults(page, path, locale) + _faults(page, path, looks)
    assert faults == [], "\n".join(faults)
    _assert_quiet(person, demo)
    _assert_no_cookie(person)


@pytest.mark.parametrize("path", ["/en/nowhere/", "/ar/nowhere/", "/offline"])
def test_pages_that_nobody_wanted_can_be_used_by_everybody(demo: Demo, person: Profile, path: str) -> None:
    person.page.goto(demo.base + path)
    faults = _everywhere(person.page, path, "ar" if path.startswith("/ar") else "en")
    assert faults == [], "\n".join(faults)
    assert [each for each in person.complaints if "404" not in each] == []
    assert person.foreign_requests(demo.base) == []
    _assert_no_cookie(person)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_step_of_a_report_and_its_answer_can_be_used_by_everybody(
    demo: Demo, browser: Browser, person: Profile, locale: str
) -> None:
    form = ReportForm(person.page, demo.base, locale).open()
    faults = []

    def look(where: str) -> None:
        faults.extend(_everywhere(person.page, f"{locale}: {where}", locale))

    form.choose_to_report()
    look("promise")
    form.go_on()
    for question in QUESTIONS:
        form.at(question)
        _answer(form, question, locale)
        look(question)
        form.go_on()
    form.at("review")
    look("review")
    form.send()
    form.wait_for("sent")
    look("sent")
    mailbox = Mailbox(person.page, demo.base, locale)
    code = form.code()
    mailbox.open()
    mailbox.type_code("one two three")
    expect(mailbox.said("code-count")).to_be_visible()
    look("a wrong code")
    mailbox.enter(code)
    look("mailbox")
    _assert_no_cookie(person)
    with visitor(browser) as caseworker:
        faults += _desk_faults(caseworker, demo, locale)
        _assert_quiet(caseworker, demo)
    mailbox.look_again()
    look("an answer")
    assert faults == [], "\n".join(faults)
    _assert_quiet(person, demo)
    _assert_no_cookie(person)


def _answer(form: ReportForm, question: str, locale: str) -> None:
    """Answer so that everything a question can show is shown."""
    picked = {"danger": (1, "yes"), "who": (2, "adult"), "what": (3, "pictures"), "reply": ("reply", "yes")}
    if question in picked:
        field, code = picked[question]
        form.pick(field, code)
    if question == "story":
        form.words(4).fill(STORY[locale])


def _desk_faults(caseworker: Profile, demo: Demo, locale: str) -> list[str]:
    page = caseworker.page
    faults = []
    sign_in = SignIn(page, demo.base, locale).open()
    faults += _everywhere(page, f"{locale}: sign in", locale)
    name = {"en": "demo-caseworker", "ar": "demo-second"}[locale]
    sign_in.sign_in(name, demo.words(name), demo.code(name))
    inbox = Inbox(page).show("open")
    faults += _everywhere(page, f"{locale}: inbox", locale)
    report = inbox.open_report()
    faults += _everywhere(page, f"{locale}: one report", locale)
    report.claim()
    report.answer(STORY[locale])
    faults += _everywhere(page, f"{locale}: an answered report", locale)
    report.close()
    return faults
