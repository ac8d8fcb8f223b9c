"""A mail server that is down takes no alert away: each step is told once when it is there again, if it still waits."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.accounts.office import Office
from tests.notify.conftest import CASEWORKER_MAIL, COORDINATOR_MAIL, SENDER, StartServer, UseMail
from tests.notify.smtp_server import Script, smtp_server
from tests.notify.watch import UNOPENED, URGENT, WORK, Watch, opened
from tests.servers import free_port
from tests.triage.sealed import Sealed
from youthsafe.notices import services as queue
from youthsafe.notify.mailer import Account, Security

pytestmark = pytest.mark.usefixtures("caseworker")


@pytest.fixture
def port(use_mail: UseMail) -> int:
    """Where a mail server is to be, and is not yet."""
    found = free_port()
    use_mail(Account("127.0.0.1", found, Security.NONE, None, None, SENDER))
    return found


def test_each_step_is_told_once_when_it_is_there_again(office: Office, watch: Watch, script: Script, port: int) -> None:
    Sealed(office, urgent=True).send()
    assert watch.for_minutes(60) == []
    with office.app.app_context():
        assert queue.queue().problem is not None, "the desk says why"
    with smtp_server(script, "none", passwords=False, port=port):
        told = watch.for_minutes(120)
    assert sorted((each.to, each.what) for each in told) == [
        (CASEWORKER_MAIL, URGENT),
        (COORDINATOR_MAIL, UNOPENED),
        (COORDINATOR_MAIL, URGENT),
    ]
    assert max(each.at for each in told) <= office.clock() - timedelta(minutes=116), "within four minutes"


def test_what_was_opened_meanwhile_is_not_told(
    office: Office, watch: Watch, script: Script, port: int, desk: FlaskClient
) -> None:
    report = Sealed(office, urgent=True).send()
    watch.for_minutes(30)
    opened(desk, report)
    with smtp_server(script, "none", passwords=False, port=port):
        assert watch.for_minutes(30) == []
    with office.app.app_context():
        assert queue.queue().waiting == 0


def test_what_waits_when_mail_is_set_up_is_told_then(
    office: Office, watch: Watch, use_mail: UseMail, start_server: StartServer
) -> None:
    Sealed(office, urgent=True).send()
    Sealed(office).send()
    assert watch.for_minutes(5) == []
    use_mail(start_server())
    assert {each.what for each in watch.look()} == {URGENT, WORK}
