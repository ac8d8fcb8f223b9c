"""The envelope: a sealed report, follow-up or answer with the wraps of its key (docs/envelope.md section 2)."""

import hashlib
import struct
from enum import IntEnum
from typing import NamedTuple

from youthsafe.crypto.encoding import EncodingError
from youthsafe.crypto.keys import ID_LENGTH, Purpose

ENC_LENGTH = 1120
SEALED_LENGTH = 8208
WRAPPED_DEK_LENGTH = 48
HEADER_LENGTH = 90
WRAP_LENGTH = 1 + ID_LENGTH + ENC_LENGTH + WRAPPED_DEK_LENGTH
REPORT_LENGTH = HEADER_LENGTH + WRAP_LENGTH + SEALED_LENGTH
FOLLOW_UP_LENGTH = REPORT_LENGTH
ANSWER_LENGTH = HEADER_LENGTH + 2 * WRAP_LENGTH + SEALED_LENGTH
NO_ID = bytes(ID_LENGTH)
_HEADER = struct.Struct(">2sBB16s16sB16sI32sB")
_WRAP = struct.Struct(f">B{ID_LENGTH}s{ENC_LENGTH}s{WRAPPED_DEK_LENGTH}s")


class EnvelopeError(EncodingError):
    """Bytes that are not an envelope of the kind asked for."""


class Direction(IntEnum):
    """Who wrote an envelope, and for whom."""

    TO_TEAM = 1
    TO_REPORTER = 2


class Wrap(NamedTuple):
    """One recipient's copy of the DEK: `enc` of 1,120 bytes and the HPKE ciphertext of 48."""

    purpose: Purpose
    key_id: bytes
    enc: bytes
    ciphertext: bytes


class Envelope(NamedTuple):
    """A parsed envelope: ids of 16 bytes, a commitment of 32, wraps in their order, all its bytes."""

    direction: Direction
    report_id: bytes
    message_id: bytes
    urgent: bool
    team_id: bytes
    epoch: int
    commitment: bytes
    wraps: tuple[Wrap, ...]
    raw: bytes

    @property
    def sealed(self) -> bytes:
        """The sealed payload."""
        return self.raw[-SEALED_LENGTH:]

    @property
    def digest(self) -> bytes:
        """SHA256 of the envelope: what the next one in its direction names as `previous`."""
        return hashlib.sha256(self.raw).digest()

    @property
    def associated_data(self) -> bytes:
        """SHA256 of header and wraps, which the sealed payload is bound to."""
        return hashlib.sha256(self.raw[:-SEALED_LENGTH]).digest()


def parse_report(data: bytes) -> Envelope:
    """Read a report of 9,483 bytes; EnvelopeError for anything else."""
    envelope = _parse(data, Direction.TO_TEAM, (Purpose.REPORT_TO_TEAM,))
    if envelope.message_id != NO_ID:
        raise EnvelopeError("a message, not a report")
    return envelope


def parse_follow_up(data: bytes) -> Envelope:
    """Read a follow-up of 9,483 bytes; EnvelopeError for anything else."""
    return _refuse_report(_parse(data, Direction.TO_TEAM, (Purpose.FOLLOW_UP_TO_TEAM,)))


def parse_answer(data: bytes) -> Envelope:
    """Read an answer of 10,668 bytes; EnvelopeError for anything else."""
    purposes = (Purpose.ANSWER_TO_MAILBOX, Purpose.ANSWER_TO_TEAM)
    return _refuse_report(_parse(data, Direction.TO_REPORTER, purposes))


def _refuse_report(envelope: Envelope) -> Envelope:
    if envelope.message_id == NO_ID:
        raise EnvelopeError("a message without an id")
    if envelope.urgent:
        raise EnvelopeError("a message cannot be urgent")
    return envelope


def _parse(data: bytes, direction: Direction, purposes: tuple[Purpose, ...]) -> Envelope:
    if len(data) != HEADER_LENGTH + len(purposes) * WRAP_LENGTH + SEALED_LENGTH:
        raise EnvelopeError("bytes are missing or left over")
    kind, version, way, report_id, message_id, urgent, team_id, epoch, commitment, count = _HEADER.unpack_from(data)
    if kind != b"YS":
        raise EnvelopeError("another kind of object")
    if version != 1:
        raise EnvelopeError("another version")
    if way != direction:
        raise EnvelopeError("another direction")
    if count != len(purposes):
        raise EnvelopeError("another number of wraps")
    if urgent > 1:
        raise EnvelopeError("urgent is neither 0 nor 1")
    if epoch == 0:
        raise EnvelopeError("epochs start at 1")
    places = range(HEADER_LENGTH, len(data), WRAP_LENGTH)
    wraps = tuple(_parse_wrap(data, at, purpose) for at, purpose in zip(places, purposes, strict=False))
    return Envelope(direction, report_id, message_id, urgent == 1, team_id, epoch, commitment, wraps, data)


def _parse_wrap(data: bytes, at: int, purpose: Purpose) -> Wrap:
    found, *parts = _WRAP.unpack_from(data, at)
    if found != purpose:
        raise EnvelopeError("another purpose of a wrap")
    return Wrap(purpose, *parts)
