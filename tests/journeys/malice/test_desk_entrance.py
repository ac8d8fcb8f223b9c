"""Whoever unlocks the desk on a server that lies reads why, and nothing was opened."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.malice.key_rings import GRANTS, KEY_RINGS, SIGN_INS
from tests.journeys.malice.lies import lying
from tests.journeys.malice.world import CASEWORKER, World
from tests.journeys.staff.sign_in import SignIn, Unlock
from tests.journeys.visitors import DESK, Profile, visitor

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def known(world: World, browser: Browser) -> Iterator[Profile]:
    """A caseworker's browser that saw the newest change."""
    with visitor(browser, viewport=DESK, storage_state=world.sessions[CASEWORKER]) as caseworker:
        caseworker.page.goto(f"{world.demo.base}/staff/en/")
        Unlock(caseworker.page).unlock(world.demo.words(CASEWORKER))
        yield caseworker


@pytest.fixture(scope="module")
def stranger(world: World, browser: Browser) -> Iterator[Profile]:
    """The same person at a browser that was never here."""
    with visitor(browser, viewport=DESK, storage_state=world.sessions[CASEWORKER]) as caseworker:
        yield caseworker


def locked(page: Page, world: World) -> None:
    """Stand before the form that asks for the words."""
    if page.locator('[data-part="who"]').count() == 0 or page.locator("#desk-tools").is_visible():
        page.goto(f"{world.demo.base}/staff/en/")
    expect(page.locator('[data-part="who"]')).to_be_visible()


@pytest.mark.parametrize("name", KEY_RINGS)
def test_nothing_is_opened_and_the_words_stay(world: World, known: Profile, stranger: Profile, name: str) -> None:
    attack = KEY_RINGS[name]
    browser, words = known if attack.known else stranger, world.demo.words(CASEWORKER)
    page = browser.page
    locked(page, world)
    with lying(browser, attack.forge(world)) as asked:
        page.locator("#words").fill(words)
        page.locator('[data-part="go"]').click()
        said = page.locator('[data-part="trouble"]:visible, .error:visible').first
        expect(said).to_contain_text(attack.says)
        expect(page.locator("#words")).to_have_value(words)
        expect(page.locator("#desk-tools")).to_be_hidden()
    assert asked.sent == []
    assert not any("/reports" in each.url for each in asked.requests)


@pytest.mark.parametrize("name", GRANTS)
def test_the_key_that_was_not_granted_stays_shut_and_the_desk_says_so(world: World, known: Profile, name: str) -> None:
    attack = GRANTS[name]
    known.page.goto(f"{world.demo.base}/staff/en/")
    locked(known.page, world)
    with lying(known, attack.forge(world)) as asked:
        Unlock(known.page).unlock(world.demo.words(CASEWORKER))
        expect(known.page.locator("main")).to_contain_text(attack.says)
    assert asked.sent == []


def test_after_all_of_them_the_genuine_server_is_believed_as_before(world: World, known: Profile) -> None:
    known.page.goto(f"{world.demo.base}/staff/en/")
    Unlock(known.page).unlock(world.demo.words(CASEWORKER))


def test_no_proof_of_words_that_are_easy_to_guess_from_leaves_the_browser(world: World, browser: Browser) -> None:
    words = world.demo.words(CASEWORKER)
    with visitor(browser, viewport=DESK) as somebody:
        form = SignIn(somebody.page, world.demo.base).open().fill(CASEWORKER, words, "123456")
        for attack in SIGN_INS.values():
            with lying(somebody, attack.forge(world)) as asked:
                form.submit()
                expect(form.trouble.first).to_contain_text(attack.says)
                expect(somebody.page.locator("#words")).to_have_value(words)
                expect(somebody.page.locator("#code")).to_have_value("123456")
            assert [each.rpartition("/")[2] for each in asked.sent] == ["start"]
