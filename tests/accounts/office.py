"""An office to test in: an instance with one team and three members, in the formats of a real set-up."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.changes import Coordinator
from tests.conftest import SettableClock
from tests.crypto.reference_keys import TeamSecret
from youthsafe.accounts import services as accounts_services
from youthsafe.accounts.second_factor import code_at, step
from youthsafe.config import settings
from youthsafe.crypto.bundle import Bundle
from youthsafe.crypto.change import Change, Signed
from youthsafe.crypto.encoding import b64
from youthsafe.crypto.roster import Roster, RosterMember
from youthsafe.database import transaction
from youthsafe.database.engine import sqlite_file
from youthsafe.database.instance_check import read_lasting_key
from youthsafe.demo import ceremony, services
from youthsafe.demo.ceremony import Ceremony, Person
from youthsafe.demo.words import word_list
from youthsafe.extensions import db
from youthsafe.instance import services as instance_services
from youthsafe.rooms import rooms


@dataclass
class Office:
    """Signs its members in as a browser would."""

    app: Flask
    clock: SettableClock
    made: Ceremony
    coordinator: Coordinator

    def newest(self) -> Change:
        """The change in force."""
        with self.app.app_context():
            found = instance_services.newest_change()
        assert found is not None
        return found

    def signed(self, roster: Roster | None = None, bundle: Bundle | None = None) -> Signed:
        """The change to these people, or these teams, as a coordinator's browser signs it."""
        before = self.newest()
        return self.coordinator.sign(roster or before.roster, bundle or before.bundle, before)

    def change(self, *members: RosterMember) -> None:
        """Put a roster of these members in force."""
        self.put_in_force(self.signed_for(*members))

    def signed_for(self, *members: RosterMember) -> Signed:
        """The change to a roster of these members."""
        return self.signed(replace(self.newest().roster, members=members))

    def put_in_force(self, signed: Signed) -> None:
        """Have the server take what was signed."""
        with self.app.app_context(), transaction():
            accounts_services.apply_change(signed.content, signed.signature, self.clock())

    def person(self, name: str) -> Person:
        return next(each for each in self.made.people if each.name == name)

    def code(self, name: str) -> str:
        return code_at(self.person(name).totp_secret, step(self.clock()))

    def ask(self, client: FlaskClient, member: str, **changed: object) -> TestResponse:
        """Send a sign-in, right in everything but what is changed."""
        right = {"name": member, "proof": b64(self.person(member).proof), "code": self.code(member)}
        return client.post("/api/v1/staff/sign-in", json=right | changed)

    def signed_in(self, name: str) -> FlaskClient:
        """A browser in which a member has signed in."""
        client = self.app.test_client()
        answer = self.ask(client, name)
        assert answer.status_code == 200
        return client


@pytest.fixture(scope="session")
def made() -> Ceremony:
    return ceremony.hold(SettableClock().moment, word_list())


def found(made: Ceremony, now: datetime) -> None:
    """Write what a ceremony made within an application's context; it stands for a real set-up here."""
    services.store(made, now)
    here = instance_services.instance()
    assert here is not None
    here.demo = False


def found_here(made: Ceremony, now: datetime) -> None:
    with transaction():
        found(made, now)


_founded: dict[tuple[bytes, datetime, bytes], sqlite3.Connection] = {}


def found_once(made: Ceremony, now: datetime) -> None:
    """Found the first of the offices that are the same, and copy its database for the others: founding takes longer."""
    key = made.instance_id, now, settings().server_secret
    with raw_connection() as database:
        if key in _founded:
            _founded[key].backup(database)
            take_lasting_key()
        else:
            found_here(made, now)
            _founded[key] = sqlite3.connect(":memory:", check_same_thread=False)
            database.backup(_founded[key])


def take_lasting_key() -> None:
    """Read the key that came along with what is hashed under it, as a server has read its own before anybody asks."""
    server_secret = rooms().server_secret
    server_secret.lasting_key = None
    with db.engine.connect() as connection:
        read_lasting_key(connection, server_secret)


@contextmanager
def raw_connection() -> Iterator[sqlite3.Connection]:
    """The driver's own connection to an application's SQLite database."""
    with closing(db.engine.raw_connection()) as pooled:
        assert isinstance(pooled.driver_connection, sqlite3.Connection)
        yield pooled.driver_connection


def furnish(app: Flask, clock: SettableClock, made: Ceremony) -> Office:
    """Put what a ceremony made into an application's empty database."""
    with app.app_context():
        if sqlite_file():
            found_once(made, clock())
        else:
            found_here(made, clock())
    secret = TeamSecret(made.team.id, ((ceremony.EPOCH, made.team.seed),))
    return Office(app, clock, made, Coordinator(made.kit.root, {made.team.id: secret}))


@pytest.fixture
def office(app: Flask, clock: SettableClock, made: Ceremony) -> Office:
    return furnish(app, clock, made)
