"""What two people do to places at one moment, on both databases: one of them comes first, and nothing is done twice."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts.office import Office, furnish
from tests.conftest import SettableClock
from tests.havens.conftest import PLACE, written
from tests.places.conftest import HAVENS, imported
from tests.places.test_helplines import HELPLINES, NOTHING
from youthsafe.config import Config
from youthsafe.database import migrating
from youthsafe.demo.ceremony import Ceremony
from youthsafe.havens import services as havens_services

WORD = {"method": "visit", "on": "2026-11-20"}


@pytest.fixture(params=["sqlite", "postgres"])
def office(
    request: pytest.FixtureRequest,
    config: Config,
    make_app: Callable[[Config], Flask],
    clock: SettableClock,
    made: Ceremony,
) -> Office:
    if request.param == "postgres":
        config = replace(config, database_url=request.getfixturevalue("postgres_url"))
        migrating.upgrade(config.database_url)
    return furnish(make_app(config), clock, made)


@pytest.fixture
def together() -> Iterator[Callable[..., list[int]]]:
    """Sends requests at one moment and gives their statuses, sorted."""
    with ThreadPoolExecutor(8) as pool:

        def send(*requests: tuple[FlaskClient, str, dict[str, object]]) -> list[int]:
            ready = Barrier(len(requests))

            def one(client: FlaskClient, address: str, body: dict[str, object]) -> int:
                ready.wait()
                return client.post(address, json=body).status_code

            return sorted(pool.map(lambda each: one(*each), requests))

        yield send


def test_the_same_file_of_two_people_is_saved_once(
    office: Office, first: FlaskClient, second: FlaskClient, together: Callable[..., list[int]]
) -> None:
    file = written(*({**PLACE, "name": f"Place {each}", "lat": f"{51.43 + each / 50_000:.5f}"} for each in range(30)))
    found = [(client, imported(client, file)) for client in (first, second)]
    saving = [(who, f"{HAVENS}/imports/{each['id']}/apply", {"digest": each["digest"]}) for who, each in found]
    assert together(*saving) == [200, 409]
    with office.app.app_context():
        assert len(havens_services.every_haven()) == 30


def test_one_person_who_presses_twice_is_one_person(
    office: Office, first: FlaskClient, candidate: str, together: Callable[..., list[int]]
) -> None:
    other = office.app.test_client()
    cookie = first.get_cookie("ys_staff", path="/api/v1/staff")
    assert cookie is not None
    other.set_cookie("ys_staff", cookie.value, path="/api/v1/staff")
    address = f"{HAVENS}/{candidate}/approve"
    assert together((first, address, WORD), (other, address, WORD)) == [200, 409]
    assert len(first.get(f"{HAVENS}/{candidate}").get_json()["approvals"]) == 1


def test_lists_and_helplines_are_the_same_on_both_databases(first: FlaskClient, candidate: str) -> None:
    assert first.get(f"{HAVENS}?list=candidate").get_json()["counts"]["candidate"] == 1
    assert first.get(f"{HAVENS}?list=candidate&after={candidate}").get_json()["havens"] == []
    body = NOTHING | {"phone": "020 7946 0123", "hours": "always"}
    assert first.post(f"{HELPLINES}/frank/change", json=body).get_json()["faults"] == []
    assert first.post(f"{HELPLINES}/frank/alert", json={}).status_code == 200
    shown = first.application.test_client().get("/en/support/").get_data(as_text=True)
    assert "tel:02079460123" in shown
