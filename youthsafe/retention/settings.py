"""How long reports are kept: what the desk set, else what the environment says, and what a change would erase.

A change never erases anything before the end of the next day in London. Until then, of each of its two numbers the
longer one counts, so that what gets longer holds at once, and what gets shorter can be seen and put back.
"""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import Final

from sqlalchemy import select

from youthsafe.accounts.services import SignedIn
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.clock import beginning_in_london, day_in_london
from youthsafe.config import settings
from youthsafe.errors import ConflictError
from youthsafe.extensions import db
from youthsafe.mailbox.standing import Ages, End, Reason, Standing, end_of
from youthsafe.retention import services
from youthsafe.retention.models import RetentionSetting

CLOSED_DAYS: Final = (30, 2_555)
UNCLAIMED_DAYS: Final = (90, 2_555)
FORESEEN: Final = timedelta(days=60)
_A_DAY: Final = timedelta(days=1)
_CHANGED = "More or fewer reports would be erased than were shown. Look again. Nothing was saved."


@dataclass(frozen=True, slots=True)
class Days:
    """How many days a report is kept after it was closed, and one that nobody claims after it came."""

    closed: int
    unclaimed: int

    @property
    def ages(self) -> Ages:
        """The same as lengths of time."""
        return Ages(timedelta(days=self.closed), timedelta(days=self.unclaimed))


@dataclass(frozen=True, slots=True)
class Coming:
    """A change that does not hold yet."""

    days: Days
    holds_from: datetime


@dataclass(frozen=True, slots=True)
class Removal:
    """How many reports are erased on a day in London, by reason."""

    day: date
    closed: int
    unclaimed: int


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What days would erase if nothing happens to any report: when they begin to hold, and day by day."""

    holds_from: datetime
    removes: int
    removals: list[Removal]


def in_force(now: datetime) -> Days:
    """Return the days that hold now: the desk's, else the environment's.

    A setting in whose place another came before it held has never held.
    """
    found = None
    rows = _rows()
    for row, following in zip_longest(rows, rows[1:]):
        if row.holds_from <= now and (following is None or following.set_at >= row.holds_from):
            found = row
    return _from_environment() if found is None else Days(found.closed, found.unclaimed)


def coming(now: datetime) -> Coming | None:
    """Return the change that waits; none where the newest setting holds already, or says what holds."""
    row = _newest()
    if row is None or row.holds_from <= now:
        return None
    days = Days(row.closed, row.unclaimed)
    return None if days == in_force(now) else Coming(days, row.holds_from)


def ages(now: datetime) -> Ages:
    """Return how long the purge keeps reports now: while a change waits, the longer of old and new."""
    waiting = coming(now)
    held = in_force(now).ages
    return held if waiting is None else held.longest(waiting.days.ages)


def foreseen(now: datetime) -> Foreseen:
    """Return what will be erased as things are set now, of all teams, in the next weeks."""
    waiting = coming(now)
    return _foresee(in_force(now), now, now) if waiting is None else _foresee(waiting.days, now, waiting.holds_from)


def foresee(days: Days, now: datetime) -> Foreseen:
    """Return the same as if days were set now."""
    return _foresee(days, now, holds_from(now))


def _foresee(days: Days, now: datetime, begin: datetime) -> Foreseen:
    meanwhile = in_force(now).ages.longest(days.ages)
    until = now + FORESEEN
    perhaps = services.perhaps_due(days.ages, until)
    ends = [each for report in perhaps if (each := _end(report.standing, meanwhile, days.ages, now, begin))]
    counted = Counter((day_in_london(end.at), end.reason) for end in ends if end.at <= until)
    return Foreseen(begin, sum(end.at == begin for end in ends), _removals(counted))


def change(member: SignedIn, days: Days, removes: int, now: datetime) -> None:
    """Keep reports for so many days from the end of the next day on.

    Raises ConflictError where it would erase another number of reports than was shown.
    """
    shown = foresee(days, now)
    if shown.removes != removes:
        raise ConflictError(_CHANGED)
    row = RetentionSetting(
        id=secrets.token_bytes(16),
        closed=days.closed,
        unclaimed=days.unclaimed,
        removes=removes,
        set_at=now,
        holds_from=shown.holds_from,
    )
    db.session.add(row)
    append(Action.RETENTION_SET, now=now, actor=member.id, subject=row.id)


def confirmed(now: datetime) -> int:
    """Return how many reports a coordinator said yes to, until a purge has ended well since that setting holds."""
    row, last = _newest(), services.last_run(services.PURGE)
    if row is None or row.holds_from > now or (last is not None and last >= row.holds_from):
        return 0
    return row.removes


def holds_from(now: datetime) -> datetime:
    """Return when a change that is made now begins to hold: at the end of the next day in London."""
    return beginning_in_london(day_in_london(now) + 2 * _A_DAY)


def _end(report: Standing, meanwhile: Ages, then: Ages, now: datetime, begin: datetime) -> End | None:
    """Return the end of a report that is kept by one rule until `begin`, and by another from then on."""
    before = end_of(report, meanwhile, now)
    if before is not None and before.at < begin:
        return before if before.reason is not Reason.WITHDRAWN else None
    after = end_of(report, then, begin)
    return None if after is None else End(after.reason, max(after.at, begin))


def _removals(counted: Counter[tuple[date, Reason]]) -> list[Removal]:
    days = sorted({day for day, _ in counted})
    return [Removal(day, counted[day, Reason.CLOSED], counted[day, Reason.UNCLAIMED]) for day in days]


def _rows() -> Sequence[RetentionSetting]:
    return db.session.scalars(select(RetentionSetting).order_by(RetentionSetting.set_at, RetentionSetting.id)).all()


def _newest() -> RetentionSetting | None:
    rows = _rows()
    return rows[-1] if rows else None


def _from_environment() -> Days:
    return Days(settings().keep_closed, settings().keep_unclaimed)
