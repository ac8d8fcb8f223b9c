import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthsafe.havens.hours import DAYS, HoursError, read_hours
from youthsafe.havens.hours_text import read_hours_text, write_hours_text

minutes = st.lists(st.integers(0, 23 * 60 + 59), min_size=2, max_size=6, unique=True).map(sorted)
times = minutes.map(lambda each: [f"{minute // 60:02}:{minute % 60:02}" for minute in each])
spans = times.map(lambda each: [list(pair) for pair in zip(each[::2], each[1::2], strict=False)])
days = st.dates().map(lambda day: day.isoformat())
stored = st.fixed_dictionaries(
    {"week": st.dictionaries(st.sampled_from(DAYS), spans), "exceptions": st.dictionaries(days, spans | st.just([]))}
)


def test_a_table_says_hours_as_people_do() -> None:
    assert read_hours_text("Mon-Tue 09:00–17:30; sat 10:00-12:00, 13:00-16:00; 2026-12-25 closed") == {
        "week": {
            "mon": [["09:00", "17:30"]],
            "tue": [["09:00", "17:30"]],
            "sat": [["10:00", "12:00"], ["13:00", "16:00"]],
        },
        "exceptions": {"2026-12-25": []},
    }


def test_an_empty_text_stands_for_hours_that_nobody_knows() -> None:
    assert read_hours_text("  ") is None


def test_always_is_every_hour_of_every_day() -> None:
    assert read_hours_text("always") == {"week": {day: [["00:00", "24:00"]] for day in DAYS}, "exceptions": {}}


def test_a_night_may_end_on_the_next_day() -> None:
    assert read_hours_text("fri 16:00-01:30") == {"week": {"fri": [["16:00", "01:30"]]}, "exceptions": {}}


@pytest.mark.parametrize(
    "text",
    [
        "9-5",
        "mon",
        "mon 9:00-17:00",
        "mon 09:00-25:00",
        "mon 09:60-17:00",
        "mon 09:00",
        "mon-fry 09:00-17:00",
        "fri-mon 09:00-17:00",
        "mon 09:00-17:00; mon 18:00-19:00",
        "mon-fri 09:00-17:00; tue 18:00-19:00",
        "mon 09:00-12:00, 11:00-14:00",
        "mon 20:00-02:00, 21:00-22:00",
        "2026-02-30 09:00-17:00",
        "2026-12-24 09:00-13:00; 2026-12-24 closed",
        "monday 09:00-17:00",
        "mon 24:00-02:00",
    ],
)
def test_hours_that_mean_nothing_are_refused(text: str) -> None:
    with pytest.raises(HoursError):
        read_hours_text(text)


@given(stored)
def test_hours_that_are_written_read_back_the_same(hours: dict[str, dict[str, list[list[str]]]]) -> None:
    assert read_hours(read_hours_text(write_hours_text(hours))) == read_hours(hours)


@given(st.text(alphabet="monfri 0123456789:-;,20", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_hours(read_hours_text(text))
    except HoursError:
        return
