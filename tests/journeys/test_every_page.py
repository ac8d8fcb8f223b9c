"""Every page, in every language, both themes, on a small phone and on a desk: readable by everybody, and quiet."""

import pytest

from tests.journeys.conftest import Demo
from tests.journeys.looks import (
    PHONE_LIGHT,
    assert_quiet,
    everywhere,
    faults_in_looks,
    faults_of,
    faults_of_layout,
    language_faults,
)
from tests.journeys.site_map import BOTH_WAYS, LOCALES, ROOMS, kind, one_of_each_kind, public_paths, room_of, wordiest
from tests.journeys.visitors import Profile
from tests.long_runs import LongRun

pytestmark = pytest.mark.journey

AXE_FIRST = [*BOTH_WAYS, *(each for each in LOCALES if each not in BOTH_WAYS)]

A_CARD = "cards/…/…"
CARDS_READ = 50  # in a language that axe does not read page by page; `make soak` reads every card in every language


def with_fewer_cards(demo: Demo, paths: list[str]) -> list[str]:
    """All but the cards whose words are the shortest; the first card speaks for its kind."""
    cards = [path for path in paths if kind(path) == A_CARD][1:]
    unread = set(cards) - set(wordiest(demo, cards, CARDS_READ))
    return [path for path in paths if path not in unread]


def test_a_language_of_each_direction_comes_first() -> None:
    assert [LOCALES[each] for each in AXE_FIRST[:2]] == ["ltr", "rtl"]
    assert AXE_FIRST[0] == next(iter(LOCALES)), "the one that axe reads in every look"
    assert set(AXE_FIRST) == set(LOCALES)


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_public_page_can_be_used_by_everybody(
    demo: Demo, person: Profile, long_run: LongRun, locale: str, room: str
) -> None:
    """axe looks at one page of each kind in the looks of its language, and at every page in the first of AXE_FIRST."""
    page, faults = person.page, []
    looked_at = locale in AXE_FIRST[: long_run.times(1, soak=len(AXE_FIRST))]
    paths = public_paths(demo, locale)
    kinds = one_of_each_kind(paths)
    assert len(kinds) >= 17
    here = [path for path in paths if room_of(path) == room]
    for path in here if looked_at else with_fewer_cards(demo, here):
        page.goto(demo.base + path)
        faults += language_faults(page, path, locale)
        if path in kinds:
            faults += faults_in_looks(page, path, locale)
        elif looked_at:
            faults += faults_of(page, path, [PHONE_LIGHT])
        else:
            faults += faults_of_layout(page, path, PHONE_LIGHT)
    assert faults == [], "\n".join(faults)
    assert_quiet(person, demo)


@pytest.mark.parametrize("path", [*(f"/{locale}/nowhere/" for locale in LOCALES), "/offline"])
def test_pages_that_nobody_wanted_can_be_used_by_everybody(demo: Demo, person: Profile, path: str) -> None:
    person.page.goto(demo.base + path)
    faults = everywhere(person.page, path, "en" if path == "/offline" else path[1:3])
    assert faults == [], "\n".join(faults)
    person.complaints[:] = [each for each in person.complaints if "404" not in each]
    assert_quiet(person, demo)
