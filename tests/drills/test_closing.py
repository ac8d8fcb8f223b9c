"""The form closes itself when nobody reads, and opens by itself; strangers have no part in it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.accounts.office import Office
from tests.drills.days import Days, opened
from tests.triage.sealed import Sealed
from youthsafe.accounts import services as accounts_services
from youthsafe.database import transaction
from youthsafe.drills.models import Drill
from youthsafe.extensions import db
from youthsafe.instance import services as instance_services
from youthsafe.instance.models import StopReason
from youthsafe.notices.models import Notice

LIMIT = timedelta(minutes=240)
SICK_FROM = 4  # of each seven days
FORM = "/api/v1/staff/form"


def reason(days: Days) -> StopReason | None:
    with days.office.app.app_context():
        stopped = instance_services.stopped()
        return None if stopped is None else stopped.reason


def test_a_drill_that_lies_past_its_limit_closes_the_form_and_opening_it_opens_the_form(days: Days) -> None:
    drill = days.drill()
    lay = days.unopened()
    assert lay is not None
    days.office.clock.moment = lay.made_at + LIMIT - timedelta(minutes=1)
    days.look()
    assert days.bundle() == 200
    days.office.clock.move(minutes=1)
    assert days.look() == ["The form closed itself: unread."]
    assert days.bundle() == 404
    coordinator = days.desk("demo-coordinator")
    assert coordinator.get(FORM).get_json()["stopped"]["reason"] == "unread"
    opened(coordinator, drill)
    assert days.bundle() == 200
    assert [each.action for each in days.trail("form.closed-itself", "form.opened-itself")] == [
        "form.closed-itself",
        "form.opened-itself",
    ]


def test_what_a_phone_had_sealed_before_is_still_kept(days: Days) -> None:
    days.drill()
    days.until(days.now + LIMIT)
    assert days.bundle() == 404
    Sealed(days.office).send()


def test_a_day_on_which_nobody_came_closes_the_form_and_whoever_signs_in_opens_it(days: Days) -> None:
    drill = days.drill()
    days.note_opened(drill)
    days.someone_is_there()
    days.until(days.at("2026-11-24", "07:59").astimezone(UTC))
    with days.office.app.app_context(), transaction():  # no drill on Tuesday: only that nobody comes is looked at
        of_tuesday = {"team_id": days.team, "made_on": date(2026, 11, 24), "made_at": bytes(8)}
        db.session.add(Drill(mark=bytes(32), opened_at=days.now, minutes=0, **of_tuesday))
    days.until(days.at("2026-11-24", "17:59").astimezone(UTC))
    assert reason(days) is None
    days.until(days.at("2026-11-24", "18:10").astimezone(UTC))
    assert reason(days) is StopReason.NOBODY
    days.until(days.at("2026-11-25", "08:30").astimezone(UTC))
    assert days.bundle() == 404
    days.office.signed_in("demo-caseworker")
    days.look()
    assert days.bundle() == 200


def test_it_is_told_once_by_mail_however_long_it_lasts(days: Days, office: Office) -> None:
    with office.app.app_context(), transaction():
        for name in ("demo-caseworker", "demo-coordinator"):
            accounts_services.set_mail(office.person(name).id, f"{name}@council.example")
    days.drill()
    days.until(days.now + timedelta(days=4), step=30)
    with office.app.app_context():
        told = [each.member_id for each in db.session.scalars(select(Notice).where(Notice.kind == "form-closed"))]
    assert sorted(told) == sorted(office.person(name).id for name in ("demo-caseworker", "demo-coordinator"))


def test_no_number_of_strangers_reports_closes_it_or_moves_a_figure(days: Days) -> None:
    drill = days.drill()
    opened(days.desk(), drill)
    (before,) = [each.minutes for each in days.rows()]
    for _ in range(40):
        Sealed(days.office, urgent=True).send()
    monday = days.now.date()
    end = datetime(monday.year, monday.month, monday.day, 18, 30, tzinfo=UTC)
    days.until(end, days.someone_is_there)
    assert reason(days) is None
    assert [each.minutes for each in days.rows()] == [before]


def test_a_coordinators_press_goes_before_it_and_ends_nothing_of_it(days: Days, office: Office) -> None:
    days.drill()
    days.until(days.now + LIMIT)
    coordinator = days.desk("demo-coordinator")
    coordinator.post(f"{FORM}/stop", json={})
    assert (reason(days), days.bundle()) == (StopReason.MEMBER, 404)
    days.look()
    coordinator.post(f"{FORM}/take-again", json={})
    days.look()
    assert reason(days) is StopReason.UNREAD, "what waits was still not opened"
    assert days.trail("form.opened-itself") == []


def test_days_on_which_a_coordinator_had_stopped_it_are_nobodys_fault(days: Days, office: Office) -> None:
    coordinator = office.signed_in("demo-coordinator")
    coordinator.post(f"{FORM}/stop", json={})
    days.until(days.at("2026-11-27", "07:00").astimezone(UTC), step=30)
    with office.app.app_context(), transaction():
        instance_services.take_reports_again(days.now)
    days.look()
    assert reason(days) is None


@pytest.mark.parametrize("begin", ["2026-12-14", "2027-03-22", "2027-10-25"])
def test_over_weeks_with_sickness_it_is_never_open_fifteen_minutes_beyond_the_limit(
    days: Days, office: Office, begin: str
) -> None:
    """Weeks of both clock changes and of Christmas: people come for some days, then nobody for five, and so on."""
    office.clock.moment = days.at(begin, "00:00").astimezone(UTC)
    hours, beyond = days.reading_hours(), []

    def live() -> None:
        lay, reading = days.unopened(), hours.at(days.now)
        if lay is not None and reason(days) is None:
            beyond.append(hours.between(lay.made_at, days.now) - LIMIT)
        if reading is None or days.now.day % 7 >= SICK_FROM:
            return
        days.someone_is_there()
        if lay is not None and hours.between(lay.made_at, days.now) >= timedelta(minutes=45):
            days.note_opened(lay.report_id)

    days.until(office.clock() + timedelta(days=17), live, step=15)
    assert max(beyond) <= timedelta(minutes=15)
    closed = [each.action for each in days.trail("form.closed-itself", "form.opened-itself")]
    assert closed[:3] == ["form.closed-itself", "form.opened-itself", "form.closed-itself"]
