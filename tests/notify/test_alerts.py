"""A report in danger is told at once to who is on duty, again after ten minutes, and to a coordinator after fifteen."""

from datetime import timedelta
from itertools import pairwise

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select, text

from tests.accounts.office import Office
from tests.notify.conftest import CASEWORKER, CASEWORKER_MAIL, COORDINATOR_MAIL
from tests.notify.watch import UNOPENED, URGENT, WORK, Watch, opened, times
from tests.triage.sealed import Sealed
from youthsafe.accounts.models import Membership
from youthsafe.database import transaction
from youthsafe.errors import UnavailableError
from youthsafe.extensions import db
from youthsafe.mailbox.models import ReportTold
from youthsafe.notify.alerts.services import queue_alerts

BOTH = {CASEWORKER_MAIL, COORDINATOR_MAIL}
pytestmark = pytest.mark.usefixtures("in_use", "caseworker")


def test_everybody_who_can_open_it_is_told_with_the_next_look(office: Office, watch: Watch) -> None:
    Sealed(office, urgent=True).send()
    found = watch.look()
    assert {(each.to, each.what) for each in found} == {(each, URGENT) for each in BOTH}


def test_while_nobody_opens_it_there_are_three_steps_and_then_no_more(office: Office, watch: Watch) -> None:
    Sealed(office, urgent=True).send()
    told = watch.for_minutes(180)
    assert times(told, URGENT) == ["Mon 09:30", "Mon 09:40"]
    assert times(told, UNOPENED) == ["Mon 09:45"]
    assert [each.to for each in told if each.what == UNOPENED] == [COORDINATOR_MAIL]
    assert len(told) == 5
    assert times(told, WORK) == []


def test_what_was_opened_is_told_no_more(office: Office, watch: Watch, desk: FlaskClient) -> None:
    report = Sealed(office, urgent=True).send()
    watch.look()
    opened(desk, report)
    assert watch.for_minutes(60) == []


def test_what_was_taken_back_is_told_no_more(office: Office, watch: Watch) -> None:
    report = Sealed(office, urgent=True).send()
    watch.look()
    report.take_back()
    assert watch.for_minutes(60) == []


def test_however_many_come_nobody_gets_more_than_one_mail_of_a_kind_in_ten_minutes(
    office: Office, watch: Watch
) -> None:
    told = []
    for _ in range(30):
        Sealed(office, urgent=True).send()
        told += watch.for_minutes(2)
    for what in (URGENT, UNOPENED):
        for person in BOTH:
            moments = [each.at for each in told if (each.to, each.what) == (person, what)]
            assert all(after - before >= timedelta(minutes=10) for before, after in pairwise(moments))
    assert len([each for each in told if each.what == URGENT]) == 12, "every ten minutes, to both"


def test_another_that_comes_after_one_was_opened_is_told_within_ten_minutes(
    office: Office, watch: Watch, desk: FlaskClient
) -> None:
    first = Sealed(office, urgent=True).send()
    watch.look()
    opened(desk, first)
    watch.for_minutes(4)
    Sealed(office, urgent=True).send()
    assert times(watch.for_minutes(9), URGENT) == ["Mon 09:40"]


def test_where_a_team_has_no_coordinator_the_others_are_told(office: Office, watch: Watch, coordinator: bytes) -> None:
    with office.app.app_context(), transaction():
        db.session.execute(delete(Membership).where(Membership.member_id == coordinator))
    Sealed(office, urgent=True).send()
    told = watch.for_minutes(20)
    assert {each.to for each in told if each.what == URGENT} == {CASEWORKER_MAIL}
    assert {each.to for each in told if each.what == UNOPENED} == {COORDINATOR_MAIL}


def test_nothing_stays_of_when_somebody_was_told_but_the_hour(office: Office, watch: Watch) -> None:
    report = Sealed(office, urgent=True).send()
    watch.for_minutes(60)
    opened(office.signed_in(CASEWORKER), report)
    watch.look()
    with office.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ReportTold)) == 0
        columns = ("SELECT at FROM alerted", "SELECT delivered_at FROM mail_settings")
        assert {row[0][14:19] for each in columns for row in db.session.execute(text(each))} == {"00:00"}


def test_what_comes_at_night_is_told_when_reading_begins(office: Office, watch: Watch) -> None:
    office.clock.moment = office.clock.moment.replace(hour=22)
    Sealed(office, urgent=True).send()
    told = watch.until(office.clock().replace(day=24, hour=10, minute=0), timedelta(minutes=1))
    assert times(told, URGENT) == ["Tue 08:00", "Tue 08:10"]
    assert times(told, UNOPENED) == ["Tue 08:15"]


def test_steps_that_reading_ends_before_go_on_with_the_next(office: Office, watch: Watch) -> None:
    office.clock.moment = office.clock.moment.replace(hour=17, minute=57, second=0)
    Sealed(office, urgent=True).send()
    told = watch.until(office.clock().replace(day=24, hour=10, minute=0), timedelta(minutes=1))
    assert times(told, URGENT) == ["Mon 17:57", "Tue 08:07"]
    assert times(told, UNOPENED) == ["Tue 08:12"]


def test_of_a_team_without_hours_somebody_hears_at_once(office: Office, watch: Watch) -> None:
    office.clock.moment = office.clock.moment.replace(hour=22)
    with office.app.app_context(), transaction():
        db.session.execute(text("DELETE FROM team_bundle"))
    Sealed(office, urgent=True).send()
    assert times(watch.look(), URGENT) == ["Mon 22:30"]


def test_a_step_that_was_rolled_back_is_taken_by_the_next_look(office: Office, watch: Watch) -> None:
    Sealed(office, urgent=True).send()

    def cut_short() -> None:
        with transaction():
            queue_alerts(office.clock())
            raise UnavailableError

    with office.app.app_context(), pytest.raises(UnavailableError):
        cut_short()
    assert {each.to for each in watch.look()} == BOTH
