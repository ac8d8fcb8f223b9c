"""A member's own account: each change asks for both factors, and a stolen session alone changes nothing."""

import base64
import secrets
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.accounts.authenticator import Authenticator
from tests.accounts.office import Office
from youthsafe.accounts.models import StaffSession
from youthsafe.accounts.second_factor import code_at, step
from youthsafe.accounts.services import MEMORY_KIB, PASSES
from youthsafe.audit.models import AuditEntry
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.crypto.wrap import build_wrap_head
from youthsafe.extensions import db

NAME = "demo-caseworker"
STAFF = "/api/v1/staff"


def challenge(client: FlaskClient) -> str:
    found = client.post(f"{STAFF}/account/passkeys/question", json={}).json
    assert found is not None
    return str(found["challenge"])


def with_passkey(office: Office, client: FlaskClient) -> Authenticator:
    device = Authenticator()
    answer = client.post(f"{STAFF}/account/passkeys", json=device.made(challenge(client)))
    assert answer.status_code == 201
    return device


def started(client: FlaskClient, name: str) -> str:
    found = client.post(f"{STAFF}/sign-in/start", json={"name": name}).json
    assert found is not None
    return str(found["challenge"])


def sign_in(office: Office, name: str = NAME, **factor: object) -> tuple[FlaskClient, int]:
    """Sign in with another second factor than the app's code."""
    client = office.app.test_client()
    body = {"name": name, "proof": b64(office.person(name).proof)} | factor
    return client, client.post(f"{STAFF}/sign-in", json=body).status_code


def new_words(office: Office, name: str = NAME) -> dict[str, str]:
    salt = secrets.token_bytes(16)
    wrap = build_wrap_head(office.person(name).id, MEMORY_KIB, PASSES, salt) + secrets.token_bytes(108)
    return {"proof": b64(secrets.token_bytes(32)), "salt": b64(salt), "wrap": b64(wrap)}


def codes(client: FlaskClient) -> list[str]:
    found = client.post(f"{STAFF}/account/recovery-codes", json={}).json
    assert found is not None
    return [each.replace("-", "") for each in found["codes"]]


def actions(office: Office) -> list[str]:
    with office.app.app_context():
        return list(db.session.scalars(db.select(AuditEntry.action).order_by(AuditEntry.sequence)))


def kinds(client: FlaskClient) -> list[str]:
    found = client.get(f"{STAFF}/account/events").json
    assert found is not None
    return [each["kind"] for each in found["events"]]


def test_an_account_says_what_it_has_and_nothing_secret(office: Office) -> None:
    client = office.signed_in(NAME)
    member = {"id": b64(office.person(NAME).id), "name": NAME, "role": 1}
    assert client.get(f"{STAFF}/account").json == {
        "member": member,
        "app": True,
        "passkeys": [],
        "codes_left": 0,
        "mail": None,
        "confirmed": True,
    }


def test_each_recovery_code_stands_for_the_second_factor_once(office: Office) -> None:
    client = office.signed_in(NAME)
    given = codes(client)
    assert len(set(given)) == 10
    assert sign_in(office, code=given[3])[1] == 200
    assert sign_in(office, code=given[3])[1] == 401
    account = client.get(f"{STAFF}/account").json
    assert account is not None
    assert account["codes_left"] == 9
    assert "member.recovery-code-used" in actions(office)
    assert kinds(client) == ["recovery-code-used"], "its member is told: it may have been somebody else"


def test_new_recovery_codes_end_the_old_ones(office: Office) -> None:
    client = office.signed_in(NAME)
    old = codes(client)
    codes(client)
    assert sign_in(office, code=old[0])[1] == 401


def test_a_recovery_code_is_not_used_up_by_wrong_words_and_is_nobody_elses(office: Office) -> None:
    given = codes(office.signed_in(NAME))
    assert sign_in(office, code=given[0], proof=b64(bytes(32)))[1] == 401
    assert sign_in(office, "demo-second", code=given[0])[1] == 401
    assert sign_in(office, code=given[0])[1] == 200


def test_recovery_codes_are_nowhere_in_the_database(office: Office, database_path: Path) -> None:
    given = codes(office.signed_in(NAME))
    stored = b"".join(path.read_bytes() for path in database_path.parent.iterdir())
    assert not any(each.encode() in stored for each in given)


def test_a_passkey_stands_for_the_second_factor(office: Office) -> None:
    client = office.signed_in(NAME)
    device = with_passkey(office, client)
    assert sign_in(office, passkey=device.signed(started(client, NAME)))[1] == 200
    assert kinds(client) == ["factor-added"]


def test_what_a_passkey_signed_is_good_once_and_for_five_minutes(office: Office) -> None:
    client = office.signed_in(NAME)
    device = with_passkey(office, client)
    signed = device.signed(started(client, NAME))
    assert sign_in(office, passkey=signed)[1] == 200
    assert sign_in(office, passkey=signed)[1] == 401
    late = device.signed(started(client, NAME))
    office.clock.move(minutes=5)
    assert sign_in(office, passkey=late)[1] == 401


def spoilt(device: Authenticator, kind: str, asked: str) -> dict[str, str]:
    if kind == "another page":
        device.origin = "https://elsewhere.example"
    if kind == "another site":
        device.site = "elsewhere.example"
    if kind == "a made-up challenge":
        asked = b64(secrets.token_bytes(56))
    if kind == "another id":
        device.id = secrets.token_bytes(32)
    if kind == "an older count":
        device.count = -1
    signed = device.signed(asked, 0x01 if kind == "nobody verified" else 0x05)
    return signed | ({"signature": b64(bytes(70))} if kind == "another key" else {})


@pytest.mark.parametrize(
    "kind",
    ["another page", "another site", "a made-up challenge", "another id", "nobody verified", "another key"],
)
def test_a_passkey_that_signed_something_else_is_refused(office: Office, kind: str) -> None:
    client = office.signed_in(NAME)
    device = with_passkey(office, client)
    assert sign_in(office, passkey=spoilt(device, kind, started(client, NAME)))[1] == 401


def test_a_passkey_is_nobody_elses(office: Office) -> None:
    client = office.signed_in(NAME)
    device = with_passkey(office, client)
    assert sign_in(office, "demo-second", passkey=device.signed(started(client, "demo-second")))[1] == 401
    other = office.signed_in("demo-second")
    assert other.post(f"{STAFF}/account/passkeys", json=device.made(challenge(other))).status_code == 409


@pytest.mark.parametrize("garbage", ["AA", b64(b"{}"), b64(b'{"type":1,"challenge":2,"origin":3}'), b64(b"\xff" * 40)])
def test_a_passkey_that_makes_no_sense_is_refused_and_breaks_nothing(office: Office, garbage: str) -> None:
    client = office.signed_in(NAME)
    device = with_passkey(office, client)
    for part in ("client_data", "authenticator_data", "signature", "id"):
        assert sign_in(office, passkey=device.signed(started(client, NAME)) | {part: garbage})[1] == 401
        office.clock.move(minutes=6)
    for part in ("client_data", "attestation", "id"):
        made = Authenticator().made(challenge(client)) | {part: garbage}
        assert client.post(f"{STAFF}/account/passkeys", json=made).status_code in {400, 403}


def test_the_last_second_factor_cannot_be_removed(office: Office) -> None:
    client = office.signed_in(NAME)
    assert client.post(f"{STAFF}/account/app/remove", json={}).status_code == 409
    with_passkey(office, client)
    assert client.post(f"{STAFF}/account/app/remove", json={}).status_code == 204
    account = client.get(f"{STAFF}/account").json
    assert account is not None
    [passkey] = account["passkeys"]
    assert client.post(f"{STAFF}/account/passkeys/{passkey['id']}/remove", json={}).status_code == 409
    assert client.get(f"{STAFF}/account").json == account


def test_another_app_takes_the_place_of_the_first_once_a_code_of_it_is_given(office: Office) -> None:
    client = office.signed_in(NAME)
    made = client.post(f"{STAFF}/account/app", json={}).json
    assert made is not None
    assert made["address"].startswith("otpauth://totp/")
    office.clock.move(seconds=30)
    assert office.ask(office.app.test_client(), NAME).status_code == 200, "the first one counts until then"
    assert client.post(f"{STAFF}/account/app/confirm", json={"code": office.code(NAME)}).status_code == 400
    secret = base64.b32decode(made["secret"])
    code = code_at(secret, step(office.clock()))
    office.clock.move(seconds=30)
    other = office.signed_in(NAME)
    assert client.post(f"{STAFF}/account/app/confirm", json={"code": code}).status_code == 204
    assert other.get(f"{STAFF}/key-ring").status_code == 401, "whoever held the old app is out"
    office.clock.move(seconds=60)
    assert office.ask(office.app.test_client(), NAME).status_code == 401
    assert sign_in(office, code=code_at(secret, step(office.clock())))[1] == 200


def test_new_words_take_the_place_of_the_old_ones_and_end_every_other_session(office: Office) -> None:
    client = office.signed_in(NAME)
    office.clock.move(seconds=30)
    other = office.signed_in(NAME)
    new = new_words(office)
    assert client.post(f"{STAFF}/account/words", json=new).status_code == 204
    assert other.get(f"{STAFF}/key-ring").status_code == 401
    ring = client.get(f"{STAFF}/key-ring").json
    assert ring is not None
    assert ring["wraps"] == [new["wrap"]]
    office.clock.move(seconds=60)
    assert office.ask(office.app.test_client(), NAME).status_code == 401
    assert sign_in(office, proof=new["proof"], code=office.code(NAME))[1] == 200
    started_with = client.post(f"{STAFF}/sign-in/start", json={"name": NAME}).json
    assert started_with is not None
    assert started_with["salt"] == new["salt"]


def test_new_words_are_refused_that_the_member_could_not_sign_in_with(office: Office) -> None:
    client, right = office.signed_in(NAME), new_words(office)
    another = new_words(office, "demo-second")
    weak = build_wrap_head(office.person(NAME).id, MEMORY_KIB * 2, PASSES, unb64(right["salt"])) + bytes(108)
    for wrong in ({"wrap": another["wrap"]}, {"wrap": "AAAA"}, {"salt": another["salt"]}, {"wrap": b64(weak)}):
        assert client.post(f"{STAFF}/account/words", json=right | wrong).status_code == 400
    ring = client.get(f"{STAFF}/key-ring").json
    assert ring is not None
    assert ring["wraps"] == [b64(office.person(NAME).wrap)]


def changes(office: Office, client: FlaskClient) -> dict[str, dict[str, object]]:
    return {
        "words": dict(new_words(office)),
        "app": {},
        "app/confirm": {"code": "123456"},
        "app/remove": {},
        "passkeys": Authenticator().made(challenge(client)),
        f"passkeys/{b64(bytes(16))}/remove": {},
        "recovery-codes": {},
        "mail": {"address": "ada@council.example"},
    }


def test_ten_minutes_after_signing_in_both_factors_are_asked_again_before_a_key_factor_or_address_changes(
    office: Office,
) -> None:
    client = office.signed_in(NAME)
    office.clock.move(minutes=10)
    for path, body in changes(office, client).items():
        assert client.post(f"{STAFF}/account/{path}", json=body).status_code == 403, path
    proof = b64(office.person(NAME).proof)
    wrong = [{"proof": proof, "code": "000000"}, {"proof": b64(bytes(32)), "code": office.code(NAME)}]
    refused = [client.post(f"{STAFF}/account/confirm", json=each) for each in wrong]
    assert [each.status_code for each in refused] == [400, 400]
    assert refused[0].data == refused[1].data
    right = {"proof": proof, "code": office.code(NAME)}
    assert client.post(f"{STAFF}/account/confirm", json=right).status_code == 204
    assert client.post(f"{STAFF}/account/recovery-codes", json={}).status_code == 200
    assert client.post(f"{STAFF}/account/confirm", json=right).status_code == 400, "a code works once"


def test_a_passkey_confirms_too(office: Office) -> None:
    client = office.signed_in(NAME)
    device = with_passkey(office, client)
    office.clock.move(minutes=10)
    body = {"proof": b64(office.person(NAME).proof), "passkey": device.signed(challenge(client))}
    assert client.post(f"{STAFF}/account/confirm", json=body).status_code == 204
    assert client.post(f"{STAFF}/account/words", json=new_words(office)).status_code == 204


def test_sessions_are_listed_and_ended(office: Office) -> None:
    first = office.signed_in(NAME)
    office.clock.move(minutes=1)
    second = office.signed_in(NAME)
    office.clock.move(minutes=1)
    third = office.signed_in(NAME)
    other = office.signed_in("demo-second")
    listed = first.get(f"{STAFF}/sessions").json
    assert listed is not None
    assert [each["here"] for each in listed["sessions"]] == [False, False, True]
    assert set(listed["sessions"][0]) == {"id", "begun", "seen", "here"}, "no address and no name of a browser"
    newest = listed["sessions"][0]["id"]
    assert other.post(f"{STAFF}/sessions/{newest}/end", json={}).status_code == 404
    assert first.post(f"{STAFF}/sessions/{newest}/end", json={}).status_code == 204
    assert third.get(f"{STAFF}/key-ring").status_code == 401
    assert second.get(f"{STAFF}/key-ring").status_code == 200
    assert first.post(f"{STAFF}/sessions/end-others", json={}).status_code == 204
    assert second.get(f"{STAFF}/key-ring").status_code == 401
    assert other.get(f"{STAFF}/key-ring").status_code == 200
    with office.app.app_context():
        assert db.session.scalar(db.select(db.func.count()).select_from(StaffSession)) == 2


def test_an_address_of_mail_is_kept_encrypted_and_taken_away(office: Office) -> None:
    client = office.signed_in(NAME)
    assert client.post(f"{STAFF}/account/mail", json={"address": "ada@council.example"}).status_code == 204
    account = client.get(f"{STAFF}/account").json
    assert account is not None
    assert account["mail"] == "ada@council.example"
    assert client.post(f"{STAFF}/account/mail", json={"address": "no address"}).status_code == 400
    assert client.post(f"{STAFF}/account/mail", json={"address": None}).status_code == 204
    assert kinds(client) == ["mail-changed", "mail-changed"], "its member is told: it may have been somebody else"


def test_an_event_is_shown_to_its_member_until_they_have_read_it(office: Office) -> None:
    client = office.signed_in(NAME)
    with_passkey(office, client)
    [event] = client.get(f"{STAFF}/account/events").json["events"]  # type: ignore[index]
    path = f"{STAFF}/account/events/{event['id']}/read"
    assert office.signed_in("demo-second").post(path, json={}).status_code == 404
    assert client.post(path, json={}).status_code == 204
    assert kinds(client) == []
