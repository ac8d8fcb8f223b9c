"""A notice goes out once, also when several machines deliver and when one is killed: real processes, both databases."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from tests.accounts.office import Office, furnish
from tests.notify.conftest import StartServer
from tests.notify.smtp_server import Script
from tests.triage.sealed import Sealed
from youthsafe.accounts import services as accounts_services
from youthsafe.config import Config
from youthsafe.crypto.roster import Role
from youthsafe.database import migrating, transaction
from youthsafe.demo.ceremony import Ceremony
from youthsafe.extensions import db
from youthsafe.mailbox import telling
from youthsafe.notices import services as queue
from youthsafe.notices.kinds import Kind
from youthsafe.notify import services
from youthsafe.notify.delivery import deliver
from youthsafe.notify.mailer import Account, Security
from youthsafe.rooms import rooms

ROOT = Path(__file__).parents[2]
TAKEN_FOR = timedelta(minutes=21)  # and then it comes up again
WAITS_FOR_THE_FIRST = 0.5  # seconds
NOWHERE = Account("localhost", 1, Security.NONE, None, None, "youthsafe@council.example")
Machine = subprocess.Popen[str]


@pytest.fixture(params=["sqlite", "postgresql"])
def place(
    request: pytest.FixtureRequest,
    make_app: Callable[[Config], object],
    config: Config,
    clock: object,
    made: Ceremony,
) -> Office:
    """An office beside which machines deliver; its clock is that of the machines."""
    if request.param == "postgresql":
        url: str = request.getfixturevalue("postgres_url")
        migrating.upgrade(url)
        config = Config(database_url=url, server_secret=config.server_secret, testing=True)
    found = furnish(make_app(config), clock, made)  # type: ignore[arg-type]
    rooms(found.app).clock = lambda: datetime.now(UTC)
    with found.app.app_context(), transaction():
        (coordinator,) = accounts_services.members_of(Role.COORDINATOR)
        accounts_services.set_mail(coordinator, "coordinator@council.example")
    return found


def queue_up(office: Office, account: Account, count: int) -> None:
    now = datetime.now(UTC)
    with office.app.app_context(), transaction():
        (coordinator,) = accounts_services.members_of(Role.COORDINATOR)
        member = accounts_services.SignedIn(coordinator, "", Role.COORDINATOR, frozenset())
        services.save(member, account, now)
        for _ in range(count):
            queue.send(Kind.WORK_WAITS, [coordinator], now)


def deliver_here(office: Office, ahead: timedelta = timedelta()) -> int:
    """Deliver on this machine, so much later; returns how many still wait."""
    with office.app.app_context():
        deliver(lambda: datetime.now(UTC) + ahead, lambda _: None)
        return queue.queue().waiting


@pytest.fixture
def other(place: Office) -> Iterator[Machine]:
    """Another machine, which is ready to deliver."""
    command = [sys.executable, "-m", "tests.notify.machine", place.app.config["YOUTHSAFE"].database_url]
    found = subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert found.stdout is not None
    assert found.stdout.readline() == "ready\n"
    yield found
    found.kill()
    found.communicate()


def go(machine: Machine) -> None:
    assert machine.stdin is not None
    machine.stdin.write("\n")
    machine.stdin.flush()


def kill_at(step: str, machine: Machine, script: Script) -> None:
    """Let a machine deliver, and kill it while the mail server has not yet answered at a step."""
    script.stops_at = step
    go(machine)
    assert script.stopped.wait(60)
    machine.kill()
    script.stops_at = ""
    script.go_on.set()


def numbers(script: Script) -> list[str]:
    return [str(found["Message-ID"]) for found in script.accepted]


def test_of_two_machines_that_look_at_one_moment_only_one_takes_a_step(place: Office) -> None:
    Sealed(place).send()
    Sealed(place, urgent=True).send()
    teams, together = {place.made.team.id: datetime.now(UTC)}, Barrier(2)

    def look() -> tuple[int, int]:
        with place.app.app_context():
            together.wait()
            with transaction():
                return len(telling.newly_in_danger(1, teams)), len(telling.newly_waiting(list(teams)))

    with ThreadPoolExecutor(2) as machines:
        asked = [machines.submit(look) for _ in range(2)]
    taken = [each.result() for each in asked if each.exception() is None]
    assert sorted(taken) in ([(1, 1)], [(0, 0), (1, 1)]), "the other found them taken, or was rolled back"
    with place.app.app_context(), transaction():
        assert (telling.newly_in_danger(1, teams), telling.newly_waiting(list(teams))) == (set(), set())


def test_two_machines_that_alert_somebody_at_one_moment_both_write_it_down(place: Office) -> None:
    queue_up(place, NOWHERE, 2)
    taken = []
    for _ in range(2):
        with place.app.app_context(), transaction():
            taken.append(queue.take(datetime.now(UTC)))
    first, second = taken
    assert first is not None
    assert second is not None

    def note(notice: queue.Taken, done: Callable[[], object]) -> None:
        with place.app.app_context(), transaction():
            queue.delivered(notice, datetime.now(UTC))
            db.session.flush()
            done()

    with ThreadPoolExecutor(1) as elsewhere:
        others: list[Future[None]] = []

        def begin_elsewhere() -> None:
            others.append(elsewhere.submit(note, second, lambda: None))
            assert wait(others, WAITS_FOR_THE_FIRST).not_done

        note(first, begin_elsewhere)
        others[0].result(60)
    assert deliver_here(place) == 0


def test_two_machines_at_one_moment_deliver_each_notice_once(
    place: Office, start_server: StartServer, script: Script, other: Machine
) -> None:
    queue_up(place, start_server(), 20)
    go(other)
    deliver_here(place)
    assert other.wait(60) == 0
    assert len(numbers(script)) == len(set(numbers(script))) == 20
    assert deliver_here(place) == 0


def test_a_machine_that_is_killed_before_the_letter_was_handed_over_leaves_it_for_the_next(
    place: Office, start_server: StartServer, script: Script, other: Machine
) -> None:
    queue_up(place, start_server(), 1)
    kill_at("recipient", other, script)
    assert deliver_here(place) == 1
    assert numbers(script) == [], "nobody else has it until its time is over"
    for _ in range(2):
        assert deliver_here(place, TAKEN_FOR) == 0
        assert len(numbers(script)) == 1


def test_a_machine_that_is_killed_after_that_has_it_sent_again_under_the_same_number(
    place: Office, start_server: StartServer, script: Script, other: Machine
) -> None:
    queue_up(place, start_server(), 1)
    kill_at("data", other, script)
    for _ in range(2):
        assert deliver_here(place, TAKEN_FOR) == 0
        assert len(numbers(script)) == 2, "the server could not say that it has the letter: once more, and no more"
    assert len(set(numbers(script))) == 1
