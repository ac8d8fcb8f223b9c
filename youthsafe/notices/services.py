"""Use cases of the queue: putting a notice in, taking one out to try it, and what came of that.

`send` is for every room above: the notice is there if, and only if, what it tells of was committed. The others are for
whoever delivers. A notice is taken for a time, in a transaction of its own, before anything is said to a mail server.
So two runs never have one at the same moment, and what a run had that was killed comes up again.
"""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Executable, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from youthsafe.database import readable
from youthsafe.extensions import db
from youthsafe.notices.kinds import ALERTS, URGENT, Channel, Kind, Problem
from youthsafe.notices.models import Alerted, Notice
from youthsafe.privacy.coarse_time import to_hour

TRY: Final = timedelta(minutes=20)  # longer than a try takes, and than the clocks of two machines differ
LONGEST_WAIT: Final = timedelta(hours=1)
LONGEST_URGENT_WAIT: Final = timedelta(minutes=4)
BETWEEN_ALERTS: Final = timedelta(minutes=10)
GIVE_UP: Final = timedelta(days=1)
SHOWN: Final = timedelta(days=7)  # for so long the desk shows what was given up
_WAITS: Final = Notice.given_up_at.is_(None)
_BY_MAIL: Final = Notice.channel == Channel.MAIL.value


def _once(insert: sqlite.Insert | postgresql.Insert) -> Executable:
    """Write down when, also where another machine does so at the same moment."""
    key = [Alerted.member_id, Alerted.kind, Alerted.channel]
    return insert.on_conflict_do_update(index_elements=key, set_={"at": insert.excluded.at})


_ALERTED: Final = {"sqlite": _once(sqlite.insert(Alerted)), "postgresql": _once(postgresql.insert(Alerted))}


@dataclass(frozen=True, slots=True)
class Taken:
    """A notice that is tried now; `tries` counts this one. Without `recipient` it goes to the member's own address."""

    id: bytes
    kind: Kind
    channel: Channel
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


def alert(kind: Kind, channel: Channel, member_ids: Iterable[bytes], now: datetime) -> None:
    """Queue an alert, in the caller's transaction, for each member for whom none of its kind waits there.

    It goes out ten minutes after the last one at the earliest, and stands for everything that came by then.
    """
    same, told = ((table.kind == kind.value, table.channel == channel.value) for table in (Notice, Alerted))
    waiting = set(db.session.scalars(select(Notice.member_id).where(_WAITS, *same)))
    last = {row.member_id: row.at for row in db.session.scalars(select(Alerted).where(*told))}
    for each in sorted(set(member_ids) - waiting):
        free = last[each] + BETWEEN_ALERTS if each in last else now
        due = min(max(now, free), now + BETWEEN_ALERTS)  # a clock that was wrong keeps nobody waiting
        notice = Notice(id=secrets.token_bytes(16), kind=kind.value, channel=channel.value, member_id=each)
        notice.queued_at, notice.due_at = now, due
        db.session.add(notice)


def take(now: datetime, kinds: Collection[Kind] = frozenset(Kind), channel: Channel = Channel.MAIL) -> Taken | None:
    """Take the notice of these kinds that has been due there for longest; none when no other is."""
    free = or_(Notice.taken_until.is_(None), Notice.taken_until <= now)
    wanted = (Notice.kind.in_([each.value for each in kinds]), Notice.channel == channel.value)
    query = (
        select(Notice).where(_WAITS, free, Notice.due_at <= now, *wanted).order_by(Notice.due_at, Notice.id).limit(1)
    )
    found = db.session.scalar(query.with_for_update(skip_locked=True))
    if found is None:
        return None
    found.taken_until = now + TRY
    found.tries += 1
    recipient = db.session.scalar(select(readable(Notice.recipient)).where(Notice.id == found.id))
    to = None if recipient is None else recipient.decode()
    return Taken(found.id, Kind(found.kind), channel, found.member_id, to, found.day, found.queued_at, found.tries)


def delivered(taken: Taken, now: datetime) -> None:
    """Forget a notice: a mail server, or a push service, has taken it on."""
    forget(taken)
    if taken.kind in ALERTS:
        connection = db.session.connection()
        key = {"member_id": taken.member_id, "kind": taken.kind.value, "channel": taken.channel.value}
        connection.execute(_ALERTED[connection.dialect.name], {**key, "at": now})


def forget(taken: Taken) -> None:
    """Forget a notice that has nothing to tell any more."""
    db.session.execute(delete(Notice).where(Notice.id == taken.id))


def blur_alerted(now: datetime) -> None:
    """Keep only the hour of alerts that no other waits for: the minute of one may be that of a report in danger."""
    for row in db.session.scalars(select(Alerted).where(Alerted.at <= now - BETWEEN_ALERTS)):
        row.at = to_hour(row.at)


def last_alert() -> datetime | None:
    """Return when somebody last got an alert."""
    return db.session.scalar(select(func.max(Alerted.at)))


def alert_is_stuck() -> bool:
    """Tell whether an alert waits because something kept it from going out."""
    stuck = (_WAITS, Notice.problem.is_not(None), Notice.kind.in_([each.value for each in ALERTS]))
    return db.session.scalar(select(Notice.id).where(*stuck).limit(1)) is not None


def give_up(taken: Taken, problem: Problem, now: datetime) -> None:
    """Try a notice no more; the desk says so for a week."""
    queued = to_hour(taken.queued_at) if taken.kind in ALERTS else taken.queued_at
    _change(taken, problem=problem.value, queued_at=queued, given_up_at=now, taken_until=None)


def wait(taken: Taken, problem: Problem, now: datetime) -> bool:
    """Try a notice again later: after a minute, then two, four and so on. After a day give it up.

    Returns whether it was given up.
    """
    if now - taken.queued_at >= GIVE_UP:
        give_up(taken, problem, now)
        return True
    _change(taken, problem=problem.value, due_at=now + waits(taken.tries, taken.kind), taken_until=None)
    return False


def hold_all(problem: Problem, tries: int, now: datetime) -> None:
    """Let no mail go out before the next try: what is wrong is not wrong with one mail only."""
    for kind in Kind:
        until = now + waits(tries, kind)
        held = {"problem": problem.value, "due_at": until}
        earlier = (_BY_MAIL, Notice.kind == kind.value, Notice.due_at < until)
        db.session.execute(update(Notice).where(_WAITS, *earlier).values(held))


def try_all_now(now: datetime) -> None:
    """Let every mail that was held go out at once: whoever sets mail up anew does not wait for an hour."""
    held = (_WAITS, _BY_MAIL, Notice.problem.is_not(None), Notice.due_at > now)
    db.session.execute(update(Notice).where(*held).values(due_at=now))


def release(now: datetime) -> None:
    """Let what was held for a problem of all mails go out: the mail server takes letters again."""
    held = (_WAITS, _BY_MAIL, Notice.problem.is_not(None), Notice.due_at > now)
    of_all = Notice.problem != Problem.TRY_LATER.value
    db.session.execute(update(Notice).where(*held, of_all).values(due_at=now))


def give_up_old(problem: Problem, now: datetime) -> int:
    """Give up what has waited for a day, because of a problem that stands in the way of all; returns how many."""
    free = or_(Notice.taken_until.is_(None), Notice.taken_until <= now)
    found = db.session.scalars(select(Notice.id).where(_WAITS, _BY_MAIL, free, Notice.queued_at <= now - GIVE_UP)).all()
    gone = {"problem": problem.value, "given_up_at": now}
    db.session.execute(update(Notice).where(Notice.id.in_(found)).values(gone))
    return len(found)


def forget_given_up(now: datetime) -> None:
    """Take away what the desk has shown for a week."""
    db.session.execute(delete(Notice).where(Notice.given_up_at <= now - SHOWN))


def forget_old(now: datetime) -> None:
    """Take away what has waited for a day where no mail server is set up: nobody expects it."""
    db.session.execute(delete(Notice).where(_WAITS, _BY_MAIL, Notice.queued_at <= now - GIVE_UP))


def queue() -> Queue:
    """Return the state of the queue of mails."""
    count, next_at = db.session.execute(select(func.count(), func.min(Notice.due_at)).where(_WAITS, _BY_MAIL)).one()
    held = (_WAITS, _BY_MAIL, Notice.problem.is_not(None))
    problem = db.session.scalar(select(Notice.problem).where(*held).order_by(Notice.due_at.desc()).limit(1))
    gone = (_BY_MAIL, Notice.given_up_at.is_not(None))
    rows = db.session.scalars(select(Notice).where(*gone).order_by(Notice.queued_at.desc()))
    given_up = [GivenUp(Kind(each.kind), each.queued_at, Problem(each.problem)) for each in rows if each.problem]
    return Queue(count, next_at, None if problem is None else Problem(problem), given_up)


def waits(tries: int, kind: Kind) -> timedelta:
    """Return how long a notice waits after so many tries: up to an hour, and an urgent one up to four minutes."""
    longest = LONGEST_URGENT_WAIT if kind in URGENT else LONGEST_WAIT
    return min(timedelta(minutes=2 ** min(tries - 1, 16)), longest)


def _change(taken: Taken, **values: object) -> None:
    db.session.execute(update(Notice).where(Notice.id == taken.id).values(values))
