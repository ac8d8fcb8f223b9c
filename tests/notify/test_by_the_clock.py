"""What ends soon is said 60, 30, 14, 7 and 2 days before, once each; the head once a day."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from tests.accounts.office import Office
from tests.notify.smtp_server import Script
from youthsafe.accounts import services as accounts_services
from youthsafe.audit import services as audit_services
from youthsafe.database import transaction
from youthsafe.instance import services as instance_services
from youthsafe.notices import services as queue
from youthsafe.notices.kinds import Kind
from youthsafe.notify.delivery import deliver
from youthsafe.notify.endings import Ending
from youthsafe.notify.services import queue_by_the_clock

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def ending(life: int, left: float) -> Ending:
    ends_at = NOW + timedelta(days=left)
    return Ending(Kind.ROSTER_ENDS, ends_at - timedelta(days=life), ends_at)


@pytest.mark.parametrize(
    ("life", "left", "due"),
    [
        (28, 28, []),
        (28, 14.1, []),
        (28, 14, [14]),
        (28, 7, [14, 7]),
        (28, 1.9, [14, 7, 2]),
        (400, 61, []),
        (400, 60, [60]),
        (400, 29, [60, 30]),
        (30, 29, []),
    ],
)
def test_a_warning_comes_so_many_days_before_and_never_for_what_was_just_signed(
    life: int, left: float, due: list[int]
) -> None:
    assert ending(life, left).due(NOW) == due


def ask(office: Office) -> list[Kind]:
    with office.app.app_context(), transaction():
        return queue_by_the_clock(office.clock())


def days_on(office: Office, days: Iterable[int]) -> dict[int, set[Kind]]:
    """What is queued on each day, asked every hour."""
    found = {}
    for day in days:
        found[day] = {kind for _ in range(24) for kind in _hour(office)}
    return {day: kinds for day, kinds in found.items() if kinds}


def _hour(office: Office) -> list[Kind]:
    queued = ask(office)
    office.clock.move(hours=1)
    return queued


@pytest.mark.usefixtures("in_use")
def test_in_a_life_of_four_weeks_each_end_is_said_three_times(office: Office) -> None:
    ends = {Kind.BUNDLE_ENDS, Kind.ROSTER_ENDS}
    found = days_on(office, range(29))
    assert [day for day, kinds in found.items() if ends <= kinds] == [14, 21, 26]
    assert all(Kind.HEAD in kinds for kinds in found.values())


@pytest.mark.usefixtures("in_use")
def test_whoever_was_switched_off_until_the_end_is_told_once(office: Office) -> None:
    office.clock.move(days=27)
    assert set(ask(office)) == {Kind.BUNDLE_ENDS, Kind.ROSTER_ENDS, Kind.HEAD}
    assert ask(office) == []


@pytest.mark.usefixtures("in_use")
def test_the_head_comes_once_a_day_and_not_at_night(office: Office) -> None:
    office.clock.moment = datetime(2026, 11, 24, 6, 59, tzinfo=UTC)
    assert ask(office) == []
    office.clock.move(minutes=1)
    assert ask(office) == [Kind.HEAD]
    office.clock.move(hours=16)
    assert ask(office) == []


def test_nothing_is_queued_where_mail_is_not_set_up(office: Office, coordinator: bytes) -> None:
    assert ask(office) == []
    with office.app.app_context():
        assert queue.queue().waiting == 0


@pytest.mark.usefixtures("in_use")
def test_nothing_counts_as_said_while_no_coordinator_has_an_address(office: Office, coordinator: bytes) -> None:
    with office.app.app_context(), transaction():
        accounts_services.set_mail(coordinator, None)
    assert ask(office) == []
    with office.app.app_context(), transaction():
        accounts_services.set_mail(coordinator, "coordinator@council.example")
    assert ask(office) == [Kind.HEAD]


@pytest.mark.usefixtures("in_use")
def test_the_daily_mail_holds_the_head_by_which_the_trail_is_checked(office: Office, script: Script) -> None:
    ask(office)
    with office.app.app_context():
        deliver(office.clock, lambda _: None, 20)
        heads = audit_services.heads()
        (found,) = script.accepted
        text = found.get_content()
        assert heads
        assert all(each.hash.hex() in "".join(text.split()) for each in heads)
        assert all(audit_services.contains(each.hash) for each in heads)
        change = instance_services.newest_change()
        assert change is not None
        assert f"Newest signed change: number {change.number}." in text
        assert change.head[:16].hex() in "".join(text.split())
    assert not {str(each.sequence) for each in heads} & {*text.split()}, "how much was done is nobody's business"
    assert "The list of teams ends on 21 December 2026." in text
