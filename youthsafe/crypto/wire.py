"""Request bodies of the public door, each of one length (docs/envelope.md section 7)."""

import hashlib
import json
from dataclasses import dataclass
from typing import TypeGuard

from youthsafe.crypto.encoding import EncodingError, parse_json, unb64
from youthsafe.crypto.envelope import Envelope, parse_follow_up, parse_report
from youthsafe.crypto.keys import ID_LENGTH, PUBLIC_KEY_LENGTH

REPORT_BODY_LENGTH = 14_498
MESSAGE_BODY_LENGTH = 12_797
LONGEST_MAILBOX_BODY = 128
TOKEN_LENGTH = 32
NOTE_LENGTH = 76
HIGHEST_NUMBER = 2**31 - 1


class WireError(EncodingError):
    """A request body that is not exactly in its one form."""


@dataclass(frozen=True, slots=True)
class ReportBody:
    """A report on its way in: mailbox id of 16 bytes, token of 32, key of 1,216, note of 76, SHA256 of the body."""

    envelope: Envelope
    raw_envelope: bytes
    mailbox_id: bytes
    token: bytes
    key: bytes
    note: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class MailboxRequest:
    """A reporter asking for answers numbered below `before`, or for the newest when it is 0."""

    mailbox_id: bytes
    token: bytes
    before: int


@dataclass(frozen=True, slots=True)
class MessageBody:
    """A follow-up on its way in: `after` is SHA256 of the envelope it follows."""

    mailbox_id: bytes
    token: bytes
    after: bytes
    envelope: Envelope
    raw_envelope: bytes
    digest: bytes


def parse_report_body(body: bytes) -> ReportBody:
    """Read the 14,498 bytes of a report; EncodingError (WireError, EnvelopeError) for anything else."""
    _refuse_length(body, REPORT_BODY_LENGTH)
    outer = _members(_canonical(body), ("envelope", "mailbox"))
    mailbox = _members(outer["mailbox"], ("id", "token", "key", "note"))
    raw = _bytes(outer["envelope"])
    return ReportBody(
        envelope=parse_report(raw),
        raw_envelope=raw,
        mailbox_id=_bytes(mailbox["id"], ID_LENGTH),
        token=_bytes(mailbox["token"], TOKEN_LENGTH),
        key=_bytes(mailbox["key"], PUBLIC_KEY_LENGTH),
        note=_bytes(mailbox["note"], NOTE_LENGTH),
        digest=hashlib.sha256(body).digest(),
    )


def parse_mailbox_request(body: bytes) -> MailboxRequest:
    """Read a request for a page of answers; EncodingError for anything else."""
    if len(body) > LONGEST_MAILBOX_BODY:
        raise WireError("too long for a mailbox request")
    found = _members(_canonical(body), ("id", "token", "before"))
    before = found["before"]
    if not _is_number(before) or not 0 <= before <= HIGHEST_NUMBER:
        raise WireError("`before` is not a number of an answer")
    return MailboxRequest(_bytes(found["id"], ID_LENGTH), _bytes(found["token"], TOKEN_LENGTH), before)


def parse_message_body(body: bytes) -> MessageBody:
    """Read the 12,797 bytes of a follow-up; EncodingError (WireError, EnvelopeError) for anything else."""
    _refuse_length(body, MESSAGE_BODY_LENGTH)
    found = _members(_canonical(body), ("id", "token", "after", "envelope"))
    raw = _bytes(found["envelope"])
    return MessageBody(
        mailbox_id=_bytes(found["id"], ID_LENGTH),
        token=_bytes(found["token"], TOKEN_LENGTH),
        after=_bytes(found["after"], 32),
        envelope=parse_follow_up(raw),
        raw_envelope=raw,
        digest=hashlib.sha256(body).digest(),
    )


def _refuse_length(body: bytes, length: int) -> None:
    if len(body) != length:
        raise WireError(f"{len(body)} bytes instead of {length}")


def _canonical(body: bytes) -> object:
    """The document, if writing it again gives the same bytes: no white space, no escapes, one spelling."""
    document = parse_json(body, REPORT_BODY_LENGTH)
    if json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass") != body:
        raise WireError("not in its canonical form")
    return document


def _members(document: object, keys: tuple[str, ...]) -> dict[str, object]:
    if not isinstance(document, dict) or tuple(document) != keys:
        raise WireError(f"an object of {', '.join(keys)} is needed, in this order")
    return document


def _bytes(value: object, length: int | None = None) -> bytes:
    if not isinstance(value, str):
        raise WireError("text is needed")
    return unb64(value, length)


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
