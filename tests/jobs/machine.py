"""One machine of several, as a process of its own: `machine.py DATABASE LOG LEASE NAME [JOB[=SECONDS[/LIMIT]] ...]`.

It runs each job until it is stopped, and writes a line to the log when a job begins and when it ends. A job whose
length is `write` waits for a file beside the log, and then writes a row. The machine `sleepy` never learns that its
lease is over, as one whose threads come too late.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.elsewhere import SECRET, SMALL_PACK
from youthsafe import clock
from youthsafe.app import create_app
from youthsafe.config import Config
from youthsafe.database import transaction
from youthsafe.extensions import db
from youthsafe.jobs import runner as running
from youthsafe.jobs.registry import Job, Say
from youthsafe.jobs.runner import Runner
from youthsafe.retention.models import JobRun


def write(log: Path, line: str) -> None:
    """Add a line that is there whatever happens to this process next."""
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(file, f"{line}\n".encode())
    os.close(file)


def work(log: Path, machine: str, job: str, seconds: float) -> Callable[[Say], None]:
    """A job that takes so long."""

    def run(_: Say) -> None:
        write(log, f"{job} begun {machine}")
        time.sleep(seconds)
        write(log, f"{job} ended {machine}")

    return run


def late_work(log: Path, machine: str, job: str) -> Callable[[Say], None]:
    """A job that writes a row once it may."""

    def run(_: Say) -> None:
        write(log, f"{job} begun {machine}")
        while not log.with_name("go").exists():
            time.sleep(0.01)
        with transaction():
            db.session.merge(JobRun(name=machine, ended_at=clock.now()))
        write(log, f"{job} written {machine}")

    return run


def job(log: Path, machine: str, name: str, length: str) -> Job:
    """An hourly job, or one without a length that is due whenever somebody looks."""
    seconds, _, limit = length.partition("/")
    if seconds == "write":
        return Job(name, timedelta(hours=1), late_work(log, machine, name))
    every = timedelta(hours=1) if seconds else timedelta()
    run = work(log, machine, name, float(seconds or 0))
    return Job(name, every, run, timedelta(seconds=float(limit or 3600)))


class Asleep:
    """In the place of what renews a lease and watches it."""

    def __init__(self, *_: object) -> None:
        """Take what the other takes."""

    def __enter__(self) -> None:
        """Begin nothing."""

    def __exit__(self, *_: object) -> None:
        """End nothing."""


def main(url: str, log: Path, lease: float, machine: str, *jobs: str) -> None:
    """Run until the process is told to stop."""
    registry = [job(log, machine, *each.partition("=")[::2]) for each in jobs]
    if machine == "sleepy":
        running._Renewal = Asleep  # type: ignore[assignment,misc]
    app = create_app(Config(database_url=url, server_secret=SECRET, content=SMALL_PACK, testing=True))
    runner = Runner(app, registry, lambda line: write(log, line), timedelta(seconds=lease))
    signal.signal(signal.SIGTERM, lambda *_: runner.stop())
    write(log, f"- ready {machine}")
    runner.run_until_stopped()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), *sys.argv[4:])
