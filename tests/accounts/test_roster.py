"""The key ring, and which rosters the server puts in force."""

from dataclasses import replace

import pytest

from tests.accounts.office import Office
from youthsafe.accounts import services
from youthsafe.accounts.models import Member, Membership
from youthsafe.crypto.encoding import unb64
from youthsafe.crypto.grant import parse_grant
from youthsafe.crypto.roster import LABEL, Role, Roster, build_roster, parse_roster
from youthsafe.crypto.wrap import parse_wrap
from youthsafe.database import transaction
from youthsafe.demo import primitives
from youthsafe.extensions import db
from youthsafe.instance.services import RosterError

NAME = "demo-caseworker"


def sign(office: Office, roster: Roster) -> tuple[bytes, bytes]:
    content = build_roster(roster)
    return content, primitives.sign(office.made.kit.root, LABEL, content)


def store(office: Office, content: bytes, signature: bytes) -> None:
    with office.app.app_context(), transaction():
        services.store_roster(content, signature, office.clock())


def next_roster(office: Office) -> Roster:
    return replace(parse_roster(office.made.roster), version=2)


def test_a_key_ring_holds_what_only_its_member_can_open(office: Office) -> None:
    ring = office.signed_in(NAME).get("/api/v1/staff/key-ring").json
    assert ring is not None
    person = office.person(NAME)
    assert [parse_wrap(unb64(each)).member_id for each in ring["wraps"]] == [person.id]
    assert [parse_grant(unb64(each)).head.recipient_id for each in ring["grants"]] == [person.id]
    assert unb64(ring["roster"]) == office.made.roster
    assert unb64(ring["roster_signature"]) == office.made.roster_signature
    assert unb64(ring["bundle"]) == office.made.bundle
    assert unb64(ring["bundle_signature"]) == office.made.bundle_signature
    assert unb64(ring["root"]) == primitives.root_public(office.made.kit.root)
    assert ring["member"]["name"] == NAME


def test_a_newer_roster_takes_teams_away_and_changes_roles(office: Office) -> None:
    roster = next_roster(office)
    first, second, third = roster.members
    members = (replace(first, teams=()), replace(second, role=Role.COORDINATOR), third)
    store(office, *sign(office, replace(roster, members=members)))
    ring = office.signed_in(NAME).get("/api/v1/staff/key-ring").json
    assert ring is not None
    assert ring["grants"] == []
    with office.app.app_context():
        assert db.session.get_one(Member, second.id).role == Role.COORDINATOR
        assert db.session.get(Membership, (first.id, office.made.team.id)) is None


def test_who_is_no_longer_in_the_roster_is_signed_out_and_comes_back_with_it(office: Office) -> None:
    client = office.signed_in("demo-coordinator")
    floor = {"step": 4, "hours": 24}
    assert client.post("/api/v1/staff/junk/work", json=floor).status_code == 204
    roster = next_roster(office)
    gone = office.person("demo-coordinator").id
    left = tuple(each for each in roster.members if each.id != gone)
    store(office, *sign(office, replace(roster, members=left)))
    assert client.post("/api/v1/staff/junk/work", json=floor).status_code == 401
    office.clock.move(seconds=30)
    assert office.ask(office.app.test_client(), "demo-coordinator").status_code == 401
    store(office, *sign(office, replace(roster, version=3)))
    office.clock.move(seconds=30)
    assert office.ask(office.app.test_client(), "demo-coordinator").status_code == 200


def test_a_version_that_does_not_rise_is_refused(office: Office) -> None:
    with pytest.raises(RosterError, match="rise"):
        store(office, office.made.roster, office.made.roster_signature)


def test_a_roster_signed_by_another_root_is_refused(office: Office) -> None:
    content = build_roster(next_roster(office))
    with pytest.raises(RosterError, match="signed"):
        store(office, content, primitives.sign(primitives.new_root(), LABEL, content))


def test_a_roster_signed_as_something_else_is_refused(office: Office) -> None:
    content = build_roster(next_roster(office))
    with pytest.raises(RosterError, match="signed"):
        store(office, content, primitives.sign(office.made.kit.root, "youthsafe/v1/bundle", content))


def test_a_roster_of_another_instance_is_refused(office: Office) -> None:
    with pytest.raises(RosterError, match="instance"):
        store(office, *sign(office, replace(next_roster(office), instance_id=b"x" * 16)))


def test_signed_bytes_that_are_no_roster_are_refused(office: Office) -> None:
    with pytest.raises(RosterError):
        store(office, b"YSR", primitives.sign(office.made.kit.root, LABEL, b"YSR"))
