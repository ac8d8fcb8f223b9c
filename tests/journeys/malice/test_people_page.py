"""Whoever lets somebody in, on a server that exchanges their answer, reads why; nothing is signed."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.crypto.reference_invitation import check_words, invitation_keys
from tests.journeys.malice.answers import ANSWERS, INVITED, Answered
from tests.journeys.malice.lies import lying
from tests.journeys.malice.world import COORDINATOR, World
from tests.journeys.staff.people import People
from tests.journeys.staff.sign_in import Unlock, secret_of
from tests.journeys.visitors import DESK, Profile, visitor
from youthsafe.crypto.encoding import unb64
from youthsafe.demo.words import word_list

pytestmark = pytest.mark.journey
NAME = "Bilal"


@dataclass
class Inviting:
    """A coordinator who invited somebody, and the three words that this person says."""

    profile: Profile
    people: People
    answered: Answered

    @property
    def said(self) -> str:
        _, mac_key = invitation_keys(self.answered.secret)
        return " ".join(check_words(mac_key, self.answered.offer, INVITED, word_list()))


@pytest.fixture(scope="module")
def inviting(world: World, browser: Browser) -> Iterator[Inviting]:
    with visitor(browser, viewport=DESK, storage_state=world.sessions[COORDINATOR]) as somebody:
        page = somebody.page
        page.goto(f"{world.demo.base}/staff/en/")
        Unlock(page).unlock(world.demo.words(COORDINATOR))
        people = People(page).open()
        link = people.invite(NAME)
        listed = somebody.context.request.get(f"{world.demo.base}/api/v1/staff/invitations").json()["invitations"]
        row = next(each for each in listed if each["name"] == NAME)
        yield Inviting(somebody, people, Answered(row, unb64(secret_of(link))[:16]))


@pytest.mark.parametrize("name", ANSWERS)
def test_nobody_is_let_in_by_an_answer_that_was_exchanged(inviting: Inviting, name: str) -> None:
    lie = ANSWERS[name]
    with lying(inviting.profile, {"staff/invitations": {"invitations": [lie.forge(inviting.answered)]}}) as asked:
        inviting.people.open()
        inviting.people.let_in(NAME, inviting.said)
        expect(inviting.people.invited(NAME)).to_contain_text(lie.says)
    assert asked.sent == []


def test_the_genuine_answer_is_signed(inviting: Inviting) -> None:
    page = inviting.profile.page
    signed: list[str] = []

    def drop(route: Route) -> None:
        if route.request.method == "POST":
            signed.append(route.request.url)
            route.abort()
        else:
            route.fallback()

    page.route("**/api/v1/staff/changes**", drop)
    with lying(inviting.profile, {"staff/invitations": {"invitations": [inviting.answered.genuine()]}}):
        inviting.people.open()
        inviting.people.let_in(NAME, inviting.said)
        expect(inviting.people.invited(NAME)).to_contain_text("We cannot reach the server")
    page.unroute("**/api/v1/staff/changes**")
    assert len(signed) == 1
