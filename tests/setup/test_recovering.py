"""Everybody's words are lost: the kit brings a coordinator back, old reports open, and the old kit is dead."""

import os
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.changes import Coordinator, number_of
from tests.conftest import SettableClock
from tests.crypto.reference_keys import Wrapped, open_grant, seal_wrap, stretch_passphrase
from tests.crypto.reference_kit import kit_keys, open_kit_wrap, seal_kit_wrap
from tests.crypto.reference_primitives import public_key_of
from tests.setup.first_browser import Body, FirstBrowser
from tests.setup.test_founding import rows
from tests.setup.test_link import make, secret_in
from youthsafe.accounts import services as accounts_services
from youthsafe.accounts.second_factor import code_at, step
from youthsafe.accounts.services import MEMORY_KIB, PASSES
from youthsafe.audit.models import AuditEntry
from youthsafe.crypto.change import Signed, parse_change
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.crypto.grant import KIT_ID
from youthsafe.crypto.keys import fingerprint
from youthsafe.database import transaction
from youthsafe.extensions import db
from youthsafe.notices.models import Notice

ADDRESS = "/api/v1/staff/recovery"


@dataclass
class Lost:
    """An instance that was set up, whose people have nothing left but the kit."""

    app: Flask
    clock: SettableClock
    first: FirstBrowser

    def look(self, kit: bytes) -> Body:
        """What the server gives to a kit."""
        answer = self.app.test_client().post(ADDRESS, json={"token": b64(kit_keys(kit).token)})
        assert answer.status_code == 200, answer.json
        found: Body = answer.json
        return found

    def change(self, seed: bytes, kit: bytes, *, member_id: bytes | None = None, name: str = "Ada") -> Signed:
        """The change that leaves one coordinator, with a new key and a new kit."""
        before = parse_change(unb64(self.look(self.first.kit)["change"]))
        kit_before = kit_keys(self.first.kit)
        secrets = {
            secret.team_id: secret
            for grant in self.look(self.first.kit)["grants"]
            for secret in [open_grant(unb64(grant), before.roster, KIT_ID, kit_before.seed)]
        }
        old = before.roster.members[0]
        member = replace(old, id=member_id or old.id, name=name, public_key=public_key_of(seed))
        recovery_key = public_key_of(kit_keys(kit).seed)
        roster = replace(before.roster, recovery_key=recovery_key, members=(member,))
        return Coordinator(self.first.root, dict(secrets)).sign(roster, before.bundle, before)

    def body(self, seed: bytes, kit: bytes, second_factor: bytes, change: Signed | None = None) -> Body:
        """What the browser sends to come back."""
        signed = change or self.change(seed, kit)
        member_id = parse_change(signed.content).roster.members[0].id
        salt = os.urandom(16)
        proof, wrap_key = stretch_passphrase(self.first.passphrase, salt, MEMORY_KIB, PASSES)
        pin = fingerprint(parse_change(signed.content).root)
        head = {"member_id": member_id, "memory": MEMORY_KIB, "passes": PASSES, "salt": salt}
        parts = {
            "change": signed.content,
            "signature": signed.signature,
            "salt": salt,
            "proof": proof,
            "wrap": seal_wrap(wrap_key, Wrapped(seed, self.first.instance_id, pin), **head),
            "second_factor": second_factor,
            "kit_token": kit_keys(kit).token,
            "kit_wrap": seal_kit_wrap(kit_keys(kit), self.first.instance_id, number_of(self.first.root)),
        }
        code = code_at(second_factor, step(self.clock()))
        return {
            "code": code,
            "token": b64(kit_keys(self.first.kit).token),
            **{key: b64(part) for key, part in parts.items()},
        }


@pytest.fixture
def lost(app: Flask, clock: SettableClock) -> Lost:
    first = FirstBrowser(clock())
    assert app.test_client().post("/api/v1/staff/set-up", json=first.body(secret_in(make(app)))).status_code == 204
    clock.move(hours=1)
    return Lost(app, clock, first)


def test_the_kit_opens_the_root_and_every_team(lost: Lost) -> None:
    found, keys = lost.look(lost.first.kit), kit_keys(lost.first.kit)
    assert open_kit_wrap(keys, unb64(found["wrap"])) == (lost.first.instance_id, number_of(lost.first.root))
    roster = parse_change(unb64(found["change"])).roster
    [grant] = found["grants"]
    assert open_grant(unb64(grant), roster, KIT_ID, keys.seed).seeds == ((1, lost.first.team_seed),)


def test_whoever_looks_with_the_kit_stands_in_the_trail_and_every_coordinator_is_told(lost: Lost) -> None:
    coordinator = signed_in(lost)
    with lost.app.app_context(), transaction():
        accounts_services.set_mail(lost.first.member_id, "ada@council.example")
    lost.look(lost.first.kit)
    with lost.app.app_context():
        newest = db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence.desc())).first()
        assert (newest.action, newest.actor, newest.subject) == ("kit.looked", None, None)
        assert db.session.scalars(select(Notice.kind)).all() == ["kit-looked"]
    events = coordinator.get("/api/v1/staff/account/events").json["events"]
    assert [(each["kind"], each["other"]) for each in events] == [("kit-looked", None)]


def test_another_kit_leaves_nothing(lost: Lost, client: FlaskClient) -> None:
    before = rows(lost.app)
    assert client.post(ADDRESS, json={"token": b64(os.urandom(32))}).status_code == 404
    assert rows(lost.app) == before


def test_a_coordinator_comes_back_and_the_old_secret_is_still_in_the_new_one(
    lost: Lost, client: FlaskClient, clock: SettableClock
) -> None:
    seed, kit, factor = os.urandom(32), os.urandom(32), os.urandom(20)
    old_session = signed_in(lost)
    body = lost.body(seed, kit, factor)
    assert client.post(f"{ADDRESS}/restore", json=body).status_code == 204
    assert old_session.get("/api/v1/staff/key-ring").status_code == 401, "whoever was signed in is signed out"
    clock.move(seconds=31)
    sign_in = {"name": "Ada", "proof": body["proof"], "code": code_at(factor, step(clock()))}
    assert client.post("/api/v1/staff/sign-in", json=sign_in).status_code == 200
    ring = client.get("/api/v1/staff/key-ring").json
    roster = parse_change(unb64(lost.look(kit)["change"])).roster
    [grant] = ring["grants"]
    secret = open_grant(unb64(grant), roster, lost.first.member_id, seed)
    assert [epoch for epoch, _ in secret.seeds] == [2, 1]
    assert secret.seeds[1] == (1, lost.first.team_seed), "old reports open"
    with lost.app.app_context():
        actions = [each.action for each in db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence))]
    assert "kit.used" in actions


def test_the_old_kit_is_dead(lost: Lost, client: FlaskClient) -> None:
    before = {table: count for table, count in rows(lost.app).items() if table == "key_grant"}
    kit = os.urandom(32)
    assert client.post(f"{ADDRESS}/restore", json=lost.body(os.urandom(32), kit, os.urandom(20))).status_code == 204
    assert client.post(ADDRESS, json={"token": b64(kit_keys(lost.first.kit).token)}).status_code == 404
    found, keys = lost.look(kit), kit_keys(lost.first.kit)
    roster = parse_change(unb64(found["change"])).roster
    with pytest.raises(ValueError, match="another kit"):
        open_kit_wrap(keys, unb64(found["wrap"]))
    for grant in found["grants"]:
        with pytest.raises(ValueError, match="another member"):
            open_grant(unb64(grant), roster, KIT_ID, keys.seed)
    assert rows(lost.app)["key_grant"] == before["key_grant"]
    again = lost_again(lost, client)
    assert again == 404


def lost_again(lost: Lost, client: FlaskClient) -> int:
    """The status of a second try with the kit that was used."""
    body = {"token": b64(kit_keys(lost.first.kit).token)}
    return client.post(ADDRESS, json=body).status_code


def test_somebody_new_may_come_back_when_no_coordinator_is_left(
    lost: Lost, client: FlaskClient, clock: SettableClock
) -> None:
    seed, kit, factor = os.urandom(32), os.urandom(32), os.urandom(20)
    change = lost.change(seed, kit, member_id=os.urandom(16), name="Grace")
    body = lost.body(seed, kit, factor, change)
    assert client.post(f"{ADDRESS}/restore", json=body).status_code == 204
    clock.move(seconds=31)
    sign_in = {"name": "Grace", "proof": body["proof"], "code": code_at(factor, step(clock()))}
    assert client.post("/api/v1/staff/sign-in", json=sign_in).status_code == 200
    assert client.post("/api/v1/staff/sign-in", json=sign_in | {"name": "Ada"}).status_code == 401


@pytest.mark.parametrize("part", ["token", "signature", "change", "code", "kit_wrap", "wrap"])
def test_what_does_not_fit_changes_nothing(lost: Lost, client: FlaskClient, part: str) -> None:
    body = lost.body(os.urandom(32), os.urandom(32), os.urandom(20))
    before = rows(lost.app)
    if part == "code":
        wrong = f"{(int(body['code']) + 1) % 1_000_000:06}"
    else:
        raw = bytearray(unb64(body[part]))
        raw[25] ^= 1
        wrong = b64(bytes(raw))
    refused = client.post(f"{ADDRESS}/restore", json=body | {part: wrong})
    assert refused.status_code == {"token": 404, "code": 409}.get(part, 400), refused.json
    assert rows(lost.app) == before
    assert client.post(f"{ADDRESS}/restore", json=body).status_code == 204


def test_the_kit_that_was_used_cannot_stay(lost: Lost, client: FlaskClient) -> None:
    change = lost.change(os.urandom(32), lost.first.kit)
    body = lost.body(os.urandom(32), lost.first.kit, os.urandom(20), change)
    assert client.post(f"{ADDRESS}/restore", json=body).status_code == 400


def signed_in(lost: Lost) -> FlaskClient:
    """A browser of the coordinator before everything was lost."""
    client = lost.app.test_client()
    start = client.post("/api/v1/staff/sign-in/start", json={"name": "Ada"}).json
    proof, _ = stretch_passphrase(lost.first.passphrase, unb64(start["salt"]), start["memory"], start["passes"])
    code = code_at(lost.first.second_factor, step(lost.clock()))
    answer = client.post("/api/v1/staff/sign-in", json={"name": "Ada", "proof": b64(proof), "code": code})
    assert answer.status_code == 200
    return client


def test_a_coordinator_puts_a_new_kit_in_the_place_of_the_old_one(lost: Lost) -> None:
    client, kit = signed_in(lost), os.urandom(32)
    seed = lost.first.seed  # the same coordinator, with the same key
    change = lost.change(seed, kit)
    parts = {
        "change": change.content,
        "signature": change.signature,
        "kit_token": kit_keys(kit).token,
        "kit_wrap": seal_kit_wrap(kit_keys(kit), lost.first.instance_id, number_of(lost.first.root)),
    }
    body = {name: b64(part) for name, part in parts.items()}
    address = "/api/v1/staff/getting-started/kit"
    other = b64(seal_kit_wrap(kit_keys(os.urandom(32)), lost.first.instance_id, number_of(lost.first.root)))
    assert client.post(address, json=body | {"kit_wrap": other}).status_code == 400
    assert lost.look(lost.first.kit), "and the old kit is still good"
    assert client.post(address, json=body).status_code == 204
    assert lost.look(kit)
    assert client.post("/api/v1/staff/recovery", json={"token": b64(kit_keys(lost.first.kit).token)}).status_code == 404
    steps = client.get("/api/v1/staff/getting-started").json["steps"]
    assert {"name": "kit", "done": True} in steps
    assert client.post(address, json=body).status_code in {400, 409}, "the same change does not come twice"


@pytest.mark.parametrize("name", ["Ada\u200b", "ADA"], ids=ascii)
def test_nobody_new_comes_back_by_a_name_that_cannot_sign_in_or_is_taken(
    lost: Lost, client: FlaskClient, name: str
) -> None:
    seed, kit = os.urandom(32), os.urandom(32)
    change = lost.change(seed, kit, member_id=os.urandom(16), name=name)
    refused = client.post(f"{ADDRESS}/restore", json=lost.body(seed, kit, os.urandom(20), change))
    assert refused.status_code == 400
    assert set(refused.json["fields"]) == {"name"}
