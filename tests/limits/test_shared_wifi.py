"""Somebody floods the server from the Wi-Fi of a school: whoever is in trouble there still gets through."""

import json
import secrets
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.sealing import SealedInstance
from youthsafe.crypto.encoding import b64
from youthsafe.limits.policies import POLICIES

WRONG_CODES = 240  # a minute, as the table says


def _made_up() -> bytes:
    made_up = {"id": b64(secrets.token_bytes(16)), "token": b64(secrets.token_bytes(32)), "before": 0}
    return json.dumps(made_up, separators=(",", ":")).encode()


def _post(client: FlaskClient, address: str, body: bytes) -> int:
    return client.post(f"/api/v1/{address}", data=body, content_type="application/json").status_code


def test_reading_without_end_closes_neither_the_form_nor_its_lock(
    instance: SealedInstance, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(POLICIES, "reading", replace(POLICIES["reading"], rate="2/minute"))
    flood = [client.get(f"/en/cards/?{number}").status_code for number in range(4)]
    assert flood == [200, 200, 429, 429]
    needed = ("/en/report/", "/en/report/?from=poster", "/en/replies/", "/api/v1/bundle", "/api/v1/bundle?again")
    assert [client.get(address).status_code for address in needed] == [200] * len(needed)
    assert _post(client, "reports", instance.report().body) == 201


def test_asking_for_the_lock_without_end_is_answered_from_memory(instance: SealedInstance, client: FlaskClient) -> None:
    answers = [client.get("/api/v1/bundle") for _ in range(1_500)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.data for answer in answers}) == 1


@pytest.mark.parametrize("door", ["mailbox", "mailbox/withdraw"])
def test_codes_of_no_mailbox_are_told_to_wait_and_keep_nobody_from_their_own(
    instance: SealedInstance, client: FlaskClient, door: str
) -> None:
    report = instance.report()
    assert _post(client, "reports", report.body) == 201
    flood = [_post(client, door, _made_up()) for _ in range(WRONG_CODES + 2)]
    assert flood == [200] * WRONG_CODES + [429] * 2
    assert _post(client, "mailbox/messages", instance.follow_up(report, "are you there?")) == 201
    assert _post(client, "mailbox", instance.mailbox_request(report)) == 200
    assert _post(client, "mailbox/withdraw", instance.mailbox_request(report)) == 200


def test_messages_to_no_mailbox_count_as_such_codes(instance: SealedInstance, client: FlaskClient) -> None:
    report, never_sent = instance.report(), instance.report()
    assert _post(client, "reports", report.body) == 201
    nowhere = instance.follow_up(never_sent, "to nobody")
    flood = [_post(client, "mailbox/messages", nowhere) for _ in range(WRONG_CODES + 2)]
    assert flood == [404] * WRONG_CODES + [429] * 2
    assert _post(client, "mailbox/messages", instance.follow_up(report, "are you there?")) == 201


def test_a_mailbox_that_is_found_is_never_counted(instance: SealedInstance, client: FlaskClient) -> None:
    report = instance.report()
    assert _post(client, "reports", report.body) == 201
    assert {_post(client, "mailbox", instance.mailbox_request(report)) for _ in range(WRONG_CODES + 10)} == {200}
    assert _post(client, "mailbox", _made_up()) == 200
