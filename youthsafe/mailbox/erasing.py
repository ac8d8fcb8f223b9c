"""Erasing reports with their messages and cards; a tombstone and a count for the team are left."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, delete, false, func, literal_column, select, true

from youthsafe.extensions import db
from youthsafe.instance.models import Team
from youthsafe.mailbox.lifecycle import LifeCycle
from youthsafe.mailbox.models import Erasure, Message, Report, ReportTold, standing_of
from youthsafe.mailbox.standing import AFTER_WITHDRAWING, WAITING, Ages, Reason, Standing
from youthsafe.mailbox.tombstones import bury, mark

_FACTS = (
    Report.id,
    Report.team_id,
    Report.received_at,
    Report.opened_at,
    Report.closed_at,
    Report.withdrawn_at,
    Report.alerted_at,
    Report.claimed_by,
    Report.state,
    Report.unanswered,
    Report.hold,
    Report.answers,
    Report.follow_ups,
    Report.flood_id,
)
_VALUES = 500  # in one statement


@dataclass(frozen=True, slots=True)
class Kept:
    """A report that is kept: whose it is and how it stands, without its contents."""

    id: bytes
    team_id: bytes
    standing: Standing


def kept(ids: Sequence[bytes] | None = None, *, lock: bool = False) -> list[Kept]:
    """Return every report, or those of `ids`; `lock` keeps others from changing them until the transaction ends."""
    query = select(*_FACTS).order_by(Report.id)
    if ids is None:
        return _read(query)
    found: list[Kept] = []
    for start in range(0, len(ids), _VALUES):
        some = query.where(Report.id.in_(ids[start : start + _VALUES]))
        found += _read(some.with_for_update() if lock else some)
    return found


def perhaps_due(ages: Ages, now: datetime) -> list[Kept]:
    """Return the reports of which the rules of mailbox/standing.py have to be asked, each found through an index."""
    taken_back = Report.withdrawn_at <= now - AFTER_WITHDRAWING
    done = and_(Report.closed_at <= now - ages.closed, Report.hold.is_(False), Report.unanswered.is_(False))
    unclaimed = and_(
        literal_column(WAITING),
        Report.team_id.in_(select(Team.id)),
        *(flag.in_((true(), false())) for flag in (Report.unanswered, Report.urgent)),  # in the order of the index
        Report.received_at <= now - ages.unclaimed,
        Report.claimed_by.is_(None),
        Report.closed_at.is_(None),
        Report.hold.is_(False),
    )
    found = {each.id: each for rule in (taken_back, done, unclaimed) for each in _read(select(*_FACTS).where(rule))}
    return list(found.values())


def every_id() -> Sequence[bytes]:
    """Return the ids of all reports."""
    return db.session.scalars(select(Report.id)).all()


def count() -> int:
    """Return how many reports there are."""
    return db.session.scalar(select(func.count()).select_from(Report)) or 0


def newest_moment() -> datetime | None:
    """Return when the newest report came."""
    return db.session.scalar(select(func.max(Report.received_at)))


def marks_of(ids: Sequence[bytes]) -> set[bytes]:
    """Return the marks of reports and of their messages."""
    messages = db.session.scalars(select(Message.id).where(Message.report_id.in_(ids))).all()
    return {mark(each) for each in (*ids, *messages)}


def erase(reports: Iterable[tuple[Kept, Reason]], now: datetime) -> set[bytes]:
    """Erase reports with their messages and cards; what is left is a tombstone for each id and a count for each reason.

    Returns the marks of everything that is gone.
    """
    gone = list(reports)
    ids = [report.id for report, _ in gone]
    marks = marks_of(ids)
    bury(marks, now)
    for each in (Message, ReportTold):
        db.session.execute(delete(each).where(each.report_id.in_(ids)))
    db.session.execute(delete(Report).where(Report.id.in_(ids)))  # the entries of its card go with it
    for (team_id, reason), more in Counter((report.team_id, reason) for report, reason in gone).items():
        _count(team_id, reason, more)
    return marks


def remove(report_id: bytes) -> None:
    """Take away a report that nobody wrote; nothing counts it, and nothing is left of it here."""
    for each in (ReportTold.report_id, Message.report_id, Report.id):
        db.session.execute(delete(each.class_).where(each == report_id))


def note_alert(report: Kept, now: datetime) -> None:
    """Write down that the report's team is told from now on that it will be erased."""
    found = db.session.get(Report, report.id)
    if found is not None:
        LifeCycle(found).note_alert(now)


def hidden_marks() -> set[bytes]:
    """Return the marks of reports that were taken back and are not erased yet."""
    return {mark(each) for each in db.session.scalars(select(Report.id).where(Report.hidden))}


def _read(query: Select[*tuple[Any, ...]]) -> list[Kept]:
    return [
        Kept(
            row.id,
            row.team_id,
            standing_of(row),
        )
        for row in db.session.execute(query)
    ]


def _count(team_id: bytes, reason: Reason, more: int) -> None:
    row = db.session.get(Erasure, (team_id, reason), with_for_update=True)
    if row is None:
        row = Erasure(team_id=team_id, reason=reason, count=0)
        db.session.add(row)
    row.count += more
