"""Seals and opens reports, follow-ups and answers as docs/envelope.md says. Tests only: no server may."""

import hmac as compare
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tests.crypto.reference_content import (
    NOTHING,
    Message,
    Report,
    decode_message,
    decode_report,
    encode_message,
    encode_report,
    pad,
    unpad,
)
from tests.crypto.reference_primitives import (
    OpenError,
    gcm_open,
    gcm_seal,
    hkdf,
    hmac,
    hpke_open,
    hpke_seal,
    public_key_of,
    sha256,
)
from youthsafe.crypto.acknowledgement import parse_acknowledgement
from youthsafe.crypto.binary_layout import u8, u32
from youthsafe.crypto.envelope import NO_ID, Direction, Envelope, parse_answer, parse_follow_up, parse_report
from youthsafe.crypto.keys import Purpose, hpke_info, key_id

ZERO_NONCE = bytes(12)
Wrap = Callable[[bytes, bytes, bytes], tuple[bytes, bytes]]  # public key, info and plaintext to enc and ciphertext


@dataclass(frozen=True)
class Team:
    """A team's public key of one epoch."""

    team_id: bytes
    epoch: int
    public_key: bytes


@dataclass(frozen=True)
class Bond:
    """What ties messages to one report and its mailbox."""

    report_id: bytes
    mailbox_key: bytes
    auth: bytes

    def mac(self, direction: int, message_id: bytes, message: Message) -> bytes:
        """The mac of a message; raises OpenError when the report wants no reply."""
        if self.auth == NOTHING:
            raise OpenError("a report that wants no reply")
        return self.mac_of_anybody(direction, message_id, message)

    def mac_of_anybody(self, direction: int, message_id: bytes, message: Message) -> bytes:
        """The same whatever the key is."""
        ids = self.report_id + key_id(self.mailbox_key) + message_id
        return hmac(self.auth, b"youthsafe/v1/message\x00" + u8(1) + u8(direction) + ids + message.covered)


@dataclass(frozen=True)
class Opened:
    """A message that opened, with the hash that the next one names."""

    envelope: Envelope
    message: Message


def seal(
    direction: int,
    report_id: bytes,
    message_id: bytes,
    team: Team,
    *,
    recipients: Sequence[tuple[int, bytes]],
    padded: bytes,
    urgent: int = 0,
    dek: bytes | None = None,
    committed: bytes | None = None,
    version: int = 1,
    wrap: Wrap = hpke_seal,
) -> bytes:
    """Seal a padded payload to (purpose, public key) recipients. `committed` is the DEK that the commitment names."""
    dek = dek or os.urandom(32)
    wraps = b"".join(_wrap(wrap, purpose, key, (report_id, message_id), dek) for purpose, key in recipients)
    commitment = hkdf(committed or dek, "youthsafe/v1/commit", 32)
    head = b"YS" + u8(version) + u8(direction) + report_id + message_id + u8(urgent) + team.team_id + u32(team.epoch)
    head += commitment + u8(len(recipients)) + wraps
    return head + gcm_seal(hkdf(dek, "youthsafe/v1/aead", 32), ZERO_NONCE, sha256(head), padded)


def seal_report(report: Report, report_id: bytes, team: Team) -> bytes:
    """Seal a report to its team."""
    recipients = [(Purpose.REPORT_TO_TEAM, team.public_key)]
    padded = pad(encode_report(report))
    return seal(
        Direction.TO_TEAM, report_id, NO_ID, team, recipients=recipients, padded=padded, urgent=int(report.urgent)
    )


def seal_follow_up(message: Message, message_id: bytes, team: Team, bond: Bond) -> bytes:
    """Seal a message of the reporter; its mac is made here."""
    signed = replace(message, mac=bond.mac(Direction.TO_TEAM, message_id, message))
    recipients = [(Purpose.FOLLOW_UP_TO_TEAM, team.public_key)]
    padded = pad(encode_message(signed))
    return seal(Direction.TO_TEAM, bond.report_id, message_id, team, recipients=recipients, padded=padded)


def seal_answer(message: Message, message_id: bytes, team: Team, bond: Bond, mailbox_key_hash: bytes) -> bytes:
    """Seal a message of the team; raises OpenError for another mailbox than the report named."""
    if sha256(bond.mailbox_key) != mailbox_key_hash:
        raise OpenError("another mailbox than the report named")
    signed = replace(message, mac=bond.mac(Direction.TO_REPORTER, message_id, message))
    recipients = [(Purpose.ANSWER_TO_MAILBOX, bond.mailbox_key), (Purpose.ANSWER_TO_TEAM, team.public_key)]
    padded = pad(encode_message(signed))
    return seal(Direction.TO_REPORTER, bond.report_id, message_id, team, recipients=recipients, padded=padded)


def open_envelope(envelope: Envelope, report_id: bytes, purpose: Purpose, seed: bytes) -> bytes:
    """The content of an envelope of one report; raises a ValueError."""
    if envelope.report_id != report_id:
        raise OpenError("another report")
    recipient = key_id(public_key_of(seed))
    wrap = next((wrap for wrap in envelope.wraps if (wrap.purpose, wrap.key_id) == (purpose, recipient)), None)
    if wrap is None:
        raise OpenError("not for this key")
    dek = hpke_open(seed, hpke_info(purpose, report_id, envelope.message_id, recipient), wrap.enc, wrap.ciphertext)
    return open_payload(envelope, dek)


def open_payload(envelope: Envelope, dek: bytes) -> bytes:
    """The content under a DEK; raises a ValueError."""
    if not compare.compare_digest(hkdf(dek, "youthsafe/v1/commit", 32), envelope.commitment):
        raise OpenError("another key than was committed to")
    key = hkdf(dek, "youthsafe/v1/aead", 32)
    return unpad(gcm_open(key, ZERO_NONCE, envelope.associated_data, envelope.sealed))


def open_report(raw: bytes, report_id: bytes, seed: bytes) -> Report:
    """Open a report with its team's seed; raises a ValueError."""
    envelope = parse_report(raw)
    report = decode_report(open_envelope(envelope, report_id, Purpose.REPORT_TO_TEAM, seed))
    if report.urgent != envelope.urgent:
        raise OpenError("the header and the report disagree about danger")
    return report


def open_as_team(raw: bytes, seed: bytes, bond: Bond) -> Opened:
    """Open a follow-up, or the team's copy of an answer; raises a ValueError."""
    if raw[3:4] == bytes([Direction.TO_TEAM]):
        return _open(parse_follow_up(raw), Purpose.FOLLOW_UP_TO_TEAM, seed, bond)
    return _open(parse_answer(raw), Purpose.ANSWER_TO_TEAM, seed, bond)


def open_as_mailbox(raw: bytes, seed: bytes, bond: Bond) -> Opened:
    """Open an answer; raises a ValueError."""
    return _open(parse_answer(raw), Purpose.ANSWER_TO_MAILBOX, seed, bond)


def acknowledgement(bond: Bond, kind: int, hour: int) -> bytes:
    """What the team says to the reporter of the report: 37 bytes."""
    said = u8(kind) + u32(hour)
    named = bond.report_id + key_id(bond.mailbox_key) + said
    return said + hmac(bond.auth, b"youthsafe/v1/acknowledgement\x00" + u8(1) + named)


def read_acknowledgement(bond: Bond, data: bytes) -> tuple[int, int]:
    """Kind and hour of an acknowledgement; raises a ValueError."""
    said = parse_acknowledgement(data)
    if bond.auth == NOTHING or not compare.compare_digest(acknowledgement(bond, said.kind, said.hour), data):
        raise OpenError("not said by the team")
    return said.kind, said.hour


def is_chain(first: bytes, opened: Sequence[Opened]) -> bool:
    """Whether messages of one direction, oldest first, follow one another without a gap."""
    expected = [first, *(each.envelope.digest for each in opened)]
    places = list(enumerate(expected[: len(opened)], start=1))
    return [(each.message.number, each.message.previous) for each in opened] == places


def _has_links(direction: int, message: Message) -> bool:
    """Whether a message says of its place what one of its direction can say."""
    if direction == Direction.TO_TEAM:
        seen_and_named = (message.seen == 0) == (message.other == NOTHING)
        return seen_and_named and message.previous != NOTHING and message.serial == 0
    return (message.number == 1) == (message.previous == NOTHING) and message.other != NOTHING


def _wrap(wrap: Wrap, purpose: int, public_key: bytes, ids: tuple[bytes, bytes], dek: bytes) -> bytes:
    recipient = key_id(public_key)
    enc, ciphertext = wrap(public_key, hpke_info(Purpose(purpose), *ids, recipient), dek)
    return u8(purpose) + recipient + enc + ciphertext


def _open(envelope: Envelope, purpose: Purpose, seed: bytes, bond: Bond) -> Opened:
    message = decode_message(open_envelope(envelope, bond.report_id, purpose, seed))
    if not _has_links(envelope.direction, message):
        raise OpenError("a place that no message of its direction has")
    if not compare.compare_digest(bond.mac(envelope.direction, envelope.message_id, message), message.mac):
        raise OpenError("not written by who it says")
    return Opened(envelope, message)
