"""Wrong sign-ins: who waits, for how long, and who does not."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from tests.accounts.office import Office
from youthsafe.accounts.delays import delay_after
from youthsafe.accounts.models import SignInDelay
from youthsafe.crypto.encoding import b64
from youthsafe.extensions import db
from youthsafe.limits.policies import POLICIES

NAME = "demo-caseworker"
WRONG = {"proof": b64(bytes(32))}


def client_at(office: Office, address: str) -> FlaskClient:
    client = office.app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    return client


def guess(office: Office, client: FlaskClient, times: int, **changed: object) -> list[int]:
    return [office.ask(client, NAME, **WRONG | changed).status_code for _ in range(times)]


@contextmanager
def statements(office: Office) -> Iterator[list[str]]:
    """Every statement that the database is given meanwhile."""
    seen: list[str] = []
    with office.app.app_context():
        engine = db.engine

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_after_a_few_wrong_tries_a_name_waits_in_that_network_and_may_then_try_again(office: Office) -> None:
    client = client_at(office, "203.0.113.9")
    assert guess(office, client, 6) == [401] * 5 + [429]
    answer = office.ask(client, NAME)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")
    office.clock.move(seconds=2)
    assert office.ask(client, NAME).status_code == 200


def test_a_stranger_elsewhere_keeps_nobody_waiting(office: Office) -> None:
    guess(office, client_at(office, "203.0.113.9"), 20)
    assert office.ask(client_at(office, "198.51.100.7"), NAME).status_code == 200


def test_another_name_in_the_same_network_does_not_wait(office: Office) -> None:
    client = client_at(office, "203.0.113.9")
    assert guess(office, client, 6)[-1] == 429
    assert office.ask(client, "demo-second").status_code == 200


def test_a_right_sign_in_starts_over(office: Office) -> None:
    client = client_at(office, "203.0.113.9")
    guess(office, client, 4)
    assert office.ask(client, NAME).status_code == 200
    office.clock.move(seconds=30)
    assert guess(office, client, 5) == [401] * 5


def test_the_wait_doubles_and_ends_at_five_minutes() -> None:
    assert [delay_after(wrong).total_seconds() for wrong in (0, 4, 5, 6, 7)] == [0, 0, 1, 2, 4]
    assert delay_after(10**6) == timedelta(minutes=5)


def test_a_guesser_who_is_patient_gets_no_further_than_a_hundred_tries_an_hour(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = replace(POLICIES["sign-in"], rate="1000/minute")  # instead of waiting for two seconds after each
    monkeypatch.setitem(POLICIES, "sign-in", patient)
    client = client_at(office, "203.0.113.9")
    answered = [office.ask(client, NAME, name=f"name {number}", **WRONG).status_code for number in range(110)]
    assert answered.count(401) == 100
    assert set(answered[100:]) == {429}
    assert office.ask(client_at(office, "198.51.100.7"), NAME).status_code == 200


def test_a_name_that_nobody_has_costs_the_same_queries_and_waits_as_well(office: Office) -> None:
    known, unknown = client_at(office, "203.0.113.9"), client_at(office, "198.51.100.7")
    for _ in range(8):
        with statements(office) as of_known:
            first = office.ask(known, NAME, **WRONG)
        with statements(office) as of_unknown:
            second = office.ask(unknown, NAME, name="nobody", **WRONG)
        assert of_known == of_unknown
        assert (first.status_code, first.data) == (second.status_code, second.data)
        assert first.headers.get("Retry-After") == second.headers.get("Retry-After")
        office.clock.move(seconds=1)


def test_waits_are_in_the_database_name_nobody_and_are_gone_after_a_day(office: Office) -> None:
    guess(office, client_at(office, "203.0.113.9"), 3)
    with office.app.app_context():
        keys = db.session.scalars(select(SignInDelay.key)).all()
        assert [len(key) for key in keys] == [32]
        db.session.remove()
    office.clock.move(days=1)
    guess(office, client_at(office, "203.0.113.9"), 1)
    with office.app.app_context():
        assert db.session.execute(select(func.count(), func.max(SignInDelay.wrong))).one() == (1, 1)


@pytest.mark.parametrize("forged", ["198.51.100.1", "203.0.113.9, 198.51.100.1", "for=198.51.100.1"])
def test_a_forged_header_changes_no_network_while_no_proxy_is_trusted(office: Office, forged: str) -> None:
    client = client_at(office, "203.0.113.9")
    guess(office, client, 5)
    answer = client.post(
        "/api/v1/staff/sign-in",
        json={"name": NAME, "code": "000000"} | WRONG,
        headers={"X-Forwarded-For": forged, "Forwarded": forged, "X-Real-IP": forged, "X-Client-IP": forged},
    )
    assert answer.status_code == 429
