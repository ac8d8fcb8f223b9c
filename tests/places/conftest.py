"""Two people who look after places, at a desk of an office with a made-up set-up."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.accounts.office import Office, made, office
from tests.havens.conftest import PLACE
from youthsafe.accounts.models import Member
from youthsafe.audit.models import AuditEntry
from youthsafe.crypto.roster import Role
from youthsafe.database import transaction
from youthsafe.extensions import db
from youthsafe.havens import services as havens_services

__all__ = ["made", "office"]

HAVENS = "/api/v1/staff/havens"
Json = dict[str, Any]


@pytest.fixture
def first(office: Office) -> FlaskClient:
    """A coordinator."""
    return office.signed_in("demo-coordinator")


@pytest.fixture
def second(office: Office) -> FlaskClient:
    """An officer for places, who has no key."""
    with office.app.app_context(), transaction():
        db.session.execute(db.update(Member).where(Member.name == "demo-second").values(role=Role.PLACES))
    return office.signed_in("demo-second")


@pytest.fixture
def caseworker(office: Office) -> FlaskClient:
    return office.signed_in("demo-caseworker")


def imported(client: FlaskClient, content: bytes, kind: str = "csv", piece: int = 5_000) -> Json:
    """Send a file as the desk does, and return its difference with the id of the import."""
    begun = client.post(f"{HAVENS}/imports", json={"format": kind}).get_json()["id"]
    text = content.decode()
    for number, at in enumerate(range(0, len(text), piece)):
        answer = client.post(f"{HAVENS}/imports/{begun}/text", json={"number": number, "text": text[at : at + piece]})
        assert answer.status_code == 204
    looked = client.post(f"{HAVENS}/imports/{begun}/difference", json={})
    assert looked.status_code == 200
    found: Json = looked.get_json()
    return found | {"id": begun}


def applied(client: FlaskClient, found: Json) -> TestResponse:
    return client.post(f"{HAVENS}/imports/{found['id']}/apply", json={"digest": found["digest"]})


@pytest.fixture
def candidate(first: FlaskClient) -> str:
    """The id of a place that was proposed at the desk."""
    kept: Json = first.post(HAVENS, json={"columns": PLACE}).get_json()
    assert kept["refusals"] == []
    return str(kept["id"])


@pytest.fixture
def actions(app: Flask) -> Callable[[], list[str]]:
    def read() -> list[str]:
        with app.app_context():
            return list(db.session.scalars(db.select(AuditEntry.action).order_by(AuditEntry.sequence)))

    return read


@pytest.fixture
def shown(app: Flask) -> Callable[[], list[str]]:
    """The names of what pupils see."""

    def read() -> list[str]:
        with app.app_context():
            return [each.name for each in havens_services.active_havens()]

    return read
