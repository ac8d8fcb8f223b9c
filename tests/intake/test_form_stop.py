"""Stopping at once: nobody new can write, nothing that was sealed before is lost, and the trail says who did it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.accounts.office import Office, furnish
from tests.conftest import SettableClock
from tests.triage.sealed import Sealed
from youthsafe.audit.models import AuditEntry
from youthsafe.config import Config
from youthsafe.database import migrating
from youthsafe.demo.ceremony import Ceremony
from youthsafe.extensions import db
from youthsafe.rooms import rooms

CASEWORKER, COORDINATOR = "demo-caseworker", "demo-coordinator"
STOPPED = {"since": "2026-11-23T09:30Z", "reason": "member"}
BUNDLE, FORM = "/api/v1/bundle", "/api/v1/staff/form"


@pytest.fixture
def coordinator(office: Office) -> FlaskClient:
    return office.signed_in(COORDINATOR)


def bundle(office: Office) -> int:
    """What a pupil's browser is told a second after it asked last."""
    rooms(office.app).page_cache.forget()
    return office.app.test_client().get(BUNDLE).status_code


def test_from_the_press_on_nobody_new_can_write_until_reports_are_taken_again(
    office: Office, coordinator: FlaskClient
) -> None:
    assert (bundle(office), coordinator.get(FORM).json) == (200, {"stopped": None})
    assert coordinator.post(f"{FORM}/stop", json={}).json == {"stopped": STOPPED}
    assert bundle(office) == 404
    office.clock.move(minutes=10)
    assert coordinator.get(FORM).json == {"stopped": STOPPED}
    assert coordinator.post(f"{FORM}/take-again", json={}).json == {"stopped": None}
    assert bundle(office) == 200


def test_the_same_holds_on_postgresql(
    postgres_url: str, config: Config, make_app: Callable[[Config], Flask], clock: SettableClock, made: Ceremony
) -> None:
    migrating.upgrade(postgres_url)
    office = furnish(make_app(replace(config, database_url=postgres_url)), clock, made)
    coordinator = office.signed_in(COORDINATOR)
    coordinator.post(f"{FORM}/stop", json={})
    assert bundle(office) == 404
    Sealed(office).send()
    coordinator.post(f"{FORM}/take-again", json={})
    assert bundle(office) == 200


def test_what_was_sealed_before_and_waited_is_still_kept(office: Office, coordinator: FlaskClient) -> None:
    waiting = Sealed(office)
    coordinator.post(f"{FORM}/stop", json={})
    waiting.send()
    assert coordinator.get(f"/api/v1/staff/reports/{waiting.address.rpartition('/')[2]}").status_code == 200


def test_a_team_goes_on_working_and_its_list_says_since_when_the_form_is_stopped(
    office: Office, coordinator: FlaskClient
) -> None:
    coordinator.post(f"{FORM}/stop", json={})
    office.clock.move(seconds=30)
    caseworker = office.signed_in(CASEWORKER)
    assert caseworker.get("/api/v1/staff/key-ring").status_code == 200
    listed = caseworker.get("/api/v1/staff/reports").json
    assert listed is not None
    assert listed["stopped"] == STOPPED


def test_pressing_twice_stops_once_and_the_trail_has_one_entry_of_each(
    office: Office, coordinator: FlaskClient
) -> None:
    for press in ("stop", "stop", "take-again", "take-again"):
        coordinator.post(f"{FORM}/{press}", json={})
    with office.app.app_context():
        entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence)).all()
        of_form = [(each.action, each.subject) for each in entries if each.action in {"form.stopped", "form.taken-up"}]
    assert [action for action, _ in of_form] == ["form.stopped", "form.taken-up"]
    assert of_form[0][1] == of_form[1][1]


def test_whoever_coordinates_nothing_cannot_stop_the_form(office: Office) -> None:
    caseworker = office.signed_in(CASEWORKER)
    assert caseworker.post(f"{FORM}/stop", json={}).status_code in {403, 404}
    assert bundle(office) == 200
