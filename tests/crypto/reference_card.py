"""Case cards and outcome slips as docs/envelope.md sections 6.7 and 6.8 say. Tests only: no server may."""

import os
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tests.crypto.reference_content import pad, unpad
from tests.crypto.reference_keys import TeamSecret
from tests.crypto.reference_primitives import OpenError, gcm_open, gcm_seal, hkdf, hmac, sha256
from youthsafe.crypto.binary_layout import Reader, lp, u8, u32
from youthsafe.crypto.card import SLIP_PADDED, CardEntry, OutcomeSlip, parse_entry, parse_slip
from youthsafe.crypto.encoding import EncodingError, unb64

ENTRY_LABEL, MAC_LABEL, SLIP_LABEL = "youthsafe/v1/card", "youthsafe/v1/card-mac", "youthsafe/v1/slip"
LETTERS = "ACDEFHJKLMNPRTUVWXYZ"
NAMES = {
    1: "level",
    2: "categories",
    3: "summary",
    4: "step",
    5: "day",
    6: "wait",
    7: "handed",
    8: "referrals",
    9: "links",
    10: "outcome",
    11: "named",
    32: "note",
    33: "signs",
    48: "month",
    49: "minutes",
}
OF_A_CARD = frozenset(NAMES) - {48, 49}
OF_A_SLIP = frozenset({1, 2, 10, 48, 49})
WORRIES = "sexual-exploitation criminal-exploitation harmful-sexual missing violence knife domestic hate selfharm"
CATEGORIES = f"{WORRIES} online bullying drugs neglect trust place other".split(" ")
RECIPIENTS = "mash|hub|school|police|lado|other"
MATCHES = {
    1: "u[1-4]",
    6: r"20\d\d-\d\d-\d\d",
    10: "advice|referred|school|unreachable|unwanted|duplicate|unfounded|test",
    33: r"[1-9]\d{0,8}",
    48: r"20\d\d-(0[1-9]|1[0-2])",
    49: r"0|[1-9]\d{0,8}",
}

Fields = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Entry:
    """What an entry says, beside its head."""

    hour: int
    name: str
    fields: Fields

    @property
    def said(self) -> bytes:
        """What the mac covers after the head."""
        return u32(self.hour) + lp(self.name.encode()) + _written(self.fields)


@dataclass(frozen=True)
class Place:
    """Where an entry stands, who writes it, and under which key."""

    team_id: bytes
    epoch: int
    report_id: bytes
    member_id: bytes
    number: int
    previous: bytes

    @property
    def head(self) -> bytes:
        """The 92 bytes before the nonce, right or wrong."""
        return CardEntry(**vars(self), nonce=b"", ciphertext=b"").head


def _written(fields: Fields) -> bytes:
    return b"".join(u8(field) + lp(text.encode()) for field, text in fields)


def mac_of(seed: bytes, place: Place, entry: Entry) -> bytes:
    """What only the team can make."""
    return hmac(hkdf(seed, MAC_LABEL, 32, place.report_id), MAC_LABEL.encode() + b"\x00" + place.head + entry.said)


def seal_entry(seed: bytes, place: Place, entry: Entry, mac: bytes | None = None) -> bytes:
    """An entry, 8,312 bytes, right or wrong."""
    content = u8(3) + u32(entry.hour) + (mac or mac_of(seed, place, entry)) + entry.said[4:]
    return seal_padded(seed, place, pad(content))


def seal_padded(seed: bytes, place: Place, padded: bytes) -> bytes:
    """Any padded content as an entry."""
    nonce, key = os.urandom(12), hkdf(seed, ENTRY_LABEL, 32, place.report_id)
    return place.head + nonce + gcm_seal(key, nonce, ENTRY_LABEL.encode() + b"\x00" + place.head, padded)


def open_entry(secret: TeamSecret, report_id: bytes, raw: bytes) -> tuple[Place, Entry]:
    """An entry that somebody of the team wrote of this report; raises a ValueError."""
    found = parse_entry(raw)
    if found.report_id != report_id:
        raise OpenError("of another report")
    seed = _seed_of(secret, found)
    key, aad = hkdf(seed, ENTRY_LABEL, 32, report_id), ENTRY_LABEL.encode() + b"\x00" + found.head
    place = Place(*(getattr(found, name) for name in Place.__annotations__))
    return place, _read_content(seed, place, unpad(gcm_open(key, found.nonce, aad, found.ciphertext)))


def _read_content(seed: bytes, place: Place, content: bytes) -> Entry:
    reader = Reader(content)
    reader.expect(b"\x03", "kind of content")
    hour, mac, name = reader.u32(), reader.take(32), reader.text()
    entry = Entry(hour, name, read_fields(OF_A_CARD, content[reader.at :]))
    if not 1 <= len(name.encode()) <= 80 or int(dict(entry.fields).get(33, 0)) >= place.number:
        raise OpenError("a name or a signature that breaks a rule")
    if mac != mac_of(seed, place, entry):
        raise OpenError("not written by the team")
    return entry


def read_fields(allowed: frozenset[int], written: bytes) -> Fields:
    """Fields to the last byte; raises a ValueError."""
    reader, fields = Reader(written), []
    while reader.at < len(written):
        fields.append((reader.u8(), reader.text()))
    numbers = [number for number, _ in fields]
    if not set(numbers) <= allowed or any(one >= other for one, other in pairwise(numbers)):
        raise OpenError("an unknown field, or fields that do not ascend")
    if (4 in numbers) != (5 in numbers) or not all(text and _fits(number, text) for number, text in fields):
        raise OpenError("a field that breaks its rule")
    return tuple(fields)


def _fits(number: int, text: str) -> bool:
    if number in MATCHES and not re.fullmatch(MATCHES[number], text, re.ASCII):
        return False
    return MORE.get(number, lambda _: True)(text)


def _is_list(text: str) -> bool:
    codes = text.split(" ")
    return set(codes) <= set(CATEGORIES) and _ascending([CATEGORIES.index(code) for code in codes])


def _is_day(text: str) -> bool:
    with suppress(ValueError):
        return bool(re.fullmatch(MATCHES[6], text, re.ASCII)) and date.fromisoformat(text).year >= 2000
    return False


def _is_id(text: str) -> bool:
    with suppress(EncodingError):
        return len(unb64(text, 16)) == 16
    return False


def _is_line(text: str) -> bool:
    return _units(text) <= 120 and "\n" not in text


def _are_referrals(text: str) -> bool:
    lines = text.split("\n")
    found = [re.fullmatch(rf"({RECIPIENTS})( (.+))?", line, re.DOTALL) for line in lines]
    return len(lines) <= 8 and all(match and _units(match[3] or "") <= 60 for match in found)


def _are_links(text: str) -> bool:
    ids = text.split(" ")
    return len(ids) <= 16 and all(_is_id(each) for each in ids) and _ascending(ids)


def _are_names(text: str) -> bool:
    names = text.split("\n")
    return len(names) <= 8 and all(name and _units(name) <= 60 for name in names)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _ascending(items: Sequence[int] | Sequence[str]) -> bool:
    return all(one < other for one, other in pairwise(items))  # type: ignore[operator]


MORE: dict[int, Callable[[str], bool]] = {
    2: _is_list,
    3: _is_line,
    4: _is_line,
    5: _is_day,
    6: _is_day,
    7: _is_id,
    8: _are_referrals,
    9: _are_links,
    11: _are_names,
    32: lambda text: _units(text) <= 1500,
}


def _seed_of(secret: TeamSecret, found: CardEntry | OutcomeSlip) -> bytes:
    seed = dict(secret.seeds).get(found.epoch)
    if seed is None or found.team_id != secret.team_id:
        raise OpenError("a team or an epoch whose key is not here")
    return seed


def read_card(
    secret: TeamSecret, report_id: bytes, first: bytes, entries: Sequence[bytes], seen: Sequence[bytes] = ()
) -> list[Entry]:
    """A card that is whole and in order; raises a ValueError for anything else."""
    previous, epoch, read = first, 0, []
    for number, raw in enumerate(entries, 1):
        place, entry = open_entry(secret, report_id, raw)
        if (place.number, place.previous) != (number, previous) or place.epoch < epoch:
            raise OpenError("a gap, another order, or an older key")
        previous, epoch = sha256(raw), place.epoch
        read.append(entry)
    if not set(seen) <= {sha256(raw) for raw in entries}:
        raise OpenError("an entry that was seen before is not here")
    return read


def seal_slip(seed: bytes, team_id: bytes, epoch: int, slip_id: bytes, fields: Fields) -> bytes:
    """An outcome slip, 564 bytes, right or wrong."""
    head, nonce = OutcomeSlip(team_id, epoch, b"", b"").head, os.urandom(12)
    padded = pad(u8(4) + slip_id + _written(fields), SLIP_PADDED)
    return head + nonce + gcm_seal(hkdf(seed, SLIP_LABEL, 32), nonce, SLIP_LABEL.encode() + b"\x00" + head, padded)


def open_slip(secret: TeamSecret, raw: bytes) -> tuple[bytes, Fields]:
    """A slip's id and what it says; raises a ValueError."""
    found = parse_slip(raw)
    key, aad = hkdf(_seed_of(secret, found), SLIP_LABEL, 32), SLIP_LABEL.encode() + b"\x00" + found.head
    content = unpad(gcm_open(key, found.nonce, aad, found.ciphertext), SLIP_PADDED)
    reader = Reader(content)
    reader.expect(b"\x04", "kind of content")
    slip_id, fields = reader.take(16), read_fields(OF_A_SLIP, content[17:])
    if 48 not in dict(fields):
        raise OpenError("a slip of no month")
    return slip_id, fields


def card_number(report_id: bytes, words: Sequence[str], letters: int = 1) -> str:
    """What people call a report, such as `Kestrel 214K`."""
    digest = sha256(b"youthsafe/v1/card-number\x00" + report_id)
    number = 100 + int.from_bytes(digest[1:4], "big") % 900
    end = "".join(LETTERS[byte % len(LETTERS)] for byte in digest[4 : 4 + letters])
    return f"{words[digest[0]].capitalize()} {number}{end}"
