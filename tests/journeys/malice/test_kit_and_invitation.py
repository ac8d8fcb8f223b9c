"""Whoever comes back by the kit, or joins by a link, on a server that lies, reads why; nothing is made or sent."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.malice.invitations import INVITATIONS, LINK, genuine, start
from tests.journeys.malice.kits import KITS, kept
from tests.journeys.malice.lies import lying
from tests.journeys.malice.world import COORDINATOR, World
from tests.journeys.staff.sign_in import Unlock, paste
from tests.journeys.visitors import DESK, Profile, visitor
from youthsafe.crypto.invitation import build_offer

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def coming_back(world: World, browser: Browser) -> Iterator[Profile]:
    """The browser of a coordinator who was here, with the kit in hand."""
    with visitor(browser, viewport=DESK, storage_state=world.sessions[COORDINATOR]) as somebody:
        somebody.page.goto(f"{world.demo.base}/staff/en/")
        Unlock(somebody.page).unlock(world.demo.words(COORDINATOR))
        somebody.page.goto(f"{world.demo.base}/staff/en/recover/")
        yield somebody


@pytest.fixture(scope="module")
def invited(browser: Browser) -> Iterator[Profile]:
    """Somebody who follows a link, at a browser that was never here."""
    with visitor(browser, viewport=DESK) as somebody:
        yield somebody


@pytest.mark.parametrize("name", KITS)
def test_the_kit_opens_nothing_and_what_was_typed_stays(world: World, coming_back: Profile, name: str) -> None:
    attack, page = KITS[name], coming_back.page
    with lying(coming_back, attack.forge(world)) as asked:
        page.fill("#kit", world.kit_words)
        page.click('[data-part="go"]')
        expect(page.locator("main")).to_contain_text(attack.says)
        expect(page.locator("#kit")).to_have_value(world.kit_words)
        expect(page.locator('[data-part="who-form"]')).to_have_count(0)
    assert [each.rpartition("/")[2] for each in asked.sent] == ["recovery"]


def test_the_genuine_answer_is_believed(world: World, coming_back: Profile) -> None:
    page = coming_back.page
    with lying(coming_back, {"staff/recovery": kept(world)}):
        page.fill("#kit", world.kit_words)
        page.click('[data-part="go"]')
        expect(page.locator('[data-part="who-form"]')).to_be_visible()


def follow(invited: Profile, world: World) -> None:
    """Open the address and paste the secret."""
    paste(invited.page, f"{world.demo.base}/staff/en/join/\n{LINK.line}")


@pytest.mark.parametrize("name", INVITATIONS)
def test_nothing_is_made_for_an_offer_that_was_not_made(world: World, invited: Profile, name: str) -> None:
    attack = INVITATIONS[name]
    with lying(invited, attack.forge(world)) as asked:
        follow(invited, world)
        expect(invited.page.locator("main")).to_contain_text(attack.says)
        expect(invited.page.locator('[data-part="trouble"]:visible')).not_to_be_empty()
        expect(invited.page.locator('[data-part="offer"]')).to_have_count(0)
    assert [each.rpartition("/")[2] for each in asked.sent] == ["start"]


def test_the_genuine_offer_is_shown(world: World, invited: Profile) -> None:
    with lying(invited, start(build_offer(genuine(world)))):
        follow(invited, world)
        expect(invited.page.locator('[data-part="offer"]')).to_be_visible()
