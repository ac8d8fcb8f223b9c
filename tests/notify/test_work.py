"""Whoever can open a report is told while they read, once an hour at most, that something waits; never what."""

import hashlib

import pytest

from tests.accounts.office import Office
from tests.notify.conftest import CASEWORKER, CASEWORKER_MAIL, COORDINATOR_MAIL
from tests.notify.smtp_server import Script
from tests.triage.sealed import Sealed
from youthsafe.jobs.schedule import alerts

pytestmark = pytest.mark.usefixtures("in_use", "caseworker")


def look(office: Office, script: Script) -> list[str]:
    """Look as the job does, an hour later; gives who got a mail."""
    office.clock.move(hours=1)
    return look_now(office, script)


def look_now(office: Office, script: Script) -> list[str]:
    script.recipients.clear()
    with office.app.app_context():
        alerts.run(lambda _: None)
    return sorted(script.recipients)


def test_without_a_report_nobody_is_told(office: Office, script: Script) -> None:
    assert look(office, script) == []


def test_whoever_can_open_it_is_told_once(office: Office, script: Script) -> None:
    Sealed(office).send()
    assert look(office, script) == [CASEWORKER_MAIL, COORDINATOR_MAIL]
    assert look(office, script) == []


def test_many_of_one_hour_are_one_mail_that_does_not_say_how_many(office: Office, script: Script) -> None:
    Sealed(office).send()
    look(office, script)
    one = script.accepted[-1].get_content()
    for _ in range(3):
        Sealed(office).send()
    assert look(office, script) == [CASEWORKER_MAIL, COORDINATOR_MAIL]
    assert script.accepted[-1].get_content() == one


def test_what_comes_while_another_waits_or_was_just_opened_is_told_too(office: Office, script: Script) -> None:
    first = Sealed(office).send()
    look(office, script)
    office.signed_in(CASEWORKER).post(f"{first.address}/opened", json={})
    office.clock.move(hours=1)
    Sealed(office).send()
    assert look(office, script) == [CASEWORKER_MAIL, COORDINATOR_MAIL]


def test_a_report_that_was_opened_or_taken_back_before_the_look_is_not_told(office: Office, script: Script) -> None:
    opened, gone = Sealed(office).send(), Sealed(office).send()
    office.signed_in(CASEWORKER).post(f"{opened.address}/opened", json={})
    gone.take_back()
    assert look(office, script) == []


def test_what_came_after_everything_was_opened_is_told(office: Office, script: Script) -> None:
    first = Sealed(office).send()
    look(office, script)
    office.signed_in(CASEWORKER).post(f"{first.address}/opened", json={})
    assert look(office, script) == []
    Sealed(office).send()
    assert look(office, script) == [CASEWORKER_MAIL, COORDINATOR_MAIL]


def test_a_reporter_who_writes_again_is_told_once(office: Office, script: Script) -> None:
    first = Sealed(office).send()
    look(office, script)
    office.signed_in(CASEWORKER).post(f"{first.address}/opened", json={})
    look(office, script)
    first.write_back(hashlib.sha256(first.envelope).digest())
    assert look(office, script) == [CASEWORKER_MAIL, COORDINATOR_MAIL]
    assert look(office, script) == []


def test_within_an_hour_it_is_looked_for_once(office: Office, script: Script) -> None:
    look(office, script)
    Sealed(office).send()
    office.clock.moment = office.clock.moment.replace(minute=59)
    assert look_now(office, script) == []
    office.clock.move(minutes=1)
    assert look_now(office, script) == [CASEWORKER_MAIL, COORDINATOR_MAIL]


def test_what_comes_at_night_is_told_when_reading_begins(office: Office, script: Script) -> None:
    look(office, script)
    office.clock.moment = office.clock.moment.replace(hour=18, minute=0)
    Sealed(office).send()
    told = [office.clock().hour for _ in range(15) if look(office, script)]
    assert told == [8], "from 8 to 18 o'clock somebody reads"


def test_a_clock_that_was_a_day_ahead_keeps_nobody_waiting(office: Office, script: Script) -> None:
    right = office.clock.moment
    office.clock.move(days=1)
    look_now(office, script)
    office.clock.moment = right
    Sealed(office).send()
    assert look(office, script) == [CASEWORKER_MAIL, COORDINATOR_MAIL]


def test_one_that_comes_in_the_hour_in_which_another_was_opened_is_told_too(office: Office, script: Script) -> None:
    office.clock.moment = office.clock.moment.replace(hour=10, minute=0, second=0)
    first = Sealed(office).send()
    assert look_now(office, script) == [CASEWORKER_MAIL, COORDINATOR_MAIL]
    office.clock.move(minutes=20)
    office.signed_in(CASEWORKER).post(f"{first.address}/opened", json={})
    Sealed(office).send()
    assert look(office, script) == [CASEWORKER_MAIL, COORDINATOR_MAIL]
