"""Use cases against floods. A coordinator closes unopened reports by hour and step, undoes it, and raises the work.

Each writes one audit entry in the caller's one transaction. Its subject is the id that the closed reports carry, or
the raised floor's.
"""

import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, CursorResult, Update, case, func, not_, select, update

from youthsafe.accounts.services import SignedIn
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.errors import ConflictError, NotAllowedError, NotFoundError
from youthsafe.extensions import db
from youthsafe.limits import services as limits_services
from youthsafe.mailbox.models import Report, ReportState
from youthsafe.privacy.coarse_time import to_hour

_HOUR = timedelta(hours=1)
_CHANGED = "More came, or somebody opened one of them, in the meantime. Look again. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Group:
    """Reports of one hour that cost the same step of work and are all urgent or all not; `count` of them."""

    hour: datetime
    step: int
    urgent: bool
    count: int


@dataclass(frozen=True, slots=True)
class Junk:
    """A group that was closed unopened, under the id by which that is undone."""

    id: bytes
    group: Group
    closed_at: datetime


def groups(member: SignedIn) -> list[Group]:
    """Return what nobody has touched yet, the newest hour first and the most work last in it."""
    kinds = (Report.received_at, Report.work_step, Report.urgent)
    rows = db.session.execute(select(*kinds, func.count()).where(*_untouched(member)).group_by(*kinds))
    counts: Counter[tuple[datetime, int, bool]] = Counter()
    for received_at, step, urgent, count in rows:
        counts[to_hour(received_at), step, urgent] += count
    return [Group(*kind, counts[kind]) for kind in sorted(counts, key=lambda kind: (-kind[0].timestamp(), *kind[1:]))]


def closed(member: SignedIn) -> list[Junk]:
    """Return what was closed as junk and can be undone, the newest first."""
    kinds = (Report.junk_id, Report.received_at, Report.work_step, Report.urgent, Report.closed_at)
    of_teams = Report.team_id.in_(member.teams), Report.junk_id.is_not(None), not_(Report.hidden)
    rows = db.session.execute(
        select(*kinds, func.count()).where(*of_teams).group_by(*kinds).order_by(Report.closed_at.desc(), Report.junk_id)
    )
    return [
        Junk(junk_id, Group(to_hour(received_at), step, urgent, count), closed_at)
        for junk_id, received_at, step, urgent, closed_at, count in rows
        if junk_id is not None and closed_at is not None
    ]


def close(member: SignedIn, group: Group, now: datetime) -> bytes:
    """Close a group as junk, as it was shown, and return the id that undoes it.

    Raises ConflictError when the group is not as it was shown: nobody closes what they did not see counted.
    """
    _require_coordinator(member)
    junk_id = secrets.token_bytes(16)
    changed = _run(
        update(Report)
        .where(
            *_untouched(member),
            Report.received_at >= group.hour,
            Report.received_at < group.hour + _HOUR,
            Report.work_step == group.step,
            Report.urgent == group.urgent,
        )
        .values(
            state=ReportState.CLOSED,
            junk_id=junk_id,
            closed_at=to_hour(now),
            received_at=group.hour,
            unanswered=False,
        )
    )
    if changed != group.count:
        raise ConflictError(_CHANGED)
    append(Action.REPORTS_JUNKED, now=now, actor=member.id, subject=junk_id)
    return junk_id


def undo(member: SignedIn, junk_id: bytes, now: datetime) -> int:
    """Put reports that were closed as junk back where they were, and return how many; raises NotFoundError for none."""
    _require_coordinator(member)
    back = case((Report.opened_at.is_(None), ReportState.NEW.value), else_=ReportState.OPEN.value)
    changed = _run(
        update(Report)
        .where(Report.team_id.in_(member.teams), Report.junk_id == junk_id, not_(Report.hidden))
        .values(state=back, junk_id=None, closed_at=None, unanswered=True)
    )
    if changed == 0:
        raise NotFoundError("There is nothing here to put back.")
    append(Action.REPORTS_RESTORED, now=now, actor=member.id, subject=junk_id)
    return changed


def raise_work(member: SignedIn, step: int, hours: int, now: datetime) -> None:
    """Ask everybody for a step of work for some hours; raises InvalidInputError for more than there is."""
    _require_coordinator(member)
    floor_id = limits_services.raise_floor(step, hours, now)
    append(Action.WORK_RAISED, now=now, actor=member.id, subject=floor_id)


def lower_work(member: SignedIn, now: datetime) -> None:
    """Ask for no more than each network's own rate again."""
    _require_coordinator(member)
    limits_services.lower_floor(now)
    append(Action.WORK_LOWERED, now=now, actor=member.id)


def _untouched(member: SignedIn) -> tuple[ColumnElement[bool], ...]:
    """What the member may close unopened: nobody opened or claimed it, and its reporter wrote nothing more."""
    untouched = Report.state == ReportState.NEW, Report.follow_ups == 0, not_(Report.hidden)
    return Report.team_id.in_(member.teams), *untouched


def _run(statement: Update) -> int:
    found = db.session.execute(statement.execution_options(synchronize_session=False))
    return found.rowcount if isinstance(found, CursorResult) else 0


def _require_coordinator(member: SignedIn) -> None:
    if not member.coordinates:
        raise NotAllowedError("Only a coordinator does this.")
