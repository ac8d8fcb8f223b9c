"""Use cases against floods. A coordinator closes reports by hour and difficulty, undoes it, and raises the work.

Only in a flood (rates.py), never a few, only what nobody claimed and nobody was answered in, nothing that is on hold,
and nothing that somebody opened in the last hours: they may be reading it. What says that somebody is in danger only
after it was opened. A drill is no part of a flood: else a stranger could have it closed unopened.

Each writes an audit entry in the caller's transaction, one in each team's chain where it is about reports. Its subject
is the id that the closed reports carry, or that of the raised minimum. A flood is closed and put back a few at a time,
each in a transaction of its own, because everybody who sends waits meanwhile. Where that is cut short, the closed ones
can be put back, and the others closed as a group.
"""

import secrets
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    Boolean,
    ColumnElement,
    CursorResult,
    String,
    Update,
    case,
    func,
    literal,
    literal_column,
    not_,
    select,
    update,
)

from youthsafe.accounts.services import SignedIn
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append, append_each, subjects
from youthsafe.database import DAMAGED, readable_moment
from youthsafe.drills import services as drills_services
from youthsafe.errors import ConflictError, NotFoundError
from youthsafe.extensions import db
from youthsafe.limits import services as limits_services
from youthsafe.mailbox.lifecycle import flood_closing, putting_back
from youthsafe.mailbox.models import Report
from youthsafe.mailbox.standing import ARE_UNTOUCHED, FLOOD_CLOSED, OF_NOBODY, UNTOUCHED
from youthsafe.privacy.coarse_time import to_hour
from youthsafe.triage.floods import rates

AT_ONCE = 500  # reports in one transaction: whoever sends meanwhile waits for no more than that
BEING_READ = timedelta(hours=12)  # for so long, whoever opened a report may still be reading it or asking about it
_HOUR = timedelta(hours=1)
_OPENED = Report.opened_at.is_not(None)
_NO_FLOOD = "There is no flood, or these are only a few. Open these reports one by one. Nothing was changed."
_IN_DANGER = "These say that somebody is in danger. Open each of them before you close it. Nothing was changed."
_CHANGED = "More came, or somebody opened one of them, in the meantime. Look again. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Group:
    """Reports of one hour that cost the same step of work; all are urgent or none, and somebody opened all or none."""

    hour: datetime
    difficulty: int
    urgent: bool
    opened: bool
    count: int


@dataclass(frozen=True, slots=True)
class Busiest:
    """The hour from which most reports wait for somebody to take them on."""

    hour: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Floods:
    """What nobody has taken on of the hours of a flood, the newest first; and the busiest hour, flood or not."""

    groups: list[Group]
    busiest: Busiest | None


@dataclass(frozen=True, slots=True)
class Junk:
    """A group that was closed unopened, under the id by which that is undone."""

    id: bytes
    group: Group
    closed_at: datetime


def floods(member: SignedIn, now: datetime) -> Floods:
    """Return what can be closed at once, newest hour first and most work last in it; nothing without a flood."""
    groups = _untouched(member)
    waiting = _by_hour(groups)
    flooded = _flooded(member, groups)
    unread = _untouched(member, _being_read(now))
    busiest = max(waiting, key=lambda hour: (waiting[hour], hour), default=None)
    return Floods(
        [each for each in unread if each.hour in flooded and each.count >= rates.NO_FEW],
        None if busiest is None else Busiest(busiest, waiting[busiest]),
    )


def closed(member: SignedIn) -> list[Junk]:
    """Return what was closed as junk and can be undone, the newest first."""
    kinds = (Report.flood_id, Report.received_at, Report.difficulty, Report.urgent, _OPENED, Report.closed_at)
    shown = (kinds[0], readable_moment(Report.received_at), *kinds[2:5], readable_moment(Report.closed_at))
    of_teams: tuple[ColumnElement[bool], ...] = Report.team_id.in_(member.teams), literal_column(FLOOD_CLOSED)
    rows = db.session.execute(
        select(*shown, func.count())
        .where(*of_teams)
        .group_by(*kinds)
        .order_by(Report.closed_at.desc(), Report.flood_id)
    )
    return [
        Junk(flood_id, Group(to_hour(received_at), difficulty, urgent, bool(opened), count), closed_at)
        for flood_id, received_at, difficulty, urgent, opened, closed_at, count in rows
        if flood_id is not None and received_at is not None and closed_at is not None
        if DAMAGED not in (received_at, closed_at)
    ]


def plan(member: SignedIn, group: Group, now: datetime) -> list[bytes]:
    """Return the reports of a group that may be closed as junk, as it was shown.

    Raises ConflictError when there is no flood or they are few, when they say that somebody is in danger and were not
    opened, and when the group is not as it was shown: nobody closes what they did not see counted.
    """
    if group.urgent and not group.opened:
        raise ConflictError(_IN_DANGER)
    if group.count < rates.NO_FEW or group.hour not in _flooded(member, _untouched(member)):
        raise ConflictError(_NO_FLOOD)
    reading = _being_read(now)
    waiting = db.session.scalars(select(Report.id).where(*_untouched_of(member), *_of_group(group)))
    found = [each for each in waiting if each not in reading]
    if len(found) != group.count:
        raise ConflictError(_CHANGED)
    return found


def on_hold(member: SignedIn, group: Group) -> int:
    """Return how many reports are left out of a group because they are on hold; they stay open."""
    of_these = (Report.team_id.in_(member.teams), literal_column(OF_NOBODY), Report.hold, *_of_group(group))
    return db.session.scalar(select(func.count()).where(*of_these)) or 0


def close(member: SignedIn, group: Group, planned: Sequence[bytes], now: datetime) -> bytes:
    """Close the first of a group's planned reports and return the id that undoes it and all that follows.

    Raises ConflictError when one of them changed.
    """
    flood_id = secrets.token_bytes(16)
    if _close(group, planned, flood_id, now) != len(planned):
        raise ConflictError(_CHANGED)
    _write_for_each_team(Action.REPORTS_JUNKED, member, flood_id, now)
    return flood_id


def close_more(member: SignedIn, group: Group, planned: Sequence[bytes], flood_id: bytes, now: datetime) -> bool:
    """Close more of them, but for what somebody took on meanwhile; nothing, and False, once the closing was undone."""
    if not _closed_under(member, flood_id, 1):
        return False
    _close(group, planned, flood_id, now)
    return True


def undo(member: SignedIn, flood_id: bytes, now: datetime) -> int:
    """Put the first reports that were closed as junk back where they were, and return how many.

    Raises NotFoundError for none.
    """
    changed = undo_more(member, flood_id)
    if changed == 0:
        raise NotFoundError("There is nothing here to put back.")
    _write_for_each_team(Action.REPORTS_RESTORED, member, flood_id, now)
    return changed


def undo_more(member: SignedIn, flood_id: bytes) -> int:
    """Put more of them back and return how many; none is the end."""
    some = _closed_under(member, flood_id, AT_ONCE)
    of_these = (Report.id.in_(some), Report.flood_id == flood_id, not_(Report.hidden))
    unread, read = putting_back(opened=False), putting_back(opened=True)
    state = case((_OPENED, literal(read["state"], String())), else_=literal(unread["state"], String()))
    return _run(update(Report).where(*of_these).values(unread | {"state": state}))


def raise_work(member: SignedIn, difficulty: int, hours: int, now: datetime) -> None:
    """Ask everybody for a step of work for some hours; raises InvalidInputError for more than there is."""
    minimum_id = limits_services.raise_minimum(difficulty, hours, now)
    append(Action.WORK_RAISED, now=now, actor=member.id, subject=minimum_id)


def lower_work(member: SignedIn, now: datetime) -> None:
    """Ask for no more than each network's own rate again."""
    limits_services.lower_minimum(now)
    append(Action.WORK_LOWERED, now=now, actor=member.id)


def _write_for_each_team(action: Action, member: SignedIn, flood_id: bytes, now: datetime) -> None:
    """Add an entry to the chain of each team whose reports the member closes or puts back."""
    append_each(action, [(team, flood_id) for team in sorted(member.teams)], now=now, actor=member.id)


def _close(group: Group, planned: Sequence[bytes], flood_id: bytes, now: datetime) -> int:
    reading = _being_read(now)
    still = [each for each in planned if each not in reading]
    of_these = (Report.id.in_(still), literal_column(ARE_UNTOUCHED, Boolean()), _is_opened(group.opened))
    return _run(update(Report).where(*of_these).values(flood_closing(flood_id, group.hour, now)))


def _closed_under(member: SignedIn, flood_id: bytes, most: int) -> list[bytes]:
    """Return some reports that one closing closed, and that can be put back."""
    query = select(Report.id).where(Report.team_id.in_(member.teams), Report.flood_id == flood_id)
    return list(db.session.scalars(query.where(literal_column(FLOOD_CLOSED)).limit(most)))


def _untouched_of(member: SignedIn) -> tuple[ColumnElement[bool], ...]:
    return Report.team_id.in_(member.teams), literal_column(UNTOUCHED), Report.id.not_in(drills_services.reports())


def _of_group(group: Group) -> tuple[ColumnElement[bool], ...]:
    return (
        Report.received_at >= group.hour,
        Report.received_at < group.hour + _HOUR,
        Report.difficulty == group.difficulty,
        Report.urgent == group.urgent,
        _is_opened(group.opened),
    )


def _is_opened(opened: bool) -> ColumnElement[bool]:
    return _OPENED if opened else not_(_OPENED)


def _being_read(now: datetime) -> set[bytes]:
    return subjects(Action.REPORT_OPENED, now - BEING_READ)


def _untouched(member: SignedIn, but: Collection[bytes] = ()) -> list[Group]:
    kinds = (Report.received_at, Report.difficulty, Report.urgent, _OPENED)
    shown = (readable_moment(Report.received_at), *kinds[1:])
    rows = db.session.execute(
        select(*shown, func.count()).where(*_untouched_of(member), Report.id.not_in(but)).group_by(*kinds)
    )
    counts: Counter[tuple[datetime, int, bool, bool]] = Counter()
    for received_at, difficulty, urgent, opened, count in rows:
        if received_at is not None and received_at != DAMAGED:
            counts[to_hour(received_at), difficulty, urgent, bool(opened)] += count
    return [Group(*kind, counts[kind]) for kind in sorted(counts, key=lambda kind: (-kind[0].timestamp(), *kind[1:]))]


def _flooded(member: SignedIn, untouched: list[Group]) -> set[datetime]:
    """The hours of a flood; what was closed as junk of one counts, so that it can be closed group by group."""
    return rates.unusual(_by_hour([*untouched, *(each.group for each in closed(member))]))


def _by_hour(groups: list[Group]) -> Counter[datetime]:
    counts: Counter[datetime] = Counter()
    for each in groups:
        counts[each.hour] += each.count
    return counts


def _run(statement: Update) -> int:
    found = db.session.execute(statement.execution_options(synchronize_session=False))
    return found.rowcount if isinstance(found, CursorResult) else 0
