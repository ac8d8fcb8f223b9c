"""How much work a report costs: what its network sent lately, and what a coordinator asks of everybody for a time."""

import secrets
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select, update

from youthsafe import clock
from youthsafe.clock import system_clock
from youthsafe.errors import InvalidInputError, WorkWantedError
from youthsafe.extensions import db
from youthsafe.limits import work
from youthsafe.limits.guard import MUCH_WORK, has_room, used
from youthsafe.limits.models import WorkFloor

LONGEST_FLOOR = timedelta(hours=24)
_LOOK_AGAIN = 5.0  # seconds
_KNOWN = "youthsafe.work_floor"
# How much of its ceiling the instance has used when everybody is asked for a step: many networks can be one stranger's.
CROWD = ((5 / 6, MUCH_WORK), (2 / 3, 2), (1 / 2, 1))
RUNGS = tuple(f"work-{step}" for step in range(work.HIGHEST))


@dataclass(frozen=True, slots=True)
class Floor:
    """The step that every report costs at least, and until when."""

    step: int
    ends_at: datetime


def work_done(report_id: bytes, proof: str | None) -> int | None:
    """Return the step of work that a report did, 0 when none was wanted; none while there is work to do first.

    So it is for a network that sends much, also with a proof that is wrong or over.
    Work that was asked for is good enough until it ends, however much was sent meanwhile.
    """
    step = work.proved_step(proof, report_id) if proof else 0
    return step if step or (floor_step() == crowd_step() == 0 and has_room(RUNGS[0])) else None


def work_wanted(report_id: bytes) -> WorkWantedError:
    """Return the error that asks for the work that a report costs now."""
    return WorkWantedError(
        "Much is being sent at this moment, so a little work is asked for first. Nothing was saved.",
        challenge=challenge(report_id),
    )


def challenge(report_id: bytes) -> dict[str, object]:
    """Return the work wanted for one report; it rises with what this network was asked for, and all together sent."""
    climbed = next((step for step in range(1, work.HIGHEST) if has_room(RUNGS[step])), work.HIGHEST)
    return work.challenge(report_id, max(climbed, crowd_step(), floor_step()), system_clock())


def crowd_step() -> int:
    """Return the step that everybody is asked for as the instance comes near its ceiling of reports; 0 far from it."""
    so_far = used("sending")
    step = next((step for share, step in CROWD if so_far >= share), 0)
    return work.HIGHEST if step == MUCH_WORK and used("sending-worked") >= 1 / 2 else step


def floor_step() -> int:
    """Return the least step of work at this moment; the database is asked once in some seconds."""
    seen, found = current_app.extensions.get(_KNOWN, (-_LOOK_AGAIN, None))
    if time.monotonic() - seen >= _LOOK_AGAIN:
        found = floor(clock.now())
        current_app.extensions[_KNOWN] = time.monotonic(), found
    return found.step if found is not None and clock.now() < found.ends_at else 0


def floor(now: datetime) -> Floor | None:
    """Return what is asked of everybody now; none when nothing is."""
    query = select(WorkFloor).where(WorkFloor.ends_at > now).order_by(WorkFloor.step.desc(), WorkFloor.ends_at.desc())
    row = db.session.scalar(query.limit(1))
    return None if row is None else Floor(row.step, row.ends_at)


def raise_floor(step: int, hours: int, now: datetime) -> bytes:
    """Ask everybody for a step of work for some hours, instead of what was asked before, and return the floor's id.

    Raises InvalidInputError for a step that there is not, or for more than a day.
    """
    ends_at = now + timedelta(hours=hours)
    if step not in work.STEPS or not now < ends_at <= now + LONGEST_FLOOR:
        raise InvalidInputError(f"Choose a step from 1 to {work.HIGHEST}, for 1 to 24 hours.")
    lower_floor(now)
    row = WorkFloor(id=secrets.token_bytes(16), step=step, begins_at=now, ends_at=ends_at)
    db.session.add(row)
    return row.id


def lower_floor(now: datetime) -> None:
    """Ask for nothing more than each network's own rate, from now on."""
    db.session.execute(update(WorkFloor).where(WorkFloor.ends_at > now).values(ends_at=now))
    current_app.extensions.pop(_KNOWN, None)
