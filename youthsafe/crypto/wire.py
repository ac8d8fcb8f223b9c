"""Request bodies of the public door, each of one length (docs/envelope.md section 7)."""

import hashlib
import re
from dataclasses import dataclass
from typing import NamedTuple

from youthsafe.crypto.encoding import EncodingError, decode_letters
from youthsafe.crypto.envelope import Envelope, parse_follow_up, parse_report

REPORT_BODY_LENGTH = 14_549
NOTE_LENGTH = 112
HIGHEST_NUMBER = 2**31 - 1


class WireError(EncodingError):
    """A request body that is not exactly in its one form."""


class ReportBody(NamedTuple):
    """A report on its way in: mailbox id of 16 bytes, verifier of 32, key of 1,216, note of 112.

    `tip` is SHA256 of the envelope; `digest` of that and the mailbox, so of all there is in a body of one form.
    """

    envelope: Envelope
    raw_envelope: bytes
    mailbox_id: bytes
    verifier: bytes
    key: bytes
    note: bytes
    tip: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class MailboxRequest:
    """A reporter asking for answers numbered below `before`, or for the newest when it is 0."""

    mailbox_id: bytes
    token: bytes
    before: int


@dataclass(frozen=True, slots=True)
class MessageBody:
    """A follow-up on its way in: `after` is SHA256 of the envelope it follows, `note` the self-note from then on."""

    mailbox_id: bytes
    token: bytes
    after: bytes
    envelope: Envelope
    raw_envelope: bytes
    note: bytes
    digest: bytes


# Each body has one form: keys in one order, no white space, no escapes. So it is read by a pattern of that form,
# which no duplicate, unknown or missing key can match.
_REPORT = re.compile(
    rb'\{"envelope":"(.{12644})",'  # its letters are looked at where they are decoded: twice would take long
    rb'"mailbox":\{"id":"([\w-]{22})","verifier":"([\w-]{43})","key":"(.{1622})","note":"([\w-]{150})"\}\}',
    re.DOTALL,
)
_MAILBOX = re.compile(rb'\{"id":"([\w-]{22})","token":"([\w-]{43})","before":(0|[1-9][0-9]{0,9})\}')
_MESSAGE = re.compile(
    rb'\{"id":"([\w-]{22})","token":"([\w-]{43})","after":"([\w-]{43})","envelope":"(.{12644})","note":"([\w-]{150})"\}',
    re.DOTALL,
)

_WORK = re.compile(rb'\{"report":"([\w-]{22})"\}')


def parse_report_body(body: bytes) -> ReportBody:
    """Read the 14,549 bytes of a report; EncodingError (WireError, EnvelopeError) for anything else."""
    raw, mailbox_id, verifier, key, note = _values(_REPORT, body)
    envelope = parse_report(raw)
    tip = envelope.digest
    return ReportBody(
        envelope=envelope,
        raw_envelope=raw,
        mailbox_id=mailbox_id,
        verifier=verifier,
        key=key,
        note=note,
        tip=tip,
        digest=hashlib.sha256(b"".join((tip, mailbox_id, verifier, key, note))).digest(),
    )


def parse_mailbox_request(body: bytes) -> MailboxRequest:
    """Read a request for a page of answers; EncodingError for anything else."""
    found = _match(_MAILBOX, body)
    before = int(found[3])
    if before > HIGHEST_NUMBER:
        raise WireError("`before` is not a number of an answer")
    return MailboxRequest(decode_letters(found[1]), decode_letters(found[2]), before)


def parse_message_body(body: bytes) -> MessageBody:
    """Read the 12,957 bytes of a follow-up; EncodingError (WireError, EnvelopeError) for anything else."""
    mailbox_id, token, after, raw, note = _values(_MESSAGE, body)
    return MessageBody(
        mailbox_id=mailbox_id,
        token=token,
        after=after,
        envelope=parse_follow_up(raw),
        raw_envelope=raw,
        note=note,
        digest=hashlib.sha256(body).digest(),
    )


def parse_work_request(body: bytes) -> bytes:
    """Read for which report work is asked and return its number, 16 bytes; EncodingError for anything else."""
    return _values(_WORK, body)[0]


def _values(form: re.Pattern[bytes], body: bytes) -> list[bytes]:
    return [decode_letters(letters) for letters in _match(form, body).groups()]


def _match(form: re.Pattern[bytes], body: bytes) -> re.Match[bytes]:
    found = form.fullmatch(body)
    if found is None:
        raise WireError("the body is not in its one form")
    return found
