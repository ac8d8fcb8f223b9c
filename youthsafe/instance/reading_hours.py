"""When a team reads (docs/envelope.md 5.1), for what the server does by the clock; the browser half has the same rules.

Knows no database. tests/vectors/reading_hours.json holds the two halves together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from youthsafe.clock import LONDON, day_in_london
from youthsafe.crypto.bundle import MINUTES_OF_A_DAY, Bundle, Hours

LOOK_BACK: Final = timedelta(days=366)
_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch of reading: from when, and until when."""

    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class ReadingHours:
    """A team's hours from Monday to Sunday, and the days on which nobody reads, in days since 1970-01-01."""

    week: tuple[Hours, ...]
    closed_days: frozenset[int] = frozenset()

    def at(self, moment: datetime) -> Reading | None:
        """Return the stretch in which a moment lies; none where nobody reads then."""
        found = self._on(day_in_london(moment))
        return found if found is not None and found.opens <= moment < found.closes else None

    def ago(self, moment: datetime, reading: timedelta) -> datetime | None:
        """Return since when so much time of reading has passed; none where it is more than a year ago."""
        left = reading
        for stretch in self._back_from(moment):
            end = min(moment, stretch.closes)
            if end - stretch.opens >= left:
                return end - left
            left -= end - stretch.opens
        return None

    def last(self, moment: datetime) -> Reading | None:
        """Return the last stretch that was over by a moment; none within a year."""
        return next((each for each in self._back_from(moment) if each.closes <= moment), None)

    def between(self, begin: datetime, end: datetime) -> timedelta:
        """Return how much reading there was from one moment to another, of the year before it at most."""
        found = timedelta()
        for stretch in self._back_from(end):
            if stretch.closes <= begin:
                break
            found += min(end, stretch.closes) - max(begin, stretch.opens)
        return found

    def _back_from(self, moment: datetime) -> Iterator[Reading]:
        """Give each stretch that has begun by a moment, the newest first."""
        today = day_in_london(moment)
        for day in (today - timedelta(days=each) for each in range(LOOK_BACK.days)):
            found = self._on(day)
            if found is not None and found.opens <= moment:
                yield found

    def _on(self, day: date) -> Reading | None:
        """Return a day's stretch. One that the clock skips, because it is put forward, is none."""
        hours = self.week[day.weekday()]
        if hours is None or (day - _EPOCH).days in self.closed_days:
            return None
        opens, closes = (_moment(day, each) for each in hours)
        return Reading(opens, closes) if opens < closes else None


ALWAYS: Final = ReadingHours(((0, MINUTES_OF_A_DAY),) * 7)


def hours_of_teams(bundle: Bundle) -> dict[bytes, ReadingHours]:
    """Return the hours of each team that has any."""
    closed = frozenset(bundle.closed_days)
    return {each.id: ReadingHours(each.hours, closed) for each in bundle.teams if any(each.hours)}


def _moment(day: date, minutes: int) -> datetime:
    """Return when the clock in London shows so many minutes after midnight: of two moments the later."""
    days, rest = divmod(minutes, MINUTES_OF_A_DAY)
    wall = datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60), LONDON)
    return max(wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
