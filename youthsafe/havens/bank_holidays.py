"""Bank holidays of England and Wales by their rules (Banking and Financial Dealings Act 1971, and common law).

One-off holidays, such as a coronation's, are not known here.
"""

from datetime import date, timedelta

MONDAY = 0
SATURDAY = 5


def is_bank_holiday(day: date) -> bool:
    """Return whether banks are closed on a day that is not simply a weekend."""
    return day in bank_holidays(day.year)


def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of a year, substitute days included."""
    easter = easter_sunday(year)
    return frozenset(
        {
            _next_working_day(date(year, 1, 1)),
            easter - timedelta(days=2),
            easter + timedelta(days=1),
            _monday_from(date(year, 5, 1)),
            _monday_from(date(year, 5, 25)),
            _monday_from(date(year, 8, 25)),
            *_christmas(year),
        }
    )


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _christmas(year: int) -> set[date]:
    """Both days, each moved to the next free working day when it falls on a weekend."""
    taken: set[date] = set()
    for day in sorted((date(year, 12, 25), date(year, 12, 26)), key=lambda each: each.weekday() >= SATURDAY):
        taken.add(_next_working_day(day, taken))
    return taken


def _next_working_day(day: date, taken: set[date] | None = None) -> date:
    while day.weekday() >= SATURDAY or day in (taken or ()):
        day += timedelta(days=1)
    return day


def _monday_from(day: date) -> date:
    return day + timedelta(days=(MONDAY - day.weekday()) % 7)
