"""A browser where somebody signed in before: the others of its network keep nobody there from signing in."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.accounts.office import Office
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.limits.known_browsers import COOKIE, COOKIE_PATH
from youthsafe.limits.policies import POLICIES
from youthsafe.rooms import rooms

NAME = "demo-caseworker"
WRONG = {"proof": b64(bytes(32))}
CLUB, HOME = "203.0.113.9", "198.51.100.7"


def browser_at(office: Office, address: str) -> FlaskClient:
    client = office.app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    return client


@pytest.fixture
def known(office: Office) -> FlaskClient:
    """A youth worker's browser: they signed in at home, some while ago."""
    client = browser_at(office, HOME)
    assert office.ask(client, NAME).status_code == 200
    office.clock.move(days=2)
    client.environ_base["REMOTE_ADDR"] = CLUB
    return client


def test_whoever_guesses_in_the_same_network_keeps_no_known_browser_out(office: Office, known: FlaskClient) -> None:
    stranger = browser_at(office, CLUB)
    answered = [office.ask(stranger, NAME, **WRONG).status_code for _ in range(40)]
    assert (answered.count(401), answered[-1]) == (5, 429)
    assert office.ask(browser_at(office, CLUB), NAME).status_code == 429, "a new browser of this network waits"
    assert office.ask(known, NAME).status_code == 200


def test_guesses_in_a_known_browser_make_it_wait_and_nobody_else(office: Office, known: FlaskClient) -> None:
    answered = [office.ask(known, NAME, **WRONG).status_code for _ in range(6)]
    assert answered == [401] * 5 + [429]
    assert office.ask(browser_at(office, CLUB), NAME).status_code == 200


def test_a_known_browser_may_try_no_more_than_a_network(office: Office, known: FlaskClient) -> None:
    answered = [office.ask(known, NAME, name=f"name {number}", **WRONG).status_code for number in range(31)]
    assert answered == [401] * 30 + [429]


@pytest.mark.parametrize("bit", [0, 127, 128, 383])
def test_a_forged_cookie_makes_no_known_browser(office: Office, known: FlaskClient, bit: int) -> None:
    kept = known.get_cookie(COOKIE, path=COOKIE_PATH)
    assert kept is not None
    forged = bytearray(unb64(kept.value, 48))
    forged[bit // 8] ^= 1 << bit % 8
    stranger = browser_at(office, CLUB)
    answered = []
    for _ in range(6):
        stranger.set_cookie(COOKIE, b64(bytes(forged)), path=COOKIE_PATH)
        answered.append(office.ask(stranger, NAME, **WRONG).status_code)
    assert answered == [401] * 5 + [429]
    assert office.ask(browser_at(office, CLUB), NAME).status_code == 429, "they were counted by their network"


def test_only_a_right_sign_in_makes_a_browser_known(office: Office) -> None:
    client = browser_at(office, CLUB)
    office.ask(client, NAME, **WRONG)
    assert client.get_cookie(COOKIE, path=COOKIE_PATH) is None


def test_the_cookie_is_for_the_sign_in_address_alone_and_lasts_half_a_year(office: Office) -> None:
    answer = office.ask(browser_at(office, HOME), NAME)
    [cookie] = [each for each in answer.headers.getlist("Set-Cookie") if each.startswith(f"{COOKIE}=")]
    wanted = {"HttpOnly", "SameSite=Strict", "Path=/api/v1/staff/sign-in", "Max-Age=15552000"}
    assert wanted <= set(cookie.split("; "))


def test_a_browser_stays_the_same_one_when_somebody_signs_in_again(office: Office, known: FlaskClient) -> None:
    before = known.get_cookie(COOKIE, path=COOKIE_PATH)
    assert office.ask(known, NAME).status_code == 200
    after = known.get_cookie(COOKIE, path=COOKIE_PATH)
    assert before is not None
    assert after is not None
    assert after.value == before.value


def test_no_count_holds_the_number_of_a_browser(office: Office, known: FlaskClient) -> None:
    assert office.ask(known, NAME, **WRONG).status_code == 401
    cookie = known.get_cookie(COOKIE, path=COOKIE_PATH)
    assert cookie is not None
    number = unb64(cookie.value, 48)[:16].hex()
    counted = list(rooms(office.app).counts.storage.windows)
    assert [key for key in counted if "sign-in" in key]
    assert not [key for key in counted if number in key]


def test_whoever_is_not_signed_in_uses_up_nothing_of_those_who_are(
    office: Office, known: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(POLICIES, "staff", replace(POLICIES["staff"], rate="3/minute"))
    assert office.ask(known, NAME).status_code == 200
    stranger = browser_at(office, CLUB)
    assert [stranger.get("/api/v1/staff/reports").status_code for _ in range(10)] == [401] * 10
    assert [known.get("/api/v1/staff/reports").status_code for _ in range(4)] == [200, 200, 200, 429]
