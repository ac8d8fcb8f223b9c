"""Opening hours: when a place is open, over exceptions, bank holidays and clock changes. No Flask, no database.

The stored form: `{"week": {"mon": [["09:00", "17:30"]], …}, "exceptions": {"2026-12-24": [["09:00", "13:00"]]}}`.
Times are on the clock in London. A day that is missing from `week`, or has no spans, is a closed day; an end that is
not after its beginning is on the next day; `24:00` is the end of a day.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Any, Final

from youthsafe.clock import LONDON
from youthsafe.pack.nations import Nation, is_bank_holiday

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")
_LOOK_AHEAD_DAYS = 14


class HoursError(ValueError):
    """Opening hours that cannot be read; the message says which part."""


class State(Enum):
    """Whether a place is open."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a place is open, and when that changes (aware, in London), as far as it is known."""

    state: State
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of opening on a day, in minutes from its midnight; the end may be on the next day."""

    start: int
    end: int

    def on(self, day: date) -> tuple[datetime, datetime]:
        """Return beginning and end in UTC.

        Where a clock change makes a time mean two moments, the place counts as open for the shorter stretch.
        """
        return max(_moments(day, self.start)), min(_moments(day, self.end))


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of a place: seven days from Monday, days that differ, and whose bank holidays leave them unknown."""

    week: tuple[tuple[Span, ...], ...]
    exceptions: dict[date, tuple[Span, ...]]
    nation: Nation | None

    def on(self, day: date) -> tuple[Span, ...] | None:
        """Return the spans that begin on a day; None where a bank holiday leaves it unknown."""
        if day in self.exceptions:
            return self.exceptions[day]
        usual = self.week[day.weekday()]
        known = self.nation is None or not is_bank_holiday(self.nation, day)
        return usual if known or not usual else None


def read_hours(stored: Any, nation: Nation | None = None) -> Hours | None:
    """Read the stored form; None stands for hours that nobody knows. Raises HoursError.

    Without a nation no day is a bank holiday: for reading what is only compared or written down again.
    """
    if stored is None:
        return None
    if not isinstance(stored, dict) or not set(stored) <= {"week", "exceptions"}:
        raise HoursError("hours have a week and exceptions, nothing else")
    week, exceptions = stored.get("week", {}), stored.get("exceptions", {})
    if not isinstance(week, dict) or not set(week) <= set(DAYS) or not isinstance(exceptions, dict):
        raise HoursError("days are mon to sun")
    return Hours(
        week=tuple(_read_spans(week.get(day, [])) for day in DAYS),
        exceptions={_read_day(day): _read_spans(spans) for day, spans in exceptions.items()},
        nation=nation,
    )


def opening(hours: Hours | None, now: datetime) -> Opening:
    """Return whether a place is open at a moment (aware)."""
    if hours is None:
        return Opening(State.UNKNOWN)
    today = now.astimezone(LONDON).date()
    running = [end for start, end in _stretches(hours, today, -1, 0) if start <= now < end]
    if running:
        return Opening(State.OPEN, _end_of_opening(hours, max(running)).astimezone(LONDON))
    if hours.on(today) is None:
        return Opening(State.UNKNOWN)
    return Opening(State.CLOSED, _next_opening(hours, now, today))


def _next_opening(hours: Hours, now: datetime, today: date) -> datetime | None:
    for days in range(_LOOK_AHEAD_DAYS + 1):
        day = today + timedelta(days=days)
        if hours.on(day) is None:
            return None  # a bank holiday lies between, whose hours are unknown
        later = [start for start, _ in _stretches(hours, day, 0, 0) if start > now]
        if later:
            return min(later).astimezone(LONDON)
    return None


def _end_of_opening(hours: Hours, end: datetime) -> datetime:
    """Follow stretches that join: open to midnight and again from midnight is one opening."""
    for _ in range(_LOOK_AHEAD_DAYS):
        day = end.astimezone(LONDON).date()
        joined = [later for start, later in _stretches(hours, day, -1, 0) if start <= end < later]
        if not joined:
            break
        end = max(joined)
    return end


def _stretches(hours: Hours, day: date, first: int, last: int) -> list[tuple[datetime, datetime]]:
    days = [day + timedelta(days=offset) for offset in range(first, last + 1)]
    return [span.on(each) for each in days for span in hours.on(each) or ()]


def _moments(day: date, minutes: int) -> list[datetime]:
    """The one or two moments, in UTC, that a time on the clock can mean."""
    days, rest = divmod(minutes, 24 * 60)
    wall = datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60), LONDON)
    return [wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]


def _read_day(text: Any) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        raise HoursError("an exception is for a day such as 2026-12-24") from None


def _read_spans(stored: Any) -> tuple[Span, ...]:
    if not isinstance(stored, list):
        raise HoursError("a day has a list of spans")
    return tuple(sorted((_read_span(pair) for pair in stored), key=lambda span: span.start))


def _read_span(pair: Any) -> Span:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise HoursError("a span is a beginning and an end")
    start, end = (_read_minutes(text) for text in pair)
    if start == 24 * 60:
        raise HoursError("a day begins at 00:00")
    return Span(start, end if end > start else end + 24 * 60)


def _read_minutes(text: Any) -> int:
    if not isinstance(text, str) or not _TIME.fullmatch(text):
        raise HoursError("a time is written as 09:00")
    return int(text[:2]) * 60 + int(text[3:])
