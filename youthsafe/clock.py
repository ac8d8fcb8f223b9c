"""The time, held in one place so that a test can move it."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import current_app

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the current time, aware, in UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """Return the running application's time, aware, in UTC."""
    clock: Clock = current_app.extensions["youthsafe.clock"]
    return clock()
