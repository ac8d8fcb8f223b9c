"""Which reports wait for a team's eyes, and what was told of each: a step is taken once, and nothing says when.

In the caller's transaction: a step is taken if, and only if, what follows of it was committed.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, false, insert, literal, literal_column, or_, select, true

from youthsafe.extensions import db
from youthsafe.mailbox.models import Report, ReportTold
from youthsafe.mailbox.standing import WAITING

_PLAIN = literal(0)  # the step of a report without danger; those with danger have steps from 1
_WROTE_AGAIN = Report.follow_ups + 100  # the step of a reporter's newest words


def newly_in_danger(step: int, came_before: Mapping[bytes, datetime]) -> set[bytes]:
    """Take a step for each team's unopened reports in danger that came by a moment; returns the teams of any."""
    return {
        team_id
        for team_id, latest in came_before.items()
        if _take(literal(step), Report.team_id == team_id, Report.received_at <= latest, _unopened(urgent=True))
    }


def newly_waiting(team_ids: Collection[bytes]) -> set[bytes]:
    """Take the one step of other unopened reports, and of reporters who wrote again; returns the teams of any."""
    return {
        team_id
        for team_id in team_ids
        if _take(_PLAIN, Report.team_id == team_id, _unopened(urgent=False))
        + _take(_WROTE_AGAIN, Report.team_id == team_id, _wrote_again())
    }


def teams_in_danger() -> set[bytes]:
    """Return the teams for which a report in danger was not opened."""
    return set(db.session.scalars(select(Report.team_id).where(_unopened(urgent=True)).distinct()))


def forget_settled() -> None:
    """Forget what was told of reports that wait no more: opened and answered, taken back, closed or erased."""
    waits = select(Report.id).where(_unanswered(), or_(Report.opened_at.is_(None), Report.follow_ups > 0))
    db.session.execute(delete(ReportTold).where(ReportTold.report_id.not_in(waits)))


def _take(step: ColumnElement[int], *which: ColumnElement[bool]) -> int:
    """Take a step for those of some reports for which it was not taken; returns for how many."""
    is_told = exists().where(ReportTold.report_id == Report.id, ReportTold.step == step)
    due = select(Report.id, step).where(*which, ~is_told)
    taking = insert(ReportTold).from_select(["report_id", "step"], due).returning(ReportTold.step)
    return len(db.session.execute(taking).all())


def _unanswered() -> ColumnElement[bool]:
    return and_(literal_column(WAITING), Report.unanswered == true())


def _unopened(*, urgent: bool) -> ColumnElement[bool]:
    return and_(_unanswered(), Report.urgent == (true() if urgent else false()), Report.opened_at.is_(None))


def _wrote_again() -> ColumnElement[bool]:
    return and_(_unanswered(), Report.opened_at.is_not(None), Report.follow_ups > 0)
