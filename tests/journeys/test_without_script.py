"""Where script is switched off: everything that can be read is read, and nothing can be sent by mistake."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Demo
from tests.journeys.site_map import BOTH_WAYS, one_of_each_kind, public_paths
from tests.journeys.visitors import Profile, visitor

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("locale", BOTH_WAYS)]

NUMBERS = ("999", "0800 1111")


@pytest.fixture
def person(browser: Browser) -> Iterator[Profile]:
    with visitor(browser, java_script_enabled=False) as person:
        yield person


def test_every_kind_of_page_can_be_read_and_nothing_submitted(demo: Demo, person: Profile, locale: str) -> None:
    page = person.page
    for path in one_of_each_kind(public_paths(demo, locale)):
        page.goto(demo.base + path)
        expect(page.locator("main h1:visible"), path).to_have_count(1)
        assert len(page.locator("main").inner_text()) > 150, path
        for number in NUMBERS:
            expect(page.locator(".help-strip").get_by_text(number), path).to_be_visible()
        for control in ("button:enabled", "form", "input", "textarea", "select"):
            expect(page.locator(f"{control}:visible"), f"{path} {control}").to_have_count(0)
    assert {request.method for request in person.requests} == {"GET"}
    assert person.complaints == []
    assert person.foreign_requests(demo.base) == []
    assert person.context.cookies() == []


@pytest.mark.parametrize("room", ["report", "replies"])
def test_a_page_that_needs_script_says_so_and_gives_numbers(
    demo: Demo, person: Profile, locale: str, room: str
) -> None:
    person.page.goto(f"{demo.base}/{locale}/{room}/")
    told = person.page.locator("main .notice.warn:visible")
    expect(told).to_have_count(1)
    expect(told).to_contain_text("JavaScript")
    for number in NUMBERS:
        expect(told.locator(f'a[href="tel:{number.replace(" ", "")}"]')).to_be_visible()


def test_no_question_is_shown_that_could_not_be_answered(demo: Demo, person: Profile, locale: str) -> None:
    person.page.goto(f"{demo.base}/{locale}/report/")
    expect(person.page.locator("[data-step]:visible")).to_have_count(0)
    expect(person.page.locator("[data-begin]")).to_be_hidden()
    expect(person.page.locator(f'main a[href="/{locale}/support/"]:visible')).to_have_count(1)
