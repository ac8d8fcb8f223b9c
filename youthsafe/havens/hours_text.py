"""Opening hours as a person writes them in a table, to and from the stored form of `hours.py`.

`mon-fri 09:00-17:30; sat 10:00-12:00, 13:00-16:00; 2026-12-24 09:00-13:00; 2026-12-25 closed`. Days that are not named
are closed; `always` is every hour of every day; an empty text stands for hours that nobody knows.
"""

import re
from datetime import date
from itertools import groupby, pairwise
from typing import Any, Final

from youthsafe.havens.hours import DAYS, HoursError, read_hours

ALWAYS: Final = "always"
CLOSED: Final = "closed"
_PART = re.compile(r"(?P<days>[a-z]{3}(?:-[a-z]{3})?|\d{4}-\d{2}-\d{2})\s+(?P<spans>.+)")
_SPAN = re.compile(r"(\d{2}:\d{2})\s*-\s*(\d{2}:\d{2})")
_ALL_DAY = [["00:00", "24:00"]]


def read_hours_text(text: str) -> dict[str, Any] | None:
    """Return the stored form; None for an empty text. Raises HoursError."""
    text = text.strip().lower().replace("–", "-")
    if not text:
        return None
    if text == ALWAYS:
        return {"week": dict.fromkeys(DAYS, _ALL_DAY), "exceptions": {}}
    stored: dict[str, Any] = {"week": {}, "exceptions": {}}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        found = _PART.fullmatch(part)
        if not found:
            raise HoursError(f"“{part}” is not a day and its times")
        _add(stored, found["days"], _spans(found["spans"]))
    read_hours(stored)
    return stored


def write_hours_text(stored: dict[str, Any] | None) -> str:
    """Return the text that reads back as the same hours."""
    if stored is None:
        return ""
    week, exceptions = stored.get("week", {}), sorted(stored.get("exceptions", {}).items())
    days = [[*map(list, week.get(day, []))] for day in DAYS]
    if not exceptions and days == [_ALL_DAY] * len(DAYS):
        return ALWAYS
    alike = [[*group] for _, group in groupby(range(len(DAYS)), key=lambda day: days[day])]
    parts = [f"{_days(group)} {_written(days[group[0]])}" for group in alike if days[group[0]]]
    return "; ".join([*(parts or [f"mon-sun {CLOSED}"]), *(f"{day} {_written(spans)}" for day, spans in exceptions)])


def _days(group: list[int]) -> str:
    first, last = DAYS[group[0]], DAYS[group[-1]]
    return first if first == last else f"{first}-{last}"


def _add(stored: dict[str, Any], days: str, spans: list[list[str]]) -> None:
    if days[0].isdigit():
        _put(stored["exceptions"], _day(days), spans)
        return
    first, _, last = days.partition("-")
    if first not in DAYS or (last or first) not in DAYS:
        raise HoursError(f"“{days}”: days are mon, tue, wed, thu, fri, sat, sun")
    start, end = DAYS.index(first), DAYS.index(last or first)
    if end < start:
        raise HoursError(f"“{days}” ends before it begins: write two parts")
    for day in DAYS[start : end + 1]:
        _put(stored["week"], day, spans)


def _put(days: dict[str, Any], day: str, spans: list[list[str]]) -> None:
    if day in days:
        raise HoursError(f"{day} is named twice")
    days[day] = spans


def _spans(text: str) -> list[list[str]]:
    if text == CLOSED:
        return []
    spans = []
    for part in text.split(","):
        found = _SPAN.fullmatch(part.strip())
        if not found:
            raise HoursError(f"“{part.strip()}” is not a time from and to, such as 09:00-17:30")
        spans.append(list(found.groups()))
    spans.sort()
    if any(later[0] < earlier[1] or earlier[1] <= earlier[0] for earlier, later in pairwise(spans)):
        raise HoursError(f"“{text}”: times overlap")
    return spans


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise HoursError(f"“{text}” is not a day") from None


def _written(spans: list[list[str]]) -> str:
    return ", ".join("-".join(span) for span in spans) or CLOSED
