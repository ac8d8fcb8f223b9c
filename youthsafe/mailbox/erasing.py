"""Taking reports out for good: rows, messages and all, with a tombstone and a count in their place."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from youthsafe.extensions import db
from youthsafe.mailbox.models import Erasure, Message, Report
from youthsafe.mailbox.tombstones import bury, mark
from youthsafe.privacy.coarse_time import to_hour
from youthsafe.privacy.retention import Reason, Standing

_FACTS = (
    Report.id,
    Report.team_id,
    Report.received_at,
    Report.opened_at,
    Report.closed_at,
    Report.withdrawn_at,
    Report.alerted_at,
    Report.claimed_by,
    Report.unanswered,
    Report.hold,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A report that is kept: whose it is and how it stands, without its contents."""

    id: bytes
    team_id: bytes
    standing: Standing


def kept(ids: Sequence[bytes] | None = None) -> list[Kept]:
    """Return every report, or those of `ids` locked until the transaction ends."""
    query = select(*_FACTS).order_by(Report.id)
    if ids is not None:
        query = query.where(Report.id.in_(ids)).with_for_update()
    return [
        Kept(
            row.id,
            row.team_id,
            Standing(
                received_at=row.received_at,
                opened_at=row.opened_at,
                closed_at=row.closed_at,
                withdrawn_at=row.withdrawn_at,
                alerted_at=row.alerted_at,
                claimed=row.claimed_by is not None,
                unanswered=row.unanswered,
                hold=row.hold,
            ),
        )
        for row in db.session.execute(query)
    ]


def erase(reports: Iterable[tuple[Kept, Reason]], now: datetime) -> None:
    """Erase reports with their messages; what is left is a tombstone for each id and a count for each reason."""
    gone = list(reports)
    ids = [report.id for report, _ in gone]
    messages = db.session.scalars(select(Message.id).where(Message.report_id.in_(ids))).all()
    bury(map(mark, [*ids, *messages]), now)
    db.session.execute(delete(Message).where(Message.report_id.in_(ids)))
    db.session.execute(delete(Report).where(Report.id.in_(ids)))
    for (team_id, reason), count in Counter((report.team_id, reason) for report, reason in gone).items():
        _count(team_id, reason, count)


def note_alert(report: Kept, now: datetime) -> None:
    """Write down that the report's team is told from now on that it will be erased."""
    found = db.session.get(Report, report.id)
    if found is not None:
        found.alerted_at = to_hour(now)


def hidden_marks() -> set[bytes]:
    """Return the marks of reports that were taken back and are not erased yet."""
    return {mark(each) for each in db.session.scalars(select(Report.id).where(Report.hidden))}


def _count(team_id: bytes, reason: Reason, more: int) -> None:
    row = db.session.get(Erasure, (team_id, reason), with_for_update=True)
    if row is None:
        row = Erasure(team_id=team_id, reason=reason, count=0)
        db.session.add(row)
    row.count += more
