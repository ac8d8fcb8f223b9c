"""One machine of several, as a process of its own: `machine.py DATABASE LOG LEASE NAME [JOB=SECONDS | JOB ...]`.

It runs each job until it is stopped, and writes a line to the log when a job begins and when it ends.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.conftest import SECRET
from youthsafe.app import create_app
from youthsafe.config import Config
from youthsafe.jobs.registry import Job, Say
from youthsafe.jobs.runner import Runner


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


def job(log: Path, machine: str, name: str, seconds: str) -> Job:
    """An hourly job, or one without a length that is due whenever somebody looks."""
    every = timedelta(hours=1) if seconds else timedelta()
    return Job(name, every, work(log, machine, name, float(seconds or 0)))


def main(url: str, log: Path, lease: float, machine: str, *jobs: str) -> None:
    """Run until the process is told to stop."""
    registry = [job(log, machine, *each.partition("=")[::2]) for each in jobs]
    app = create_app(Config(database_url=url, server_secret=SECRET, testing=True))
    runner = Runner(app, registry, lambda line: write(log, line), timedelta(seconds=lease))
    signal.signal(signal.SIGTERM, lambda *_: runner.stop())
    write(log, f"- ready {machine}")
    runner.run_until_stopped()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), *sys.argv[4:])
