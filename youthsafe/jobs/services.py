"""Use cases of the lease: taking a job that is due, keeping it while it runs, giving it back."""

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import func, select, text

from youthsafe.errors import YouthsafeError
from youthsafe.extensions import db
from youthsafe.jobs.models import JobLease
from youthsafe.jobs.registry import Job

CLOCKS_DIFFER: Final = timedelta(minutes=10)  # at most, on two machines that are both right


class LeaseLostError(YouthsafeError):
    """Another run has the job by now."""


def take(job: Job, runner: bytes, now: datetime, lease: timedelta) -> bool:
    """Let a run have a job for as long as the lease lasts, if the job is due and no other run has it."""
    there = _locked(job.name)
    at = _database_time()
    if there is None:
        db.session.add(JobLease(name=job.name, runner=runner, leased_until=at + lease, begun_at=now))
        return True
    if not is_due(there, job.every, now, at):
        return False
    there.runner, there.leased_until, there.begun_at = runner, at + lease, now
    return True


def is_due(there: JobLease, every: timedelta, now: datetime, database_time: datetime) -> bool:
    """Tell whether a job that ran before is to run now.

    One whose run was cut short is, as soon as its lease is over. A beginning that lies a little ahead of the clock is
    that of a machine whose clock is. One that lies far ahead was written by a clock that was wrong, so it counts for
    nothing.
    """
    if there.runner is not None:
        return database_time >= there.leased_until
    return not there.begun_at - CLOCKS_DIFFER <= now < there.begun_at + every


def renew(name: str, runner: bytes, lease: timedelta) -> bool:
    """Make the lease last from now on; False when another run has the job."""
    there = _locked(name)
    if there is None or there.runner != runner:
        return False
    there.leased_until = _database_time() + lease
    return True


def require(name: str, runner: bytes) -> None:
    """Raise LeaseLostError when another run has the job, and let none take it before this transaction ends."""
    there = _locked(name)
    if there is None or there.runner != runner:
        raise LeaseLostError("Another run has this job by now. Nothing more was written.")


def give_back(name: str, runner: bytes) -> None:
    """End a run's lease, if the job is still its own."""
    there = _locked(name)
    if there is not None and there.runner == runner:
        there.runner = None


def _locked(name: str) -> JobLease | None:
    """Return the row, locked; two machines that both find none are told apart by the lock on the job's name."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"youthsafe job {name}"))))
    return db.session.get(JobLease, name, with_for_update=True, populate_existing=True)


def _database_time() -> datetime:
    if db.engine.dialect.name == "postgresql":
        found: datetime = db.session.scalars(select(func.clock_timestamp())).one()
        return found.astimezone(UTC)
    return datetime.fromisoformat(
        db.session.scalars(text("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")).one()
    ).replace(tzinfo=UTC)
