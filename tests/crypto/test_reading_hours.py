"""When a team reads: the reference of docs/envelope.md 5.1, minute by minute, and the vectors of both halves."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.vectors.reading_hours import EPOCH, FILE, LONDON, MINUTE, Week, due_at, reading_time, text
from youthsafe.pack.nations import Nation, bank_holidays

CHANGES = ["2026-03-29T01:00Z", "2026-10-25T01:00Z", "2027-03-28T01:00Z", "2027-10-31T01:00Z", "2026-12-31T23:59Z"]
HOURS = st.lists(st.integers(0, 1440), min_size=2, max_size=2, unique=True).map(sorted)
WEEKS = st.lists(st.none() | HOURS, min_size=7, max_size=7)
MINUTES = st.integers(0, 2 * 365 * 1440).map(lambda each: 1_767_225_600 + each * MINUTE)  # from the beginning of 2026
NEAR_A_CHANGE = st.builds(
    lambda change, minutes: int(datetime.fromisoformat(change).timestamp()) + minutes * MINUTE,
    st.sampled_from(CHANGES),
    st.integers(-3_000, 3_000),
)
HOLIDAYS = [
    (each - EPOCH).days for each in bank_holidays(Nation.ENGLAND, EPOCH.replace(year=2026), EPOCH.replace(year=2029))
]


def on_the_clock(now: int) -> tuple[int, int, int]:
    """The day of the week, the day, and the minute that the clock in London shows."""
    wall = datetime.fromtimestamp(now, UTC).astimezone(LONDON)
    return wall.weekday(), (wall.date() - EPOCH).days, wall.hour * 60 + wall.minute


def is_night_of_a_change(now: int) -> bool:
    """Whether London's clock shows a time that it skips or shows twice within two hours."""
    shifts = {
        (datetime.fromtimestamp(now, UTC) + timedelta(hours=hours)).astimezone(LONDON).utcoffset() for hours in (-2, 2)
    }
    return len(shifts) > 1


def test_the_vectors_are_what_the_reference_says() -> None:
    assert FILE.read_text(encoding="utf-8") == text()


@given(WEEKS, MINUTES | NEAR_A_CHANGE)
def test_outside_the_nights_of_a_change_the_team_reads_when_the_clock_says_so(week: Week, now: int) -> None:
    weekday, day, minute = on_the_clock(now)
    hours = week[weekday]
    expected = hours is not None and day not in HOLIDAYS and hours[0] <= minute < hours[1]
    if not is_night_of_a_change(now):
        assert reading_time(week, HOLIDAYS, now)[0] == expected


@given(WEEKS, MINUTES | NEAR_A_CHANGE)
def test_until_the_moment_that_is_promised_nothing_changes_and_at_it_something_does(week: Week, now: int) -> None:
    reading, at = reading_time(week, HOLIDAYS, now)
    if at is None:
        return
    assert at > now
    assert reading_time(week, HOLIDAYS, at - MINUTE)[0] == reading or at - MINUTE < now
    if not reading:
        assert reading_time(week, HOLIDAYS, at)[0]


@given(WEEKS, MINUTES | NEAR_A_CHANGE, st.integers(1, 300))
def test_a_report_is_due_after_just_so_many_minutes_in_which_the_team_read(week: Week, now: int, minutes: int) -> None:
    due = due_at(week, HOLIDAYS, now, minutes)
    if due is not None and due - now < 3 * 86_400:
        passed = sum(reading_time(week, HOLIDAYS, each)[0] for each in range(now, due, MINUTE))
        assert passed == minutes


@given(WEEKS, MINUTES | NEAR_A_CHANGE)
def test_no_promise_is_for_a_bank_holiday(week: Week, now: int) -> None:
    reading, at = reading_time(week, HOLIDAYS, now)
    if at is not None:
        assert on_the_clock(now if reading else at)[1] not in HOLIDAYS
