"""Runs what is due, on as many machines as there are: a lease in the database gives each job to one of them."""

import logging
import os
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from threading import Event, Thread

from flask import Flask
from sqlalchemy.exc import DBAPIError

from youthsafe import clock
from youthsafe.database import fenced, transaction
from youthsafe.database.failures import in_words, kind_of
from youthsafe.errors import YouthsafeError
from youthsafe.jobs import services
from youthsafe.jobs.registry import Job, Say

_log = logging.getLogger(__name__)
LEASE = timedelta(minutes=2)
LOOK_AGAIN = 20.0  # seconds; another machine may have stopped
_RENEWED = 4  # times while a lease lasts


class Runner:
    """Runs jobs until it is told to stop; a job at work ends first."""

    def __init__(self, app: Flask, jobs: Sequence[Job], say: Say, lease: timedelta = LEASE) -> None:
        self._app = app
        self._jobs = jobs
        self._say = say
        self._lease = lease
        self._stopped = Event()

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopped.set()

    def run_until_stopped(self) -> None:
        """Run every job whenever it is due."""
        while not self._stopped.is_set():
            self.run_due()
            self._stopped.wait(min(LOOK_AGAIN, self._lease.total_seconds()))

    def run_due(self) -> int:
        """Run every job that is due and that no other run has; returns how many failed."""
        return sum(not self._run(job) for job in self._jobs if not self._stopped.is_set())

    def _run(self, job: Job) -> bool:
        """Run one job if it is due; False when it failed, or nobody could tell whether it is due."""
        began = time.monotonic()
        try:
            with self._app.app_context(), self._turn(job) as is_ours:
                if not is_ours:
                    return True
                job.run(self._say)
        except Exception as error:  # noqa: BLE001  # one job that fails keeps no other from running
            self._say(f"{job.name}: {_in_one_line(error)}")
            _log.error("job_failed", extra={"command": job.name, "kind": type(error).__name__}, exc_info=_ours(error))
            return False
        _log.info("job_ended", extra={"command": job.name, "seconds": round(time.monotonic() - began, 1)})
        return True

    @contextmanager
    def _turn(self, job: Job) -> Iterator[bool]:
        """Take the job if it is due, keep it while it runs, and give it back."""
        runner = secrets.token_bytes(16)
        with transaction():
            is_ours = services.take(job, runner, clock.now(), self._lease)
        if not is_ours:
            yield False
            return
        try:
            with (
                _Renewal(self._app, job, runner, self._lease, self._say),
                fenced(partial(services.require, job.name, runner)),
            ):
                yield True
        finally:
            with transaction():
                services.give_back(job.name, runner)


class Runners:
    """A runner for what is prompt, in a thread of its own, and one for the rest: a long backup delays no alert."""

    def __init__(self, app: Flask, jobs: Sequence[Job], say: Say, lease: timedelta = LEASE) -> None:
        prompt, rest = ([job for job in jobs if job.is_prompt is prompt] for prompt in (True, False))
        self._prompt, self._rest = Runner(app, prompt, say, lease), Runner(app, rest, say, lease)

    def stop(self) -> None:
        """Begin nothing more."""
        self._prompt.stop()
        self._rest.stop()

    def run_until_stopped(self) -> None:
        """Run every job whenever it is due."""
        thread = Thread(target=self._prompt.run_until_stopped, name="prompt jobs")
        thread.start()
        self._rest.run_until_stopped()
        thread.join()

    def run_due(self) -> int:
        """Run every job that is due and that no other run has; returns how many failed."""
        return self._prompt.run_due() + self._rest.run_due()


class _Renewal:
    """Renews a lease in a thread of its own while a job runs; another, which asks no database, watches both.

    Where the lease could not be renewed until it was over, another run has the job by then, or the job takes longer
    than it may, the process ends at once: two machines never do the same work at one time, and none does it for ever.
    """

    def __init__(  # noqa: PLR0917  # a test gives another end
        self,
        app: Flask,
        job: Job,
        runner: bytes,
        lease: timedelta,
        say: Say,
        end: Callable[[int], object] = os._exit,
    ) -> None:
        self._app, self._job, self._runner, self._lease = app, job, runner, lease
        self._say, self._end = say, end
        self._over = Event()
        self._began = self._renewed = time.monotonic()
        loops = {"lease": self._renew_until_over, "watch": self._watch_until_over}
        self._threads = [Thread(target=loop, name=name, daemon=True) for name, loop in loops.items()]

    def __enter__(self) -> None:
        for each in self._threads:
            each.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for each in self._threads:
            each.join()

    def _renew_until_over(self) -> None:
        while not self._over.wait(self._lease.total_seconds() / _RENEWED):
            began = time.monotonic()
            is_ours = self._renew()
            if is_ours:
                self._renewed = began
            elif is_ours is False:
                self._lose()
                return

    def _watch_until_over(self) -> None:
        lease, limit = self._lease.total_seconds(), self._job.limit.total_seconds()
        while not self._over.wait(min(lease / _RENEWED, limit)):
            now = time.monotonic()
            if now - self._renewed >= lease:
                self._lose()
                return
            if now - self._began >= limit:
                self._end_hanging()
                return

    def _renew(self) -> bool | None:
        """Return whether the job is still this run's; none when the database does not say."""
        try:
            with self._app.app_context(), transaction():
                return services.renew(self._job.name, self._runner, self._lease)
        except Exception:  # noqa: BLE001  # a thread that ended here would let the lease run out under the job
            return None

    def _lose(self) -> None:
        _log.error("lease_lost", extra={"command": self._job.name})
        self._end(os.EX_TEMPFAIL)

    def _end_hanging(self) -> None:
        """End, and leave the lease to run out: what hung may still be at work somewhere, such as in the database."""
        self._say(f"{self._job.name}: ended, because it took longer than {self._job.limit}.")
        _log.error("job_hung", extra={"command": self._job.name, "seconds": self._job.limit.total_seconds()})
        self._end(os.EX_TEMPFAIL)


def _in_one_line(error: Exception) -> str:
    """Return what went wrong without quoting a value: our own words, or the kind of failure."""
    if isinstance(error, YouthsafeError):
        return str(error)
    return in_words(kind_of(error)) if isinstance(error, DBAPIError) else f"failed ({type(error).__name__})"


def _ours(error: Exception) -> Exception | None:
    """Return the error where its places in the code tell something that its words do not."""
    return None if isinstance(error, YouthsafeError | DBAPIError) else error
