"""The signed change: roster, bundle and grants that come into force together (docs/envelope.md section 5.3)."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from youthsafe.crypto import bundle as bundles
from youthsafe.crypto import roster as rosters
from youthsafe.crypto.binary_layout import Reader, lp, u8, u16, u32
from youthsafe.crypto.encoding import EncodingError
from youthsafe.crypto.grant import KIT_ID, Grant, parse_grant
from youthsafe.crypto.keys import (
    ID_LENGTH,
    ROOT_LENGTH,
    SIGNATURE_LENGTH,
    SignatureError,
    fingerprint,
    key_id,
    verify_signature,
)
from youthsafe.crypto.root_change import ROOT_CHANGE_LENGTH, RootChange, parse_root_change
from youthsafe.crypto.root_grant import MAGIC as ROOT_GRANT_MAGIC
from youthsafe.crypto.root_grant import RootGrant, parse_root_grant

__all__ = ["LABEL", "Change", "ChangeError", "SignatureError", "StaleChangeError", "accept_change", "parse_change"]

LABEL = "youthsafe/v1/change"
HEAD_LENGTH = 32
FIRST_PREVIOUS = bytes(HEAD_LENGTH)
MOST_BYTES = 1024 * 1024

Recipient = tuple[bytes, bytes]
"""Whom something is sealed to: id, KIT_ID for the recovery kit, and key id."""


class ChangeError(EncodingError):
    """Bytes, or values, that are not a change, or one that may not come into force."""


class StaleChangeError(ChangeError):
    """A change that was made after another one than the newest: a replay, or somebody was quicker."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Something that the root signed."""

    content: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """A parsed change; `raw` is what the root signed, `previous` the head before it, `root` a point of 65 bytes."""

    raw: bytes
    instance_id: bytes
    number: int
    previous: bytes
    root: bytes
    root_change: RootChange | None
    signed_roster: Signed
    roster: rosters.Roster
    signed_bundle: Signed
    bundle: bundles.Bundle
    grants: tuple[Grant, ...]
    root_grants: tuple[RootGrant, ...]

    @property
    def head(self) -> bytes:
        """The 32-byte name of everything up to this change."""
        return hashlib.sha256(b"youthsafe/v1/head\x00" + self.raw).digest()


def head_in_groups(head: bytes) -> str:
    """A head as two people read it to each other: 16 bytes in groups of four hexadecimal digits."""
    return head[:16].hex(" ", 2)


def build_change(
    *,
    instance_id: bytes,
    number: int,
    previous: bytes,
    root: bytes,
    roster: Signed,
    bundle: Signed,
    grants: Sequence[bytes],
    root_change: bytes = b"",
) -> bytes:
    """Write a change as the bytes that the root signs; ChangeError when a rule of the format is broken."""
    try:
        data = (
            b"YSC\x01"
            + instance_id
            + u32(number)
            + previous
            + root
            + u8(1 if root_change else 0)
            + root_change
            + _listed(roster)
            + _listed(bundle)
            + u16(len(grants))
            + b"".join(lp(grant) for grant in grants)
        )
    except OverflowError as error:
        raise ChangeError("a number that does not fit its field") from error
    parse_change(data)
    return data


def parse_change(data: bytes) -> Change:
    """Read a change to its last byte with everything in it; raises an EncodingError, mostly ChangeError.

    Checks that its parts fit one another. Says nothing about its signature, nor about the change before it.
    """
    if len(data) > MOST_BYTES:
        raise ChangeError("more than a mebibyte")
    reader = Reader(data, ChangeError)
    reader.expect(b"YSC", "kind of object")
    reader.expect(b"\x01", "version")
    instance_id, number = reader.take(ID_LENGTH), reader.u32()
    previous, root = reader.take(HEAD_LENGTH), reader.take(ROOT_LENGTH)
    root_change = _take_root_change(reader)
    roster, bundle = _take_signed(reader), _take_signed(reader)
    listed = [reader.lp() for _ in range(reader.u16())]
    reader.end()
    change = Change(
        raw=data,
        instance_id=instance_id,
        number=number,
        previous=previous,
        root=root,
        root_change=root_change,
        signed_roster=roster,
        roster=rosters.parse_roster(roster.content),
        signed_bundle=bundle,
        bundle=bundles.parse_bundle(bundle.content),
        grants=tuple(parse_grant(each) for each in listed if not each.startswith(ROOT_GRANT_MAGIC)),
        root_grants=tuple(parse_root_grant(each) for each in listed if each.startswith(ROOT_GRANT_MAGIC)),
    )
    _check_parts(change)
    return change


def accept_change(data: bytes, signature: bytes, before: Change | None) -> Change:
    """Return a change that may come into force after `before`, none before the first.

    Raises StaleChangeError where it was made after another one, and an EncodingError for everything else.
    """
    change = parse_change(data)
    verify_signature(change.root, LABEL, data, signature)
    verify_signature(change.root, rosters.LABEL, change.signed_roster.content, change.signed_roster.signature)
    verify_signature(change.root, bundles.LABEL, change.signed_bundle.content, change.signed_bundle.signature)
    if before is None:
        _require_first(change)
    else:
        _require_following(change, before)
    _require_named_teams(change, before)
    _require_grants(change, before)
    return change


def recipients_of(roster: rosters.Roster, team_id: bytes) -> set[Recipient]:
    """Everybody to whom a team's secret is granted: its members and the recovery kit."""
    members = {(each.id, key_id(each.public_key)) for each in roster.members if team_id in each.teams}
    return members | {(KIT_ID, key_id(roster.recovery_key))}


def root_holders(roster: rosters.Roster) -> set[Recipient]:
    """Everybody to whom the root is granted: each coordinator."""
    return {(each.id, key_id(each.public_key)) for each in roster.members if each.role is rosters.Role.COORDINATOR}


def _listed(signed: Signed) -> bytes:
    return u32(len(signed.content)) + signed.content + signed.signature


def _take_signed(reader: Reader) -> Signed:
    return Signed(reader.take(reader.u32()), reader.take(SIGNATURE_LENGTH))


def _take_root_change(reader: Reader) -> RootChange | None:
    count = reader.u8()
    if count > 1:
        raise ChangeError("one root change at most")
    return parse_root_change(reader.take(ROOT_CHANGE_LENGTH)) if count else None


def _check_parts(change: Change) -> None:
    """Refuse what is put together from several instances, or from older and newer parts."""
    instances = {change.instance_id, change.roster.instance_id, change.bundle.instance_id}
    instances |= {grant.head.instance_id for grant in change.grants}
    instances |= {grant.head.instance_id for grant in change.root_grants}
    if change.root_change is not None:
        instances.add(change.root_change.instance_id)
    if len(instances) != 1:
        raise ChangeError("parts of several instances")
    listed = {rosters.RosterTeam(team.id, team.epoch, team.public_key) for team in change.bundle.teams}
    if not listed <= set(change.roster.teams):
        raise ChangeError("the bundle names another key than the roster")
    if not root_holders(change.roster):
        raise ChangeError("nobody is left who could sign the next change")
    _check_grants(change)


def _check_grants(change: Change) -> None:
    epochs = {team.id: team.epoch for team in change.roster.teams}
    for head in (grant.head for grant in change.grants):
        if epochs.get(head.team_id) != head.epoch:
            raise ChangeError("a grant of another epoch than the roster's")
        if (head.recipient_id, head.recipient_key_id) not in recipients_of(change.roster, head.team_id):
            raise ChangeError("a grant to somebody who is not in the team")
    for root_head in (grant.head for grant in change.root_grants):
        if root_head.fingerprint != fingerprint(change.root):
            raise ChangeError("a grant of another root")
        if (root_head.recipient_id, root_head.recipient_key_id) not in root_holders(change.roster):
            raise ChangeError("a root grant to somebody who is no coordinator")
    _refuse_repeats((grant.head.team_id, grant.head.recipient_id) for grant in change.grants)
    _refuse_repeats((b"", grant.head.recipient_id) for grant in change.root_grants)


def _refuse_repeats(grants: Iterable[tuple[bytes, bytes]]) -> None:
    listed = list(grants)
    if len(set(listed)) != len(listed):
        raise ChangeError("one grant twice")


def _require_first(change: Change) -> None:
    if change.number != 1 or change.previous != FIRST_PREVIOUS:
        raise StaleChangeError("not the first change")
    if change.root_change is not None:
        raise ChangeError("the first change has no root before it")


def _require_following(change: Change, before: Change) -> None:
    if change.instance_id != before.instance_id:
        raise ChangeError("another instance")
    if change.number != before.number + 1 or change.previous != before.head:
        raise StaleChangeError("made after another change than the newest")
    if change.bundle.demo != before.bundle.demo:
        raise ChangeError("a demonstration stays one, and a real instance stays real")
    _require_root(change, before)
    _require_rise(
        change.signed_roster.content, before.signed_roster.content, change.roster.version, before.roster.version
    )
    _require_rise(
        change.signed_bundle.content, before.signed_bundle.content, change.bundle.serial, before.bundle.serial
    )
    _require_epochs(change, before)


def _require_root(change: Change, before: Change) -> None:
    if change.root_change is None:
        if change.root != before.root:
            raise ChangeError("another root, which the old one did not sign")
        return
    if (change.root_change.old_root, change.root_change.new_root) != (before.root, change.root):
        raise ChangeError("a root change between other roots")
    if change.roster.recovery_key == before.roster.recovery_key:
        raise ChangeError("a new root comes with a new recovery kit")


def _require_rise(content: bytes, content_before: bytes, number: int, number_before: int) -> None:
    if number <= number_before and content != content_before:
        raise ChangeError("a roster or bundle that is not newer than the one before")


def _require_epochs(change: Change, before: Change) -> None:
    """A team stays, and its key is a new one as soon as somebody is to open nothing more."""
    teams = {team.id: team for team in change.roster.teams}
    for old in before.roster.teams:
        team = teams.get(old.id)
        if team is None:
            raise ChangeError("a team is gone, with the key of its reports")
        if team.epoch < old.epoch or (team.epoch == old.epoch and team.public_key != old.public_key):
            raise ChangeError("a stale epoch, or another key of the same")
        left = recipients_of(before.roster, old.id) - recipients_of(change.roster, old.id)
        if left and team.epoch == old.epoch:
            raise ChangeError("somebody leaves a team that keeps its key")


def _require_named_teams(change: Change, before: Change | None) -> None:
    known = {team.id for team in change.bundle.teams}
    known |= {team.id for team in before.roster.teams} if before else set()
    if not {team.id for team in change.roster.teams} <= known:
        raise ChangeError("a new team that the bundle does not name")


def _require_grants(change: Change, before: Change | None) -> None:
    """Everybody in a team has a grant of its epoch in force, and every coordinator one of the root."""
    old = {team.id: team.epoch for team in before.roster.teams} if before else {}
    for team in change.roster.teams:
        had = recipients_of(before.roster, team.id) if before and old.get(team.id) == team.epoch else set()
        granted = {
            (grant.head.recipient_id, grant.head.recipient_key_id)
            for grant in change.grants
            if grant.head.team_id == team.id
        }
        if not recipients_of(change.roster, team.id) <= had | granted:
            raise ChangeError("somebody in a team has no grant of its key")
    had_root = root_holders(before.roster) if before and before.root == change.root else set()
    rooted = {(grant.head.recipient_id, grant.head.recipient_key_id) for grant in change.root_grants}
    if not root_holders(change.roster) <= had_root | rooted:
        raise ChangeError("a coordinator has no grant of the root")
