"""The time, held in one place so that a test can move it."""

from collections.abc import Callable
from datetime import UTC, datetime

from youthsafe.rooms import rooms

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the current time, aware, in UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """Return the running application's time, aware, in UTC."""
    return rooms().clock()
