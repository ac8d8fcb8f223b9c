"""Use cases of triage. Each changes a report and writes the audit entry in the caller's one transaction.

A report is new until somebody opens or claims it, then open, then closed; it can be opened again. Whoever
claimed it holds it: only they answer, release or close. A coordinator may take it over, and may put a hold on it, so
that no timer erases it. One that its reporter took back before anybody opened it is not there for anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, not_, select
from sqlalchemy.orm import defer

from youthsafe.accounts import services as accounts_services
from youthsafe.accounts.services import SignedIn
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.crypto.acknowledgement import Acknowledged, AcknowledgementError, parse_acknowledgement
from youthsafe.database import DAMAGED, readable
from youthsafe.errors import ConflictError, InvalidInputError, NotAllowedError, NotFoundError
from youthsafe.extensions import db
from youthsafe.mailbox import services as mailbox_services
from youthsafe.mailbox.models import Message, Report, ReportState
from youthsafe.mailbox.standing import AFTER_ALERT
from youthsafe.privacy.coarse_time import to_hour

_SEALED = [  # no fact of a report needs them
    defer(each)
    for each in (
        Report.envelope,
        Report.mailbox_key,
        Report.note,
        Report.opened_statement,
        Report.withdrawal_statement,
    )
]


@dataclass(frozen=True, slots=True)
class Stub:
    """What a list shows of a report: no content.

    `holder` is the id and name of whoever claimed it; `erased_at` when it will be erased unless somebody claims it.
    A `damaged` one has a moment that cannot be read: it keeps no other line from being shown.
    """

    id: bytes
    team_id: bytes
    epoch: int
    urgent: bool
    received_at: datetime
    state: ReportState
    holder: tuple[bytes, str] | None
    opened: bool
    closed_at: datetime | None
    answers: int
    follow_ups: int
    unanswered: bool
    withdrawn: bool
    hold: bool
    erased_at: datetime | None
    work_step: int
    damaged: bool


@dataclass(frozen=True, slots=True)
class SealedMessage:
    """One follow-up (direction 1) or answer (direction 2), numbered in its direction."""

    id: bytes
    number: int
    direction: int
    received_at: datetime
    envelope: bytes | None


@dataclass(frozen=True, slots=True)
class SealedReport:
    """One report with its messages, oldest first; `tip` is the digest of the newest answer, zeros for none.

    What is damaged at rest is none: the rest can still be read, and the report be closed.
    """

    stub: Stub
    envelope: bytes
    mailbox_key: bytes | None
    messages: tuple[SealedMessage, ...]
    acknowledgements: tuple[bytes, ...]
    tip: bytes


def facts(member: SignedIn, report_id: bytes) -> Stub:
    """Return how a report stands, without content; raises NotFoundError, also for another team's report."""
    return _stub(_find(member, report_id))


def open_report(member: SignedIn, report_id: bytes, now: datetime) -> SealedReport:
    """Give the member what is sealed, and write down that they had it; the only way to it.

    From the first time on its reporter reads that it was opened, and the minute an urgent one arrived is forgotten.
    """
    report = _find(member, report_id, lock=True)
    report.opened_at = report.opened_at or to_hour(now)
    report.received_at = to_hour(report.received_at)
    if report.state == ReportState.NEW:
        report.state = ReportState.OPEN
    stub = _written(Action.REPORT_OPENED, member, report, now)
    statements = (readable(Report.opened_statement), readable(Report.withdrawal_statement))
    sealed = select(Report.envelope, readable(Report.mailbox_key), *statements).where(Report.id == report_id)
    envelope, mailbox_key, *said = db.session.execute(sealed).one()
    acknowledgements = tuple(each for each in said if each is not None)
    of_message = (Message.id, Message.number, Message.direction, Message.received_at, readable(Message.envelope))
    messages = select(*of_message).where(Message.report_id == report_id).order_by(Message.position)
    sealed_messages = tuple(SealedMessage(*row) for row in db.session.execute(messages))
    return SealedReport(stub, envelope, mailbox_key, sealed_messages, acknowledgements, report.answer_tip)


def acknowledge(
    member: SignedIn, report_id: bytes, statement: bytes, *, instead_of: bytes | None, now: datetime
) -> None:
    """Keep what the member's browser says to the reporter; the server cannot tell whether it is true.

    What was said of the same before stays, unless it is `instead_of`: what the member's browser found to be false. That
    is written down. Raises InvalidInputError for bytes that are no acknowledgement, ConflictError for one of what did
    not happen, or where something else was said.
    """
    report = _find(member, report_id, lock=True)
    try:
        said = parse_acknowledgement(statement)
    except AcknowledgementError as error:
        raise InvalidInputError(f"The acknowledgement is not well formed: {error}. Nothing was saved.") from None
    _require_opened(report)
    if said.kind is Acknowledged.WITHDRAWAL_SEEN and report.withdrawn_at is None:
        raise ConflictError("Nobody took this report back. Nothing was saved.")
    column = Report.opened_statement if said.kind is Acknowledged.OPENED else Report.withdrawal_statement
    before = db.session.scalar(select(readable(column)).where(Report.id == report_id))
    if before == statement:
        return
    if before is not None and before != instead_of:
        raise ConflictError("This was said to the reporter before. Nothing was saved.")
    setattr(report, column.key, statement)
    if before is not None:
        append(Action.REPORT_ACKNOWLEDGEMENT_REPLACED, now=now, actor=member.id, subject=report.id)


def claim(member: SignedIn, report_id: bytes, now: datetime) -> Stub:
    """Let the member hold the report; raises ConflictError when another does, unless the member coordinates."""
    report = _find(member, report_id, lock=True)
    _require_open(report)
    if report.claimed_by == member.id:
        return _stub(report)
    if report.claimed_by is not None and not member.coordinates:
        raise ConflictError("Somebody else holds this report.")
    action = Action.REPORT_CLAIMED if report.claimed_by is None else Action.REPORT_TAKEN_OVER
    report.claimed_by = member.id
    report.alerted_at = None
    report.state = ReportState.OPEN
    return _written(action, member, report, now)


def release(member: SignedIn, report_id: bytes, now: datetime) -> Stub:
    """Let go of the report; raises ConflictError when another holds it. Nothing happens when nobody does."""
    report = _find(member, report_id, lock=True)
    _require_open(report)
    if report.claimed_by is None:
        return _stub(report)
    _require_holder(member, report)
    report.claimed_by = None
    return _written(Action.REPORT_RELEASED, member, report, now)


def close(member: SignedIn, report_id: bytes, now: datetime, *, follow_ups: int) -> Stub:
    """Close the report; `follow_ups` is how many the member was shown.

    Raises ConflictError unless the member holds it, while nobody has opened it, and when the reporter wrote again
    meanwhile: nobody's words are closed unread. Nothing happens when they closed it before.
    """
    report = _find(member, report_id, lock=True)
    _require_holder(member, report)
    _require_opened(report)
    if report.follow_ups != follow_ups:
        raise ConflictError("The reporter wrote again in the meantime. Read it first. Nothing was changed.")
    if report.state == ReportState.CLOSED:
        return _stub(report)
    report.state = ReportState.CLOSED
    report.closed_at = to_hour(now)
    report.unanswered = False
    return _written(Action.REPORT_CLOSED, member, report, now)


def reopen(member: SignedIn, report_id: bytes, now: datetime) -> Stub:
    """Open a closed report again, also one that was closed as junk; the member holds it from then on.

    Nothing happens to an open one.
    """
    report = _find(member, report_id, lock=True)
    if report.state != ReportState.CLOSED:
        return _stub(report)
    report.state = ReportState.OPEN
    report.closed_at = None
    report.junk_id = None
    report.claimed_by = member.id
    return _written(Action.REPORT_REOPENED, member, report, now)


def reply(
    member: SignedIn, report_id: bytes, envelope: bytes, *, after: bytes, follow_ups: int, now: datetime
) -> bytes:
    """Keep the member's sealed answer and return its id; the same bytes again find the answer that is already here.

    `follow_ups` is how many the member was shown: a later one still waits for an answer.

    Raises InvalidInputError for an envelope that is not this report's answer; ConflictError when `after` is not the
    newest answer's digest, when another answer has the same id, or when the member does not hold the open report or
    nobody has opened it: until then its reporter may take it back as if nobody had read it.
    """
    report = _find(member, report_id, lock=True)
    known = report.answers
    if follow_ups > report.follow_ups:
        raise ConflictError("There are not so many messages of the reporter. Nothing was saved.")
    message = mailbox_services.answer(report, envelope, after=after, follow_ups=follow_ups, now=now)
    if report.answers == known:
        return message.id
    _require_open(report)
    _require_holder(member, report)
    _require_opened(report)
    _written(Action.REPORT_ANSWERED, member, report, now)
    return message.id


def hold(member: SignedIn, report_id: bytes, now: datetime) -> Stub:
    """Keep every timer from the report until the hold is lifted. Nothing happens when it is held already.

    Raises NotAllowedError unless the member coordinates, ConflictError while nobody has opened it: until then its
    reporter may take it back.
    """
    report = _find(member, report_id, lock=True)
    _require_coordinator(member)
    _require_opened(report)
    if report.hold:
        return _stub(report)
    report.hold = True
    return _written(Action.REPORT_HELD, member, report, now)


def lift(member: SignedIn, report_id: bytes, now: datetime) -> Stub:
    """Let the timers run again, if there is a hold; raises NotAllowedError unless the member coordinates."""
    report = _find(member, report_id, lock=True)
    _require_coordinator(member)
    if not report.hold:
        return _stub(report)
    report.hold = False
    return _written(Action.REPORT_HOLD_LIFTED, member, report, now)


def _of_teams(member: SignedIn) -> Select[Report]:
    return select(Report).where(Report.team_id.in_(member.teams), not_(Report.hidden))


def _find(member: SignedIn, report_id: bytes, *, lock: bool = False) -> Report:
    query = _of_teams(member).where(Report.id == report_id).options(*_SEALED)
    report = db.session.scalar(query.with_for_update() if lock else query)
    if report is None:
        raise NotFoundError("There is no such report for you.")
    return report


def _require_open(report: Report) -> None:
    if report.state == ReportState.CLOSED:
        raise ConflictError("This report is closed. Open it again first.")


def _require_opened(report: Report) -> None:
    if report.opened_at is None:
        raise ConflictError("Nobody has opened this report yet. Open it first.")


def _require_holder(member: SignedIn, report: Report) -> None:
    if report.claimed_by is None:
        raise ConflictError("Nobody holds this report. Claim it first.")
    if report.claimed_by != member.id:
        raise ConflictError("Somebody else holds this report.")


def _require_coordinator(member: SignedIn) -> None:
    if not member.coordinates:
        raise NotAllowedError("Only a coordinator may do this.")


def _written(action: Action, member: SignedIn, report: Report, now: datetime) -> Stub:
    append(action, now=now, actor=member.id, subject=report.id)
    return _stub(report)


def _stub(report: Report) -> Stub:
    return stubs([report])[0]


def stubs(reports: Sequence[Report] | Sequence[Row[Any]]) -> list[Stub]:
    """Return what a list shows of reports, or of rows with their facts."""
    names = accounts_services.names(each.claimed_by for each in reports if each.claimed_by is not None)
    return [
        Stub(
            id=each.id,
            team_id=each.team_id,
            epoch=each.epoch,
            urgent=each.urgent,
            received_at=each.received_at,
            state=ReportState(each.state),
            holder=(each.claimed_by, names.get(each.claimed_by, "")) if each.claimed_by is not None else None,
            opened=each.opened_at is not None,
            closed_at=each.closed_at,
            answers=each.answers,
            follow_ups=each.follow_ups,
            unanswered=each.unanswered,
            withdrawn=each.withdrawn_at is not None,
            hold=each.hold,
            erased_at=each.alerted_at + AFTER_ALERT if each.alerted_at is not None and not each.hold else None,
            work_step=each.work_step,
            damaged=DAMAGED in (each.received_at, each.opened_at, each.closed_at, each.withdrawn_at, each.alerted_at),
        )
        for each in reports
    ]
