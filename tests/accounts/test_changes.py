"""The key ring, and which signed changes the server puts in force, through the staff door."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.accounts.office import Office
from tests.changes import Coordinator, sign_parts, sign_root_change
from tests.crypto.reference_keys import TeamSecret
from youthsafe.accounts.models import KeyGrant, Member, Membership, StaffSession
from youthsafe.audit.models import AuditEntry
from youthsafe.crypto.change import Signed, parse_change
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.crypto.grant import parse_grant
from youthsafe.crypto.roster import Role, Roster, RosterTeam
from youthsafe.crypto.wrap import parse_wrap
from youthsafe.demo import primitives
from youthsafe.extensions import db

NAME = "demo-caseworker"
SIGNER = "demo-coordinator"
ADDRESS = "/api/v1/staff/changes"


@pytest.fixture
def signer(office: Office) -> FlaskClient:
    return office.signed_in(SIGNER)


def post(client: FlaskClient, signed: Signed) -> TestResponse:
    return client.post(ADDRESS, json={"change": b64(signed.content), "signature": b64(signed.signature)})


def without(office: Office, name: str) -> Roster:
    roster = office.newest().roster
    return replace(roster, members=tuple(each for each in roster.members if each.name != name))


def state(office: Office) -> list[list[tuple[object, ...]]]:
    """Every row of the database but those of limits and of jobs."""
    with office.app.app_context():
        return [
            sorted((tuple(row) for row in db.session.execute(table.select())), key=repr)
            for table in db.metadata.sorted_tables
        ]


def test_a_key_ring_holds_what_only_its_member_can_open(office: Office) -> None:
    ring = office.signed_in(NAME).get("/api/v1/staff/key-ring").json
    assert ring is not None
    person, change = office.person(NAME), parse_change(office.made.change.content)
    assert [parse_wrap(unb64(each)).member_id for each in ring["wraps"]] == [person.id]
    assert [parse_grant(unb64(each)).head.recipient_id for each in ring["grants"]] == [person.id]
    assert (unb64(ring["roster"]), unb64(ring["roster_signature"])) == (
        change.signed_roster.content,
        change.signed_roster.signature,
    )
    assert (unb64(ring["bundle"]), unb64(ring["bundle_signature"])) == (
        change.signed_bundle.content,
        change.signed_bundle.signature,
    )
    assert unb64(ring["root"]) == primitives.root_public(office.made.kit.root)
    assert ring["root_changes"] == []
    assert ring["root_grant"] is None
    assert ring["member"]["name"] == NAME


def test_only_a_coordinator_gets_a_grant_of_the_root(office: Office, signer: FlaskClient) -> None:
    ring = signer.get("/api/v1/staff/key-ring").json
    assert ring is not None
    assert b64(office.person(SIGNER).id)[:21] in b64(unb64(ring["root_grant"])[20:36])


def test_a_change_is_put_in_force_by_a_coordinator_and_given_to_everybody(office: Office, signer: FlaskClient) -> None:
    signed = office.signed(without(office, "demo-second"))
    answer = post(signer, signed)
    assert (answer.status_code, answer.json) == (200, {"number": 2, "head": b64(parse_change(signed.content).head)})
    given = office.signed_in(NAME).get(f"{ADDRESS}?after=0").json
    assert given is not None
    assert [unb64(each["change"]) for each in given["changes"]] == [office.made.change.content, signed.content]
    assert [unb64(each["signature"]) for each in given["changes"]] == [office.made.change.signature, signed.signature]
    newest = signer.get(ADDRESS).json
    assert newest is not None
    assert [unb64(each["change"]) for each in newest["changes"]] == [signed.content]
    assert signer.get(f"{ADDRESS}?after=2").json == {"changes": []}


def test_a_caseworker_cannot_put_a_change_in_force(office: Office) -> None:
    signed = office.signed(without(office, "demo-second"))
    before = office.newest().number
    assert post(office.signed_in(NAME), signed).status_code in {403, 404}
    assert office.newest().number == before


def test_a_change_is_told_in_the_trail(office: Office, signer: FlaskClient) -> None:
    post(signer, office.signed(without(office, "demo-second")))
    with office.app.app_context():
        entries = [(each.action, each.actor) for each in db.session.query(AuditEntry)]
    assert ("change.applied", office.person(SIGNER).id) in entries


def test_a_change_takes_teams_away_and_changes_roles(office: Office, signer: FlaskClient) -> None:
    roster = office.newest().roster
    first, second, third = roster.members
    members = (replace(first, teams=()), replace(second, role=Role.COORDINATOR), third)
    assert post(signer, office.signed(replace(roster, members=members))).status_code == 200
    ring = office.signed_in(NAME).get("/api/v1/staff/key-ring").json
    assert ring is not None
    assert ring["grants"] == []
    with office.app.app_context():
        assert db.session.get_one(Member, second.id).role == Role.COORDINATOR
        assert db.session.get(Membership, (first.id, office.made.team.id)) is None
        epochs = {(each.recipient_id, each.epoch) for each in db.session.query(KeyGrant)}
    assert epochs == {(bytes(16), 2), (second.id, 2), (third.id, 2)}


def test_who_is_no_longer_in_the_roster_is_signed_out_and_comes_back_with_it(
    office: Office, signer: FlaskClient
) -> None:
    gone = office.signed_in(NAME)
    was = office.newest().roster
    assert gone.get("/api/v1/staff/key-ring").status_code == 200
    assert post(signer, office.signed(without(office, NAME))).status_code == 200
    assert gone.get("/api/v1/staff/key-ring").status_code == 401
    with office.app.app_context():
        assert {each.member_id for each in db.session.query(StaffSession)} == {office.person(SIGNER).id}
    office.clock.move(seconds=30)
    assert office.ask(office.app.test_client(), NAME).status_code == 401
    back = replace(office.newest().roster, members=was.members)
    assert post(signer, office.signed(back)).status_code == 200
    office.clock.move(seconds=30)
    assert office.ask(office.app.test_client(), NAME).status_code == 200


def test_of_two_changes_made_at_once_the_second_is_told_that_nothing_was_saved(
    office: Office, signer: FlaskClient
) -> None:
    one, other = (office.signed(without(office, name)) for name in (NAME, "demo-second"))
    assert post(signer, one).status_code == 200
    before = state(office)
    assert post(signer, other).status_code == 409
    assert post(signer, one).status_code == 409
    assert state(office) == before


def empty(office: Office) -> Roster:
    roster = office.newest().roster
    return replace(roster, members=tuple(replace(each, teams=()) for each in roster.members))


def unread(office: Office) -> Signed:
    return office.signed(empty(office))


def other_root(office: Office) -> Signed:
    root, before = primitives.new_root(), office.newest()
    grants = Coordinator(root, office.coordinator.secrets).grants(before.roster, before)
    return sign_parts(root, before.roster, before.bundle, grants, before=before)


def half(office: Office) -> Signed:
    signed = office.signed(without(office, NAME))
    return replace(signed, content=signed.content[: len(signed.content) // 2])


def no_grants(office: Office) -> Signed:
    before = office.newest()
    known = before.roster.members[0]
    newcomer = replace(known, id=b"n" * 16, public_key=primitives.public_key_of(b"n" * 32), name="New")
    roster = replace(before.roster, version=2, members=(*before.roster.members, newcomer))
    return sign_parts(office.made.kit.root, roster, before.bundle, (), before=before)


def ended(office: Office) -> Signed:
    before = office.newest()
    was = int(office.clock().timestamp()) - 86_400
    return office.signed(bundle=replace(before.bundle, issued_at=was - 1, not_after=was))


def early(office: Office) -> Signed:
    before = office.newest()
    soon = int(office.clock().timestamp()) + 2 * 86_400
    return office.signed(bundle=replace(before.bundle, issued_at=soon))


def renamed(office: Office, name: str) -> Signed:
    members = office.newest().roster.members
    return office.signed_for(*(replace(each, name=name) if each.name == NAME else each for each in members))


def another_name(office: Office) -> Signed:
    return renamed(office, "demo-\u200bcaseworker")


def a_colleagues_name(office: Office) -> Signed:
    return renamed(office, "demo-second")


def a_team_that_cannot_be_seen(office: Office) -> Signed:
    bundle = office.newest().bundle
    return office.signed(bundle=replace(bundle, teams=(replace(bundle.teams[0], name="Early\u200b help"),)))


@pytest.mark.parametrize(
    "wrong",
    [unread, other_root, half, no_grants, ended, early, another_name, a_colleagues_name, a_team_that_cannot_be_seen],
    ids=lambda each: each.__name__,
)
def test_a_change_that_may_not_be_leaves_everything_as_it_was(
    office: Office, signer: FlaskClient, wrong: Callable[[Office], Signed]
) -> None:
    signed = wrong(office)
    before = state(office)
    answer = post(signer, signed)
    assert answer.status_code == 400
    assert "Nothing was saved." in answer.text
    assert state(office) == before


def test_pupils_are_offered_no_two_teams_that_look_alike(office: Office, signer: FlaskClient) -> None:
    before, seed, twin = office.newest(), bytes(32), b"another team, 16"
    office.coordinator.secrets[twin] = TeamSecret(twin, ((1, seed),))
    [team] = before.bundle.teams
    key = primitives.public_key_of(seed)
    other = replace(team, id=twin, public_key=key, name=team.name.upper(), staffed=False)
    roster = replace(before.roster, teams=(*before.roster.teams, RosterTeam(twin, 1, key)))
    bundle = replace(before.bundle, teams=(team, other))
    assert "two teams of one name" in post(signer, office.signed(roster, bundle)).text
    named_apart = replace(bundle, teams=(team, replace(other, name="Trust")))
    assert post(signer, office.signed(roster, named_apart)).status_code == 200


def test_pupils_are_offered_no_team_that_nobody_is_in(office: Office, signer: FlaskClient) -> None:
    bundle = office.newest().bundle
    [team] = bundle.teams
    refused = post(signer, unread(office))
    assert (refused.status_code, f"nobody would read the reports of {team.name}" in refused.text) == (400, True)
    office.coordinator.secrets[team.id] = TeamSecret(team.id, ((team.epoch, office.made.team.seed),))
    closed = replace(bundle, teams=(replace(team, staffed=False),))
    assert post(signer, office.signed(empty(office), closed)).status_code == 200


def test_a_new_root_is_given_with_the_old_ones_word_and_the_old_one_signs_no_more(
    office: Office, signer: FlaskClient
) -> None:
    before, old = office.newest(), office.made.kit.root
    new, seed = primitives.new_root(), b"s" * 32
    team = replace(before.roster.teams[0], epoch=2, public_key=primitives.public_key_of(seed))
    roster = replace(before.roster, version=2, teams=(team,), recovery_key=primitives.public_key_of(b"k" * 32))
    named = replace(before.bundle.teams[0], epoch=2, public_key=team.public_key)
    bundle = replace(before.bundle, serial=2, teams=(named,))
    secrets = {team.id: TeamSecret(team.id, ((2, seed), (1, office.made.team.seed)))}
    grants = Coordinator(new, secrets).grants(roster, before)
    word = sign_root_change(old, new, before.instance_id, int(office.clock().timestamp()))
    signed = sign_parts(new, roster, bundle, grants, before=before, root_change=word)
    assert "its recovery kit is missing" in post(signer, signed).text
    assert office.newest().number == before.number
    office.put_in_force(signed)
    for given in (signer.get("/api/v1/staff/key-ring").json, office.app.test_client().get("/api/v1/bundle").json):
        assert given is not None
        assert unb64(given["root"]) == primitives.root_public(new)
        assert [unb64(each) for each in given["root_changes"]] == [word]
    assert post(signer, office.signed(bundle=replace(bundle, closed_days=()))).status_code == 400
    office.coordinator = Coordinator(new, secrets)
    assert post(signer, office.signed(bundle=replace(bundle, closed_days=()))).status_code == 200
