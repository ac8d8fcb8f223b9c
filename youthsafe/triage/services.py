"""Use cases of triage. Each changes a report and writes the audit entry in the caller's one transaction.

What may become of a report stands in mailbox/lifecycle.py. A coordinator may take a report over from whoever claimed
it, and may put a hold on it, so that no timer erases it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, not_, select
from sqlalchemy.orm import defer

from youthsafe.accounts.permissions import Permission
from youthsafe.accounts.services import SignedIn, reads
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.crypto.acknowledgement import Acknowledged, AcknowledgementError, parse_acknowledgement
from youthsafe.database import readable
from youthsafe.drills import closing
from youthsafe.drills import services as drills_services
from youthsafe.errors import ConflictError, InvalidInputError, NotFoundError
from youthsafe.extensions import db
from youthsafe.mailbox import services as mailbox_services
from youthsafe.mailbox.lifecycle import LifeCycle
from youthsafe.mailbox.models import Message, Report
from youthsafe.triage.summaries import ReportSummary, summaries

_SEALED = [  # summaries need none of these columns
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

    What is damaged at rest is none: the rest can still be read, and the report be closed. `drill`: the website made it.
    """

    summary: ReportSummary
    envelope: bytes
    mailbox_key: bytes | None
    messages: tuple[SealedMessage, ...]
    acknowledgements: tuple[bytes, ...]
    tip: bytes
    drill: bool


def facts(member: SignedIn, report_id: bytes) -> ReportSummary:
    """Return how a report stands, without content; raises NotFoundError, also for another team's report."""
    return _summary(find(member, report_id))


def open_report(member: SignedIn, report_id: bytes, now: datetime) -> SealedReport:
    """Give the member what is sealed, and write down that they had it; the only way to it.

    From the first time on its reporter reads that it was opened, and the minute an urgent one arrived is forgotten.
    """
    report = find(member, report_id, lock=True)
    LifeCycle(report).open(now)
    is_drill = drills_services.note_opened(report_id, now)
    summary = _written(Action.REPORT_OPENED, member, report, now)
    statements = (readable(Report.opened_statement), readable(Report.withdrawal_statement))
    sealed = select(Report.envelope, readable(Report.mailbox_key), *statements).where(Report.id == report_id)
    envelope, mailbox_key, *said = db.session.execute(sealed).one()
    acknowledgements = tuple(each for each in said if each is not None)
    of_message = (Message.id, Message.number, Message.direction, Message.received_at, readable(Message.envelope))
    messages = select(*of_message).where(Message.report_id == report_id).order_by(Message.position)
    sealed_messages = tuple(SealedMessage(*row) for row in db.session.execute(messages))
    if is_drill:
        closing.look(now)
    return SealedReport(summary, envelope, mailbox_key, sealed_messages, acknowledgements, report.answer_tip, is_drill)


def finish_drill(member: SignedIn, report_id: bytes, now: datetime) -> None:
    """Take a drill away that somebody opened; raises ConflictError for any other report."""
    drills_services.finish(find(member, report_id, lock=True).id, now, actor=member.id)


def acknowledge(
    member: SignedIn, report_id: bytes, statement: bytes, *, instead_of: bytes | None, now: datetime
) -> None:
    """Keep what the member's browser says to the reporter; the server cannot tell whether it is true.

    What was said of the same before stays, unless it is `instead_of`: what the member's browser found to be false. That
    is written down. Raises InvalidInputError for bytes that are no acknowledgement, ConflictError for one of what did
    not happen, or where something else was said.
    """
    report = find(member, report_id, lock=True)
    try:
        said = parse_acknowledgement(statement)
    except AcknowledgementError as error:
        raise InvalidInputError(f"The acknowledgement is not well formed: {error}. Nothing was saved.") from None
    LifeCycle(report).require_opened()
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
        append(Action.REPORT_ACKNOWLEDGEMENT_REPLACED, now=now, actor=member.id, subject=report.id, team=report.team_id)


def claim(member: SignedIn, report_id: bytes, now: datetime) -> ReportSummary:
    """Let the member answer the report; raises ConflictError when another claimed it, unless they may take it over."""
    report = find(member, report_id, lock=True)
    action = Action.REPORT_CLAIMED if report.claimed_by is None else Action.REPORT_TAKEN_OVER
    changed = LifeCycle(report).claim(member.id, takes_over=Permission.REPORT_TAKE_OVER in member.permissions)
    return _changed(action, member, report, now, changed=changed)


def release(member: SignedIn, report_id: bytes, now: datetime) -> ReportSummary:
    """End the member's claim; raises ConflictError when another has it."""
    report = find(member, report_id, lock=True)
    changed = LifeCycle(report).release(member.id)
    return _changed(Action.REPORT_RELEASED, member, report, now, changed=changed)


def hand_over(member: SignedIn, report_id: bytes, now: datetime, *, to: bytes) -> ReportSummary:
    """Let a colleague have the member's claim; raises ConflictError when another has it, or the colleague reads no
    reports of this team.
    """
    report = find(member, report_id, lock=True)
    if not reads(to, report.team_id):  # asked under the lock: whoever is removed meanwhile is not handed anything
        raise ConflictError("Your colleague does not read the reports of this team. Nothing was changed.")
    changed = LifeCycle(report).hand_over(member.id, to)
    return _changed(Action.REPORT_HANDED_OVER, member, report, now, changed=changed)


def close(member: SignedIn, report_id: bytes, now: datetime, *, follow_ups: int) -> ReportSummary:
    """Close the report; `follow_ups` is how many the member was shown; raises ConflictError as LifeCycle.close."""
    report = find(member, report_id, lock=True)
    changed = LifeCycle(report).close(member.id, now, follow_ups=follow_ups)
    return _changed(Action.REPORT_CLOSED, member, report, now, changed=changed)


def reopen(member: SignedIn, report_id: bytes, now: datetime) -> ReportSummary:
    """Open a closed report again, also one that was closed with a flood; it is claimed by the member from then on."""
    report = find(member, report_id, lock=True)
    changed = LifeCycle(report).reopen(member.id)
    return _changed(Action.REPORT_REOPENED, member, report, now, changed=changed)


def reply(
    member: SignedIn, report_id: bytes, envelope: bytes, *, after: bytes, follow_ups: int, now: datetime
) -> bytes:
    """Keep the member's sealed answer and return its id; the same bytes again find the answer that is already here.

    `follow_ups` is how many the member was shown: a later one still waits for an answer.

    Raises InvalidInputError for an envelope that is not this report's answer; ConflictError when `after` is not the
    newest answer's digest, when another answer has the same id, or when the member did not claim the open report or
    nobody has opened it: until then its reporter may take it back as if nobody had read it.
    """
    report = find(member, report_id, lock=True)
    known = report.answers
    if follow_ups > report.follow_ups:
        raise ConflictError("There are not so many messages of the reporter. Nothing was saved.")
    message = mailbox_services.answer(report, envelope, after=after, follow_ups=follow_ups, now=now)
    if report.answers == known:
        return message.id
    LifeCycle(report).require_answered_by(member.id)
    _written(Action.REPORT_ANSWERED, member, report, now)
    return message.id


def hold(member: SignedIn, report_id: bytes, now: datetime) -> ReportSummary:
    """Keep every timer from the report until the hold is lifted. Nothing happens when there is a hold.

    Raises ConflictError while nobody has opened it: until then its reporter may take it back.
    """
    report = find(member, report_id, lock=True)
    return _changed(Action.REPORT_HELD, member, report, now, changed=LifeCycle(report).hold())


def lift(member: SignedIn, report_id: bytes, now: datetime) -> ReportSummary:
    """Let the timers run again, if there is a hold."""
    report = find(member, report_id, lock=True)
    return _changed(Action.REPORT_HOLD_LIFTED, member, report, now, changed=LifeCycle(report).lift())


def find(member: SignedIn, report_id: bytes, *, lock: bool = False) -> Report:
    """Return a report of the member's teams; raises NotFoundError, also for another team's."""
    query = _of_teams(member).where(Report.id == report_id).options(*_SEALED)
    report = db.session.scalar(query.with_for_update() if lock else query)
    if report is None:
        raise NotFoundError("There is no such report for you.")
    return report


def _of_teams(member: SignedIn) -> Select[Report]:
    return select(Report).where(Report.team_id.in_(member.teams), not_(Report.hidden))


def _written(action: Action, member: SignedIn, report: Report, now: datetime) -> ReportSummary:
    append(action, now=now, actor=member.id, subject=report.id, team=report.team_id)
    _require_still_of_team(member, report)
    return _summary(report)


def _require_still_of_team(member: SignedIn, report: Report) -> None:
    """Refuse what somebody did while they were removed: whoever writes in the trail has waited for that."""
    if not reads(member.id, report.team_id):
        raise NotFoundError("There is no such report for you.")


def _changed(action: Action, member: SignedIn, report: Report, now: datetime, *, changed: bool) -> ReportSummary:
    """Write down what was changed; what was so already leaves no entry."""
    return _written(action, member, report, now) if changed else _summary(report)


def _summary(report: Report) -> ReportSummary:
    return summaries([report])[0]
