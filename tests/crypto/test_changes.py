"""Lives of an instance: whoever comes, goes or gets another key, the next change is complete, and less is refused."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.changes import Coordinator, sign_parts
from tests.crypto.reference_keys import open_grant
from tests.crypto.reference_primitives import public_key_of
from tests.vectors import world
from tests.vectors.change_cases import SECRETS, first_parts
from youthsafe.crypto.change import Change, ChangeError, Signed, accept_change, recipients_of
from youthsafe.crypto.grant import KIT_ID
from youthsafe.crypto.keys import key_id
from youthsafe.crypto.roster import KEYLESS, Role, Roster, RosterMember

SEEDS = {number: world.fixed(f"person {number}", 32) for number in range(12)}
KEYS = {number: public_key_of(seed) for number, seed in SEEDS.items()}
TEAMS = (world.TEAM.team_id, world.OTHER_TEAM.team_id)
SIGNER = world.ROSTER.members[1]
# Each step: who is concerned, what becomes of them, and with which key.
STEPS = st.lists(
    st.tuples(
        st.integers(0, 5), st.sampled_from(["leaves", "kit", *Role]), st.booleans(), st.sets(st.sampled_from(TEAMS))
    ),
    min_size=1,
    max_size=4,
)


def begin() -> tuple[Coordinator, Change]:
    """An instance with its first change."""
    secrets = {**SECRETS, world.TEAM.team_id: world.TEAM_SECRET}
    return Coordinator(world.ROOT_KEY, secrets), first_parts().change


def after(roster: Roster, step: tuple[int, str | Role, bool, set[bytes]]) -> Roster:
    """The people after one step."""
    number, what, other_key, teams = step
    if what == "kit":
        return replace(roster, recovery_key=KEYS[number + 6 * other_key])
    member_id = world.fixed(f"person {number} id")
    others = tuple(each for each in roster.members if each.id != member_id)
    if not isinstance(what, Role):
        return replace(roster, members=others)
    listed = () if what in KEYLESS else tuple(sorted(teams))
    member = RosterMember(member_id, what, KEYS[number + 6 * other_key], f"Person {number}", listed)
    return replace(roster, members=(*others, member))


def signed_again(change: Change, before: Change, grants: list[bytes]) -> Signed:
    """The same change with other grants."""
    return sign_parts(world.ROOT_KEY, change.roster, change.bundle, grants, before=before)


@settings(max_examples=25, deadline=None)
@given(STEPS, st.data())
def test_whatever_becomes_of_people_the_next_change_is_complete(
    steps: list[tuple[int, str | Role, bool, set[bytes]]], data: st.DataObject
) -> None:
    coordinator, newest = begin()
    for step in steps:
        before = newest
        signed = coordinator.sign(after(before.roster, step), before.bundle, before)
        newest = accept_change(signed.content, signed.signature, before)
        grants = [grant.raw for grant in (*newest.grants, *newest.root_grants)]
        if grants:
            left_out = data.draw(st.integers(0, len(grants) - 1))
            less = signed_again(newest, before, grants[:left_out] + grants[left_out + 1 :])
            with pytest.raises(ChangeError, match="no grant"):
                accept_change(less.content, less.signature, before)
        for team in newest.roster.teams:
            gone = recipients_of(before.roster, team.id) - recipients_of(newest.roster, team.id)
            old = next(each for each in before.roster.teams if each.id == team.id)
            assert (team.epoch > old.epoch) == bool(gone)
        for grant in newest.grants:
            for number, seed in SEEDS.items():
                if (grant.head.recipient_id, grant.head.recipient_key_id) == (
                    world.fixed(f"person {number % 6} id"),
                    key_id(KEYS[number]),
                ):
                    opened = open_grant(grant.raw, newest.roster, grant.head.recipient_id, seed)
                    assert opened.seeds[-1][0] == 1, "who comes reads what was sealed before"


def test_whoever_is_removed_is_granted_nothing_that_is_sealed_after() -> None:
    coordinator, first = begin()
    sam = world.ROSTER.members[0]
    roster = replace(first.roster, members=(SIGNER,))
    signed = coordinator.sign(roster, first.bundle, first)
    change = accept_change(signed.content, signed.signature, first)
    assert {grant.head.recipient_id for grant in change.grants} == {KIT_ID, SIGNER.id}
    assert all(sam.id not in grant.raw for grant in change.grants)
    new = next(team for team in change.roster.teams if team.id == world.TEAM.team_id)
    assert new.public_key not in {public_key_of(seed) for _, seed in world.TEAM_SECRET.seeds}
    assert change.bundle.teams[0].public_key == new.public_key
