"""The time, held in one place so that a test can move it, and the days of the clock in London."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from youthsafe.rooms import rooms

Clock = Callable[[], datetime]
LONDON: Final = ZoneInfo("Europe/London")


def system_clock() -> datetime:
    """Return the current time, aware, in UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """Return the running application's time, aware, in UTC."""
    return rooms().clock()


def day_in_london(moment: datetime) -> date:
    """Return the day of a moment (aware)."""
    return moment.astimezone(LONDON).date()


def beginning_in_london(day: date) -> datetime:
    """Return when a day begins, in UTC."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)
