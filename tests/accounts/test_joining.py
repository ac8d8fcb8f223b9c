"""Joining: a link that is good once, a browser that makes its own keys, and nobody in before a roster says so."""

import base64
import secrets
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.accounts.authenticator import Authenticator
from tests.accounts.office import Office
from tests.crypto.reference_primitives import public_key_of
from youthsafe.accounts.models import Invitation, Member, RecoveryCode
from youthsafe.accounts.second_factor import code_at, step
from youthsafe.accounts.services import MEMORY_KIB, PASSES
from youthsafe.audit.models import AuditEntry
from youthsafe.crypto.change import ChangeError
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.crypto.invitation import Offer, build_offer
from youthsafe.crypto.roster import KEYLESS, Role, RosterMember
from youthsafe.crypto.wrap import build_wrap_head
from youthsafe.extensions import db

STAFF = "/api/v1/staff"
COORDINATOR = "demo-coordinator"

Body = dict[str, object]


def invitation(office: Office, **changed: object) -> Body:
    right: Body = {
        "token": b64(secrets.token_bytes(32)),
        "member": b64(secrets.token_bytes(16)),
        "name": "Amina",
        "role": 1,
        "teams": [b64(office.made.team.id)],
        "offer": b64(b"what is offered"),
        "offer_mac": b64(bytes(32)),
        "sealed_secret": b64(bytes(44)),
        "days": 3,
    }
    body = right | changed
    offer = Offer(
        instance_id=office.made.instance_id,
        fingerprint=bytes(32),
        member_id=unb64(str(body["member"])),
        role=Role(int(str(body["role"]))),
        name=str(body["name"]),
        teams=tuple(unb64(each) for each in as_texts(body["teams"])),
    )
    return body | ({} if offer.role in KEYLESS and offer.teams else {"offer": b64(build_offer(offer))}) | changed


def as_texts(value: object) -> list[str]:
    assert isinstance(value, list)
    return value


def invite(client: FlaskClient, body: Body) -> TestResponse:
    return client.post(f"{STAFF}/invitations", json=body)


def invited(office: Office, **changed: object) -> tuple[FlaskClient, Body]:
    client, body = office.signed_in(COORDINATOR), invitation(office, **changed)
    assert invite(client, body).status_code == 201
    return client, body


def start(office: Office, token: object) -> TestResponse:
    return office.app.test_client().post(f"{STAFF}/join/start", json={"token": token})


def answer(office: Office, body: Body, **changed: object) -> Body:
    """What an invited browser would send, with a code of the app."""
    offered = start(office, body["token"]).json
    assert offered is not None
    salt = secrets.token_bytes(16)
    wrap = build_wrap_head(unb64(str(body["member"])), MEMORY_KIB, PASSES, salt) + secrets.token_bytes(108)
    secret = base64.b32decode(offered["app"]["secret"])
    return {
        "token": body["token"],
        "public_key": b64(secrets.token_bytes(1216)),
        "proof": b64(secrets.token_bytes(32)),
        "words": {"proof": b64(secrets.token_bytes(32)), "salt": b64(salt), "wrap": b64(wrap)},
        "code": code_at(secret, step(office.clock())),
    } | changed


def join(office: Office, given: Body) -> TestResponse:
    return office.app.test_client().post(f"{STAFF}/join", json=given)


def listed(client: FlaskClient) -> list[Body]:
    found = client.get(f"{STAFF}/invitations").json
    assert found is not None
    return list(found["invitations"])


def test_an_invited_browser_gets_the_offer_and_gives_its_key(office: Office) -> None:
    coordinator, body = invited(office)
    offered = start(office, body["token"]).json
    assert offered is not None
    assert (offered["member"], offered["offer"]) == (body["member"], body["offer"])
    given = answer(office, body)
    joined = join(office, given)
    assert joined.status_code == 200
    assert joined.json is not None
    assert len(joined.json["codes"]) == 10
    [shown] = listed(coordinator)
    assert (shown["answered"], shown["public_key"], shown["proof"]) == (True, given["public_key"], given["proof"])


def test_whoever_answered_signs_in_only_when_a_roster_names_them(office: Office) -> None:
    _, body = invited(office)
    given = answer(office, body)
    join(office, given)
    office.clock.move(seconds=60)
    words = given["words"]
    assert isinstance(words, dict)
    refused = office.app.test_client().post(
        f"{STAFF}/sign-in", json={"name": "Amina", "proof": words["proof"], "code": "123456"}
    )
    assert refused.status_code == 401


def rostered(office: Office, body: Body, given: Body, **changed: Any) -> RosterMember:
    member = RosterMember(
        id=unb64(str(body["member"])),
        role=Role.CASEWORKER,
        public_key=unb64(str(given["public_key"])),
        name="Amina",
        teams=(office.made.team.id,),
    )
    return replace(member, **changed)


def test_a_signed_roster_lets_the_invited_person_in_and_ends_the_invitation(office: Office) -> None:
    coordinator, body = invited(office)
    given = answer(office, body) | {"public_key": b64(public_key_of(secrets.token_bytes(32)))}
    assert join(office, given).status_code == 200
    office.change(*office.newest().roster.members, rostered(office, body, given))
    assert listed(coordinator) == []
    with office.app.app_context():
        assert not db.session.get_one(Member, unb64(str(body["member"]))).disabled
        actions = set(db.session.scalars(db.select(AuditEntry.action)))
    assert {"member.invited", "member.answered", "member.joined"} <= actions


@pytest.mark.parametrize(
    "changed",
    [{"public_key": public_key_of(bytes(32))}, {"name": "Bea"}, {"role": Role.COORDINATOR}, {"teams": ()}],
    ids=["key", "name", "role", "teams"],
)
def test_a_roster_that_says_something_else_than_the_invitation_is_refused_whole(
    office: Office, changed: dict[str, Any]
) -> None:
    coordinator, body = invited(office)
    given = answer(office, body) | {"public_key": b64(public_key_of(secrets.token_bytes(32)))}
    join(office, given)
    before = office.newest()
    with pytest.raises(ChangeError, match="invited as another"):
        office.change(*before.roster.members, rostered(office, body, given, **changed))
    assert office.newest().head == before.head
    assert len(listed(coordinator)) == 1


def test_a_roster_with_somebody_who_has_no_account_is_refused_whole(office: Office) -> None:
    _, body = invited(office)
    before = office.newest()
    given: Body = {"public_key": b64(public_key_of(secrets.token_bytes(32)))}
    with pytest.raises(ChangeError, match="no account"):
        office.change(*before.roster.members, rostered(office, body, given))
    assert office.newest().head == before.head


def test_an_offer_that_says_something_else_than_the_invitation_is_refused(office: Office) -> None:
    client, other = office.signed_in(COORDINATOR), invitation(office, name="Bea")
    for offer in (other["offer"], b64(b"no offer")):
        assert invite(client, invitation(office, offer=offer)).status_code == 400


def test_a_passkey_is_as_good_as_an_app(office: Office) -> None:
    _, body = invited(office)
    offered = start(office, body["token"]).json
    assert offered is not None
    made = Authenticator().made(offered["challenge"], wrap=b64(bytes(100)))
    given = answer(office, body, passkey=made) | {"code": None}
    assert join(office, given).status_code == 200
    with office.app.app_context():
        member = db.session.get_one(Member, unb64(str(body["member"])))
        assert (member.totp_secret, member.disabled) == (None, True)


def test_a_link_is_good_once(office: Office) -> None:
    _, body = invited(office)
    given = answer(office, body)
    assert join(office, given).status_code == 200
    assert join(office, given).status_code == 409
    assert start(office, body["token"]).status_code == 409


def test_a_link_ends_and_a_name_is_free_again_then(office: Office) -> None:
    client, body = invited(office)
    office.clock.move(days=3)
    assert start(office, body["token"]).status_code == 404
    client = office.signed_in(COORDINATOR)
    assert listed(client) == []
    assert invite(client, invitation(office)).status_code == 201


def test_an_answer_waits_a_week_for_a_coordinator_and_leaves_nothing_behind(office: Office) -> None:
    _, body = invited(office)
    join(office, answer(office, body))
    office.clock.move(days=6, hours=23)
    assert len(listed(office.signed_in(COORDINATOR))) == 1
    office.clock.move(hours=2)
    client = office.signed_in(COORDINATOR)
    assert invite(client, invitation(office)).status_code == 201, "its name is free again"
    with office.app.app_context():
        assert db.session.get(Member, unb64(str(body["member"]))) is None
        assert db.session.scalar(db.select(db.func.count()).select_from(RecoveryCode)) == 0


def test_a_cancelled_link_is_not_there_whether_it_was_answered_or_not(office: Office) -> None:
    client, body = invited(office)
    [shown] = listed(client)
    assert client.post(f"{STAFF}/invitations/{shown['id']}/cancel", json={}).status_code == 204
    assert start(office, body["token"]).status_code == 404
    assert client.post(f"{STAFF}/invitations/{shown['id']}/cancel", json={}).status_code == 404
    again = invitation(office)
    invite(client, again)
    join(office, answer(office, again))
    [shown] = listed(client)
    assert client.post(f"{STAFF}/invitations/{shown['id']}/cancel", json={}).status_code == 204
    with office.app.app_context():
        assert db.session.get(Member, unb64(str(again["member"]))) is None


def test_a_name_is_nobody_elses(office: Office) -> None:
    client, body = invited(office)
    for name in ("demo-caseworker", " AMINA", "demo-Second"):
        assert invite(client, invitation(office, name=name)).status_code == 409
    assert invite(client, invitation(office, name="Bea", member=body["member"])).status_code == 409
    assert invite(client, invitation(office, name="Bea", token=body["token"])).status_code == 409


@pytest.mark.parametrize("name", ["Amina\u200b", "\u202eAmina", "  ", "Amina\ufe0f", "\ufdfa" * 26], ids=ascii)
def test_nobody_is_invited_by_a_name_that_cannot_sign_in(office: Office, name: str) -> None:
    refused = invite(office.signed_in(COORDINATOR), invitation(office, name=name))
    assert refused.status_code == 400
    assert refused.json is not None
    assert set(refused.json["fields"]) == {"name"}


def test_whoever_was_removed_is_invited_again_by_the_same_name_as_somebody_new(office: Office) -> None:
    coordinator = office.signed_in(COORDINATOR)
    office.change(*(each for each in office.newest().roster.members if each.name != "demo-second"))
    again = invitation(office, name="demo-second")
    assert invite(coordinator, again).status_code == 201
    assert join(office, answer(office, again)).status_code == 200
    old = {"name": "demo-second", "proof": b64(office.person("demo-second").proof), "code": office.code("demo-second")}
    assert office.app.test_client().post(f"{STAFF}/sign-in", json=old).status_code == 401
    assert invite(coordinator, invitation(office, name="demo-second")).status_code == 409


def test_a_role_without_keys_is_in_no_team(office: Office) -> None:
    client = office.signed_in(COORDINATOR)
    for role in (3, 4):
        assert invite(client, invitation(office, role=role)).status_code == 400
    assert invite(client, invitation(office, role=3, teams=[])).status_code == 201


def test_nothing_is_kept_of_an_answer_with_a_wrong_second_factor_or_another_members_wrap(office: Office) -> None:
    _, body = invited(office)
    right = answer(office, body)
    salt = secrets.token_bytes(16)
    other = build_wrap_head(secrets.token_bytes(16), MEMORY_KIB, PASSES, salt) + bytes(108)
    words = {"proof": b64(bytes(32)), "salt": b64(salt), "wrap": b64(other)}
    wrong: list[Body] = [
        {"code": "000000" if right["code"] != "000000" else "111111"},
        {"code": None},
        {"words": words},
        {"passkey": Authenticator().made(b64(secrets.token_bytes(56)))},
        {"passkey": Authenticator().made(b64(secrets.token_bytes(56))), "code": None},
    ]
    for each in wrong:
        assert join(office, right | each).status_code == 400, each
    with office.app.app_context():
        assert db.session.get(Member, unb64(str(body["member"]))) is None
    assert join(office, right).status_code == 200


def test_the_database_knows_a_link_by_a_keyed_hash_and_an_apps_secret_as_ciphertext(
    office: Office, database_path: Path
) -> None:
    _, body = invited(office)
    offered = start(office, body["token"]).json
    assert offered is not None
    stored = b"".join(path.read_bytes() for path in database_path.parent.iterdir())
    for secret in (unb64(str(body["token"])), base64.b32decode(offered["app"]["secret"])):
        assert secret not in stored
    with office.app.app_context():
        [kept] = db.session.scalars(db.select(Invitation))
        assert kept.until == office.clock() + timedelta(days=3)
