"""An office to test in: an instance with one team and three members, in the formats of a real set-up."""

from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import SettableClock
from youthsafe.accounts.second_factor import code_at, step
from youthsafe.crypto.encoding import b64
from youthsafe.database import transaction
from youthsafe.demo import ceremony, services
from youthsafe.demo.ceremony import Ceremony, Person
from youthsafe.demo.words import word_list
from youthsafe.instance import services as instance_services


@dataclass
class Office:
    """Signs its members in as a browser would."""

    app: Flask
    clock: SettableClock
    made: Ceremony

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


def furnish(app: Flask, clock: SettableClock, made: Ceremony) -> Office:
    """Put what a ceremony made into an application's empty database."""
    with app.app_context(), transaction():
        services.store(made, clock())
        here = instance_services.instance()
        assert here is not None
        here.demo = False  # it stands for a real set-up here
    return Office(app, clock, made)


@pytest.fixture
def office(app: Flask, clock: SettableClock, made: Ceremony) -> Office:
    return furnish(app, clock, made)
