"""What pupils read of how soon messages are opened is what anybody can count again from the trail."""

from datetime import UTC, datetime, timedelta
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from tests.crypto.test_reading_hours import MINUTES, NEAR_A_CHANGE, WEEKS
from tests.drills.days import Days, done, opened
from tests.instance.test_reading_hours import hours, moment
from tests.vectors.reading_hours import MINUTE, Week, reading_time
from youthsafe.database import transaction
from youthsafe.drills.figures import LEAST, figures
from youthsafe.drills.models import Drill
from youthsafe.extensions import db
from youthsafe.instance.reading_hours import ReadingHours
from youthsafe.rooms import rooms


@given(WEEKS, MINUTES | NEAR_A_CHANGE, st.integers(0, 3 * 1440))
def test_reading_time_is_what_is_counted_minute_by_minute(week: Week, begin: int, minutes: int) -> None:
    found = hours(week, []).between(moment(begin), moment(begin + minutes * MINUTE))
    counted = sum(reading_time(week, [], begin + each * MINUTE)[0] for each in range(minutes))
    assert found == timedelta(minutes=counted)


@given(WEEKS, MINUTES | NEAR_A_CHANGE, st.integers(0, 3 * 1440), st.integers(0, 3 * 1440))
def test_reading_time_adds_up(week: Week, begin: int, first: int, second: int) -> None:
    known = hours(week, [])
    start, middle, end = (moment(begin + each * MINUTE) for each in (0, first, first + second))
    assert known.between(start, middle) + known.between(middle, end) == known.between(start, end)


@given(st.lists(st.integers(0, 5_000), min_size=LEAST, max_size=90))
def test_half_and_nine_of_ten_are_opened_in_so_many_hours_and_not_in_one_less(minutes: list[int]) -> None:
    found = figures(minutes)
    assert found is not None
    for time, share in ((found.half, 0.5), (found.most, 0.9)):
        within = [each for each in minutes if timedelta(minutes=each) <= time]
        an_hour_less = [each for each in minutes if timedelta(minutes=each) <= time - timedelta(hours=1)]
        assert len(within) >= share * len(minutes)
        assert time == timedelta(hours=1) or len(an_hour_less) < ceil(share * len(minutes))


@given(st.lists(st.integers(0, 5_000), max_size=LEAST - 1))
def test_of_fewer_than_twenty_nothing_is_said(minutes: list[int]) -> None:
    assert figures(minutes) is None


def form(days: Days) -> str:
    """The form's page as a pupil gets it."""
    rooms(days.office.app).following.look_now()
    return days.office.app.test_client().get("/en/report/").get_data(as_text=True)


def keep(days: Days, minutes: list[int], since: timedelta = timedelta()) -> None:
    """Remember drills of earlier days."""
    with days.office.app.app_context(), transaction():
        for number, each in enumerate(minutes):
            on = (days.now - timedelta(days=number)).date()
            row = Drill(mark=bytes([number]) * 32, team_id=days.team, made_on=on, made_at=bytes(8), minutes=each)
            row.opened_at = days.now - since
            db.session.add(row)


def test_the_form_says_them_before_the_first_word_once_there_are_twenty(days: Days) -> None:
    keep(days, [70] * (LEAST - 1))
    assert "We open half" not in form(days)
    with days.office.app.app_context(), transaction():
        tomorrow = (days.now + timedelta(days=1)).date()
        of_tomorrow = {"team_id": days.team, "made_on": tomorrow, "made_at": bytes(8)}
        db.session.add(Drill(mark=b"x" * 32, minutes=290, opened_at=days.now, **of_tomorrow))
    assert "We open half within 2 hours of reading." in form(days)
    privacy = days.office.app.test_client().get("/en/privacy/").get_data(as_text=True)
    assert "half of the tests within 2 hours of reading, and nine of ten within 2 hours." in privacy


def test_after_ninety_days_they_are_said_no_more(days: Days) -> None:
    keep(days, [70] * LEAST, since=timedelta(days=89, hours=23))
    assert "We open half" in form(days)
    days.office.clock.move(hours=1)
    assert "We open half" not in form(days)


def test_they_are_what_a_recount_of_the_trail_comes_to(days: Days) -> None:
    """Through weeks over both ends of the year, opened by different people after different times."""
    days.office.clock.moment = days.at("2026-12-14", "07:00").astimezone(UTC)
    known, waits = days.reading_hours(), [5, 35, 200, 61, 119, 15]
    for _ in range(6):
        drill = days.drill()
        days.until(days.now + timedelta(minutes=waits[len(days.rows()) % len(waits)]), days.someone_is_there, step=30)
        desk = days.desk("demo-second")
        opened(desk, drill)
        done(desk, drill)
        days.until(days.at(str(days.now.date() + timedelta(days=1)), "07:30").astimezone(UTC), step=600)
    assert len(days.rows()) == 6
    kept = sorted(each.minutes for each in days.rows() if each.minutes is not None)
    assert kept == sorted(recount(days, known))


def recount(days: Days, known: ReadingHours) -> list[int]:
    """The minutes of each drill by the trail alone: from when it was made to when somebody first opened it."""
    entries = days.trail("drill.made", "report.opened")
    made = {each.subject: each.at for each in entries if each.action == "drill.made"}
    first: dict[bytes | None, int] = {}
    for each in entries:
        if each.action == "report.opened" and each.subject in made:
            first.setdefault(each.subject, each.at)
    spans = ((datetime.fromtimestamp(made[each], UTC), datetime.fromtimestamp(at, UTC)) for each, at in first.items())
    return [known.between(*span) // timedelta(minutes=1) for span in spans]
