"""How long it takes until a message is opened, as pupils read it before the first word: from drills alone.

A stranger can send reports and none of these. Who reads cannot tell a drill from a report, so what is true of drills is
true of reports.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from flask import Flask
from sqlalchemy import select

from youthsafe import clock
from youthsafe.drills.models import Drill
from youthsafe.drills.services import COUNTED
from youthsafe.extensions import db
from youthsafe.rooms import rooms

LEAST: Final = 20  # of fewer nothing is said: one bad day would be half of it


@dataclass(frozen=True, slots=True)
class Figures:
    """In how much reading time half of the drills were opened, and nine of ten: whole hours, rounded up."""

    half: timedelta
    most: timedelta


def install(app: Flask) -> None:
    """Let the application follow how soon drills are opened."""
    rooms(app).opening_times = rooms(app).following.follow((), _read, figures)


def figures(minutes: Sequence[int]) -> Figures | None:
    """Return what the minutes of drills come to; none while there are fewer than 20 of them."""
    if len(minutes) < LEAST:
        return None
    return Figures(_hours_of(minutes, 50), _hours_of(minutes, 90))


def _hours_of(minutes: Sequence[int], percent: int) -> timedelta:
    """Return the least of them that so many percent do not pass."""
    place = -(-len(minutes) * percent // 100)
    return timedelta(hours=max(1, -(-sorted(minutes)[place - 1] // 60)))


def _read() -> tuple[int, ...]:
    of_90_days = select(Drill.minutes).where(Drill.opened_at > clock.now() - COUNTED).order_by(Drill.minutes)
    return tuple(each for each in db.session.scalars(of_90_days) if each is not None)
