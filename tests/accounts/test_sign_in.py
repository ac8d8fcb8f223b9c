"""Signing in: two factors, one answer, and sessions that end."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.accounts.office import Office
from youthsafe.accounts.models import Member, StaffSession
from youthsafe.accounts.services import fold
from youthsafe.audit.models import AuditEntry
from youthsafe.config import Config
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.database import transaction
from youthsafe.extensions import db

NAME = "demo-caseworker"
RING = "/api/v1/staff/key-ring"


def disable(office: Office, name: str) -> None:
    with office.app.app_context(), transaction():
        db.session.get_one(Member, office.person(name).id).disabled = True


def test_both_factors_open_a_session(office: Office) -> None:
    client = office.app.test_client()
    answer = office.ask(client, NAME)
    assert answer.status_code == 200
    assert answer.json == {"member": {"id": b64(office.person(NAME).id), "name": NAME, "role": 1}, "enrol": False}
    assert client.get(RING).status_code == 200


def test_a_page_of_one_member_does_nothing_with_the_session_of_another(office: Office) -> None:
    client, another = office.signed_in(NAME), office.person("demo-coordinator").id
    for wrong in (b64(another), "", "nobody"):
        named = {"YouthSafe-Member": wrong}
        assert client.get(RING, headers=named).status_code == 401
        assert client.post("/api/v1/staff/sign-out", json={}, headers=named).status_code == 401
    named = {"YouthSafe-Member": b64(office.person(NAME).id)}
    assert client.get(RING, headers=named).status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_pages_and_other_sites(office: Office) -> None:
    cookie = office.ask(office.app.test_client(), NAME).headers["Set-Cookie"]
    assert cookie.startswith("ys_staff=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/api/v1/staff"} <= set(cookie.split("; "))
    assert "Max-Age" not in cookie


def test_the_cookie_is_sent_over_tls_only_outside_a_demonstration(
    office: Office, config: Config, make_app: Callable[[Config], Flask]
) -> None:
    real = replace(office, app=make_app(replace(config, testing=False)))
    cookies = real.ask(real.app.test_client(), NAME).headers.getlist("Set-Cookie")
    assert sorted(each.partition("=")[0] for each in cookies) == ["__Secure-ys_browser", "__Secure-ys_staff"]
    assert all("Secure" in each.split("; ") for each in cookies)


def test_signing_in_and_out_is_written_down(office: Office) -> None:
    client = office.signed_in(NAME)
    assert client.post("/api/v1/staff/sign-out", json={}).status_code == 204
    with office.app.app_context():
        actions = db.session.scalars(db.select(AuditEntry.action).order_by(AuditEntry.sequence)).all()
    assert actions[-2:] == ["member.signed-in", "member.signed-out"]


def test_every_wrong_sign_in_gets_the_same_answer(office: Office) -> None:
    client = office.app.test_client()
    disable(office, "demo-second")
    wrong = [
        office.ask(client, NAME, proof=b64(bytes(32))),
        office.ask(client, NAME, code=f"{(int(office.code(NAME)) + 1) % 10**6:06}"),
        office.ask(client, NAME, name="nobody"),
        office.ask(client, "demo-second"),
    ]
    assert {answer.status_code for answer in wrong} == {401}
    assert len({answer.data for answer in wrong}) == 1
    assert not any("Set-Cookie" in answer.headers for answer in wrong)


def test_a_code_works_once(office: Office) -> None:
    client = office.app.test_client()
    assert office.ask(client, NAME).status_code == 200
    assert office.ask(client, NAME).status_code == 401
    office.clock.move(seconds=30)
    assert office.ask(client, NAME).status_code == 200


def test_an_older_code_is_refused_after_a_newer_one(office: Office) -> None:
    client, older = office.app.test_client(), office.code(NAME)
    office.clock.move(seconds=30)
    assert office.ask(client, NAME).status_code == 200
    assert office.ask(client, NAME, code=older).status_code == 401


@pytest.mark.parametrize(("seconds", "status"), [(-60, 401), (-30, 200), (30, 200), (60, 401)])
def test_a_phones_clock_may_be_one_step_off(office: Office, seconds: int, status: int) -> None:
    office.clock.move(seconds=seconds)
    shown = office.code(NAME)
    office.clock.move(seconds=-seconds)
    assert office.ask(office.app.test_client(), NAME, code=shown).status_code == status


def test_a_code_is_not_used_up_by_a_wrong_proof(office: Office) -> None:
    client = office.app.test_client()
    assert office.ask(client, NAME, proof=b64(bytes(32))).status_code == 401
    assert office.ask(client, NAME).status_code == 200


def test_after_five_wrong_codes_with_the_right_words_no_code_works_for_a_while(office: Office) -> None:
    client, name = office.app.test_client(), office.made.people[0].name
    wrong = "000000" if office.code(name) != "000000" else "111111"
    for _ in range(5):
        assert office.ask(client, name, code=wrong).status_code == 401
        office.clock.move(minutes=1)  # by itself it would have to wait a few seconds
    assert office.ask(client, name).status_code == 401
    assert office.ask(client, office.made.people[1].name).status_code == 200, "nobody else is kept out"


@pytest.mark.parametrize("name", ["\ud800", "a\x00b", "a\nb"])
def test_a_name_that_cannot_be_written_down_is_refused_by_field(office: Office, name: str) -> None:
    answer = office.app.test_client().post("/api/v1/staff/sign-in/start", json={"name": name})
    assert answer.status_code == 400
    assert set(answer.json["fields"]) == {"name"}


def test_a_name_is_found_however_it_is_typed(office: Office) -> None:
    assert office.ask(office.app.test_client(), NAME, name="  DEMO-Caseworker ").status_code == 200
    assert fold("Ｄｅｍｏ  Ａ") == "demo a"


def test_start_tells_a_browser_how_to_stretch(office: Office) -> None:
    person = office.person(NAME)
    answer = office.app.test_client().post("/api/v1/staff/sign-in/start", json={"name": NAME})
    told = answer.get_json()  # parsed anew at each asking
    assert len(unb64(told.pop("challenge"))) == 56
    stretching = {"member": b64(person.id), "salt": b64(person.salt), "memory": 65536, "passes": 3}
    assert told == stretching | {"site": "localhost"}


def test_start_answers_for_nobody_as_for_somebody_and_stays_the_same(office: Office) -> None:
    client = office.app.test_client()
    first, again, other = (
        client.post("/api/v1/staff/sign-in/start", json={"name": name}).json for name in ("nobody", "Nobody ", "none")
    )
    assert len({each.pop("challenge") for each in (first, again, other)}) == 3
    assert first == again
    assert first != other
    assert (len(unb64(first["member"], 16)), len(unb64(first["salt"], 16))) == (16, 16)
    assert (first["memory"], first["passes"]) == (65536, 3)


def test_a_session_ends_after_an_hour_without_use(office: Office) -> None:
    client = office.signed_in(NAME)
    for _ in range(3):
        office.clock.move(minutes=59)
        assert client.get(RING).status_code == 200
    office.clock.move(minutes=60)
    assert client.get(RING).status_code == 401


def test_a_session_ends_after_twelve_hours_whatever_happens(office: Office) -> None:
    client = office.signed_in(NAME)
    for _ in range(23):
        office.clock.move(minutes=30)
        assert client.get(RING).status_code == 200
    office.clock.move(minutes=30)
    assert client.get(RING).status_code == 401


def test_a_session_ends_when_its_member_is_disabled(office: Office) -> None:
    client = office.signed_in(NAME)
    disable(office, NAME)
    assert client.get(RING).status_code == 401


def test_signing_out_ends_one_session_on_the_server_too(office: Office) -> None:
    client = office.signed_in(NAME)
    office.clock.move(seconds=30)
    other = office.signed_in(NAME)
    cookie = client.get_cookie("ys_staff", path="/api/v1/staff")
    assert cookie is not None
    assert client.post("/api/v1/staff/sign-out", json={}).status_code == 204
    assert client.get_cookie("ys_staff", path="/api/v1/staff") is None
    client.set_cookie("ys_staff", cookie.value, path="/api/v1/staff")
    assert client.get(RING).status_code == 401
    assert other.get(RING).status_code == 200


def test_sessions_that_ended_are_forgotten_at_the_next_sign_in(office: Office) -> None:
    office.signed_in(NAME)
    office.clock.move(hours=13)
    office.signed_in(NAME)
    with office.app.app_context():
        assert db.session.scalar(db.select(db.func.count()).select_from(StaffSession)) == 1


@pytest.mark.parametrize("token", ["", "A", "A" * 43, "!" * 43])
def test_a_made_up_token_is_nobodys(office: Office, token: str) -> None:
    client = office.app.test_client()
    client.set_cookie("ys_staff", token, path="/api/v1/staff")
    assert client.get(RING).status_code == 401


def test_the_database_holds_no_proof_token_secret_seed_or_wrap(office: Office, database_path: Path) -> None:
    client = office.signed_in(NAME)
    cookie = client.get_cookie("ys_staff", path="/api/v1/staff")
    assert cookie is not None
    stored = b"".join(path.read_bytes() for path in database_path.parent.iterdir())
    assert office.made.team.id in stored
    person = office.person(NAME)
    for secret in (unb64(cookie.value), person.proof, person.totp_secret, person.seed, person.wrap[-48:]):
        assert secret not in stored


@pytest.mark.parametrize(
    "body",
    [
        {"name": NAME},
        {"name": NAME, "proof": b64(bytes(32)), "code": "123456", "more": 1},
        {"name": NAME, "proof": b64(bytes(31)), "code": "123456"},
        {"name": NAME, "proof": 5, "code": "123456"},
        {"name": NAME, "proof": b64(bytes(32)), "code": "12345"},
        {"name": NAME, "proof": b64(bytes(32)), "code": "123456\n"},
        {"name": NAME, "proof": b64(bytes(32)), "code": "１２３４５６"},
        {"name": "", "proof": b64(bytes(32)), "code": "123456"},
        {"name": "n" * 81, "proof": b64(bytes(32)), "code": "123456"},
        [],
        None,
    ],
)
def test_a_body_of_another_shape_is_refused_by_field(office: Office, body: object) -> None:
    answer = office.app.test_client().post("/api/v1/staff/sign-in", json=body)
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    if isinstance(body, dict):
        assert answer.json is not None
        assert set(answer.json["fields"]) <= {"name", "proof", "code", "more"}
        assert answer.json["fields"]


@pytest.mark.parametrize("raw", [b"", b"{", b'{"name":"a","name":"b"}', b"\xff", b"NaN"])
def test_a_body_that_is_not_one_json_document_is_refused(office: Office, raw: bytes) -> None:
    client = office.app.test_client()
    answer = client.post("/api/v1/staff/sign-in/start", data=raw, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "http://elsewhere.example"}, 403),
        ({"Origin": "https://localhost"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_a_write_from_another_site_is_refused(office: Office, headers: dict[str, str], status: int) -> None:
    answer = office.app.test_client().post("/api/v1/staff/sign-in/start", json={"name": NAME}, headers=headers)
    assert answer.status_code == status


def test_a_write_that_a_form_could_send_is_refused(office: Office) -> None:
    client: FlaskClient = office.signed_in(NAME)
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = client.post("/api/v1/staff/sign-out", data="{}", content_type=content_type)
        assert answer.status_code == 400
    assert client.get(RING).status_code == 200


def test_no_staff_answer_is_kept_by_anything(office: Office) -> None:
    client = office.signed_in(NAME)
    assert client.get(RING).headers["Cache-Control"] == "no-store"
    assert client.post("/api/v1/staff/sign-in/start", json={"name": NAME}).headers["Cache-Control"] == "no-store"


def test_before_the_proof_the_same_is_asked_and_read_whoever_has_the_name(office: Office) -> None:
    asked: dict[str, list[tuple[str, int]]] = {}
    client = office.app.test_client()
    with office.app.app_context():
        for name in (NAME, "nobody-at-all"):
            rows = asked.setdefault(name, [])

            def heard(_c: object, cursor: Any, statement: str, *_: object, rows: list[tuple[str, int]] = rows) -> None:
                rows.append((statement, len(cursor.description or ())))

            event.listen(db.engine, "after_cursor_execute", heard)
            assert client.post("/api/v1/staff/sign-in/start", json={"name": name}).status_code == 200
            event.remove(db.engine, "after_cursor_execute", heard)
    assert asked[NAME] == asked["nobody-at-all"]
    assert not any("totp" in statement or "verifier" in statement for statement, _ in asked[NAME])
