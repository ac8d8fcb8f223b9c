"""The roster: every key that a caseworker's browser may grant to (docs/envelope.md section 5.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from youthsafe.crypto.binary_layout import Reader, lp, require_life, u8, u16, u32, u64
from youthsafe.crypto.encoding import EncodingError
from youthsafe.crypto.keys import ID_LENGTH, PUBLIC_KEY_LENGTH

LABEL = "youthsafe/v1/roster"
LONGEST_NAME = 80


class RosterError(EncodingError):
    """Bytes, or values, that are not a roster."""


class Role(IntEnum):
    """What a member may do. PLACES looks after havens and helplines, AUDITOR reads the trail and the numbers."""

    CASEWORKER = 1
    COORDINATOR = 2
    PLACES = 3
    AUDITOR = 4


KEYLESS = frozenset({Role.PLACES, Role.AUDITOR})
"""Roles that are in no team, so that nobody grants them a key."""


@dataclass(frozen=True, slots=True)
class RosterTeam:
    """A team's newest key, of 1,216 bytes."""

    id: bytes
    epoch: int
    public_key: bytes


@dataclass(frozen=True, slots=True)
class RosterMember:
    """A member's key of 1,216 bytes and the ids of the member's teams."""

    id: bytes
    role: Role
    public_key: bytes
    name: str
    teams: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """The signed list of keys; times in Unix seconds."""

    instance_id: bytes
    version: int
    issued_at: int
    not_after: int
    recovery_key: bytes
    teams: tuple[RosterTeam, ...]
    members: tuple[RosterMember, ...]


def parse_roster(data: bytes) -> Roster:
    """Read a roster to its last byte; RosterError for anything else. Says nothing about its signature."""
    reader = Reader(data, RosterError)
    reader.expect(b"YSR", "kind of object")
    reader.expect(b"\x01", "version")
    roster = Roster(
        instance_id=reader.take(ID_LENGTH),
        version=reader.u32(),
        issued_at=reader.time(),
        not_after=reader.time(),
        recovery_key=reader.take(PUBLIC_KEY_LENGTH),
        teams=tuple(_parse_team(reader) for _ in range(reader.u8())),
        members=tuple(_parse_member(reader) for _ in range(reader.u16())),
    )
    reader.end()
    _check(roster)
    return roster


def build_roster(roster: Roster) -> bytes:
    """Write a roster as the bytes that the root signs; RosterError when a rule of the format is broken."""
    try:
        data = (
            b"YSR\x01"
            + roster.instance_id
            + u32(roster.version)
            + u64(roster.issued_at)
            + u64(roster.not_after)
            + roster.recovery_key
            + u8(len(roster.teams))
            + b"".join(team.id + u32(team.epoch) + team.public_key for team in roster.teams)
            + u16(len(roster.members))
            + b"".join(_build_member(member) for member in roster.members)
        )
    except OverflowError as error:
        raise RosterError("a number that does not fit its field") from error
    if parse_roster(data) != roster:
        raise RosterError("values that the format cannot hold")
    return data


def _parse_team(reader: Reader) -> RosterTeam:
    team = RosterTeam(reader.take(ID_LENGTH), reader.u32(), reader.take(PUBLIC_KEY_LENGTH))
    if team.epoch == 0:
        raise RosterError("epochs start at 1")
    return team


def _parse_member(reader: Reader) -> RosterMember:
    member_id = reader.take(ID_LENGTH)
    role = reader.u8()
    if role not in tuple(Role):
        raise RosterError("unknown role")
    public_key = reader.take(PUBLIC_KEY_LENGTH)
    name = reader.text()
    if not 1 <= len(name.encode()) <= LONGEST_NAME:
        raise RosterError("a name of 1 to 80 bytes is needed")
    team_ids = tuple(reader.take(ID_LENGTH) for _ in range(reader.u8()))
    return RosterMember(member_id, Role(role), public_key, name, team_ids)


def _check(roster: Roster) -> None:
    require_life(roster.issued_at, roster.not_after, RosterError)
    team_ids = [team.id for team in roster.teams]
    _refuse_repeats(team_ids)
    _refuse_repeats(member.id for member in roster.members)
    for member in roster.members:
        _refuse_repeats(member.teams)
        if not set(member.teams) <= set(team_ids):
            raise RosterError("a member of an unknown team")
        if member.teams and member.role in KEYLESS:
            raise RosterError("a role that holds no team key is in a team")


def _refuse_repeats(ids: Iterable[bytes]) -> None:
    listed = list(ids)
    if len(set(listed)) != len(listed):
        raise RosterError("one id twice")


def _build_member(member: RosterMember) -> bytes:
    return (
        member.id
        + u8(member.role)
        + member.public_key
        + lp(member.name.encode())
        + u8(len(member.teams))
        + b"".join(member.teams)
    )
