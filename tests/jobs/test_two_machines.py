"""A job runs on one machine at a time, whatever becomes of that machine: real processes, on both databases."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from youthsafe.config import Config
from youthsafe.database import migrating

ROOT = Path(__file__).parents[2]
LEASE = 2.0  # seconds
LOOKS = 3  # each a lease after the one before
LONG = 300.0  # a job that outlives the test
Machine = subprocess.Popen[bytes]


class Machines:
    """Processes beside one database, and what their jobs wrote."""

    def __init__(self, url: str, log: Path) -> None:
        self._url = url
        self._log = log
        self._started: list[Machine] = []

    def start(self, name: str, *jobs: str, lease: float = LEASE) -> Machine:
        given = [self._url, str(self._log), str(lease), name, *jobs]
        found = subprocess.Popen([sys.executable, "-m", "tests.jobs.machine", *given], cwd=ROOT)
        self._started.append(found)
        return found

    def let_them_write(self) -> None:
        self._log.with_name("go").touch()

    def lines(self) -> list[str]:
        return self._log.read_text().splitlines() if self._log.exists() else []

    def wait_for(self, *lines: str) -> None:
        self.wait_until(lambda: set(lines) <= set(self.lines()))

    def wait_until(self, there: Callable[[], bool], seconds: float = 90) -> None:
        until = time.monotonic() + seconds
        while not there():
            assert time.monotonic() < until, self.lines()
            time.sleep(0.05)

    def end(self) -> None:
        for each in self._started:
            with suppress(ProcessLookupError):
                each.send_signal(signal.SIGCONT)
            each.kill()
            each.wait()


@pytest.fixture(params=["sqlite", "postgresql"])
def machines(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Machines]:
    if request.param == "sqlite":
        config: Config = request.getfixturevalue("config")
        url = config.database_url
    else:
        url = request.getfixturevalue("postgres_url")
        migrating.upgrade(url)
    found = Machines(url, tmp_path / "log")
    yield found
    found.end()


def begun(machines: Machines) -> list[str]:
    return sorted(line.split()[0] for line in machines.lines() if " begun " in line)


def test_of_two_that_start_together_each_job_has_one(machines: Machines) -> None:
    names = [f"job-{number:02}" for number in range(12)]
    both = [machines.start(machine, *(f"{name}=0.05" for name in names)) for machine in ("left", "right")]
    machines.wait_for("- ready left", "- ready right")
    machines.wait_until(lambda: len(begun(machines)) == len(names))
    for each in both:
        each.terminate()
        assert each.wait(60) == 0
    assert begun(machines) == names
    assert sum(" ended " in line for line in machines.lines()) == len(names)


def test_while_one_is_at_work_the_other_waits_and_takes_over_when_it_was_killed(machines: Machines) -> None:
    first = machines.start("first", f"long={LONG}")
    machines.wait_for("long begun first")
    machines.start("second", f"long={LONG}", "look")
    machines.wait_until(lambda: machines.lines().count("look ended second") > LOOKS)
    assert machines.lines().count("long begun second") == 0, "a lease is renewed as long as the job runs"
    first.kill()
    machines.wait_for("long begun second")


def test_a_machine_that_was_frozen_beyond_its_lease_ends_before_it_does_anything_more(machines: Machines) -> None:
    frozen = machines.start("frozen", f"long={LONG}")
    machines.wait_for("long begun frozen")
    frozen.send_signal(signal.SIGSTOP)
    machines.start("second", f"long={LONG}")
    machines.wait_for("long begun second")
    frozen.send_signal(signal.SIGCONT)
    assert frozen.wait(30) == os.EX_TEMPFAIL
    assert "long ended frozen" not in machines.lines()


def test_a_job_that_hangs_is_ended_and_another_takes_it_over_when_the_lease_is_over(machines: Machines) -> None:
    lease = 8.0
    first = machines.start("first", f"hangs={LONG}/1", lease=lease)
    machines.wait_for("hangs begun first")
    machines.start("second", f"hangs={LONG}", lease=lease)
    assert first.wait(60) == os.EX_TEMPFAIL
    assert "hangs: ended, because it took longer than 0:00:01." in machines.lines()
    assert "hangs begun second" not in machines.lines(), "nobody has it before the lease is over"
    machines.wait_for("hangs begun second")


def test_a_job_that_comes_back_late_writes_nothing_over_its_successors_head(machines: Machines) -> None:
    frozen = machines.start("sleepy", "late=write")
    machines.wait_for("late begun sleepy")
    frozen.send_signal(signal.SIGSTOP)
    machines.start("second", "late=write")
    machines.wait_for("late begun second")
    machines.let_them_write()
    machines.wait_for("late written second")
    frozen.send_signal(signal.SIGCONT)
    machines.wait_until(lambda: any(line.startswith(("late: ", "late written sleepy")) for line in machines.lines()))
    assert "late: Another run has this job by now. Nothing more was written." in machines.lines()
    assert "late written sleepy" not in machines.lines()


def test_a_machine_that_is_told_to_stop_ends_its_job_first(machines: Machines) -> None:
    only = machines.start("only", "short=1", "another=1")
    machines.wait_for("short begun only")
    only.terminate()
    assert only.wait(60) == 0
    assert [line for line in machines.lines() if "only" in line] == [
        "- ready only",
        "short begun only",
        "short ended only",
    ]
