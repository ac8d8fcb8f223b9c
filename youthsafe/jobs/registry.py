"""What a job is, and all of them: every module of `youthsafe/jobs/schedule/` holds one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from pkgutil import iter_modules

from youthsafe.jobs import schedule

Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Job:
    """Something that runs again and again. `name` has at most 32 characters and is never changed.

    `run` is called inside an application context with what writes its lines; it raises when something could not be
    done. A run may be cut short at any line, and the next one, perhaps on another machine, must finish its work.
    One that takes longer than `limit` hangs, and is ended. One that `is_prompt` waits for no other that is not.
    """

    name: str
    every: timedelta
    run: Callable[[Say], None]
    limit: timedelta = timedelta(hours=1)
    is_prompt: bool = False


def all_jobs() -> tuple[Job, ...]:
    """Return every job, by name."""
    names = (each.name for each in iter_modules(schedule.__path__, f"{schedule.__name__}."))
    found: list[Job] = [import_module(name).JOB for name in names]
    return tuple(sorted(found, key=lambda job: job.name))
