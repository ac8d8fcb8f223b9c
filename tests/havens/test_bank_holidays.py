"""Dates as published by GOV.UK for England and Wales."""

from datetime import date

import pytest

from youthsafe.havens.bank_holidays import bank_holidays, easter_sunday, is_bank_holiday

PUBLISHED = {
    2021: ["01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"],
    2025: ["01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"],
    2026: ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"],
    2027: ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"],
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_rules_give_the_published_days(year: int) -> None:
    expected = {date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year]}
    assert bank_holidays(year) == expected


@pytest.mark.parametrize("day", ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25", "2285-03-22"])
def test_easter_falls_on_the_known_sunday(day: str) -> None:
    assert easter_sunday(int(day[:4])) == date.fromisoformat(day)


def test_an_ordinary_monday_is_no_bank_holiday() -> None:
    assert not is_bank_holiday(date(2026, 11, 23))
