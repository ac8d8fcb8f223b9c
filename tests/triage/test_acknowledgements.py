"""What a caseworker's browser says to the reporter: kept with the report, and of what happened only."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from tests.accounts.office import Office, made, office
from tests.triage.sealed import Sealed
from youthsafe.audit import services as audit_services
from youthsafe.audit.models import AuditEntry
from youthsafe.crypto.encoding import b64
from youthsafe.database import transaction
from youthsafe.extensions import db
from youthsafe.mailbox.models import Report
from youthsafe.reports.services import PAGE_BYTES

__all__ = ["made", "office"]
FIRST = "demo-caseworker"


@pytest.fixture
def desk(office: Office) -> FlaskClient:
    return office.signed_in(FIRST)


@pytest.fixture
def report(office: Office) -> Sealed:
    return Sealed(office).send()


def statement(kind: int, end: bytes = b"m" * 32) -> bytes:
    return bytes([kind]) + bytes(4) + end


def say(client: FlaskClient, report: Sealed, said: bytes, instead_of: bytes | None = None) -> TestResponse:
    body = {"acknowledgement": b64(said)} | ({} if instead_of is None else {"instead_of": b64(instead_of)})
    return client.post(f"{report.address}/acknowledgements", json=body)


def open_it(client: FlaskClient, report: Sealed) -> list[str]:
    """Open the report and give what was said of it already."""
    said: list[str] = client.post(f"{report.address}/opened", json={}).get_json()["acknowledgements"]
    return said


def asked(office: Office, report: Sealed, address: str = "mailbox") -> list[str]:
    body = f'{{"id":"{b64(report.mailbox_id)}","token":"{b64(report.token)}","before":0}}'
    answer = office.app.test_client().post(f"/api/v1/{address}", data=body, content_type="application/json")
    assert len(answer.data) == PAGE_BYTES
    said: list[str] = answer.get_json()["report"]["acknowledgements"]
    return said


def test_what_was_said_comes_with_the_mailbox_and_with_the_report(
    office: Office, desk: FlaskClient, report: Sealed
) -> None:
    assert (asked(office, report), open_it(desk, report)) == ([], [])
    assert say(desk, report, statement(1)).status_code == 204
    assert asked(office, report) == open_it(desk, report) == [b64(statement(1))]
    asked(office, report, "mailbox/withdraw")
    assert say(desk, report, statement(2)).status_code == 204
    assert asked(office, report) == open_it(desk, report) == [b64(statement(1)), b64(statement(2))]


TRUE, FALSE, OTHER = (statement(1, each * 32) for each in (b"t", b"f", b"o"))


def replaced(office: Office) -> list[bytes | None]:
    """Of which reports the trail says that what was said was replaced."""
    with office.app.app_context():
        assert audit_services.verify() is None
        action = AuditEntry.action == "report.acknowledgement-replaced"
        return list(db.session.scalars(select(AuditEntry.subject).where(action)))


def test_what_was_said_stays_whoever_says_something_else(office: Office, desk: FlaskClient, report: Sealed) -> None:
    open_it(desk, report)
    assert say(desk, report, TRUE).status_code == 204
    other = office.signed_in("demo-coordinator")
    assert say(other, report, FALSE).status_code == 409
    assert say(other, report, FALSE, instead_of=OTHER).status_code == 409
    assert say(other, report, TRUE).status_code == 204, "the same once more"
    assert (asked(office, report), replaced(office)) == ([b64(TRUE)], [])


def test_what_a_browser_found_false_is_replaced_and_the_trail_says_so(
    office: Office, desk: FlaskClient, report: Sealed
) -> None:
    open_it(desk, report)
    say(desk, report, FALSE)
    assert say(office.signed_in("demo-coordinator"), report, TRUE, instead_of=FALSE).status_code == 204
    assert (asked(office, report), replaced(office)) == ([b64(TRUE)], [report.id])


def test_what_is_damaged_is_said_again(office: Office, desk: FlaskClient, report: Sealed) -> None:
    open_it(desk, report)
    say(desk, report, FALSE)
    with office.app.app_context(), transaction():
        db.session.execute(text("UPDATE report SET opened_statement = x'0102'"))
    assert open_it(desk, report) == []
    assert say(desk, report, TRUE).status_code == 204
    assert asked(office, report) == [b64(TRUE)]


def test_of_a_report_out_of_reach_no_bytes_tell_more_than_of_none(office: Office, desk: FlaskClient) -> None:
    unknown = Sealed(office)
    answers = [say(desk, unknown, each) for each in (statement(1), statement(3))]
    assert [each.status_code for each in answers] == [404, 404]


def test_what_did_not_happen_cannot_be_said(office: Office, desk: FlaskClient, report: Sealed) -> None:
    assert say(desk, report, statement(1)).status_code == 409
    open_it(desk, report)
    assert say(desk, report, statement(2)).status_code == 409
    assert asked(office, report) == []


@pytest.mark.parametrize("said", [statement(0), statement(3), statement(1)[:-1], statement(1) + b"m", b""])
def test_bytes_that_are_no_acknowledgement_are_refused(desk: FlaskClient, report: Sealed, said: bytes) -> None:
    open_it(desk, report)
    assert say(desk, report, said).status_code == 400


def test_at_rest_no_guess_at_a_code_can_be_tested_on_a_statement(
    office: Office, desk: FlaskClient, report: Sealed
) -> None:
    open_it(desk, report)
    say(desk, report, statement(1))
    with office.app.app_context():
        (kept,) = db.session.execute(db.select(db.literal_column("opened_statement")).select_from(Report)).one()
        assert len(kept) == len(statement(1)) + 1 + 12 + 16  # version, nonce, tag
        assert statement(1)[5:] not in bytes(kept)
