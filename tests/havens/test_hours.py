from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthsafe.clock import LONDON
from youthsafe.havens.hours import DAYS, HoursError, Opening, State, opening, read_hours
from youthsafe.pack.nations import Nation

OFFICE = {"week": {day: [["09:00", "17:00"]] for day in DAYS[:5]}}


def at(text: str) -> datetime:
    """A moment by the clock in London."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def stands(stored: Any, moment: datetime) -> Opening:
    return opening(read_hours(stored, Nation.ENGLAND), moment)


def test_a_place_is_open_from_its_first_minute_until_its_last() -> None:
    assert stands(OFFICE, at("2026-11-23 09:00")) == Opening(State.OPEN, at("2026-11-23 17:00"))
    assert stands(OFFICE, at("2026-11-23 16:59:59")).state is State.OPEN
    assert stands(OFFICE, at("2026-11-23 17:00")).state is State.CLOSED
    assert stands(OFFICE, at("2026-11-23 08:59:59")) == Opening(State.CLOSED, at("2026-11-23 09:00"))


def test_a_closed_place_says_on_which_day_it_opens_again() -> None:
    assert stands(OFFICE, at("2026-11-20 18:00")) == Opening(State.CLOSED, at("2026-11-23 09:00"))


def test_hours_that_nobody_knows_are_not_guessed() -> None:
    assert stands(None, at("2026-11-23 12:00")) == Opening(State.UNKNOWN)


def test_a_place_without_any_hours_is_closed_and_promises_nothing() -> None:
    assert stands({"week": {}}, at("2026-11-23 12:00")) == Opening(State.CLOSED)


def test_a_lunch_break_is_closed() -> None:
    split = {"week": {"mon": [["14:00", "16:30"], ["10:00", "13:00"]]}}
    assert stands(split, at("2026-11-23 13:30")) == Opening(State.CLOSED, at("2026-11-23 14:00"))
    assert stands(split, at("2026-11-23 14:30")).state is State.OPEN


def test_a_night_belongs_to_the_day_it_began_on() -> None:
    late = {"week": {"fri": [["16:00", "01:30"]]}}
    assert stands(late, at("2026-11-21 01:00")) == Opening(State.OPEN, at("2026-11-21 01:30"))
    assert stands(late, at("2026-11-21 01:30")).state is State.CLOSED
    assert stands(late, at("2026-11-20 01:00")).state is State.CLOSED


def test_a_place_that_never_closes_is_open_at_midnight() -> None:
    always = {"week": {day: [["00:00", "24:00"]] for day in DAYS}}
    assert stands(always, at("2026-11-24 00:00")).state is State.OPEN
    assert stands(always, at("2026-11-23 23:59:59")).state is State.OPEN


def test_stretches_that_join_are_one_opening() -> None:
    joined = {"week": {"mon": [["18:00", "24:00"]], "tue": [["00:00", "02:00"]]}}
    assert stands(joined, at("2026-11-23 23:00")) == Opening(State.OPEN, at("2026-11-24 02:00"))


def test_an_exception_replaces_the_usual_day() -> None:
    stored = {**OFFICE, "exceptions": {"2026-11-23": [["12:00", "13:00"]], "2026-11-24": []}}
    assert stands(stored, at("2026-11-23 09:30")) == Opening(State.CLOSED, at("2026-11-23 12:00"))
    assert stands(stored, at("2026-11-24 12:00")) == Opening(State.CLOSED, at("2026-11-25 09:00"))


def test_a_bank_holiday_without_an_exception_is_unknown() -> None:
    assert stands(OFFICE, at("2026-12-28 12:00")) == Opening(State.UNKNOWN)
    known = {**OFFICE, "exceptions": {"2026-12-28": [["10:00", "14:00"]]}}
    assert stands(known, at("2026-12-28 12:00")).state is State.OPEN


def test_bank_holidays_are_those_of_the_nation_that_the_place_lies_in() -> None:
    easter_monday, st_andrews_day = at("2027-03-29 12:00"), at("2026-11-30 12:00")
    known = {nation: read_hours(OFFICE, nation) for nation in (Nation.ENGLAND, Nation.SCOTLAND)}
    assert opening(known[Nation.ENGLAND], easter_monday).state is State.UNKNOWN
    assert opening(known[Nation.SCOTLAND], easter_monday).state is State.OPEN
    assert opening(known[Nation.ENGLAND], st_andrews_day).state is State.OPEN
    assert opening(known[Nation.SCOTLAND], st_andrews_day).state is State.UNKNOWN


def test_no_opening_is_promised_across_a_bank_holiday() -> None:
    assert stands(OFFICE, at("2026-12-26 12:00")) == Opening(State.CLOSED)


def test_a_bank_holiday_on_a_day_that_is_always_closed_is_closed() -> None:
    saturdays = {"week": {"sat": [["10:00", "12:00"]]}}
    assert stands(saturdays, at("2026-12-28 11:00")).state is State.CLOSED


def test_summer_time_counts_by_the_clock_in_london() -> None:
    assert stands(OFFICE, datetime(2026, 7, 6, 8, 0, tzinfo=UTC)).state is State.OPEN
    assert stands(OFFICE, datetime(2026, 11, 23, 8, 0, tzinfo=UTC)).state is State.CLOSED


def test_a_place_is_not_called_open_through_an_hour_that_comes_twice() -> None:
    night = {"week": {"sat": [["20:00", "01:30"]]}}  # 25 October 2026: 01:30 comes at 00:30 and at 01:30 UTC
    assert stands(night, datetime(2026, 10, 25, 0, 29, tzinfo=UTC)).state is State.OPEN
    assert stands(night, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)).state is State.CLOSED
    early = {"week": {"sun": [["01:30", "05:00"]]}}
    assert stands(early, datetime(2026, 10, 25, 1, 0, tzinfo=UTC)).state is State.CLOSED
    assert stands(early, datetime(2026, 10, 25, 1, 30, tzinfo=UTC)).state is State.OPEN


def test_a_place_closes_in_time_when_an_hour_is_missing() -> None:
    night = {"week": {"sat": [["20:00", "01:30"]]}}  # 29 March 2026: 01:00 to 02:00 does not exist
    assert stands(night, datetime(2026, 3, 29, 0, 29, tzinfo=UTC)).state is State.OPEN
    assert stands(night, datetime(2026, 3, 29, 0, 30, tzinfo=UTC)).state is State.CLOSED


@pytest.mark.parametrize(
    "stored",
    [
        [],
        "always",
        {"weeks": {}},
        {"week": {"monday": []}},
        {"week": {"mon": "09:00-17:00"}},
        {"week": {"mon": [["09:00"]]}},
        {"week": {"mon": [["9:00", "17:00"]]}},
        {"week": {"mon": [["09:00", "25:00"]]}},
        {"week": {"mon": [["24:00", "02:00"]]}},
        {"week": {"mon": [["09:60", "17:00"]]}},
        {"week": {"mon": [[9, 17]]}},
        {"exceptions": {"tomorrow": []}},
        {"exceptions": {"2026-02-30": []}},
        {"exceptions": []},
    ],
)
def test_hours_in_another_form_are_refused(stored: Any) -> None:
    with pytest.raises(HoursError):
        read_hours(stored)


clock_times = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda each: f"{each[0]:02}:{each[1]:02}")
weeks = st.dictionaries(st.sampled_from(DAYS), st.lists(st.tuples(clock_times, clock_times), max_size=3))


@given(weeks, st.integers(0, 2 * 366 * 24 * 60))
def test_the_moment_that_is_promised_is_always_later_and_true(week: dict[str, Any], minutes: int) -> None:
    hours, now = read_hours({"week": week}), datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    found = opening(hours, now)
    if found.until is None:
        return
    assert found.until > now
    after = opening(hours, found.until)
    assert after.state is not found.state
