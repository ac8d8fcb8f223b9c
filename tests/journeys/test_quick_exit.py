"""The way out: at once, without a trace on the page, and Back never shows it again."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Demo, OnDisk
from tests.journeys.pages.mailbox import Mailbox
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.visitors import Profile, visitor

pytestmark = pytest.mark.journey

EXIT = "https://www.bbc.co.uk/weather"
STORY = "They wait for me at the gate."


@pytest.fixture
def person(browser: Browser) -> Iterator[Profile]:
    with visitor(browser) as person:
        _build_elsewhere(person)
        yield person


def _build_elsewhere(person: Profile) -> None:
    """The other website is a page of the test's own: nothing leaves this machine."""
    page = "<!doctype html><title>Weather</title><h1>Sunny</h1>"
    person.context.route(EXIT, lambda route: route.fulfill(content_type="text/html", body=page))


def _tap(page: Page) -> None:
    page.locator("header [data-leave]").click(no_wait_after=True)


def _shift_three_times(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


def _write_a_story(page: Page, demo: Demo) -> None:
    form = ReportForm(page, demo.base).open().begin()
    form.go_on_to("story")
    form.words(4).fill(STORY)
    form.words(4).focus()


def _assert_left(page: Page) -> None:
    expect(page).to_have_url(EXIT)
    expect(page.locator("h1")).to_have_text("Sunny")


@pytest.mark.parametrize("leave", [_tap, _shift_three_times])
def test_leaving_a_story_asks_nothing_keeps_nothing_and_back_never_shows_it(
    demo: Demo, person: Profile, leave: Callable[[Page], None]
) -> None:
    page = person.page
    page.on("dialog", lambda dialog: pytest.fail(f"asked before leaving: {dialog.type}"))
    page.goto(f"{demo.base}/en/support/")
    _write_a_story(page, demo)
    leave(page)
    _assert_left(page)
    for _ in range(page.evaluate("history.length") - 2):  # the first entry of all is the browser's own empty page
        page.go_back(wait_until="commit")
        _assert_left(page)
        expect(page.get_by_text(STORY)).to_have_count(0)
    form = ReportForm(page, demo.base).open()
    assert [box.input_value() for box in page.locator("textarea").all()] == [""] * page.locator("textarea").count()
    assert form.current == "danger"
    kept = page.evaluate("[JSON.stringify(localStorage), JSON.stringify(sessionStorage)].join()")
    assert STORY not in kept
    assert [each.url for each in person.requests if each.method != "GET"] == []


def test_leaving_tells_every_module_to_wipe_its_draft_first(demo: Demo, person: Profile) -> None:
    page = person.page
    page.goto(f"{demo.base}/en/havens/")
    page.evaluate("addEventListener('youthsafe:leave', () => localStorage.setItem('wiped', 'yes'))")
    _tap(page)
    _assert_left(page)
    page.goto(f"{demo.base}/en/")
    assert page.evaluate("localStorage.getItem('wiped')") == "yes"


def test_someone_who_comes_back_on_purpose_may_read_again(demo: Demo, person: Profile) -> None:
    page = person.page
    page.goto(f"{demo.base}/en/havens/")
    _tap(page)
    _assert_left(page)
    page.goto(f"{demo.base}/en/")
    expect(page.locator("h1")).to_have_text("What’s going on?")
    page.reload()
    expect(page.locator("h1")).to_have_text("What’s going on?")


def test_leaving_wipes_a_code_from_the_page(demo: Demo, person: Profile) -> None:
    page = person.page
    Mailbox(page, demo.base).open()
    page.locator("[data-code-input]").fill("seven words that were once a code")
    _tap(page)
    _assert_left(page)
    Mailbox(page, demo.base).open()
    expect(page.locator("[data-code-input]")).to_have_value("")


def test_a_page_that_was_left_is_blank_even_where_the_other_website_does_not_answer(
    demo: Demo, person: Profile
) -> None:
    page = person.page
    person.context.unroute_all()
    person.context.route(EXIT, lambda route: route.fulfill(status=204))
    page.goto(f"{demo.base}/en/cards/bullying/")
    _tap(page)
    expect(page.locator("body > *")).to_have_count(0)
    # `page.title()` gives a name of Playwright's own ("Loading https://...") while the next page is awaited.
    expect(page).to_have_title("")


@pytest.mark.parametrize("answers", [True, False])
def test_the_browsers_history_has_no_step_and_no_blank_title(
    demo: Demo, on_disk: OnDisk, profiles: Path, answers: bool
) -> None:
    person = on_disk("pupil")
    page = person.page
    if answers:
        _build_elsewhere(person)
    else:
        person.context.route(EXIT, lambda route: route.abort())
    _write_a_story(page, demo)
    title = page.title()
    with page.expect_event("requestfinished" if answers else "requestfailed", lambda request: request.url == EXIT):
        _tap(page)
    if answers:
        _assert_left(page)
    person.context.close()
    with closing(sqlite3.connect(profiles / "pupil/Default/History")) as history:
        visited = dict(history.execute("SELECT url, title FROM urls").fetchall())
    visited.pop(EXIT, None)
    named = "Weather" if answers else title  # Chromium gives a replaced page the name of what replaced it
    assert visited == {f"{demo.base}/en/report/": named}


def test_typing_capital_letters_and_two_shifts_do_not_leave(demo: Demo, person: Profile) -> None:
    page = person.page
    _write_a_story(page, demo)
    for letter in "HE TOOK":
        page.keyboard.press(f"Shift+{letter}" if letter.isalpha() else "Space")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    expect(ReportForm(page, demo.base).words(4)).to_have_value(STORY + "HE TOOK")


def test_without_script_the_link_leaves_and_says_what_stays(demo: Demo, browser: Browser) -> None:
    with visitor(browser, java_script_enabled=False) as person:
        _build_elsewhere(person)
        page = person.page
        for locale in ("ar", "en"):
            page.goto(f"{demo.base}/{locale}/support/")
            expect(page.locator("noscript .banner")).to_be_visible()
        expect(page.locator("noscript .banner")).to_contain_text("browser history will still show that you were here")
        page.locator("header [data-leave]").click()
        _assert_left(page)


def test_the_neutral_page_of_an_installed_app_says_nothing_and_goes_on(demo: Demo, person: Profile) -> None:
    page = person.page
    page.route("**/assets/app-*.js", lambda route: route.abort())
    page.goto(f"{demo.base}/leaving")
    assert page.locator("body").inner_text().strip() == "Open"
    assert page.title() == "Loading"
    assert violations(page) == []
    page.unroute_all()
    page.goto(f"{demo.base}/leaving", wait_until="commit")
    _assert_left(page)
