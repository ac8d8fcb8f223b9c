"""Searching: without a signal, by keyboard, in both directions; nothing that is typed leaves the page or stays."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Demo
from tests.journeys.kept import wait_for_pack
from tests.journeys.visitors import Profile, visitor
from tests.journeys.wire import counted

pytestmark = pytest.mark.journey

STORED = "() => JSON.stringify([{...localStorage}, {...sessionStorage}, history.state, location.href, document.cookie])"


def box(page: Page) -> Locator:
    return page.get_by_role("searchbox")


def results(page: Page) -> Locator:
    return page.locator("[data-found] a")


@pytest.fixture
def searching(demo: Demo, person: Profile) -> Page:
    person.page.goto(f"{demo.base}/en/cards/")
    person.page.get_by_role("link", name="Search in your own words").click()
    expect(box(person.page)).to_be_visible()
    return person.page


@pytest.mark.parametrize(
    ("locale", "typed", "path"),
    [
        ("en", "someone got stabed", "cards/knife-crime/if-someone-is-hurt/"),
        ("ar", "بيهددني بالصور", "cards/online-safety/if-someone-threatens-you/"),
    ],
)
def test_without_a_signal_a_child_finds_a_card_and_reads_it(
    demo: Demo, browser: Browser, locale: str, typed: str, path: str
) -> None:
    with visitor(browser, service_workers="allow") as phone, counted(demo.port) as wire:
        page = phone.page
        page.goto(f"{wire.base}/{locale}/")
        wait_for_pack(page)
        phone.context.set_offline(True)
        wire.forget()
        page.goto(f"{wire.base}/{locale}/find/")
        box(page).press_sequentially(typed)
        expect(results(page).first).to_have_attribute("href", f"/{locale}/{path}")
        results(page).first.click()
        expect(page).to_have_url(f"{wire.base}/{locale}/{path}")
        expect(page.locator("main h1")).to_be_visible()
        assert {asked for asked, count in wire.requests.items() if count} <= {"/sw.js"}


def test_no_letter_is_sent_or_stored_or_put_into_the_address(searching: Page, person: Profile) -> None:
    asked, stored = len(person.requests), searching.evaluate(STORED)
    box(searching).press_sequentially("my dad hits me")
    expect(results(searching).first).to_be_visible()
    box(searching).press("Enter")
    assert person.asked_since(asked) == []
    assert searching.evaluate(STORED) == stored


def test_the_keyboard_leads_from_the_word_to_the_page(searching: Page) -> None:
    box(searching).press_sequentially("cyberbulling")
    expect(searching.locator("main [role=status]").filter(has_text="Found:")).to_contain_text("Found: ")
    box(searching).press("Enter")
    expect(results(searching).first).to_be_focused()
    searching.keyboard.press("Enter")
    expect(searching.locator("main h1")).to_have_text("When it happens online")


def test_what_is_found_says_its_title_its_line_and_what_it_is(searching: Page) -> None:
    box(searching).fill("childline number")
    expect(results(searching).first).to_contain_text("Childline")
    expect(results(searching).first).to_contain_text("Talk about anything that worries you.")
    expect(results(searching).first).to_contain_text("Helpline 0800 1111")


def test_nothing_found_shows_the_topics_and_whom_to_call_and_an_empty_box_the_topics(searching: Page) -> None:
    topics, calls = searching.locator("[data-topics]"), searching.locator("[data-numbers]")
    expect(topics).to_be_visible()
    expect(calls).to_be_hidden()
    box(searching).fill("qzqzqz")
    expect(searching.get_by_text("Nothing found.")).to_be_visible()
    expect(topics).to_be_visible()
    expect(calls.locator('a[href="tel:08001111"]')).to_be_visible()
    box(searching).fill("vape")
    expect(topics).to_be_hidden()
    box(searching).fill("")
    expect(topics).to_be_visible()
    expect(results(searching)).to_have_count(0)


@pytest.mark.parametrize("typed", ["kms", "i want to die", "ma3o sikin", "cut myself"])
def test_words_of_danger_bring_the_numbers_before_the_results(searching: Page, typed: str) -> None:
    call = searching.locator('[data-danger] a[href="tel:999"]')
    expect(call).to_be_hidden()
    box(searching).fill(typed)
    expect(call).to_be_visible()
    if results(searching).count():
        above, below = call.bounding_box(), results(searching).first.bounding_box()
        assert above
        assert below
        assert above["y"] < below["y"]
    box(searching).fill("vapes")
    expect(call).to_be_hidden()


@pytest.mark.parametrize(("locale", "typed"), [("en", "i want to die"), ("ar", "اريد ان اموت"), ("en", "qzqzqz")])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_beside_results_or_none(
    demo: Demo, person: Profile, locale: str, typed: str, width: int
) -> None:
    page = person.page
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{demo.base}/{locale}/find/")
    box(page).fill(typed)
    expect(page.locator("main [role=status] > :visible").first).to_be_visible()
    assert violations(page) == []
