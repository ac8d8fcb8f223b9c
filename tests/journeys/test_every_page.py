"""Every page, in every language, both themes, on a small phone and on a desk: readable by everybody, and quiet."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Demo
from tests.journeys.looks import EVERY_LOOK, PHONE_LIGHT, assert_quiet, everywhere, faults_of, language_faults
from tests.journeys.site_map import LOCALES, ROOMS, one_of_each_kind, public_paths, room_of
from tests.journeys.visitors import Profile, visitor
from youthsafe.cards.pack import load
from youthsafe.config import PACKAGED_CONTENT

pytestmark = pytest.mark.journey


@pytest.fixture
def person(browser: Browser) -> Iterator[Profile]:
    with visitor(browser) as person:
        yield person


def test_the_languages_that_are_looked_at_are_those_of_the_pack() -> None:
    assert {locale.tag: locale.direction for locale in load(PACKAGED_CONTENT).site.locales} == LOCALES


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_public_page_can_be_used_by_everybody(demo: Demo, person: Profile, locale: str, room: str) -> None:
    page, faults = person.page, []
    paths = public_paths(demo, locale)
    kinds = one_of_each_kind(paths)
    assert len(kinds) >= 17
    for path in (path for path in paths if room_of(path) == room):
        page.goto(demo.base + path)
        faults += language_faults(page, path, locale)
        faults += faults_of(page, path, EVERY_LOOK if path in kinds else [PHONE_LIGHT])
    assert faults == [], "\n".join(faults)
    assert_quiet(person, demo)


@pytest.mark.parametrize("path", [*(f"/{locale}/nowhere/" for locale in LOCALES), "/offline"])
def test_pages_that_nobody_wanted_can_be_used_by_everybody(demo: Demo, person: Profile, path: str) -> None:
    person.page.goto(demo.base + path)
    faults = everywhere(person.page, path, "en" if path == "/offline" else path[1:3])
    assert faults == [], "\n".join(faults)
    person.complaints[:] = [each for each in person.complaints if "404" not in each]
    assert_quiet(person, demo)
