"""The store of the counts, a real Redis, is killed: reading, sending and help go on; nobody can guess sign-ins."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from tests import servers
from tests.accounts.office import Office, furnish
from tests.conftest import SettableClock
from tests.triage.sealed import Sealed
from youthsafe.config import Config
from youthsafe.demo.ceremony import Ceremony

NAME = "demo-caseworker"


@pytest.fixture(params=["while it runs", "before the first request"])
def bereft(
    request: pytest.FixtureRequest,
    config: Config,
    make_app: Callable[[Config], Flask],
    clock: SettableClock,
    made: Ceremony,
) -> Office:
    """An office whose Redis was killed."""
    with servers.redis() as (url, process):
        office = furnish(make_app(replace(config, redis_url=url)), clock, made)
        if request.param == "while it runs":
            Sealed(office).send()
            assert office.ask(office.app.test_client(), NAME).status_code == 200
            clock.move(minutes=1)
        process.kill()
        process.wait()
        return office


def test_reading_sending_and_help_go_on(bereft: Office) -> None:
    client = bereft.app.test_client()
    for address in ("/en/", "/en/support/", "/en/report/", "/api/v1/bundle"):
        assert client.get(address).status_code == 200, address
    assert "0800 1111" in client.get("/pl/support/").text
    for _ in range(45):  # more than a network sends without work, while it is counted
        Sealed(bereft).send()
    body = f'{{"id":"{"A" * 22}","token":"{"A" * 43}","before":0}}'
    assert client.post("/api/v1/mailbox", data=body, content_type="application/json").status_code == 200


def test_nobody_signs_in_because_nobodys_guesses_are_counted(bereft: Office) -> None:
    answer = bereft.ask(bereft.app.test_client(), NAME)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.json["type"] == "urn:youthsafe:problem:unavailable"
