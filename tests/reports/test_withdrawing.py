"""A reporter takes a report back: hidden at once while nobody opened it, told to the team once somebody did."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.accounts.office import Office, made, office
from tests.triage.sealed import Sealed
from youthsafe.audit import services as audit_services
from youthsafe.audit.models import AuditEntry
from youthsafe.crypto.encoding import b64
from youthsafe.extensions import db
from youthsafe.mailbox.models import Report
from youthsafe.reports.services import PAGE_BYTES

__all__ = ["made", "office"]
FIRST = "demo-caseworker"


@pytest.fixture
def first(office: Office) -> FlaskClient:
    return office.signed_in(FIRST)


@pytest.fixture
def report(office: Office) -> Sealed:
    return Sealed(office).send()


def ask(office: Office, report: Sealed, address: str = "withdraw", token: bytes | None = None) -> dict[str, object]:
    """Ask for the mailbox page, by taking the report back or by reading."""
    body = f'{{"id":"{b64(report.mailbox_id)}","token":"{b64(token or report.token)}","before":0}}'
    answer = office.app.test_client().post(
        f"/api/v1/mailbox/{address}".rstrip("/"), data=body, content_type="application/json"
    )
    assert (answer.status_code, len(answer.data)) == (200, PAGE_BYTES)
    page: dict[str, object] = answer.get_json()
    return page


def listed(client: FlaskClient) -> list[str]:
    lists = [client.get(f"/api/v1/staff/reports?state={each}").get_json()["reports"] for each in ("open", "closed")]
    return [each["id"] for found in lists for each in found]


def trail(office: Office) -> list[tuple[str, bytes | None, int]]:
    with office.app.app_context():
        entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence)).all()
        assert audit_services.verify() is None
        return [(each.action, each.subject, each.at) for each in entries]


def test_a_report_that_nobody_opened_is_hidden_from_everybody_at_once(
    office: Office, first: FlaskClient, report: Sealed
) -> None:
    assert listed(first) == [b64(report.id)]
    before = trail(office)
    assert ask(office, report)["report"] is None
    assert listed(first) == []
    assert first.get(report.address).status_code == 404
    acts = [first.post(f"{report.address}/{what}", json={}) for what in ("opened", "claim", "release", "reopen")]
    assert [each.status_code for each in acts] == [404] * 4
    assert ask(office, report, "")["report"] is None
    assert trail(office) == before, "nothing is left that leads to it"


def test_a_claim_without_looking_does_not_make_it_too_late(office: Office, first: FlaskClient, report: Sealed) -> None:
    first.get(report.address)
    first.post(f"{report.address}/claim", json={})
    assert ask(office, report)["report"] is None
    assert listed(first) == []


def test_of_a_report_that_somebody_opened_the_team_is_told(office: Office, first: FlaskClient, report: Sealed) -> None:
    first.post(f"{report.address}/opened", json={})
    mailbox = ask(office, report)["report"]
    assert isinstance(mailbox, dict)
    assert (mailbox["opened"], mailbox["withdrawn"]) == (True, True)
    assert first.get(report.address).get_json()["withdrawn"] is True
    assert listed(first) == [b64(report.id)]
    action, subject, at = trail(office)[-1]
    assert (action, subject, at % 3600) == ("report.withdrawn", report.id, 0)


def test_taking_it_back_twice_is_taking_it_back_once(office: Office, first: FlaskClient, report: Sealed) -> None:
    first.post(f"{report.address}/opened", json={})
    once = ask(office, report)
    office.clock.move(hours=2)
    assert ask(office, report) == once
    assert [action for action, _, _ in trail(office)].count("report.withdrawn") == 1


def test_an_unknown_code_is_answered_as_a_report_that_was_taken_back(office: Office, report: Sealed) -> None:
    unknown = ask(office, Sealed(office))
    assert ask(office, report, token=bytes(32)) == unknown
    assert isinstance(ask(office, report, "")["report"], dict), "a wrong token takes nothing back"
    assert ask(office, report) == unknown


def test_a_report_on_its_way_again_after_it_was_taken_back_stays_hidden(
    office: Office, first: FlaskClient, report: Sealed
) -> None:
    ask(office, report)
    report.send()
    assert listed(first) == []
    assert ask(office, report, "")["report"] is None


def test_what_was_taken_back_can_be_held_only_once_somebody_opened_it(office: Office, report: Sealed) -> None:
    coordinator = office.signed_in("demo-coordinator")
    assert coordinator.post(f"{report.address}/hold", json={}).status_code == 409
    ask(office, report)
    assert coordinator.post(f"{report.address}/hold", json={}).status_code == 404


def test_a_coordinator_holds_a_report_and_lifts_the_hold(office: Office, first: FlaskClient, report: Sealed) -> None:
    coordinator = office.signed_in("demo-coordinator")
    first.post(f"{report.address}/opened", json={})
    assert first.post(f"{report.address}/hold", json={}).status_code == 404
    for _ in range(2):
        assert coordinator.post(f"{report.address}/hold", json={}).get_json()["hold"] is True
    for _ in range(2):
        assert coordinator.post(f"{report.address}/lift", json={}).get_json()["hold"] is False
    done = [action for action, _, _ in trail(office) if "hold" in action or "held" in action]
    assert done == ["report.held", "report.hold-lifted"]


def test_the_hour_of_taking_back_is_kept_and_not_the_minute(office: Office, report: Sealed) -> None:
    ask(office, report)
    with office.app.app_context():
        kept = db.session.scalar(select(Report.withdrawn_at))
    assert kept == office.clock().replace(minute=0, second=0)
    assert timedelta() < office.clock() - kept < timedelta(hours=1)
