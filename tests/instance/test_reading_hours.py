"""When a team reads, as the server works it out: the vectors of both halves, and what goes back from them."""

import json
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.crypto.test_reading_hours import MINUTES, NEAR_A_CHANGE, WEEKS
from tests.vectors.reading_hours import FILE, MINUTE, Week, due_at, reading_time
from youthsafe.instance.reading_hours import ALWAYS, ReadingHours

VECTORS = json.loads(FILE.read_text(encoding="utf-8"))


def hours(week: Week, closed_days: Collection[int]) -> ReadingHours:
    return ReadingHours(tuple(None if each is None else (each[0], each[1]) for each in week), frozenset(closed_days))


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: str(case["now"]))
def test_a_team_reads_when_the_vectors_say_so(case: dict[str, object]) -> None:
    found = hours(case["week"], case["closed_days"]).at(moment(case["now"]))  # type: ignore[arg-type]
    assert (found is not None) == case["reading"]
    if found is not None:
        assert found.closes == moment(case["at"])  # type: ignore[arg-type]


@given(WEEKS, MINUTES | NEAR_A_CHANGE, st.integers(1, 300))
def test_from_the_moment_that_a_report_is_due_just_so_much_reading_goes_back_to_it(
    week: list[list[int] | None], now: int, minutes: int
) -> None:
    due = due_at(week, [], now, minutes)
    if due is None:
        return
    reading = timedelta(minutes=minutes)
    since = hours(week, []).ago(moment(due), reading)
    before = hours(week, []).ago(moment(due - MINUTE), reading)
    assert since is not None
    assert since >= moment(now)
    assert reading_time(week, [], int(since.timestamp()))[0]
    assert before is None or before < moment(now) or before < since


def test_who_never_reads_has_read_nothing_so_far() -> None:
    never = ReadingHours((None,) * 7)
    assert never.at(moment(0)) is None
    assert never.ago(moment(0), timedelta()) is None


def test_who_always_reads_has_read_since_then() -> None:
    assert ALWAYS.at(moment(0)) is not None
    assert ALWAYS.ago(moment(0), timedelta(days=2)) == moment(-2 * 86_400)
