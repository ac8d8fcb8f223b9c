"""What keeps the form closed: each missing step by itself, and that it opens when nothing is missing."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, update

from tests.accounts.office import Office
from youthsafe.accounts.models import KeyGrant, Member
from youthsafe.audit.models import AuditEntry
from youthsafe.crypto.bundle import TeamKind
from youthsafe.database import transaction
from youthsafe.extensions import db
from youthsafe.instance.models import Controller, Instance
from youthsafe.notify.models import MailSettings

ADDRESS = "/api/v1/staff/getting-started"
SAID = {
    "name": "Madeupton Council",
    "contact": "Civic Centre, 1 High Street",
    "data_protection_officer": "dpo@example.org",
    "complaints": "Write to the contact above",
    "accessibility": "access@example.org",
}


@pytest.fixture
def closed(office: Office) -> Office:
    """An office whose form was never opened."""
    with office.app.app_context(), transaction():
        db.session.execute(update(Instance).values(form_opened_at=None))
        db.session.execute(delete(Controller))
    return office


@pytest.fixture
def coordinator(closed: Office) -> FlaskClient:
    return closed.signed_in("demo-coordinator")


MAIL = {"id": 1, "server": "smtp.example.org", "port": 587, "security": "starttls", "sender": "desk@example.org"}
WHENEVER = datetime(2026, 11, 23, tzinfo=UTC)


def missing(client: FlaskClient) -> list[str]:
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    return [step["name"] for step in answer.json["steps"] if not step["done"]]


def finish(client: FlaskClient) -> None:
    with client.application.app_context(), transaction():
        db.session.merge(MailSettings(**MAIL, delivered_at=WHENEVER))
    assert client.post(f"{ADDRESS}/controller", json=SAID).status_code == 200
    assert client.post(f"{ADDRESS}/teams", json={"one_team": True}).status_code == 200


def republish(office: Office, kind: TeamKind, *, staffed: bool) -> None:
    """Sign a bundle anew whose one team is another."""
    bundle = office.newest().bundle
    teams = tuple(replace(team, kind=kind, staffed=staffed) for team in bundle.teams)
    office.put_in_force(office.signed(bundle=replace(bundle, teams=teams)))


def test_it_says_whose_content_pack_the_pages_show(coordinator: FlaskClient) -> None:
    assert coordinator.get(ADDRESS).json["borough"] == "Lewisham"


def test_at_first_it_is_said_what_is_missing_and_pupils_get_no_keys(closed: Office, coordinator: FlaskClient) -> None:
    assert missing(coordinator) == ["controller", "smaller-team", "mail"]
    assert closed.app.test_client().get("/api/v1/bundle").status_code == 404
    refused = coordinator.post(f"{ADDRESS}/open", json={})
    assert refused.status_code == 409
    assert "controller, smaller-team, mail" in refused.json["detail"]


def test_with_nothing_missing_the_form_opens_and_stays_open(closed: Office, coordinator: FlaskClient) -> None:
    finish(coordinator)
    assert missing(coordinator) == []
    assert coordinator.get(ADDRESS).json["open"] is False, "it opens when somebody says so"
    for _ in range(2):
        assert coordinator.post(f"{ADDRESS}/open", json={}).json["open"] is True
    assert closed.app.test_client().get("/api/v1/bundle").status_code == 200
    with closed.app.app_context():
        actions = [entry.action for entry in db.session.query(AuditEntry).order_by(AuditEntry.sequence)]
    assert actions[-3:] == ["controller.written", "teams.decided", "form.opened"]


@pytest.mark.parametrize("left_out", SAID)
def test_each_thing_about_who_runs_it_must_be_said(coordinator: FlaskClient, left_out: str) -> None:
    finish(coordinator)
    answer = coordinator.post(f"{ADDRESS}/controller", json=SAID | {left_out: "  "})
    assert answer.json["controller"] == SAID | {left_out: ""}, "what was said stays, so that it can be gone on with"
    assert missing(coordinator) == ["controller"]
    assert coordinator.post(f"{ADDRESS}/open", json={}).status_code == 409


@pytest.mark.parametrize("name", SAID)
@pytest.mark.parametrize("unseen", ["\ud800", "\0", "\x1b", "\u202e", "\u2067", "\u200b", "\u3164"])
def test_what_cannot_be_shown_is_refused_by_field_and_nothing_is_saved(
    coordinator: FlaskClient, name: str, unseen: str
) -> None:
    answer = coordinator.post(f"{ADDRESS}/controller", json=SAID | {name: f"Council{unseen} of all"})
    assert (answer.status_code, set(answer.json["fields"])) == (400, {name})
    assert "controller" in missing(coordinator)


def test_what_is_said_may_have_lines_and_be_written_from_right_to_left(coordinator: FlaskClient) -> None:
    said = SAID | {"contact": "1 High Street\nMadeupton\n\u200fالمجلس"}
    assert coordinator.post(f"{ADDRESS}/controller", json=said).json["controller"] == said


def test_without_a_general_team_that_reads_the_form_stays_closed(closed: Office, coordinator: FlaskClient) -> None:
    finish(coordinator)
    republish(closed, TeamKind.POSITION_OF_TRUST, staffed=True)
    assert missing(coordinator) == ["general-team"]
    republish(closed, TeamKind.GENERAL, staffed=False)
    assert missing(coordinator) == ["general-team", "hours", "people"]


def test_without_a_smaller_team_somebody_must_have_decided_so(closed: Office, coordinator: FlaskClient) -> None:
    finish(coordinator)
    assert coordinator.post(f"{ADDRESS}/teams", json={"one_team": False}).json["one_team"] is False
    assert missing(coordinator) == ["smaller-team"]


def test_one_person_who_can_open_is_not_enough(closed: Office, coordinator: FlaskClient) -> None:
    finish(coordinator)
    others = [each.id for each in closed.made.people if each.name != "demo-coordinator"]
    with closed.app.app_context(), transaction():
        db.session.execute(delete(KeyGrant).where(KeyGrant.recipient_id == others[0]))
        db.session.execute(update(Member).where(Member.id == others[1]).values(disabled=True))
    [team] = coordinator.get(ADDRESS).json["teams"]
    assert team["people"] == 1
    assert missing(coordinator) == ["people"]
    assert coordinator.post(f"{ADDRESS}/open", json={}).status_code == 409


def test_how_many_of_the_readers_have_no_address_is_told(closed: Office, coordinator: FlaskClient) -> None:
    readers = len([each for each in closed.newest().roster.members if each.teams])
    assert coordinator.get(ADDRESS).json["readers"] == {"count": readers, "without_mail": readers}
    with closed.app.app_context(), transaction():
        db.session.execute(update(Member).where(Member.name == "demo-second").values(mail=b"second@example.org"))
    assert coordinator.get(ADDRESS).json["readers"] == {"count": readers, "without_mail": readers - 1}


def test_a_mail_server_that_took_nothing_on_is_not_enough(closed: Office, coordinator: FlaskClient) -> None:
    finish(coordinator)
    with closed.app.app_context(), transaction():
        db.session.execute(update(MailSettings).values(delivered_at=None))
    assert missing(coordinator) == ["mail"]


@pytest.mark.parametrize("path", ["", "/controller", "/teams", "/open"])
def test_nobody_but_a_coordinator_sees_or_changes_it(closed: Office, path: str) -> None:
    client = closed.signed_in("demo-caseworker")
    answer = client.post(ADDRESS + path, json={}) if path else client.get(ADDRESS)
    assert answer.status_code in {403, 404}
