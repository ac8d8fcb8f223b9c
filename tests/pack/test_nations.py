"""Bank holidays as published by GOV.UK for each nation."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthsafe.pack.nations import Nation, bank_holidays, is_bank_holiday

SUNDAY = 6
COMMON = {
    2025: "01-01 04-18 05-05 05-26 12-25 12-26",
    2026: "01-01 04-03 05-04 05-25 12-25 12-28",
    2027: "01-01 03-26 05-03 05-31 12-27 12-28",
}
OF_NATION = {
    Nation.ENGLAND: {2025: "04-21 08-25", 2026: "04-06 08-31", 2027: "03-29 08-30"},
    Nation.WALES: {2025: "04-21 08-25", 2026: "04-06 08-31", 2027: "03-29 08-30"},
    Nation.SCOTLAND: {
        2025: "01-02 08-04 12-01",
        2026: "01-02 06-15 08-03 11-30",
        2027: "01-04 08-02 11-30",
    },
    Nation.NORTHERN_IRELAND: {
        2025: "03-17 04-21 07-14 08-25",
        2026: "03-17 04-06 07-13 08-31",
        2027: "03-17 03-29 07-12 08-30",
    },
}


@pytest.mark.parametrize("nation", Nation)
@pytest.mark.parametrize("year", COMMON)
def test_on_weekdays_they_are_the_published_ones(nation: Nation, year: int) -> None:
    published = {date.fromisoformat(f"{year}-{day}") for day in f"{COMMON[year]} {OF_NATION[nation][year]}".split()}
    found = bank_holidays(nation, date(year, 1, 1), date(year, 12, 31))
    assert {day for day in found if day.weekday() < SUNDAY - 1} == published


def test_a_day_at_a_weekend_and_its_substitute_have_the_same_name() -> None:
    found = bank_holidays(Nation.ENGLAND, date(2027, 12, 20), date(2028, 1, 5))
    assert found == {
        date(2027, 12, 25): "Christmas Day",
        date(2027, 12, 26): "Boxing Day",
        date(2027, 12, 27): "Christmas Day",
        date(2027, 12, 28): "Boxing Day",
        date(2028, 1, 1): "New Year’s Day",
        date(2028, 1, 3): "New Year’s Day",
    }


def test_a_holiday_that_was_proclaimed_once_is_known() -> None:
    assert is_bank_holiday(Nation.ENGLAND, date(2023, 5, 8))
    assert not is_bank_holiday(Nation.ENGLAND, date(2024, 5, 8))


@given(st.sampled_from(Nation), st.dates(date(2020, 1, 1), date(2099, 1, 1)), st.integers(min_value=0, max_value=800))
def test_any_stretch_of_days_names_exactly_its_bank_holidays_in_order(nation: Nation, first: date, length: int) -> None:
    days = [first + timedelta(days=each) for each in range(length + 1)]
    found = bank_holidays(nation, days[0], days[-1])
    assert list(found) == [day for day in days if is_bank_holiday(nation, day)]
