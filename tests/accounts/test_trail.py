"""The trail at the desk: who reads which chains, a page at a time, and what somebody changed in it."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.accounts.office import Office
from tests.tampering import tamper
from tests.triage.sealed import Sealed
from youthsafe.accounts.models import Member, Membership
from youthsafe.accounts.trail import services as trail_services
from youthsafe.audit import services as audit_services
from youthsafe.audit.actions import Action
from youthsafe.audit.chain import entry_hash, start
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.crypto.roster import Role
from youthsafe.database import transaction
from youthsafe.extensions import db

NAME = "demo-coordinator"
TRAIL = "/api/v1/staff/trail"
OTHER_TEAM = b"T" * 16


@pytest.fixture
def reader(office: Office) -> FlaskClient:
    """A coordinator; another team has an entry of its own."""
    client = office.signed_in(NAME)
    assert client.post(f"{Sealed(office).send().address}/opened", json={}).status_code == 200
    write(office, OTHER_TEAM)
    return client


def write(office: Office, team: bytes | None, times: int = 1) -> None:
    with office.app.app_context(), transaction():
        audit_services.append_each(Action.REPORT_CLOSED, [(team, b"R" * 16)] * times, now=office.clock())


def become(office: Office, role: Role) -> None:
    with office.app.app_context(), transaction():
        member = db.session.get_one(Member, office.person(NAME).id)
        member.role = role
        if role in {Role.AUDITOR, Role.PLACES}:
            db.session.execute(db.delete(Membership).where(Membership.member_id == member.id))


def page(client: FlaskClient, query: str = "") -> dict[str, Any]:
    answer = client.get(TRAIL + query)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def all_of(client: FlaskClient, query: str = "?") -> Iterator[dict[str, Any]]:
    before = ""
    while True:
        found = page(client, f"{query}{before}")
        yield from found["entries"]
        if found["next"] is None:
            return
        before = f"&before={found['next']}"


def chains(found: dict[str, Any]) -> set[bytes]:
    return {unb64(each["chain"]) for each in found["entries"]}


def test_a_coordinator_reads_the_chains_of_their_teams_and_what_is_of_no_team(
    office: Office, reader: FlaskClient
) -> None:
    found, own = page(reader), office.made.team.id
    assert chains(found) == {own, office.made.instance_id}
    assert [unb64(each["chain"]) for each in found["heads"]] == [office.made.instance_id, own]
    numbers = [each["number"] for each in found["entries"]]
    assert numbers == sorted(numbers, reverse=True)


def test_a_team_of_others_is_as_one_that_is_not_there(office: Office, reader: FlaskClient) -> None:
    for chain in (OTHER_TEAM, b"?" * 16):
        assert reader.get(f"{TRAIL}?chain={b64(chain)}").status_code == 404
    assert chains(page(reader, f"?chain={b64(office.made.team.id)}")) == {office.made.team.id}


def test_an_auditor_holds_no_team_and_reads_every_chain(office: Office, reader: FlaskClient) -> None:
    become(office, Role.AUDITOR)
    assert chains(page(reader)) == {OTHER_TEAM, office.made.team.id, office.made.instance_id}
    assert chains(page(reader, f"?chain={b64(OTHER_TEAM)}")) == {OTHER_TEAM}
    assert reader.get(f"{TRAIL}?chain={b64(b'?' * 16)}").status_code == 404


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.PLACES])
def test_nobody_else_finds_such_a_page(office: Office, reader: FlaskClient, role: Role) -> None:
    become(office, role)
    assert reader.get(TRAIL).status_code == 404


def test_an_entry_says_who_did_what_to_what_and_when_and_names_whoever_has_an_account(
    office: Office, reader: FlaskClient
) -> None:
    (entry,) = page(reader, f"?chain={b64(office.made.team.id)}")["entries"]
    who = office.person(NAME)
    assert (entry["action"], entry["actor"], entry["damaged"]) == ("report.opened", b64(who.id), False)
    assert entry["at"] == int(office.clock().timestamp())
    assert {"id": b64(who.id), "name": NAME} in page(reader)["people"]


def test_whoever_has_left_is_still_named(office: Office, reader: FlaskClient) -> None:
    with office.app.app_context(), transaction():
        gone = db.session.get_one(Member, office.person("demo-second").id)
        gone.disabled = True
        audit_services.append(Action.MEMBER_REMOVED, now=office.clock(), subject=gone.id)
    assert "demo-second" in {each["name"] for each in page(reader)["people"]}


def test_pages_go_on_where_one_ended_and_lose_nothing(office: Office, reader: FlaskClient) -> None:
    write(office, office.made.team.id, 2 * trail_services.PAGE)
    assert len(page(reader)["entries"]) == trail_services.PAGE
    numbers = [each["number"] for each in all_of(reader)]
    with office.app.app_context():
        mine = {office.made.team.id, office.made.instance_id}
        assert numbers == [each.sequence for each in audit_services.entries() if each.chain in mine][::-1]
    assert len([*all_of(reader, f"?chain={b64(office.made.team.id)}")]) == 2 * trail_services.PAGE + 1


@pytest.mark.parametrize("query", ["?before=0", "?before=x", f"?before={2**60}", "?chain=x", "?after=1"])
def test_a_page_that_nobody_was_told_of_is_refused(reader: FlaskClient, query: str) -> None:
    assert reader.get(TRAIL + query).status_code == 400


def hashed(entry: dict[str, Any]) -> bytes:
    """Its hash, as the page makes it."""
    ids = {name: entry[name] and unb64(entry[name]) for name in ("actor", "subject")}
    return entry_hash(unb64(entry["previous"]), entry["number"], entry["at"], action=entry["action"], **ids)


def misfits(office: Office, client: FlaskClient) -> list[int]:
    """The entries that do not lead to the head, as the page finds them; 0 for a beginning that is not one."""
    found = page(client, f"?chain={b64(office.made.team.id)}")
    expected = next(unb64(each["head"]) for each in found["heads"] if each["chain"] == b64(office.made.team.id))
    wrong = []
    for entry in all_of(client, f"?chain={b64(office.made.team.id)}"):
        if entry["damaged"] or entry["previous"] is None or hashed(entry) != expected:
            wrong.append(entry["number"])
        expected = unb64(entry["previous"] or "")
    return wrong + [0] * (expected != start(office.made.instance_id, office.made.team.id))


def test_a_browser_can_follow_each_chain_from_its_head_to_its_beginning(office: Office, reader: FlaskClient) -> None:
    write(office, office.made.team.id, trail_services.PAGE)
    assert misfits(office, reader) == []


@pytest.mark.parametrize(
    ("change", "damaged"),
    [
        ("at = at + 1", False),
        ("actor = zeroblob(16)", False),
        ("action = 'report.answered'", False),
        ("actor = 'a text'", True),
        ("subject = 5", True),
        ("at = 'yesterday'", True),
        ("action = zeroblob(3)", True),
        ("hash = 'no hash'", True),
    ],
)
def test_a_changed_entry_is_given_with_what_can_be_read_and_does_not_fit(
    office: Office, reader: FlaskClient, change: str, damaged: bool
) -> None:
    write(office, office.made.team.id, 3)
    with office.app.app_context():
        number = audit_services.count() - 1
        tamper(f"UPDATE audit_entry SET {change} WHERE sequence = {number}")
    assert number in misfits(office, reader)
    (entry,) = [each for each in page(reader)["entries"] if each["number"] == number]
    assert entry["damaged"] == damaged


def test_an_action_that_nobody_knows_is_given_as_damaged(office: Office, reader: FlaskClient) -> None:
    write(office, office.made.team.id)
    with office.app.app_context():
        tamper(f"UPDATE audit_entry SET action = 'report.printed' WHERE sequence = {audit_services.count()}")
    assert page(reader)["entries"][0]["damaged"]


def test_a_deleted_entry_leaves_one_that_does_not_fit(office: Office, reader: FlaskClient) -> None:
    write(office, office.made.team.id, 3)
    with office.app.app_context():
        number = audit_services.count() - 1
        tamper(f"DELETE FROM audit_entry WHERE sequence = {number}")
    assert misfits(office, reader) == [number + 1]


def test_a_tail_that_was_cut_off_does_not_lead_to_the_head(office: Office, reader: FlaskClient) -> None:
    write(office, office.made.team.id, 3)
    with office.app.app_context():
        number = audit_services.count()
        tamper(f"DELETE FROM audit_entry WHERE sequence = {number}")
    assert misfits(office, reader) == [number - 1]


def test_an_entry_that_was_put_into_no_chain_is_seen_by_whoever_reads_all(office: Office, reader: FlaskClient) -> None:
    become(office, Role.AUDITOR)
    with office.app.app_context():
        tamper(f"UPDATE audit_entry SET chain = 'no chain' WHERE sequence = {audit_services.count()}")
    entry = page(reader)["entries"][0]
    assert (entry["chain"], entry["damaged"]) == (None, True)


def test_a_head_of_another_kind_is_none(office: Office, reader: FlaskClient) -> None:
    with office.app.app_context():
        tamper("UPDATE audit_chain SET hash = 'no hash'")
    assert {each["head"] for each in page(reader)["heads"]} == {None}
