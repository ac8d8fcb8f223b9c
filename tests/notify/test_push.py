"""A member who wants it is woken in a browser: by an empty message, in this instance's name, as often as by mail."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from tests.accounts.office import Office
from tests.journeys.searching import spellings_of_bytes
from tests.notify.push_service import PushService, push_service
from tests.notify.watch import opened
from tests.triage.sealed import Sealed
from youthsafe.crypto.encoding import unb64
from youthsafe.extensions import db
from youthsafe.jobs.schedule import alerts
from youthsafe.notices import services as queue
from youthsafe.notify.push import is_known

DEVICES = "/api/v1/staff/devices"


@pytest.fixture
def service(believed: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    """A push service that this server knows."""
    with push_service(believed) as found:
        monkeypatch.setattr("youthsafe.notify.push.SERVICES", (found.address.removeprefix("https://"),))
        yield found


@pytest.fixture
def endpoint(service: PushService, desk: FlaskClient) -> str:
    """A caseworker's browser that wants to be woken."""
    found = service.endpoint("caseworker")
    assert desk.post(f"{DEVICES}/key", json={}).status_code == 200
    assert desk.post(DEVICES, json={"endpoint": found}).status_code == 204
    return found


def look(office: Office) -> None:
    with office.app.app_context():
        alerts.run(lambda _: None)


def look_for_minutes(office: Office, minutes: int) -> None:
    for _ in range(minutes):
        look(office)
        office.clock.move(minutes=1)


@pytest.mark.usefixtures("endpoint")
def test_a_report_in_danger_wakes_it_twice_and_without_a_word(
    office: Office, service: PushService, desk: FlaskClient
) -> None:
    report = Sealed(office, urgent=True).send()
    look_for_minutes(office, 60)
    assert [each.path for each in service.asked] == ["/push/caseworker"] * 2
    known = spellings_of_bytes(report.id) | spellings_of_bytes(office.made.team.id)
    for each in service.asked:
        assert each.body == b""
        assert set(each.headers) == {
            *("Host", "Accept-Encoding", "Content-Length", "Urgency", "Topic", "TTL", "Authorization")
        }
        assert not any(word in f"{each.headers} {each.claims}".encode() for word in known)


@pytest.mark.usefixtures("endpoint")
def test_it_is_asked_in_the_name_of_this_instance_and_for_that_service_alone(
    office: Office, service: PushService, desk: FlaskClient
) -> None:
    Sealed(office, urgent=True).send()
    look(office)
    (asked,) = service.asked
    key = desk.post(f"{DEVICES}/key", json={}).json
    assert key is not None
    assert asked.key == unb64(key["key"])
    assert asked.claims["aud"] == service.address
    assert asked.claims["exp"] == int((office.clock() + timedelta(hours=1)).timestamp())
    assert asked.claims["sub"].startswith("https://")


@pytest.mark.usefixtures("endpoint")
def test_what_was_opened_wakes_nobody(office: Office, service: PushService, desk: FlaskClient) -> None:
    report = Sealed(office, urgent=True).send()
    opened(desk, report)
    look_for_minutes(office, 20)
    assert service.asked == []


@pytest.mark.usefixtures("endpoint")
def test_a_service_that_is_down_is_asked_again(office: Office, service: PushService, desk: FlaskClient) -> None:
    service.status = 503
    Sealed(office, urgent=True).send()
    look(office)
    found = desk.get("/api/v1/staff/alerts").json
    assert found is not None
    assert found["failing"]
    service.status = 201
    office.clock.move(minutes=1)
    look(office)
    assert len(service.asked) == 2
    look_for_minutes(office, 5)
    assert len(service.asked) == 2


@pytest.mark.usefixtures("endpoint")
def test_mails_wait_for_no_more_than_one_push_that_does_not_go_out(office: Office, service: PushService) -> None:
    other = office.signed_in("demo-coordinator")
    assert other.post(f"{DEVICES}/key", json={}).status_code == 200
    assert other.post(DEVICES, json={"endpoint": service.endpoint("coordinator")}).status_code == 204
    service.status = 503
    Sealed(office, urgent=True).send()
    look(office)
    assert len(service.asked) == 1
    service.status = 201
    office.clock.move(minutes=1)
    look(office)
    assert {each.path for each in service.asked[1:]} == {"/push/caseworker", "/push/coordinator"}


def test_a_browser_that_is_gone_is_forgotten(
    office: Office, service: PushService, desk: FlaskClient, endpoint: str
) -> None:
    service.status = 410
    Sealed(office, urgent=True).send()
    look(office)
    assert desk.get(DEVICES).json == {"endpoints": []}
    look_for_minutes(office, 20)
    assert len(service.asked) == 1


def test_nobody_is_woken_who_wants_it_no_more(
    office: Office, service: PushService, desk: FlaskClient, endpoint: str
) -> None:
    assert desk.post(f"{DEVICES}/remove", json={"endpoint": endpoint}).status_code == 204
    Sealed(office, urgent=True).send()
    look_for_minutes(office, 20)
    assert service.asked == []


def test_a_test_says_whether_the_service_took_it(service: PushService, desk: FlaskClient, endpoint: str) -> None:
    assert desk.post(f"{DEVICES}/test", json={"endpoint": endpoint}).json == {"woken": True, "problem": None}
    service.status = 403
    assert desk.post(f"{DEVICES}/test", json={"endpoint": endpoint}).json == {"woken": False, "problem": "refused"}


def test_nobody_tries_the_browser_of_another(
    office: Office, service: PushService, endpoint: str, coordinator: bytes
) -> None:
    other = office.signed_in("demo-coordinator")
    assert other.get(DEVICES).json == {"endpoints": []}
    assert other.post(f"{DEVICES}/test", json={"endpoint": endpoint}).json == {"woken": False, "problem": None}
    assert service.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://fcm.googleapis.com/fcm/send/x",
        "https://169.254.169.254/latest",
        "https://localhost/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evil.example/fcm.googleapis.com",
        "https://evilfcm.googleapis.com/x",
        "https://fcm.googleapis.com:8080/x",
        "https://user@fcm.googleapis.com/x",
        "https://fcm.googleapis.com\\@evil.example/x",
        "https://[::1/x",
    ],
)
def test_the_server_is_sent_nowhere_but_to_the_push_services_of_browsers(desk: FlaskClient, address: str) -> None:
    assert desk.post(DEVICES, json={"endpoint": address}).status_code == 400


def test_the_push_services_of_the_usual_browsers_are_known() -> None:
    assert all(
        is_known(f"https://{each}/x")
        for each in (
            "fcm.googleapis.com",
            "updates.push.services.mozilla.com",
            "web.push.apple.com",
            "wns2-par02p.notify.windows.com",
        )
    )


def test_no_more_than_ten_browsers_of_one_member_are_woken(service: PushService, desk: FlaskClient) -> None:
    asked = [desk.post(DEVICES, json={"endpoint": service.endpoint(str(each))}) for each in range(11)]
    assert [each.status_code for each in asked] == [204] * 10 + [409]


def test_key_and_addresses_are_encrypted_at_rest(office: Office, endpoint: str) -> None:
    with office.app.app_context():
        stored = db.session.scalars(text("SELECT endpoint FROM device")).one()
        assert endpoint.encode() not in stored
        assert len(db.session.scalars(text("SELECT number FROM push_key")).one()) > 32


def test_whoever_reads_no_reports_any_more_is_woken_nowhere(office: Office, endpoint: str) -> None:
    with office.app.app_context():
        coordinator = [each for each in office.newest().roster.members if each.name == "demo-coordinator"]
    office.change(*coordinator)
    look(office)
    with office.app.app_context():
        assert db.session.scalars(text("SELECT id FROM device")).all() == []


def test_the_queue_of_mails_counts_no_push(office: Office, service: PushService, endpoint: str) -> None:
    service.status = 503
    Sealed(office, urgent=True).send()
    look(office)
    with office.app.app_context():
        assert queue.queue().waiting == 0
