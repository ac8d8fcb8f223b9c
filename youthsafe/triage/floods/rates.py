"""When so many reports wait that it is a flood, and no longer a bad day.

A borough's team gets some three reports a day, and perhaps seventy in the hour after an assembly, which people then
open. What counts is how many nobody has taken on: forty of one hour is what one network may send without any work, and
three times that of one day is more than a team opens. A flood drowns honest reports, so whatever is only a few of one
kind is never called one: neither an hour of a flooded day, nor a kind of report in a flooded hour.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime

OF_AN_HOUR = 40
OF_A_DAY = 120
NO_FEW = 10  # more of one hour than a team gets in three days


def unusual(waiting: Mapping[datetime, int]) -> set[datetime]:
    """Return the hours of a flood, of how many reports of each hour nobody has taken on; days are those of UTC."""
    days: Counter[date] = Counter()
    for hour, count in waiting.items():
        days[hour.date()] += count
    return {
        hour
        for hour, count in waiting.items()
        if count >= OF_AN_HOUR or (count >= NO_FEW and days[hour.date()] >= OF_A_DAY)
    }
