"""The team bundle: which teams read reports, when, and under which keys (docs/envelope.md section 5.1)."""

from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from youthsafe.crypto.binary_layout import Reader, is_language_tag, lp, require_life, u8, u16, u32, u64
from youthsafe.crypto.encoding import EncodingError
from youthsafe.crypto.keys import (
    ID_LENGTH,
    PUBLIC_KEY_LENGTH,
    SignatureError,
    fingerprint,
    key_id,
    signed_bytes,
    verify_signature,
)

__all__ = [
    "LABEL",
    "Bundle",
    "BundleError",
    "Hours",
    "SignatureError",
    "Team",
    "TeamKind",
    "build_bundle",
    "fingerprint",
    "key_id",
    "parse_bundle",
    "signed_bytes",
    "verify_signature",
]

LABEL = "youthsafe/v1/bundle"
MOST_TEAMS = 16
LONGEST_NAME = 80
MINUTES_OF_A_DAY = 1440
NO_HOURS = 0xFFFF

Hours = tuple[int, int] | None
"""Minutes after midnight in Europe/London at which reading starts and ends, or None on a day without reading."""


class BundleError(EncodingError):
    """Bytes, or values, that are not a team bundle."""


class TeamKind(IntEnum):
    """GENERAL reads every report; POSITION_OF_TRUST those about an adult who works with young people."""

    GENERAL = 1
    POSITION_OF_TRUST = 2


@dataclass(frozen=True, slots=True)
class Team:
    """A team as pupils see it: its key of 1,216 bytes, languages as lower-case tags, hours from Monday to Sunday."""

    id: bytes
    kind: TeamKind
    staffed: bool
    epoch: int
    public_key: bytes
    name: str
    languages: tuple[str, ...]
    hours: tuple[Hours, ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """The signed list of teams: times in Unix seconds, closed days in days since 1970-01-01."""

    instance_id: bytes
    serial: int
    issued_at: int
    not_after: int
    demo: bool
    closed_days: tuple[int, ...]
    teams: tuple[Team, ...]


def parse_bundle(data: bytes) -> Bundle:
    """Read a bundle to its last byte; BundleError for anything else. Says nothing about its signature."""
    reader = Reader(data, BundleError)
    reader.expect(b"YSB", "kind of object")
    reader.expect(b"\x01", "version")
    bundle = Bundle(
        instance_id=reader.take(ID_LENGTH),
        serial=reader.u32(),
        issued_at=reader.time(),
        not_after=reader.time(),
        demo=_flag(reader),
        closed_days=tuple(reader.u32() for _ in range(reader.u16())),
        teams=tuple(_parse_team(reader) for _ in range(reader.u8())),
    )
    reader.end()
    _check(bundle)
    return bundle


def build_bundle(bundle: Bundle) -> bytes:
    """Write a bundle as the bytes that the root signs; BundleError when a rule of the format is broken."""
    try:
        data = (
            b"YSB\x01"
            + bundle.instance_id
            + u32(bundle.serial)
            + u64(bundle.issued_at)
            + u64(bundle.not_after)
            + u8(bundle.demo)
            + u16(len(bundle.closed_days))
            + b"".join(u32(day) for day in bundle.closed_days)
            + u8(len(bundle.teams))
            + b"".join(_build_team(team) for team in bundle.teams)
        )
    except OverflowError as error:
        raise BundleError("a number that does not fit its field") from error
    if parse_bundle(data) != bundle:
        raise BundleError("values that the format cannot hold")
    return data


def _flag(reader: Reader) -> bool:
    flag = reader.u8()
    if flag > 1:
        raise reader.refuse("a flag is neither 0 nor 1")
    return flag == 1


def _parse_team(reader: Reader) -> Team:
    team = Team(
        id=reader.take(ID_LENGTH),
        kind=_parse_kind(reader),
        staffed=_flag(reader),
        epoch=reader.u32(),
        public_key=reader.take(PUBLIC_KEY_LENGTH),
        name=_parse_name(reader),
        languages=tuple(reader.text().split(" ")),
        hours=tuple(_parse_hours(reader) for _ in range(7)),
    )
    if team.epoch == 0:
        raise BundleError("epochs start at 1")
    if not all(is_language_tag(tag) for tag in team.languages):
        raise BundleError("languages are not tags separated by one space")
    return team


def _parse_kind(reader: Reader) -> TeamKind:
    try:
        return TeamKind(reader.u8())
    except ValueError as error:
        raise BundleError("unknown kind of team") from error


def _parse_name(reader: Reader) -> str:
    name = reader.text()
    if not 1 <= len(name.encode()) <= LONGEST_NAME:
        raise BundleError("a name of 1 to 80 bytes is needed")
    return name


def _parse_hours(reader: Reader) -> Hours:
    opens, closes = reader.u16(), reader.u16()
    if opens == closes == NO_HOURS:
        return None
    if not opens < closes <= MINUTES_OF_A_DAY:
        raise BundleError("reading hours that do not fit in a day")
    return opens, closes


def _check(bundle: Bundle) -> None:
    require_life(bundle.issued_at, bundle.not_after, BundleError)
    if any(day >= following for day, following in pairwise(bundle.closed_days)):
        raise BundleError("closed days are not ascending")
    if not 1 <= len(bundle.teams) <= MOST_TEAMS:
        raise BundleError("1 to 16 teams are needed")
    if len({team.id for team in bundle.teams}) != len(bundle.teams):
        raise BundleError("one team twice")


def _build_team(team: Team) -> bytes:
    return (
        team.id
        + u8(team.kind)
        + u8(team.staffed)
        + u32(team.epoch)
        + team.public_key
        + lp(team.name.encode())
        + lp(" ".join(team.languages).encode())
        + b"".join(_build_hours(day) for day in team.hours)
    )


def _build_hours(hours: Hours) -> bytes:
    opens, closes = hours or (NO_HOURS, NO_HOURS)
    return u16(opens) + u16(closes)
