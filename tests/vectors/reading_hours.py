"""When a team reads, written from docs/envelope.md 5.1 with Python's own time zones, and the vectors made of it.

`python -m tests.vectors.reading_hours` writes reading_hours.json anew; the browser half reads it too.
"""

import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

FILE: Final = Path(__file__).with_name("reading_hours.json")
LONDON: Final = ZoneInfo("Europe/London")
EPOCH: Final = date(1970, 1, 1)
LOOK_AHEAD_DAYS: Final = 366
MINUTE: Final = 60

Week = Sequence[Sequence[int] | None]
Case = dict[str, object]

OFFICE: Final[Week] = [[540, 1020]] * 5 + [None, None]
EVERY_DAY: Final[Week] = [[540, 1020]] * 7
ALWAYS: Final[Week] = [[0, 1440]] * 7
NIGHTS: Final[Week] = [[0, 75]] * 7
SMALL_HOURS: Final[Week] = [[60, 120]] * 7
SUNDAY_NIGHT: Final[Week] = [None] * 6 + [[75, 105]]
NEVER: Final[Week] = [None] * 7
WEEKS: Final = (OFFICE, EVERY_DAY, ALWAYS, NIGHTS, SMALL_HOURS, SUNDAY_NIGHT)
CHRISTMAS: Final = tuple((date.fromisoformat(day) - EPOCH).days for day in ("2026-12-25", "2026-12-28", "2027-01-01"))
TELLING: Final = (
    "2026-11-23T10:00:00Z",  # a Monday, in hours
    "2026-11-27T17:00:00Z",  # the minute in which they end on a Friday
    "2026-07-05T23:30:00Z",  # in summer London's day has turned already
    "2027-03-27T20:00:00Z",  # the night in which the clock is put forward
    "2027-03-28T00:59:00Z",
    "2027-03-28T01:00:00Z",
    "2027-10-30T20:00:00Z",  # and the one in which it is put back
    "2027-10-31T00:30:00Z",
    "2027-10-31T01:30:00Z",
    "2026-12-24T18:00:00Z",  # over Christmas and the turn of the year
    "2026-12-31T23:59:00Z",
    "2027-01-01T00:00:00Z",
)


def moment(day: date, minutes: int) -> int:
    """Return when the clock in London shows so many minutes after midnight: of two moments the later."""
    wall = datetime.combine(day + timedelta(days=minutes // 1440), time(minutes // 60 % 24, minutes % 60), LONDON)
    return max(int(wall.replace(fold=fold).timestamp()) for fold in (0, 1))


def readings(week: Week, closed_days: Sequence[int], now: int) -> Iterator[tuple[int, int]]:
    """Give each stretch of reading that ends after `now`, from its beginning to its end."""
    today = datetime.fromtimestamp(now, UTC).astimezone(LONDON).date()
    for day in (today + timedelta(days=each) for each in range(LOOK_AHEAD_DAYS)):
        hours = week[day.weekday()]
        if hours is None or (day - EPOCH).days in closed_days:
            continue
        opens, closes = (moment(day, each) for each in hours)
        if max(opens, now) < closes:
            yield opens, closes


def reading_time(week: Week, closed_days: Sequence[int], now: int) -> tuple[bool, int | None]:
    """Return whether the team reads, and until when, or from when."""
    for opens, closes in readings(week, closed_days, now):
        return (True, closes) if opens <= now else (False, opens)
    return False, None


def due_at(week: Week, closed_days: Sequence[int], since: int, minutes: int) -> int | None:
    """Return when so many minutes of reading have passed, counted one by one."""
    left = minutes
    for opens, closes in readings(week, closed_days, since):
        start = max(opens, since)
        whole = (closes - start) // MINUTE
        if whole >= left:
            return start + left * MINUTE
        left -= whole
    return None


def make() -> list[Case]:
    """Return all vectors: telling moments in every week, and some of chance. Moments are whole minutes."""
    chance = random.Random(5)  # the same each time
    told = [(week, CHRISTMAS, _seconds(each)) for week in (*WEEKS, NEVER) for each in TELLING]
    drawn = [(_week(chance), _closed(chance, now), now) for now in [_draw(chance) for _ in range(120)]]
    return [_case(*each) for each in told + drawn]


def text() -> str:
    """Return the file's text: one vector a line."""
    return "[\n" + ",\n".join(json.dumps(each) for each in make()) + "\n]\n"


def _case(week: Week, closed_days: Sequence[int], now: int) -> Case:
    reading, at = reading_time(week, closed_days, now)
    due = {str(minutes): due_at(week, closed_days, now, minutes) for minutes in (15, 120, 1000)}
    return {"week": week, "closed_days": closed_days, "now": now, "reading": reading, "at": at, "due": due}


def _week(chance: random.Random) -> Week:
    days = (sorted(chance.sample(range(0, 1441, 5), 2)) for _ in range(7))
    return [day if chance.random() < 0.7 else None for day in days]


def _closed(chance: random.Random, now: int) -> Sequence[int]:
    today = now // 86_400
    return sorted(chance.sample(range(today - 2, today + 20), 8))


def _draw(chance: random.Random) -> int:
    """Draw a minute of two years, most often one near a change of the clock or the turn of the year."""
    near = chance.choice((*TELLING[3:], None, None))
    if near is None:
        return _seconds("2026-01-01T00:00:00Z") + chance.randrange(2 * 365 * 1440) * MINUTE
    return _seconds(near) + chance.randrange(-2_880, 2_880) * MINUTE


def _seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
