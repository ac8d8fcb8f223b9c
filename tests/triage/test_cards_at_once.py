"""Members who write on one card at one moment, on both databases: one comes first, the others write after it."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts.office import Office, furnish, made
from tests.conftest import SettableClock
from tests.triage.sealed import Sealed, first_place, sealed_entry, write_on_card
from youthsafe.config import Config
from youthsafe.crypto.card import parse_entry
from youthsafe.crypto.encoding import unb64
from youthsafe.database import migrating
from youthsafe.demo.ceremony import Ceremony

__all__ = ["made"]
MEMBERS, EACH = ("demo-caseworker", "demo-coordinator"), 6


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


def entries(client: FlaskClient, report: Sealed) -> list[bytes]:
    return [unb64(each["entry"]) for each in client.get(f"{report.address}/card").get_json()["entries"]]


def write_all(office: Office, client: FlaskClient, name: str, report: Sealed) -> list[bytes]:
    """Write so many entries, each composed anew where somebody was quicker, and give those that were kept."""
    kept: list[bytes] = []
    while len(kept) < EACH:
        before = entries(client, report)
        first = first_place(office, report, name)
        previous = hashlib.sha256(before[-1]).digest() if before else first.previous
        entry = sealed_entry(replace(first, number=len(before) + 1, previous=previous))
        status = write_on_card(client, report, entry).status_code
        assert status in {201, 409}
        kept += [entry] * (status == 201)
    return kept


def test_what_several_write_at_one_moment_is_one_whole_chain(office: Office) -> None:
    report = Sealed(office).send()
    clients = {name: office.signed_in(name) for name in MEMBERS}
    clients[MEMBERS[0]].post(f"{report.address}/opened", json={})
    with ThreadPoolExecutor(len(MEMBERS)) as pool:
        written = list(pool.map(lambda name: write_all(office, clients[name], name, report), MEMBERS))
    found = entries(clients[MEMBERS[0]], report)
    assert sorted(found) == sorted(each for ours in written for each in ours)
    assert [parse_entry(each).number for each in found] == list(range(1, EACH * len(MEMBERS) + 1))
    previous = [parse_entry(each).previous for each in found]
    assert previous == [hashlib.sha256(each).digest() for each in (report.envelope, *found[:-1])]
