"""Use cases of the mailbox: accepting a report, and messages both ways.

The server handles sealed bytes only. What must be the same for an unknown, an empty and a full mailbox is
said where it happens.
"""

import hmac
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Row, bindparam, delete, false, func, literal_column, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import defer

from youthsafe.crypto.acknowledgement import LENGTH as ACKNOWLEDGEMENT_LENGTH
from youthsafe.crypto.bundle import key_id
from youthsafe.crypto.envelope import ANSWER_LENGTH, Direction, Envelope, EnvelopeError, parse_answer
from youthsafe.crypto.keys import mailbox_verifier
from youthsafe.crypto.wire import NOTE_LENGTH, MessageBody, ReportBody
from youthsafe.database import Prepared, Writing, as_stored, decrypt_alike, index_hash, index_hashes
from youthsafe.errors import ConflictError, InvalidInputError, NotFoundError
from youthsafe.extensions import db
from youthsafe.instance.services import is_named_team_key, require_newest_epoch
from youthsafe.mailbox import tombstones
from youthsafe.mailbox.lifecycle import AT_FIRST, NO_ANSWER, LifeCycle
from youthsafe.mailbox.models import Message, Report, row_number
from youthsafe.mailbox.standing import CLAIMED, WAITING, ReportState
from youthsafe.privacy.coarse_time import to_hour, to_minute

MessageFacts = Row[bytes, int, int, int, datetime]  # id, direction, number, position and hour of receiving

MOST_COUNTED = 100  # of what nobody has opened: more is not another number to whoever reads it
MOST_UNANSWERED = 60  # a stranger with a mailbox of their own must not fill the disk, nor a caseworker's browser
_ANOTHERS_MAILBOX = "This mailbox belongs to another report. Nothing was saved."
_VERIFIER_BYTES = 32
_NOBODY = bytes(16)  # no report or message has it: ids are random
_SEALED = [  # what a mailbox holds is decrypted on its own, the same amount for every mailbox
    defer(each)
    for each in (
        Report.envelope,
        Report.mailbox_number,
        Report.mailbox_verifier,
        Report.mailbox_key,
        Report.note,
        Report.opened_statement,
        Report.withdrawal_statement,
    )
]


_COLUMNS = (
    *("number", "id", "team_id", "epoch", "urgent", "received_at", "digest", "envelope", "difficulty", *AT_FIRST),
    *("mailbox_id", "mailbox_number", "mailbox_verifier", "mailbox_key", "note", "tip", "answer_tip"),
)
_UNLESS_BURIED = select(*(bindparam(name, type_=Report.__table__.c[name].type) for name in _COLUMNS)).where(
    ~tombstones.LOOK_UP_BY_HASH.exists()
)
_INSERT_REPORT = Prepared(
    [*_COLUMNS, "hash"],
    sqlite=sqlite.insert(Report).from_select(_COLUMNS, _UNLESS_BURIED).on_conflict_do_nothing(),
    postgresql=postgresql.insert(Report).from_select(_COLUMNS, _UNLESS_BURIED).on_conflict_do_nothing(),
)
_DIGEST_OF_REPORT = Prepared(["number"], any=select(Report.digest).where(Report.id == bindparam("number")))
_REPORT_OF_MAILBOX = Prepared(["hash"], any=select(Report.id).where(Report.mailbox_id == bindparam("hash")))
_DELETE_REPORT = Prepared(["number"], any=delete(Report).where(Report.id == bindparam("number")))


def accept(writing: Writing, body: ReportBody, now: datetime, *, difficulty: int = 0) -> bool:
    """Keep a sealed report and tell whether it is new; the same body again finds the report that is already here.

    One that is gone stays gone and is answered alike (docs/decisions/0007-late-retries.md).
    Raises ConflictError for another body under the same id or mailbox, InvalidInputError for an unknown team key.
    Prepared statements on the table itself: this is the path that a whole school takes at one moment.
    """
    envelope = body.envelope
    _require_team_key(envelope)
    version, row = _row(body, now, difficulty)
    grave = {"hash": tombstones.mark(envelope.report_id)}
    if not writing.run(_INSERT_REPORT, row | grave).rowcount:
        if not writing.run(tombstones.LOOK_UP, grave).fetchone():
            _require_same(writing, body)
        return False
    # Asked after the insert, which waits for a purge or a rotation of the same report.
    for other in index_hashes("mailbox id", body.mailbox_id, besides=version):
        if writing.run(_REPORT_OF_MAILBOX, {"hash": other}).fetchone():
            raise ConflictError(_ANOTHERS_MAILBOX)
    if not writing.is_alone and writing.run(tombstones.LOOK_UP, grave).fetchone():
        writing.run(_DELETE_REPORT, {"number": envelope.report_id})
        return False
    return True


def keep(body: ReportBody, now: datetime, *, difficulty: int) -> None:
    """Keep a report that the website sealed itself, in the caller's transaction."""
    db.session.add(Report(**_row(body, now, difficulty)[1]))


def is_here(report_id: bytes) -> bool:
    """Tell whether there is a report of this id."""
    return db.session.scalar(select(Report.id).where(Report.id == report_id)) is not None


def _row(body: ReportBody, now: datetime, difficulty: int) -> tuple[int, dict[str, Any]]:
    """Return a new report's columns, and the version of the secret by which its mailbox is found."""
    envelope = body.envelope
    version, mailbox_id = index_hash("mailbox id", body.mailbox_id)
    return version, AT_FIRST | {
        "number": row_number(mailbox_id),
        "id": envelope.report_id,
        "team_id": envelope.team_id,
        "epoch": envelope.epoch,
        "urgent": envelope.urgent,
        "received_at": to_minute(now) if envelope.urgent else to_hour(now),
        "digest": body.digest,
        "envelope": body.raw_envelope,
        "mailbox_id": mailbox_id,
        "mailbox_number": body.mailbox_id,
        "mailbox_verifier": body.verifier,
        "mailbox_key": body.key,
        "note": body.note,
        "tip": body.tip,
        "answer_tip": NO_ANSWER,
        "difficulty": difficulty,
    }


def was_accepted(body: ReportBody) -> bool:
    """Tell whether this very body was kept, or a report of its id was and is gone: one question, by primary keys.

    Whoever knows no more than the id of a report that is here is told nothing.
    """
    digest = select(Report.digest).where(Report.id == body.envelope.report_id).scalar_subquery()
    buried = tombstones.stands_over(body.envelope.report_id)
    kept, gone = db.session.execute(select(digest, buried)).one()
    return bool(gone) or (kept is not None and hmac.compare_digest(kept, body.digest))


def open_mailbox(mailbox_id: bytes, token: bytes, *, lock: bool = False) -> Report | None:
    """Find a reporter's mailbox. An unknown id, a wrong token and a hidden report give none, after the same one query.

    `lock` keeps a caseworker from closing the report while its reporter writes.
    """
    found = Report.mailbox_id.in_(index_hashes("mailbox id", mailbox_id))
    query = select(Report, as_stored(Report.mailbox_verifier)).where(found).options(*_SEALED)
    row = db.session.execute(query.with_for_update() if lock else query).one_or_none()
    report, stored = (None, None) if row is None else row
    verifier = decrypt_alike(Report.mailbox_verifier, stored, _VERIFIER_BYTES)
    matches = hmac.compare_digest(verifier, mailbox_verifier(token))
    return report if report is not None and matches and not report.hidden else None


def messages_of(report: Report | None) -> Sequence[MessageFacts]:
    """Return the facts of a mailbox's messages, newest first; for no mailbox, nothing, after the same one query."""
    facts = (Message.id, Message.direction, Message.number, Message.position, Message.received_at)
    query = select(*facts).where(Message.report_id == _number_of(report)).order_by(Message.position.desc())
    return db.session.execute(query).all()


def said_to(report: Report | None) -> tuple[bytes | None, list[bytes]]:
    """Return a reporter's own note and what the desk said to them; no note for no mailbox, or one that went meanwhile.

    As much is decrypted for whatever there is of it.
    """
    columns = (Report.note, Report.opened_statement, Report.withdrawal_statement)
    query = select(*map(as_stored, columns)).where(Report.id == _number_of(report))
    stored = db.session.execute(query).one_or_none() or (None,) * len(columns)
    lengths = (NOTE_LENGTH, ACKNOWLEDGEMENT_LENGTH, ACKNOWLEDGEMENT_LENGTH)
    note, *said = map(decrypt_alike, columns, stored, lengths)
    return None if stored[0] is None else note, [each for each, kept in zip(said, stored[1:], strict=True) if kept]


def envelopes_of(messages: Sequence[MessageFacts], count: int) -> list[bytes]:
    """Return the envelopes of at most `count` answers, then stand-ins up to that number: each costs the same."""
    ids = [each.id for each in messages] + [_NOBODY] * (count - len(messages))
    query = select(Message.id, as_stored(Message.envelope)).where(Message.id.in_(ids))
    stored: dict[bytes, bytes | None] = {each.id: each.envelope for each in db.session.execute(query)}
    return [decrypt_alike(Message.envelope, stored.get(each), ANSWER_LENGTH) for each in ids]


def write_back(body: MessageBody, now: datetime) -> bytes:
    """Keep a follow-up of the reporter and return its id, also when it was kept once and is gone.

    Raises NotFoundError for an unknown mailbox, InvalidInputError for an envelope that is not of this report or while
    MOST_UNANSWERED wait for an answer, ConflictError when `after` is not the newest envelope from the reporter.
    """
    report = open_mailbox(body.mailbox_id, body.token, lock=True)
    if report is not None:
        return _add(report, body.envelope, after=body.after, now=now, note=body.note).id
    if tombstones.is_buried(body.envelope.message_id):
        return body.envelope.message_id
    raise NotFoundError("There is no mailbox for this code. Nothing was saved.")


def answer(report: Report, raw: bytes, *, after: bytes, follow_ups: int, now: datetime) -> Message:
    """Keep the sealed answer of a caseworker who was shown so many follow-ups; errors as for write_back."""
    try:
        envelope = parse_answer(raw)
    except EnvelopeError as error:
        raise InvalidInputError(f"The sealed answer is not well formed: {error}. Nothing was saved.") from None
    if envelope.wraps[0].key_id != key_id(report.mailbox_key):
        raise InvalidInputError("The answer is not sealed to this report's mailbox. Nothing was saved.")
    return _add(report, envelope, after=after, now=now, answers=follow_ups)


def count_unopened(team_ids: Collection[bytes], *, urgent: bool) -> int:
    """Return how many reports of teams nobody has opened, MOST_COUNTED at most; read from an index alone."""
    unopened = (
        Report.unanswered == true(),
        Report.urgent == (true() if urgent else false()),
        Report.opened_at.is_(None),
    )
    rows = select(Report.id).where(literal_column(WAITING, Boolean()), Report.team_id.in_(team_ids), *unopened)
    return db.session.scalar(select(func.count()).select_from(rows.limit(MOST_COUNTED).subquery())) or 0


@dataclass(frozen=True, slots=True)
class Claims:
    """Reports that somebody has claimed and not closed, locked until the transaction ends."""

    _reports: Sequence[Report]

    def free(self, readers: set[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """End each claim of somebody who does not read the report's team, and return each team's and report's id.

        `readers`: the ids of members, each with that of a team.
        """
        left = [each for each in self._reports if (each.claimed_by, each.team_id) not in readers]
        for report in left:
            LifeCycle(report).free()
        return [(each.team_id, each.id) for each in left]


def lock_claims() -> Claims:
    """Keep everybody from claiming, releasing or closing what is claimed until the transaction ends."""
    query = select(Report).where(literal_column(CLAIMED, Boolean()), Report.state != ReportState.CLOSED)
    return Claims(db.session.scalars(query.options(*_SEALED).order_by(Report.id).with_for_update()).all())


def _number_of(report: Report | None) -> bytes:
    return report.id if report is not None else _NOBODY


def _require_same(writing: Writing, body: ReportBody) -> None:
    """Tell a repeated send, which is welcome, from another report in its place; both may wait for the same commit."""
    kept = writing.run(_DIGEST_OF_REPORT, {"number": body.envelope.report_id}).fetchone()
    if kept is None:
        raise ConflictError(_ANOTHERS_MAILBOX)
    if not hmac.compare_digest(bytes(kept[0]), body.digest):
        raise ConflictError("Another report was sent under this number. Nothing was saved.")


def _add(
    report: Report, envelope: Envelope, *, after: bytes, now: datetime, answers: int = 0, note: bytes | None = None
) -> Message:
    """Add a message in its place, or return the one that is there when it is the same one again.

    `answers` is how many follow-ups an answer is an answer to; `note` the reporter's own, from now on.
    """
    if (envelope.report_id, envelope.team_id) != (report.id, report.team_id):
        raise InvalidInputError("The message belongs to another report. Nothing was saved.")
    digest = envelope.digest
    known = db.session.get(Message, envelope.message_id)
    if known is not None:
        if known.digest == digest:
            return known
        raise ConflictError("Another message was sent under this number. Nothing was saved.")
    _require_team_key(envelope)
    to_team = envelope.direction is Direction.TO_TEAM
    if not to_team:  # a phone may know no newer key
        require_newest_epoch(envelope.team_id, envelope.epoch)
    life = LifeCycle(report)
    life.require_newest(after, of_answers=not to_team)
    if to_team:
        _require_room(report)
    place = life.follow_up(digest) if to_team else life.answer(digest, follow_ups=answers)
    message = Message(
        id=envelope.message_id,
        report=report,
        direction=envelope.direction,
        number=place.number,
        position=place.position,
        received_at=to_hour(now),
        digest=digest,
        envelope=envelope.raw,
    )
    db.session.add(message)
    if note is not None:
        report.note = note
    return message


def _require_room(report: Report) -> None:
    """Refuse one more follow-up where too many have come since the last answer."""
    of_answers = (Message.report_id == report.id, Message.direction == Direction.TO_REPORTER)
    answered = db.session.scalar(select(func.max(Message.position)).where(*of_answers)) or 0
    if report.follow_ups + report.answers - answered >= MOST_UNANSWERED:
        raise InvalidInputError("Too many messages wait for an answer here. Nothing was saved.")


def _require_team_key(envelope: Envelope) -> None:
    """Refuse a team, epoch or team key that no signed bundle ever named."""
    if not is_named_team_key(envelope.team_id, envelope.epoch, envelope.wraps[-1].key_id):
        raise InvalidInputError("This was sealed to a team or key that is not known here. Nothing was saved.")
