"""Use cases of the queue: putting a notice in, taking one out to try it, and what came of that.

`send` is for every room above: the notice is there if, and only if, what it tells of was committed. The others are for
whoever delivers. A notice is taken for a time, in a transaction of its own, before anything is said to a mail server.
So two runs never have one at the same moment, and what a run had that was killed comes up again.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, or_, select, update

from youthsafe.database import readable
from youthsafe.extensions import db
from youthsafe.notices.kinds import Kind, Problem
from youthsafe.notices.models import Notice

TRY: Final = timedelta(minutes=20)  # longer than a try takes, and than the clocks of two machines differ
LONGEST_WAIT: Final = timedelta(hours=1)
GIVE_UP: Final = timedelta(days=1)
SHOWN: Final = timedelta(days=7)  # for so long the desk shows what was given up
_WAITS: Final = Notice.given_up_at.is_(None)


@dataclass(frozen=True, slots=True)
class Taken:
    """A notice that is tried now; `tries` counts this one. Without `recipient` it goes to the member's own address."""

    id: bytes
    kind: Kind
    member_id: bytes
    recipient: str | None
    day: date | None
    queued_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A notice that was not delivered."""

    kind: Kind
    queued_at: datetime
    problem: Problem


@dataclass(frozen=True, slots=True)
class Queue:
    """How many wait, when one is tried next, what kept the newest try from success, and what was given up."""

    waiting: int
    next_at: datetime | None
    problem: Problem | None
    given_up: list[GivenUp]


def send(kind: Kind, member_ids: Iterable[bytes], now: datetime, *, day: date | None = None) -> None:
    """Queue a mail for each member, in the caller's transaction."""
    db.session.add_all(
        Notice(id=secrets.token_bytes(16), kind=kind.value, member_id=each, day=day, queued_at=now, due_at=now)
        for each in sorted(set(member_ids))
    )


def send_to(recipient: str, kind: Kind, member_id: bytes, now: datetime) -> None:
    """Queue a mail about a member for an address that is not theirs any more, in the caller's transaction."""
    notice = Notice(id=secrets.token_bytes(16), kind=kind.value, member_id=member_id, queued_at=now, due_at=now)
    notice.recipient = recipient.encode()
    db.session.add(notice)


def take(now: datetime) -> Taken | None:
    """Take the notice that has been due for longest; none when no other is."""
    free = or_(Notice.taken_until.is_(None), Notice.taken_until <= now)
    query = select(Notice).where(_WAITS, free, Notice.due_at <= now).order_by(Notice.due_at, Notice.id).limit(1)
    found = db.session.scalar(query.with_for_update(skip_locked=True))
    if found is None:
        return None
    found.taken_until = now + TRY
    found.tries += 1
    recipient = db.session.scalar(select(readable(Notice.recipient)).where(Notice.id == found.id))
    to = None if recipient is None else recipient.decode()
    return Taken(found.id, Kind(found.kind), found.member_id, to, found.day, found.queued_at, found.tries)


def delivered(taken: Taken) -> None:
    """Forget a notice: a mail server has taken it on."""
    db.session.execute(delete(Notice).where(Notice.id == taken.id))


def give_up(taken: Taken, problem: Problem, now: datetime) -> None:
    """Try a notice no more; the desk says so for a week."""
    _change(taken, problem=problem.value, given_up_at=now, taken_until=None)


def wait(taken: Taken, problem: Problem, now: datetime) -> bool:
    """Try a notice again later: after a minute, then two, four and so on up to an hour. After a day give it up.

    Returns whether it was given up.
    """
    if now - taken.queued_at >= GIVE_UP:
        give_up(taken, problem, now)
        return True
    _change(taken, problem=problem.value, due_at=now + waits(taken.tries), taken_until=None)
    return False


def hold_all(problem: Problem, until: datetime) -> None:
    """Let nothing go out before then: what is wrong is not wrong with one mail only."""
    held = {"problem": problem.value, "due_at": until}
    db.session.execute(update(Notice).where(_WAITS, Notice.due_at < until).values(held))


def try_all_now(now: datetime) -> None:
    """Let everything that waits go out at once: whoever sets mail up anew does not wait for an hour."""
    db.session.execute(update(Notice).where(_WAITS, Notice.due_at > now).values(due_at=now))


def give_up_old(problem: Problem, now: datetime) -> int:
    """Give up what has waited for a day, because of a problem that stands in the way of all; returns how many."""
    free = or_(Notice.taken_until.is_(None), Notice.taken_until <= now)
    found = db.session.scalars(select(Notice.id).where(_WAITS, free, Notice.queued_at <= now - GIVE_UP)).all()
    gone = {"problem": problem.value, "given_up_at": now}
    db.session.execute(update(Notice).where(Notice.id.in_(found)).values(gone))
    return len(found)


def forget_given_up(now: datetime) -> None:
    """Take away what the desk has shown for a week."""
    db.session.execute(delete(Notice).where(Notice.given_up_at <= now - SHOWN))


def forget_old(now: datetime) -> None:
    """Take away what has waited for a day where no mail server is set up: nobody expects it."""
    db.session.execute(delete(Notice).where(_WAITS, Notice.queued_at <= now - GIVE_UP))


def queue() -> Queue:
    """Return the state of the queue."""
    count, next_at = db.session.execute(select(func.count(), func.min(Notice.due_at)).where(_WAITS)).one()
    newest = select(Notice.problem).where(_WAITS, Notice.problem.is_not(None)).order_by(Notice.due_at.desc()).limit(1)
    problem = db.session.scalar(newest)
    rows = db.session.scalars(select(Notice).where(Notice.given_up_at.is_not(None)).order_by(Notice.queued_at.desc()))
    given_up = [GivenUp(Kind(each.kind), each.queued_at, Problem(each.problem)) for each in rows if each.problem]
    return Queue(count, next_at, None if problem is None else Problem(problem), given_up)


def waits(tries: int) -> timedelta:
    """Return how long a notice waits after so many tries."""
    return min(timedelta(minutes=2 ** min(tries - 1, 16)), LONGEST_WAIT)


def _change(taken: Taken, **values: object) -> None:
    db.session.execute(update(Notice).where(Notice.id == taken.id).values(values))
