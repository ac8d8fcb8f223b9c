"""Opening what is sealed (docs/envelope.md sections 1.1, 2 and 3). Everything that does not open is a ValueError."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from youthsafe.crypto.binary_layout import Reader, u8
from youthsafe.crypto.card import parse_entry
from youthsafe.crypto.envelope import Envelope, parse_answer, parse_follow_up, parse_report
from youthsafe.crypto.keys import Purpose, hpke_info, key_id

_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_NONCE = bytes(12)
_PADDED_LENGTH = 8192
_NOTHING = bytes(32)
_CARD, _CARD_MAC = "youthsafe/v1/card", "youthsafe/v1/card-mac"

Seeds = Mapping[tuple[bytes, int], bytes]
"""The seed of each team's key, by team id and epoch."""


class OpeningError(ValueError):
    """Something that does not open, or was not made by who it says."""


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """What a reporter told: hours since 1970, language, and answers as pairs of field and text."""

    hour: int
    locale: str
    answers: tuple[tuple[int, str], ...]
    mailbox_key_hash: bytes
    auth: bytes


@dataclass(frozen=True, slots=True)
class OpenedMessage:
    """A follow-up or an answer; `genuine`: whether its mac shows that the reporter or the team wrote it."""

    hour: int
    number: int
    locale: str
    text: str
    genuine: bool


@dataclass(frozen=True, slots=True)
class OpenedEntry:
    """An entry of a case card, with the hash of what it follows, the writer's name, and pairs of field and text.

    `genuine`: whether its mac shows that the team wrote it.
    """

    previous: bytes
    hour: int
    name: str
    fields: tuple[tuple[int, str], ...]
    genuine: bool


def hkdf(secret: bytes, label: str, length: int = 32, of: bytes = b"") -> bytes:
    """HKDF-SHA256 with an empty salt and the label as info, and after it what the key is of."""
    info = label.encode("ascii") + (b"\x00" + of if of else b"")
    return HKDF(SHA256(), length, None, info).derive(secret)


def gcm_open(key: bytes, nonce: bytes, associated: bytes, sealed: bytes) -> bytes:
    """Open AES-256-GCM; raises OpeningError."""
    try:
        return AESGCM(key).decrypt(nonce, sealed, associated)
    except InvalidTag:
        raise OpeningError("does not open") from None


def private_key_of(seed: bytes) -> MLKEM768X25519PrivateKey:
    """The X-Wing private key of a seed of 32 bytes."""
    expanded = hashlib.shake_256(seed).digest(96)
    mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
    return MLKEM768X25519PrivateKey(mlkem, X25519PrivateKey.from_private_bytes(expanded[64:]))


def public_key_of(seed: bytes) -> bytes:
    """The X-Wing public key, 1,216 bytes, of a seed of 32."""
    expanded = hashlib.shake_256(seed).digest(96)
    mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:64]).public_key().public_bytes_raw()
    return mlkem + X25519PrivateKey.from_private_bytes(expanded[64:]).public_key().public_bytes_raw()


def hpke_open(seed: bytes, info: bytes, sealed: bytes) -> bytes:
    """Open what was sealed to a seed's public key, `enc` and ciphertext in one; raises OpeningError."""
    try:
        return _SUITE.decrypt(sealed, private_key_of(seed), info)
    except (InvalidTag, ValueError):
        raise OpeningError("does not open") from None


def open_report(raw: bytes, report_id: bytes, seeds: Seeds) -> OpenedReport:
    """Open a report with its team's seed; raises a ValueError."""
    content = _opened(parse_report(raw), report_id, Purpose.REPORT_TO_TEAM, seeds)
    reader = Reader(content)
    reader.expect(u8(1), "kind of content")
    hour, key_hash, auth, locale = reader.u32(), reader.take(32), reader.take(32), reader.text()
    return OpenedReport(hour, locale, _pairs(reader, content), key_hash, auth)


def open_follow_up(raw: bytes, report_id: bytes, seeds: Seeds, report: OpenedReport, key: bytes) -> OpenedMessage:
    """Open a message of the reporter; `key`: the mailbox's public key. Raises a ValueError."""
    envelope = parse_follow_up(raw)
    return _message(envelope, _opened(envelope, report_id, Purpose.FOLLOW_UP_TO_TEAM, seeds), report, key)


def open_answer(raw: bytes, report_id: bytes, seeds: Seeds, report: OpenedReport, key: bytes) -> OpenedMessage:
    """Open the team's copy of an answer; `key`: the mailbox's public key. Raises a ValueError."""
    envelope = parse_answer(raw)
    return _message(envelope, _opened(envelope, report_id, Purpose.ANSWER_TO_TEAM, seeds), report, key)


def open_card_entry(raw: bytes, report_id: bytes, seeds: Seeds) -> OpenedEntry:
    """Open an entry of a report's case card; raises a ValueError."""
    entry = parse_entry(raw)
    if entry.report_id != report_id:
        raise OpeningError("another report")
    seed = _seed_of(entry.team_id, entry.epoch, seeds)
    key, associated = hkdf(seed, _CARD, of=report_id), _CARD.encode() + b"\x00" + entry.head
    content = _unpadded(gcm_open(key, entry.nonce, associated, entry.ciphertext))
    reader = Reader(content)
    reader.expect(u8(3), "kind of content")
    hour, mac, rest = reader.u32(), reader.take(32), reader.at
    name = reader.text()
    covered = _CARD_MAC.encode() + b"\x00" + entry.head + content[1:5] + content[rest:]
    made = hmac.digest(hkdf(seed, _CARD_MAC, of=report_id), covered, "sha256")
    return OpenedEntry(entry.previous, hour, name, _pairs(reader, content), hmac.compare_digest(made, mac))


def _pairs(reader: Reader, content: bytes) -> tuple[tuple[int, str], ...]:
    """Fields and their texts, to the last byte."""
    pairs = []
    while reader.at < len(content):
        pairs.append((reader.u8(), reader.text()))
    return tuple(pairs)


def _seed_of(team_id: bytes, epoch: int, seeds: Seeds) -> bytes:
    seed = seeds.get((team_id, epoch))
    if seed is None:
        raise OpeningError("a team or an epoch whose key is not under this kit")
    return seed


def _opened(envelope: Envelope, report_id: bytes, purpose: Purpose, seeds: Seeds) -> bytes:
    """The content of an envelope of one report."""
    if envelope.report_id != report_id:
        raise OpeningError("another report")
    seed = _seed_of(envelope.team_id, envelope.epoch, seeds)
    recipient = key_id(public_key_of(seed))
    wrap = next((each for each in envelope.wraps if (each.purpose, each.key_id) == (purpose, recipient)), None)
    if wrap is None:
        raise OpeningError("not for this key")
    info = hpke_info(purpose, report_id, envelope.message_id, recipient)
    dek = hpke_open(seed, info, wrap.enc + wrap.ciphertext)
    if not hmac.compare_digest(hkdf(dek, "youthsafe/v1/commit"), envelope.commitment):
        raise OpeningError("another key than was committed to")
    return _unpadded(gcm_open(hkdf(dek, "youthsafe/v1/aead"), _NONCE, envelope.associated_data, envelope.sealed))


def _unpadded(padded: bytes) -> bytes:
    reader = Reader(padded)
    content = reader.lp()
    if any(padded[reader.at :]) or len(padded) != _PADDED_LENGTH:
        raise OpeningError("padding that is not zero")
    return content


def _message(envelope: Envelope, content: bytes, report: OpenedReport, key: bytes) -> OpenedMessage:
    reader = Reader(content)
    reader.expect(u8(2), "kind of content")
    hour, begins = reader.u32(), reader.at
    number = reader.u32()
    reader.take(32 + 4 + 32 + 4)
    place, mac, rest = content[begins : reader.at], reader.take(32), reader.at
    locale, text = reader.text(), reader.text()
    reader.end()
    ids = envelope.report_id + key_id(key) + envelope.message_id
    covered = u8(1) + u8(envelope.direction) + ids + place + content[1:5] + content[rest:]
    made = hmac.digest(report.auth, b"youthsafe/v1/message\x00" + covered, "sha256")
    bound = report.auth != _NOTHING and hashlib.sha256(key).digest() == report.mailbox_key_hash
    return OpenedMessage(hour, number, locale, text, bound and hmac.compare_digest(made, mac))
