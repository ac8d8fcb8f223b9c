"""Codes, mailboxes, wraps, grants and trust in the root, as docs/envelope.md sections 4 to 6 say. Tests only."""

import hmac as compare
import os
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from tests.crypto.reference_primitives import (
    OpenError,
    argon,
    gcm_open,
    gcm_seal,
    hkdf,
    hmac,
    hpke_open,
    hpke_seal,
    public_key_of,
    public_point_of,
    sha256,
)
from youthsafe.crypto import bundle as bundles
from youthsafe.crypto import root_change as root_changes
from youthsafe.crypto import roster as rosters
from youthsafe.crypto.binary_layout import Reader, lp, u16, u32
from youthsafe.crypto.grant import GrantHead, build_grant_head, parse_grant
from youthsafe.crypto.keys import Purpose, fingerprint, hpke_info, key_id, verify_signature
from youthsafe.crypto.root_grant import build_root_grant_head, parse_root_grant
from youthsafe.crypto.wrap import build_wrap_head, parse_wrap

NOTE_LABEL = "youthsafe/v1/self-note"
DASHES = "".join(chr(point) for point in range(0x110000) if unicodedata.category(chr(point)) == "Pd")
SPACES = "\t\n\v\f\r\u2028\u2029" + "".join(chr(at) for at in range(0x110000) if unicodedata.category(chr(at)) == "Zs")
SEPARATORS = re.compile(rf"[{SPACES}{re.escape(DASHES)},.:()،、，。．]+")


@dataclass(frozen=True)
class Mailbox:
    """Everything that a receipt code stands for at one instance."""

    id: bytes
    token: bytes
    seed: bytes
    auth: bytes
    note_key: bytes


@dataclass(frozen=True)
class TeamSecret:
    """A team's seeds as (epoch, seed), newest first."""

    team_id: bytes
    seeds: tuple[tuple[int, bytes], ...]


def code_to_words(secret: bytes, words: list[str]) -> list[str]:
    """The seven words of a receipt code."""
    return _to_words((_number(secret, 70) << 7) | _check(secret), 7, words)


def words_to_code(typed: str, words: list[str]) -> bytes:
    """The secret of a receipt code; raises OpenError."""
    return _checked(_from_words(typed, 7, words))


def code_to_numbers(secret: bytes) -> list[str]:
    """The seven numbers of a receipt code."""
    return code_to_words(secret, [f"{place:04}" for place in range(2048)])


def numbers_to_code(typed: str) -> bytes:
    """The secret of a receipt code in numbers; raises OpenError."""
    return _checked(_from_numbers(typed, 7))


def _checked(code: int) -> bytes:
    secret = (code >> 7).to_bytes(9, "big")
    if code & 127 != _check(secret):
        raise OpenError("check")
    return secret


def passphrase_to_words(secret: bytes, words: list[str]) -> list[str]:
    """The six words of a passphrase."""
    return _to_words(_number(secret, 66), 6, words)


def words_to_passphrase(typed: str, words: list[str]) -> bytes:
    """The secret of a passphrase; raises OpenError."""
    return _from_words(typed, 6, words).to_bytes(9, "big")


def derive_mailbox(secret: bytes, instance_id: bytes) -> Mailbox:
    """The mailbox of a receipt code."""
    stretched = argon(secret, instance_id, 19_456, 2)
    return Mailbox(
        id=hkdf(stretched, "youthsafe/v1/mailbox-id", 16),
        token=hkdf(stretched, "youthsafe/v1/mailbox-token", 32),
        seed=hkdf(stretched, "youthsafe/v1/mailbox-kem", 32),
        auth=hkdf(stretched, "youthsafe/v1/auth", 32),
        note_key=hkdf(stretched, NOTE_LABEL, 32),
    )


@dataclass(frozen=True)
class Note:
    """What the reporter tells itself: its report, the root, and how many follow-ups it sent up to which envelope."""

    report_id: bytes
    fingerprint: bytes
    sent: int
    tip: bytes


def seal_note(note_key: bytes, team_id: bytes, note: Note) -> bytes:
    """The reporter's note to itself about the team that it wrote to, 112 bytes."""
    nonce = os.urandom(12)
    plaintext = note.report_id + note.fingerprint + u32(note.sent) + note.tip
    return nonce + gcm_seal(note_key, nonce, NOTE_LABEL.encode() + team_id, plaintext)


def open_note(note_key: bytes, team_id: bytes, note: bytes) -> Note:
    """Read a note; raises a ValueError."""
    reader = Reader(note)
    nonce, ciphertext = reader.take(12), reader.take(100)
    reader.end()
    inside = Reader(gcm_open(note_key, nonce, NOTE_LABEL.encode() + team_id, ciphertext))
    return Note(inside.take(16), inside.take(32), inside.u32(), inside.take(32))


def stretch_passphrase(secret: bytes, salt: bytes, memory: int, passes: int) -> tuple[bytes, bytes]:
    """Sign-in proof and wrap key; raises OpenError for parameters outside the accepted range."""
    if not (65_536 <= memory <= 262_144 and 3 <= passes <= 10):
        raise OpenError("parameters")
    stretched = argon(secret, salt, memory, passes)
    return hkdf(stretched, "youthsafe/v1/sign-in", 32), hkdf(stretched, "youthsafe/v1/member-wrap", 32)


@dataclass(frozen=True)
class Wrapped:
    """What six words keep: a member's seed, and the instance and root that the member was made for."""

    seed: bytes
    instance_id: bytes
    fingerprint: bytes


def seal_wrap(
    wrap_key: bytes,
    wrapped: Wrapped,
    *,
    member_id: bytes,
    memory: int,
    passes: int,
    salt: bytes,
    begins: bytes = b"YSW\x01\x01",
) -> bytes:
    """A member's seed and pin, 157 bytes; `begins` with magic, version and kind."""
    head = begins + build_wrap_head(member_id, memory, passes, salt)[len(begins) :]
    nonce = os.urandom(12)
    plaintext = wrapped.seed + wrapped.instance_id + wrapped.fingerprint
    return head + nonce + gcm_seal(wrap_key, nonce, b"youthsafe/v1/member-wrap\x00" + head, plaintext)


def open_wrap(raw: bytes, member_id: bytes, wrap_key: bytes) -> Wrapped:
    """The member's seed and pin; raises a ValueError."""
    wrap = parse_wrap(raw)
    if wrap.member_id != member_id:
        raise OpenError("for another member")
    head = build_wrap_head(wrap.member_id, wrap.memory, wrap.passes, wrap.salt)
    inside = Reader(gcm_open(wrap_key, wrap.nonce, b"youthsafe/v1/member-wrap\x00" + head, wrap.sealed))
    return Wrapped(inside.take(32), inside.take(16), inside.take(32))


def write_secret(secret: TeamSecret, begins: bytes = b"YSS\x01") -> bytes:
    """A team secret, right or wrong; `begins` with magic and version."""
    listed = b"".join(u32(epoch) + seed for epoch, seed in secret.seeds)
    return begins + secret.team_id + u16(len(secret.seeds)) + listed


def parse_secret(data: bytes) -> TeamSecret:
    """Read a team secret; raises a ValueError."""
    reader = Reader(data)
    reader.expect(b"YSS\x01", "kind of object")
    secret = TeamSecret(reader.take(16), tuple((reader.u32(), reader.take(32)) for _ in range(reader.u16())))
    reader.end()
    epochs = [epoch for epoch, _ in secret.seeds]
    if not epochs or 0 in epochs or epochs != sorted(set(epochs), reverse=True):
        raise OpenError("epochs that do not descend")
    return secret


def seal_grant(
    head: GrantHead,
    secret: TeamSecret,
    recipient_key: bytes,
    mac_seed: bytes | None = None,
    *,
    begins: bytes = b"YSG\x01",
    secret_begins: bytes = b"YSS\x01",
) -> bytes:
    """Grant a team's secret; `mac_seed` is the seed of the newest epoch unless a wrong one is wanted."""
    written = begins + build_grant_head(head)[len(begins) :]
    info = hpke_info(Purpose.GRANT, head.team_id, head.recipient_id, head.recipient_key_id) + written
    enc, ciphertext = hpke_seal(recipient_key, info, write_secret(secret, secret_begins))
    covered = written + enc + lp(ciphertext)
    return covered + _grant_mac(mac_seed or secret.seeds[0][1], covered)


def open_grant(raw: bytes, roster: rosters.Roster, recipient_id: bytes, seed: bytes) -> TeamSecret:
    """Open a grant and check who made it; raises a ValueError."""
    grant = parse_grant(raw)
    head = grant.head
    mine = (roster.instance_id, recipient_id, key_id(public_key_of(seed)))
    if (head.instance_id, head.recipient_id, head.recipient_key_id) != mine:
        raise OpenError("for another member or instance")
    secret = parse_secret(hpke_open(seed, _grant_info(head), grant.enc, grant.ciphertext))
    epoch, newest = secret.seeds[0]
    if (secret.team_id, epoch) != (head.team_id, head.epoch):
        raise OpenError("another secret than the head says")
    if rosters.RosterTeam(head.team_id, epoch, public_key_of(newest)) not in roster.teams:
        raise OpenError("not the key that the roster names")
    if not compare.compare_digest(_grant_mac(newest, raw[:-32]), grant.mac):
        raise OpenError("not granted by who holds the key")
    return secret


def open_root_grant(*, grant: bytes, root: bytes, instance_id: bytes, recipient_id: bytes, seed: bytes) -> bytes:
    """The number of the root whose point is `root`; raises a ValueError."""
    parsed = parse_root_grant(grant)
    head = parsed.head
    mine = (instance_id, recipient_id, key_id(public_key_of(seed)), fingerprint(root))
    if (head.instance_id, head.recipient_id, head.recipient_key_id, head.fingerprint) != mine:
        raise OpenError("for another member, instance or root")
    info = hpke_info(Purpose.ROOT_GRANT, instance_id, recipient_id, head.recipient_key_id)
    number = hpke_open(seed, info + build_root_grant_head(head), parsed.enc, parsed.ciphertext)
    if public_point_of(number) != root:
        raise OpenError("the number of another root")
    return number


def follow_root(
    pin: bytes, instance_id: bytes | None, root: bytes, changes: list[bytes]
) -> list[root_changes.RootChange]:
    """The changes that lead from a pinned fingerprint to a root; raises OpenError where they do not."""
    way: list[root_changes.RootChange] = []
    for change in [] if pin == fingerprint(root) else map(root_changes.parse_root_change, changes):
        if fingerprint(change.old_root) == pin:
            if instance_id not in {None, change.instance_id}:
                raise OpenError("of another instance")
            way.append(change)
            pin = fingerprint(change.new_root)
    if pin != fingerprint(root):
        raise OpenError("no way to this root")
    return way


@dataclass(frozen=True)
class Pin:
    """What a browser accepted before; `number` is a bundle's serial or a roster's version."""

    fingerprint: bytes
    instance_id: bytes
    number: int


def accept_bundle(data: bytes, signature: bytes, root: bytes, pin: Pin | None, now: int) -> bundles.Bundle:
    """Whether a browser believes a bundle at `now` in Unix seconds; raises a ValueError."""
    _check_root(root, bundles.LABEL, data, signature, pin)
    bundle = bundles.parse_bundle(data)
    _check_pinned(bundle.instance_id, bundle.issued_at, bundle.serial, pin, now)
    if now >= bundle.not_after:
        raise OpenError("expired")
    return bundle


def accept_roster(data: bytes, signature: bytes, root: bytes, pin: Pin | None, now: int) -> rosters.Roster:
    """Whether a browser believes a roster at `now` in Unix seconds; raises a ValueError."""
    _check_root(root, rosters.LABEL, data, signature, pin)
    roster = rosters.parse_roster(data)
    _check_pinned(roster.instance_id, roster.issued_at, roster.version, pin, now)
    if now >= roster.not_after:
        raise OpenError("expired")
    return roster


def _check_root(root: bytes, label: str, data: bytes, signature: bytes, pin: Pin | None) -> None:
    if pin is not None and fingerprint(root) != pin.fingerprint:
        raise OpenError("mismatch")
    verify_signature(root, label, data, signature)


def _check_pinned(instance_id: bytes, issued_at: int, number: int, pin: Pin | None, now: int) -> None:
    if issued_at > now + 86_400:
        raise OpenError("early")
    if pin is not None and (instance_id != pin.instance_id or number < pin.number):
        raise OpenError("mismatch or older")


def _grant_info(head: GrantHead) -> bytes:
    info = hpke_info(Purpose.GRANT, head.team_id, head.recipient_id, head.recipient_key_id)
    return info + build_grant_head(head)


def _grant_mac(newest_seed: bytes, covered: bytes) -> bytes:
    return hmac(hkdf(newest_seed, "youthsafe/v1/grant", 32), b"youthsafe/v1/grant\x00" + covered)


def _check(secret: bytes) -> int:
    return sha256(b"youthsafe/v1/receipt\x00" + secret)[0] >> 1


def _number(secret: bytes, bits: int) -> int:
    number = int.from_bytes(secret, "big")
    if len(secret) != 9 or number >> bits:
        raise OpenError(f"not a secret of {bits} bits in 9 bytes")
    return number


def _to_words(number: int, count: int, words: list[str]) -> list[str]:
    return [words[number >> (11 * (count - 1 - place)) & 2047] for place in range(count)]


def _from_words(typed: str, count: int, words: list[str]) -> int:
    given = [word for word in SEPARATORS.split(_fold(typed)) if _has_letter(word)]
    if len(given) != count:
        raise OpenError("count")
    number = 0
    for word in given:
        number = number << 11 | _index(word, words)
    return number


def _from_numbers(typed: str, count: int) -> int:
    if any(_has_letter(part) for part in SEPARATORS.split(_fold(typed))):
        raise OpenError("letters")
    parts = [_digits(part) for part in SEPARATORS.split(_fold(typed))]
    groups = [part for part in parts if len(part) == 4]
    if len(groups) != count:
        joined = "".join(parts)
        groups = [joined[at : at + 4] for at in range(0, len(joined), 4)]
    if len(groups) != count:
        raise OpenError("count")
    number = 0
    for group in groups:
        if len(group) != 4 or int(group) >= 2048:
            raise OpenError("number")
        number = number << 11 | int(group)
    return number


def _digits(part: str) -> str:
    return "".join(str(unicodedata.decimal(char)) for char in part if unicodedata.category(char) == "Nd")


def _has_letter(word: str) -> bool:
    return any(unicodedata.category(char).startswith("L") for char in word)


def _fold(typed: str) -> str:
    lower = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", typed).lower())
    return "".join(char for char in lower if unicodedata.category(char) != "Cf")


@cache
def _folded(words: tuple[str, ...]) -> list[str]:
    return [_fold(each) for each in words]


def _index(word: str, words: list[str]) -> int:
    listed = _folded(tuple(words))
    if word in listed:
        return listed.index(word)
    begun = [place for place, each in enumerate(listed) if len(word) >= 4 and each.startswith(word)]
    if len(begun) == 1:
        return begun[0]
    near = [place for place, each in enumerate(listed) if _is_one_slip(word, each)]
    if len(near) != 1:
        raise OpenError("word")
    return near[0]


def _is_one_slip(one: str, other: str) -> bool:
    """Damerau-Levenshtein distance 1, by trying every slip."""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) == 1:
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    if len(longer) != len(shorter):
        return False
    wrong = [at for at in range(len(one)) if one[at] != other[at]]
    if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
        return one[wrong[0]] == other[wrong[1]] and one[wrong[1]] == other[wrong[0]]
    return len(wrong) == 1
