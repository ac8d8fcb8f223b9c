"""Whoever can open a report is told once an hour at most that something waits, and never what or how much."""

import hashlib

import pytest

from tests.accounts.office import Office
from tests.notify.conftest import COORDINATOR_MAIL
from tests.notify.smtp_server import Script
from tests.triage.sealed import Sealed
from youthsafe.accounts import services as accounts_services
from youthsafe.database import transaction
from youthsafe.notify.delivery import deliver
from youthsafe.notify.services import queue_work

CASEWORKER, CASEWORKER_MAIL = "demo-caseworker", "caseworker@council.example"
pytestmark = pytest.mark.usefixtures("in_use")


@pytest.fixture(autouse=True)
def caseworker(office: Office, coordinator: bytes) -> bytes:
    """A caseworker of the team with an address; the second one has none."""
    found = office.person(CASEWORKER).id
    with office.app.app_context(), transaction():
        accounts_services.set_mail(found, CASEWORKER_MAIL)
    return found


def look(office: Office, script: Script) -> list[str]:
    """Look as the job does, an hour later, and deliver; gives who got a mail."""
    office.clock.move(hours=1)
    script.recipients.clear()
    with office.app.app_context():
        with transaction():
            queue_work(office.clock())
        deliver(office.clock, lambda _: None, 20)
    return sorted(script.recipients)


def test_without_a_report_nobody_is_told(office: Office, script: Script) -> None:
    assert look(office, script) == []


def test_whoever_can_open_it_is_told_once(office: Office, script: Script) -> None:
    Sealed(office).send()
    assert look(office, script) == [CASEWORKER_MAIL, COORDINATOR_MAIL]
    assert look(office, script) == []


def test_many_of_one_hour_are_one_mail_that_does_not_say_how_many(office: Office, script: Script) -> None:
    Sealed(office, urgent=True).send()
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
