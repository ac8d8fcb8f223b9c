"""Use cases around havens: showing them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Final

from sqlalchemy import delete, select

from youthsafe.errors import NotFoundError
from youthsafe.extensions import db
from youthsafe.havens.demo_data import demo_havens
from youthsafe.havens.hours import LONDON, Hours, Opening, opening, read_hours
from youthsafe.havens.models import Haven, Status

MARKED_AFTER_DAYS: Final = 90
PAUSED_AFTER_DAYS: Final = 180
COPY_IS_GOOD_FOR: Final = timedelta(hours=24)


class Trust(Enum):
    """How long ago somebody verified a haven."""

    CHECKED = "checked"
    NOT_LATELY = "not checked lately"
    PAUSED = "paused until somebody checks"


@dataclass(frozen=True, slots=True)
class Place:
    """A haven as it stands at one moment. `number` is its place in the whole list, on maps and on the poster."""

    haven: Haven
    hours: Hours | None
    opening: Opening
    trust: Trust
    number: int = 0


def trust(verified_on: date | None, today: date) -> Trust:
    """Return what the age of a verification means; never verified is as good as too old."""
    age = (today - verified_on).days if verified_on else PAUSED_AFTER_DAYS
    if age >= PAUSED_AFTER_DAYS:
        return Trust.PAUSED
    return Trust.NOT_LATELY if age >= MARKED_AFTER_DAYS else Trust.CHECKED


def active_havens() -> tuple[Haven, ...]:
    """Return every active haven by name, loose from the session, so that a copy can outlive the database."""
    havens = db.session.scalars(select(Haven).where(Haven.status == Status.ACTIVE).order_by(Haven.name, Haven.id)).all()
    for haven in havens:
        db.session.expunge(haven)
    return tuple(havens)


def places(havens: Sequence[Haven], now: datetime) -> tuple[Place, ...]:
    """Return the havens that may be shown at a moment; expiry is worked out here, so that no timer can fail."""
    today = now.astimezone(LONDON).date()
    shown = (haven for haven in havens if trust(haven.verified_on, today) is not Trust.PAUSED)
    return tuple(_place(haven, now, today, number) for number, haven in enumerate(shown, 1))


def valid_until(shown: Sequence[Place], read_at: datetime) -> datetime:
    """Return until when a copy of a list may be trusted: a day, or until the first haven on it pauses by itself."""
    pauses = (
        datetime.combine(place.haven.verified_on + timedelta(days=PAUSED_AFTER_DAYS), time(), LONDON)
        for place in shown
        if place.haven.verified_on
    )
    return min([read_at + COPY_IS_GOOD_FOR, *pauses])


def find(shown: Sequence[Place], haven_id: bytes) -> Place:
    """Return one place by its id; raises NotFoundError."""
    for place in shown:
        if place.haven.id == haven_id:
            return place
    raise NotFoundError("This Safe Haven is not on our list any more.")


def load_demo(now: datetime) -> int:
    """Put the fictional havens in place of those of an earlier demonstration; returns how many."""
    db.session.execute(delete(Haven).where(Haven.demo))
    havens = demo_havens(now.astimezone(LONDON).date())
    db.session.add_all(havens)
    return len(havens)


def _place(haven: Haven, now: datetime, today: date, number: int) -> Place:
    hours = read_hours(haven.hours)
    return Place(haven, hours, opening(hours, now), trust(haven.verified_on, today), number)
