"""How much work a report costs: what its network sent lately, and what a coordinator asks of everybody for a time."""

import secrets
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from youthsafe import clock
from youthsafe.clock import system_clock
from youthsafe.errors import InvalidInputError, WorkWantedError
from youthsafe.extensions import db
from youthsafe.limits import proof_of_work
from youthsafe.limits.counting import WORKED, try_take, used
from youthsafe.limits.models import MinimumWork
from youthsafe.rooms import rooms

LONGEST_MINIMUM = timedelta(hours=24)
_LOOK_AGAIN = 5.0  # seconds
# When so much of the instance's ceiling is used, everybody is asked for this difficulty: one stranger can have many
# networks.
CROWD = ((5 / 6, WORKED), (2 / 3, 2), (1 / 2, 1))
THRESHOLDS = tuple(f"work-{difficulty}" for difficulty in range(proof_of_work.HIGHEST))


@dataclass(frozen=True, slots=True)
class Minimum:
    """The difficulty that every report costs at least, and until when."""

    difficulty: int
    ends_at: datetime


def work_done(report_id: bytes, proof: str | None) -> int | None:
    """Return the difficulty that a report did, 0 when none was wanted; none while there is work to do first.

    So it is for a network that sends much, also with a proof that is wrong or over.
    Work that was asked for is good enough until it ends, however much was sent meanwhile.
    """
    done = proof_of_work.proved_difficulty(proof, report_id) if proof else 0
    return done if done or (minimum_difficulty() == crowd_difficulty() == 0 and try_take(THRESHOLDS[0])) else None


def work_wanted(report_id: bytes) -> WorkWantedError:
    """Return the error that asks for the work that a report costs now."""
    return WorkWantedError(
        "Much is being sent at this moment, so a little work is asked for first. Nothing was saved.",
        challenge=challenge(report_id),
    )


def challenge(report_id: bytes) -> dict[str, object]:
    """Return the work wanted for one report; it rises with what this network was asked for, and all together sent."""
    of_network = next(
        (each for each in range(1, proof_of_work.HIGHEST) if try_take(THRESHOLDS[each])), proof_of_work.HIGHEST
    )
    return proof_of_work.challenge(report_id, max(of_network, crowd_difficulty(), minimum_difficulty()), system_clock())


def crowd_difficulty() -> int:
    """Return what everybody is asked for as the instance comes near its ceiling of reports; 0 far from it."""
    so_far = used("sending")
    difficulty = next((difficulty for share, difficulty in CROWD if so_far >= share), 0)
    return proof_of_work.HIGHEST if difficulty == WORKED and used("sending-worked") >= 1 / 2 else difficulty


def minimum_difficulty() -> int:
    """Return the least difficulty at this moment; the database is asked once in some seconds."""
    seen, found = rooms().minimum_work or (float("-inf"), None)
    if time.monotonic() - seen >= _LOOK_AGAIN:
        found = minimum(clock.now())
        rooms().minimum_work = time.monotonic(), found
    return found.difficulty if found is not None and clock.now() < found.ends_at else 0


def minimum(now: datetime) -> Minimum | None:
    """Return what is asked of everybody now; none when nothing is."""
    query = (
        select(MinimumWork)
        .where(MinimumWork.ends_at > now)
        .order_by(MinimumWork.difficulty.desc(), MinimumWork.ends_at.desc())
    )
    row = db.session.scalar(query.limit(1))
    return None if row is None else Minimum(row.difficulty, row.ends_at)


def raise_minimum(difficulty: int, hours: int, now: datetime) -> bytes:
    """Ask everybody for a difficulty for some hours, instead of what was asked before; returns the id of that minimum.

    Raises InvalidInputError for a difficulty that there is not, or for more than a day.
    """
    ends_at = now + timedelta(hours=hours)
    if difficulty not in proof_of_work.DIFFICULTIES or not now < ends_at <= now + LONGEST_MINIMUM:
        raise InvalidInputError(f"Choose a step from 1 to {proof_of_work.HIGHEST}, for 1 to 24 hours.")
    lower_minimum(now)
    row = MinimumWork(id=secrets.token_bytes(16), difficulty=difficulty, begins_at=now, ends_at=ends_at)
    db.session.add(row)
    return row.id


def lower_minimum(now: datetime) -> None:
    """Ask for nothing more than each network's own rate, from now on."""
    db.session.execute(update(MinimumWork).where(MinimumWork.ends_at > now).values(ends_at=now))
    rooms().minimum_work = None
