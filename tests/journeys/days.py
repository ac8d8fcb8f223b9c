"""Moments for a phone's clock. They are to come: what is signed today is not believed on a day before."""

from datetime import UTC, datetime, timedelta

SUNDAY_AFTERNOON = (6, 17)  # nobody reads
MONDAY_MORNING = (0, 10)  # the demonstration's team reads, unless it is a bank holiday


def next_at(weekday: int, hour: int) -> datetime:
    """Return that hour of the next such day, counted from Monday, between one day and eight days from now."""
    day = datetime.now(UTC) + timedelta(days=1)
    day += timedelta(days=(weekday - day.weekday()) % 7)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)
