"""What the desk says of alerts: what nobody has opened, when one last went out, whether one does not."""

import pytest
from flask.testing import FlaskClient

from tests.accounts.office import Office
from tests.notify.conftest import SENDER, UseMail
from tests.notify.watch import Watch, opened
from tests.servers import free_port
from tests.triage.sealed import Sealed
from youthsafe.mailbox.services import MOST_COUNTED
from youthsafe.notify.mailer import Account, Security

ALERTS = "/api/v1/staff/alerts"
NOTHING = {"urgent": 0, "others": 0, "last": None, "failing": False}


def test_while_nothing_waits_it_says_so(desk: FlaskClient) -> None:
    assert desk.get(ALERTS).json == NOTHING


def test_what_nobody_has_opened_is_counted(office: Office, desk: FlaskClient) -> None:
    first, gone = Sealed(office, urgent=True).send(), Sealed(office).send()
    Sealed(office).send()
    gone.take_back()
    assert desk.get(ALERTS).json == NOTHING | {"urgent": 1, "others": 1}
    opened(desk, first)
    assert desk.get(ALERTS).json == NOTHING | {"others": 1}


def test_a_browser_that_knows_is_told_no_more_than_that(office: Office, desk: FlaskClient) -> None:
    tag = desk.get(ALERTS).headers["ETag"]
    assert desk.get(ALERTS, headers={"If-None-Match": tag}).status_code == 304
    Sealed(office).send()
    assert desk.get(ALERTS, headers={"If-None-Match": tag}).status_code == 200


def test_of_very_many_only_the_first_hundred_are_counted(
    office: Office, desk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("youthsafe.mailbox.services.MOST_COUNTED", 2)
    for _ in range(3):
        Sealed(office).send()
    found = desk.get(ALERTS).json
    assert found is not None
    assert (found["others"], MOST_COUNTED) == (2, 100)


@pytest.mark.usefixtures("in_use", "caseworker")
def test_of_when_an_alert_went_out_the_hour_is_said(office: Office, watch: Watch, desk: FlaskClient) -> None:
    Sealed(office, urgent=True).send()
    watch.look()
    found = desk.get(ALERTS).json
    assert found is not None
    assert (found["last"], found["failing"]) == ("2026-11-23T09:00Z", False)


@pytest.mark.usefixtures("caseworker")
def test_while_none_goes_out_it_says_that(office: Office, watch: Watch, desk: FlaskClient, use_mail: UseMail) -> None:
    use_mail(Account("127.0.0.1", free_port(), Security.NONE, None, None, SENDER))
    Sealed(office, urgent=True).send()
    watch.look()
    found = desk.get(ALERTS).json
    assert found is not None
    assert found["failing"]
