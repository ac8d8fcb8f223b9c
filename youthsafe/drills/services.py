"""Use cases of drills: making one each staffed day, what opening it says, and being done with it.

A stranger can send reports and no drill. So nothing that follows from drills follows from what a stranger sends.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import defer

from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.clock import day_in_london
from youthsafe.crypto.binary_layout import u64
from youthsafe.database import keyed_hash, readable
from youthsafe.drills.models import Drill
from youthsafe.drills.sealing import sealed_drill
from youthsafe.errors import ConflictError
from youthsafe.extensions import db
from youthsafe.instance import services as instance_services
from youthsafe.instance.reading_hours import Reading
from youthsafe.limits import services as limits_services
from youthsafe.mailbox import erasing
from youthsafe.mailbox import services as mailbox_services

FIRST_HOURS: Final = timedelta(hours=3)  # of a day's reading; of a shorter day the first half
COUNTED: Final = timedelta(days=90)
_LEFT_OPEN: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Unopened:
    """A drill that nobody has opened."""

    report_id: bytes
    made_at: datetime


def make_due(now: datetime) -> bool:
    """Make today's drill for the team that reads, if it is time; returns whether one was made.

    None while the form takes no reports, and none while the one before lies unopened: that says all there is to say.
    """
    readers = instance_services.readers()
    reading = None if readers is None else readers.hours.at(now)
    if readers is None or reading is None or now < _time_of(readers.team.id, reading):
        return False
    if not instance_services.takes_reports() or _is_there_one(readers.team.id, reading):
        return False
    body = sealed_drill(readers.team, now)
    mailbox_services.keep(body, now, difficulty=limits_services.minimum_difficulty())
    report_id = body.envelope.report_id
    drill = Drill(mark=_mark(report_id), team_id=readers.team.id, made_on=day_in_london(reading.opens))
    drill.report_id, drill.made_at = report_id, u64(int(now.timestamp()))
    db.session.add(drill)
    return True


def oldest_unopened(team_id: bytes) -> Unopened | None:
    """Return the drill that lies unopened for longest; none where all were opened, or nobody can read which it is."""
    kept = select(readable(Drill.report_id), readable(Drill.made_at))
    rows = db.session.execute(kept.where(Drill.team_id == team_id, Drill.opened_at.is_(None)))
    found = [Unopened(report_id, _moment(at)) for report_id, at in rows if report_id is not None and at is not None]
    return min(found, key=lambda each: each.made_at, default=None)


def reports() -> set[bytes]:
    """Return the ids of the reports that are drills: no flood closes them, and no purge counts them."""
    found = db.session.scalars(select(readable(Drill.report_id)))
    return {each for each in found if each is not None}


def note_opened(report_id: bytes, now: datetime) -> bool:
    """Tell whether a report that somebody opens is a drill, and write down the first time that one is opened.

    Only now the trail says that it is one, and when it was made: whoever reads the trail would have known it before.
    """
    drill = db.session.get(Drill, _mark(report_id))
    if drill is None:
        return False
    if drill.opened_at is None:
        made_at = _moment(drill.made_at)
        passed = instance_services.reading_hours()[drill.team_id].between(made_at, now)
        drill.opened_at, drill.minutes = now, passed // _MINUTE
        append(Action.DRILL_MADE, now=made_at, subject=report_id, team=drill.team_id)
    return True


def finish(report_id: bytes, now: datetime, *, actor: bytes) -> None:
    """Take a drill away that somebody opened; raises ConflictError for any other report.

    It leaves no tombstone and no line in the ledger, and is counted nowhere: nobody wrote it.
    """
    drill = db.session.get(Drill, _mark(report_id))
    if drill is None or drill.opened_at is None:
        raise ConflictError("This report is no drill that somebody has opened. Nothing was changed.")
    _take_away(drill, report_id, now, actor=actor)


def tidy(now: datetime) -> None:
    """Take away drills that somebody opened a day ago and left, and forget what is counted no more.

    One whose report is gone, as after a damage, is forgotten too: nobody could open it, and the form would stay closed.
    """
    kept = select(Drill.mark, readable(Drill.report_id), readable(Drill.made_at))
    with_report = kept.where(Drill.report_id.is_not(None))
    for mark, report_id, made_at in db.session.execute(with_report).all():
        drill = db.session.get_one(Drill, mark, options=[defer(Drill.report_id), defer(Drill.made_at)])
        if report_id is None or made_at is None or not mailbox_services.is_here(report_id):
            db.session.delete(drill)
        elif drill.opened_at is not None and drill.opened_at <= now - _LEFT_OPEN:
            _take_away(drill, report_id, now)
    db.session.execute(delete(Drill).where(Drill.opened_at < now - COUNTED - _LEFT_OPEN))


def _take_away(drill: Drill, report_id: bytes, now: datetime, *, actor: bytes | None = None) -> None:
    erasing.remove(report_id)
    drill.report_id = None
    append(Action.DRILL_DONE, now=now, actor=actor, subject=report_id, team=drill.team_id)


def _is_there_one(team_id: bytes, reading: Reading) -> bool:
    """Tell whether a team has had its drill of a day, or has one that nobody has opened."""
    same = (Drill.made_on == day_in_london(reading.opens)) | Drill.opened_at.is_(None)
    return db.session.scalar(select(Drill.mark).where(Drill.team_id == team_id, same).limit(1)) is not None


def _time_of(team_id: bytes, reading: Reading) -> datetime:
    """Return when a day's drill is made: the same on every machine, and known to nobody without the server secret."""
    first = min(FIRST_HOURS, (reading.closes - reading.opens) / 2)
    day = day_in_london(reading.opens).isoformat().encode("ascii")
    drawn = int.from_bytes(keyed_hash("time of a drill", team_id + day)[:8], "big")
    return reading.opens + drawn % max(1, first // _MINUTE) * _MINUTE


def _mark(report_id: bytes) -> bytes:
    return keyed_hash("drill", report_id)


def _moment(seconds: bytes) -> datetime:
    return datetime.fromtimestamp(int.from_bytes(seconds, "big"), UTC)
