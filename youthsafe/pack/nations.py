"""Bank holidays of the nation that a borough lies in, by the library `holidays`; one-off ones as far as it has them."""

from datetime import date
from enum import StrEnum
from functools import cache
from typing import Final

from holidays import country_holidays

_SUBSTITUTE: Final = " (observed)"


class Nation(StrEnum):
    """A nation with bank holidays of its own, as `site.yaml` names it."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


_SUBDIVISIONS: Final = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


def bank_holidays(nation: Nation, first: date, last: date) -> dict[date, str]:
    """Return the English names of the bank holidays from `first` to `last`, in order; substitute days have the same."""
    years = (_of_year(nation, year) for year in range(first.year, last.year + 1))
    days = {day: name for of_year in years for day, name in of_year.items()}
    return {day: days[day] for day in sorted(days) if first <= day <= last}


def is_bank_holiday(nation: Nation, day: date) -> bool:
    """Tell whether a day is a bank holiday, or the substitute for one."""
    return day in _of_year(nation, day.year)


@cache
def _of_year(nation: Nation, year: int) -> dict[date, str]:
    """Return the names of a year's bank holidays, at weekends too."""
    found = country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=year, expand=False, language="en_GB")
    return {day: name.replace("'", "’").removesuffix(_SUBSTITUTE) for day, name in found.items()}
