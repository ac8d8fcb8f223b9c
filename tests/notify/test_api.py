"""The settings of mail at the desk: who may see and change them, and what a test message says."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from tests.accounts.office import Office
from tests.conftest import SECRET
from tests.notify.conftest import COORDINATOR_MAIL, SENDER, StartServer
from tests.notify.smtp_server import PASSWORD, USER, Script
from tests.servers import free_port
from youthsafe.audit.models import AuditEntry
from youthsafe.extensions import db
from youthsafe.notify import services
from youthsafe.notify.mailer import Account

MAIL = "/api/v1/staff/mail"


@pytest.fixture
def desk(office: Office, coordinator: bytes) -> FlaskClient:
    return office.signed_in("demo-coordinator")


def body(account: Account, **changed: object) -> dict[str, Any]:
    return {
        "server": account.server,
        "port": account.port,
        "security": account.security.value,
        "user": account.user,
        "password": account.password,
        "sender": account.sender,
    } | changed


ACCOUNT = {
    "server": "smtp.example.org",
    "port": 587,
    "security": "starttls",
    "user": "desk",
    "password": "words",
    "sender": SENDER,
}


def fields_of(client: FlaskClient, **changed: object) -> set[str]:
    answer = client.put(MAIL, json=ACCOUNT | changed)
    assert answer.status_code == 400, answer.json
    return set(answer.json["fields"]) if answer.json else set()


def test_only_a_coordinator_sees_or_changes_them(office: Office, desk: FlaskClient) -> None:
    caseworker = office.signed_in("demo-caseworker")
    asked = [
        caseworker.get(MAIL),
        caseworker.put(MAIL, json=ACCOUNT),
        caseworker.post(f"{MAIL}/test", json={"to": None}),
        caseworker.post(f"{MAIL}/remove", json={}),
    ]
    assert {each.status_code for each in asked} <= {403, 404}
    assert desk.get(MAIL).json["account"] is None


def test_what_is_saved_is_shown_but_for_the_password(desk: FlaskClient) -> None:
    assert desk.put(MAIL, json=ACCOUNT).status_code == 204
    found = desk.get(MAIL)
    assert found.json["account"] == {
        "server": "smtp.example.org",
        "port": 587,
        "security": "starttls",
        "user": "desk",
        "has_password": True,
        "sender": SENDER,
    }
    assert found.json["own"] == COORDINATOR_MAIL
    assert found.json["coordinators"] == {"count": 1, "without_mail": 0}
    assert "words" not in found.text


def test_the_database_holds_no_password_in_plain(office: Office, desk: FlaskClient) -> None:
    desk.put(MAIL, json=ACCOUNT | {"password": "a-password-to-look-for"})
    with office.app.app_context():
        stored = db.session.scalars(text("SELECT password FROM mail_settings")).one()
        assert b"a-password-to-look-for" not in stored
        assert SECRET not in stored


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("server", "smtp.example.org\r\nX: y"),
        ("server", "https://smtp.example.org"),
        ("server", ""),
        ("server", "smtp example.org"),
        ("server", "169.254.169.254"),
        ("server", "0"),
        ("server", "0.0.0.0"),
        ("server", "2130706433"),
        ("server", "0x7f000001"),
        ("server", "127.1"),
        ("server", "0251.0376.0251.0376"),
        ("server", "224.0.0.1"),
        ("server", "fe80::1"),
        ("server", "fe80::1%eth0"),
        ("server", "::ffff:169.254.169.254"),
        ("port", 0),
        ("port", 65536),
        ("security", "none"),
        ("security", "ssl"),
        ("user", "desk\r\n"),
        ("user", None),
        ("password", "wörter"),
        ("password", "words\n"),
        ("sender", "desk@council.example\r\nBcc: x@example.org"),
        ("sender", "A desk <desk@council.example>"),
        ("sender", "a@example.org,b@example.org"),
    ],
)
def test_what_cannot_be_is_refused_by_field_and_nothing_is_saved(desk: FlaskClient, field: str, value: object) -> None:
    assert fields_of(desk, **{field: value}) == {field}
    assert desk.get(MAIL).json["account"] is None


@pytest.mark.parametrize("server", ["localhost", "127.0.0.1", "::1"])
def test_without_encryption_mail_goes_to_this_machine_only(desk: FlaskClient, server: str) -> None:
    assert desk.put(MAIL, json=ACCOUNT | {"server": server, "security": "none"}).status_code == 204


@pytest.mark.parametrize("server", ["192.0.2.25", "10.0.0.25", "mail.4you.example", "mx1", "1und1.example"])
def test_a_name_or_a_plain_address_is_taken(desk: FlaskClient, server: str) -> None:
    assert desk.put(MAIL, json=ACCOUNT | {"server": server}).status_code == 204


def test_a_password_that_is_kept_goes_nowhere_else(desk: FlaskClient) -> None:
    desk.put(MAIL, json=ACCOUNT)
    assert desk.put(MAIL, json=ACCOUNT | {"password": None, "sender": "other@council.example"}).status_code == 204
    for changed in ({"server": "smtp.example.com"}, {"port": 25}, {"user": "other"}, {"security": "tls"}):
        assert fields_of(desk, password=None, **changed) == {"password"}
    assert desk.put(MAIL, json=ACCOUNT | {"user": None, "password": None}).status_code == 204
    assert fields_of(desk, password=None) == {"password"}


def test_the_server_can_be_removed(desk: FlaskClient) -> None:
    desk.put(MAIL, json=ACCOUNT)
    assert desk.post(f"{MAIL}/remove", json={}).status_code == 204
    assert desk.get(MAIL).json["account"] is None
    assert desk.post(f"{MAIL}/remove", json={}).status_code == 409


def test_a_test_message_arrives_at_the_coordinators_own_address(
    desk: FlaskClient, start_server: StartServer, script: Script
) -> None:
    desk.put(MAIL, json=body(start_server()))
    answer = desk.post(f"{MAIL}/test", json={"to": None})
    assert answer.json == {"reached": "accepted", "problem": None, "code": 0}
    assert script.recipients == [COORDINATOR_MAIL]
    assert "A test message" in script.accepted[0]["Subject"]
    assert desk.get(MAIL).json["delivered"] is not None


def test_mail_counts_as_set_up_once_a_message_went_out_and_until_the_settings_change(
    office: Office, desk: FlaskClient, start_server: StartServer
) -> None:
    def is_set_up() -> bool:
        with office.app.app_context():
            return services.is_set_up()

    account = start_server()
    desk.put(MAIL, json=body(account))
    assert not is_set_up()
    desk.post(f"{MAIL}/test", json={"to": None})
    assert is_set_up()
    desk.put(MAIL, json=body(account))
    assert is_set_up()
    desk.put(MAIL, json=body(account, sender="other@council.example"))
    assert not is_set_up()


def test_a_test_message_goes_to_a_typed_address(desk: FlaskClient, start_server: StartServer, script: Script) -> None:
    desk.put(MAIL, json=body(start_server()))
    assert desk.post(f"{MAIL}/test", json={"to": "it@council.example"}).status_code == 200
    assert script.recipients == ["it@council.example"]
    refused = desk.post(f"{MAIL}/test", json={"to": "it@council.example\r\nBcc: x@example.org"})
    assert set(refused.json["fields"]) == {"to"}
    assert len(script.recipients) == 1


def test_what_a_test_met_is_told_in_a_word_and_a_number(desk: FlaskClient, start_server: StartServer) -> None:
    account = start_server()
    desk.put(MAIL, json=body(account, password="another"))
    answer = desk.post(f"{MAIL}/test", json={"to": None})
    assert answer.json == {"reached": "encrypted", "problem": "wrong-password", "code": 535}
    desk.put(MAIL, json=body(account, port=free_port()))
    answer = desk.post(f"{MAIL}/test", json={"to": None})
    assert answer.json == {"reached": "nothing", "problem": "cannot-connect", "code": 0}


def test_a_test_without_a_server_or_an_address_says_so(office: Office, coordinator: bytes, desk: FlaskClient) -> None:
    assert desk.post(f"{MAIL}/test", json={"to": None}).status_code == 409
    desk.put(MAIL, json=ACCOUNT)
    with office.app.app_context():
        db.session.execute(text("UPDATE member SET mail = NULL"))
        db.session.commit()
    assert set(desk.post(f"{MAIL}/test", json={"to": None}).json["fields"]) == {"to"}


def test_tests_are_counted(desk: FlaskClient) -> None:
    answers = [desk.post(f"{MAIL}/test", json={"to": None}).status_code for _ in range(12)]
    assert answers == [409] * 10 + [429] * 2


def test_the_trail_says_who_changed_and_tried_it(
    office: Office, coordinator: bytes, desk: FlaskClient, start_server: StartServer
) -> None:
    desk.put(MAIL, json=body(start_server()))
    desk.post(f"{MAIL}/test", json={"to": "it@council.example"})
    desk.post(f"{MAIL}/remove", json={})
    with office.app.app_context():
        rows = db.session.query(AuditEntry).order_by(AuditEntry.sequence).all()[-3:]
        assert [(row.action, row.actor, row.subject) for row in rows] == [
            ("mail.set", coordinator, None),
            ("mail.tested", coordinator, None),
            ("mail.removed", coordinator, None),
        ]


def test_no_log_names_a_server_an_address_or_a_password(
    desk: FlaskClient, start_server: StartServer, script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    account = start_server()
    script.recipient = lambda: "550 <it@council.example> is unknown"
    desk.put(MAIL, json=body(account))
    desk.post(f"{MAIL}/test", json={"to": "it@council.example"})
    ours = [record for record in caplog.records if not record.name.startswith(("mail", "asyncio"))]
    written = " ".join(str(vars(record)) for record in ours)
    for each in (account.sender, USER, PASSWORD, "it@council.example", "localhost:"):
        assert each not in written or each == USER
