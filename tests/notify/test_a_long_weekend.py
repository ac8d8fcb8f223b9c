"""Easter of 2027 by a clock that tests move: two bank holidays, the clock put forward, mail down for an hour."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.accounts.office import Office
from tests.notify.conftest import CASEWORKER_MAIL, COORDINATOR_MAIL, SENDER, UseMail
from tests.notify.smtp_server import Script, smtp_server
from tests.notify.watch import UNOPENED, URGENT, WORK, Told, Watch, times
from tests.servers import free_port
from tests.triage.sealed import Sealed
from youthsafe.notify.mailer import Account, Security

MAUNDY_THURSDAY = datetime(2027, 3, 25, 17, 0, tzinfo=UTC)  # the team reads until 18 o'clock
TUESDAY = datetime(2027, 3, 30, tzinfo=UTC)  # from 8 o'clock, which is 7 in UTC by now
DOWN, UP_AGAIN = TUESDAY.replace(hour=9), TUESDAY.replace(hour=10)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def account(use_mail: UseMail, office: Office, caseworker: bytes) -> Account:
    """A mail server's account; it is down."""
    found = Account("127.0.0.1", free_port(), Security.NONE, None, None, SENDER)
    use_mail(found)
    return found


@pytest.fixture
def told(office: Office, watch: Watch, script: Script, account: Account) -> list[Told]:
    """Everything that was told from Thursday evening to Tuesday noon."""
    return [each for part in weekend(office, watch, script, account) for each in part]


def weekend(office: Office, watch: Watch, script: Script, account: Account) -> Iterator[list[Told]]:
    def sent(moment: datetime, *, urgent: bool) -> Sealed:
        assert office.clock() <= moment
        office.clock.moment = moment
        return Sealed(office, urgent=urgent).send()

    office.clock.moment = MAUNDY_THURSDAY
    with smtp_server(script, "none", passwords=False, port=account.port):
        yield watch.until(MAUNDY_THURSDAY.replace(minute=55), MINUTE)
        sent(MAUNDY_THURSDAY.replace(minute=55), urgent=True)
        yield watch.until(MAUNDY_THURSDAY.replace(hour=20), MINUTE)
        for day, hour in ((26, 10), (27, 23), (28, 1), (29, 12)):  # Good Friday to Easter Monday
            sent(MAUNDY_THURSDAY.replace(day=day, hour=hour), urgent=False)
            sent(MAUNDY_THURSDAY.replace(day=day, hour=hour), urgent=True)
            yield watch.until(MAUNDY_THURSDAY.replace(day=day, hour=hour) + timedelta(hours=2), 10 * MINUTE)
        office.clock.moment = TUESDAY.replace(hour=6)
        yield watch.until(DOWN, MINUTE)
    sent(DOWN, urgent=True)
    sent(DOWN, urgent=False)
    yield watch.until(UP_AGAIN, MINUTE)
    with smtp_server(script, "none", passwords=False, port=account.port):
        yield watch.until(TUESDAY.replace(hour=12), MINUTE)


def test_each_step_is_told_once_and_only_while_somebody_reads(told: list[Told]) -> None:
    """On Tuesday the four of the weekend begin at 7; the steps of Thursday's go on, gathered with theirs."""
    before = [each for each in told if each.at < DOWN]
    assert times(before, URGENT) == ["Thu 17:55", "Tue 07:00", "Tue 07:10"]
    assert times(before, UNOPENED) == ["Tue 07:10", "Tue 07:20"]
    assert times(before, WORK) == ["Tue 07:00"]
    assert len(before) == 3 * 2 + 2 * 1 + 1 * 2, "both, but for what only the coordinator is told"


def test_what_came_while_mail_was_down_is_told_once_within_minutes_of_its_return(told: list[Told]) -> None:
    after = [each for each in told if each.at >= DOWN]
    assert sorted((each.to, each.what) for each in after) == [
        (CASEWORKER_MAIL, WORK),
        (CASEWORKER_MAIL, URGENT),
        (COORDINATOR_MAIL, WORK),
        (COORDINATOR_MAIL, UNOPENED),
        (COORDINATOR_MAIL, URGENT),
    ]
    assert {each.at for each in after if not UP_AGAIN <= each.at <= UP_AGAIN + 4 * MINUTE} == set()
