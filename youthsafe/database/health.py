"""Whether a report could be accepted now: found out by writing as much as a report, in a thread of its own."""

import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from threading import Event, Lock, Thread
from typing import Final

from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection, Engine, LargeBinary, SmallInteger, delete, insert, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column

from youthsafe.database import instance_check
from youthsafe.database.failures import Failure, kind_of
from youthsafe.database.secret_versions import SecretVersions
from youthsafe.database.sqlite_file import BEGIN_OPTION, SQLiteFile
from youthsafe.errors import UnavailableError
from youthsafe.extensions import Base
from youthsafe.resources import migrations_folder
from youthsafe.rooms import rooms

_log = logging.getLogger(__name__)
_BYTES: Final = 16_384  # a little more than a sealed report
_FRESH: Final = 1.0  # seconds for which a finding is fresh for /healthz
_FRESH_ENOUGH: Final = 5.0  # seconds for which it is fresh for the form
_PATIENCE: Final = 3.0  # seconds; a check that takes longer is a failure


class WriteProbe(Base):
    """What the last check wrote, so that the next one writes in its place; random bytes."""

    __tablename__ = "write_probe"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class BehindError(UnavailableError):
    """The schema is older than the code."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found, and when it ended (seconds of the monotonic clock)."""

    failure: Failure | None
    at: float


class Health:
    """The newest finding, and at most one check that runs."""

    def __init__(
        self,
        check: Callable[[], Failure | None],
        is_lost: Callable[[], bool] = lambda: False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._check = check
        self._is_lost = is_lost
        self._monotonic = monotonic
        self._lock = Lock()
        self._found: Found | None = None
        self._began: float | None = None
        self._ended = Event()

    def look(self, fresh: float = _FRESH) -> Failure | None:
        """Return what is wrong, after a check of now or one that is fresh enough.

        Whoever starts a check waits for it, but no longer than a check may take. Meanwhile the others get what was
        found before.
        """
        if self._is_lost():
            return Failure.NOT_THERE
        with self._lock:
            found, began, ended = self._found, self._began, self._ended
            if found is not None and self._monotonic() - found.at < fresh:
                return found.failure
            mine = began is None
            if began is None:
                began = self._began = self._monotonic()
                ended = self._ended = Event()
                Thread(target=self._run, args=(ended,), name="health", daemon=True).start()
        left = _PATIENCE - (self._monotonic() - began)
        if (mine or found is None) and ended.wait(max(0.0, left)):
            found = self._found
        elif left <= 0 or mine:
            return Failure.TOO_SLOW
        return Failure.TOO_SLOW if found is None else found.failure

    def forget(self) -> None:
        """Let the next look check anew, because something just failed."""
        with self._lock:
            self._found = None

    def _run(self, ended: Event) -> None:
        failure: Failure | None = Failure.UNKNOWN
        try:
            failure = self._check()
        finally:
            with self._lock:
                before = None if self._found is None else self._found.failure
                self._found, self._began = Found(failure, self._monotonic()), None
            ended.set()
            if failure is not before:
                _tell(failure)


def _tell(failure: Failure | None) -> None:
    if failure is None:
        _log.info("reports_are_accepted_again")
    else:
        _log.error("no_report_can_be_accepted", extra={"kind": failure})


def install(app: Flask, engine: Engine, file: SQLiteFile | None) -> None:
    """Give the application its health."""
    versions = rooms(app).server_secret
    check, is_lost = (lambda: _failure(engine, versions, file)), (lambda: file is not None and file.is_lost())
    rooms(app).health = Health(check, is_lost)


def failure_now() -> Failure | None:
    """Return what keeps a report from being accepted, for whoever watches."""
    return rooms().health.look()


def forget() -> None:
    """Let the next look check anew, because something just failed."""
    rooms().health.forget()


def require_accepting() -> None:
    """Raise UnavailableError where it is known that no report could be accepted."""
    failure = rooms().health.look(_FRESH_ENOUGH)
    if failure not in {None, Failure.TOO_SLOW}:  # where the database is slow the form still tries
        raise UnavailableError("No report can be taken at this moment.", retry_after=30)


def _failure(engine: Engine, versions: SecretVersions, file: SQLiteFile | None) -> Failure | None:
    try:
        if file is None:
            _try(engine, versions)
        else:
            with file.turn():
                _try(engine.execution_options(**{BEGIN_OPTION: "IMMEDIATE"}), versions)
            file.confirm()
    except BehindError:
        return Failure.SCHEMA
    except Exception as error:  # noqa: BLE001  # whatever it is, no report could be accepted
        return seen_from_here(kind_of(error), file)
    return None


def seen_from_here(failure: Failure, file: SQLiteFile | None) -> Failure:
    """Tell a file that is not there from one that is not this user's, or nobody's to write: SQLite does not."""
    if failure is not Failure.NOT_THERE or file is None:
        return failure
    if file.is_on_a_disk_to_read():
        return Failure.READ_ONLY
    return Failure.NO_PERMISSION if file.is_locked_away() else failure


def _try(engine: Engine, versions: SecretVersions) -> None:
    with engine.connect() as connection:
        version = connection.scalar(text("SELECT version_num FROM alembic_version"))
        if version in _older():
            raise BehindError
        instance_check.look(connection.connection, versions)
        _empty(connection)
        connection.execute(insert(WriteProbe).values(id=1, content=os.urandom(_BYTES)))
        connection.commit()


def _empty(connection: Connection) -> None:
    """Make room that is new on the disk, not what was just given back; while somebody backs up, any room."""
    if connection.dialect.name != "postgresql":
        connection.execute(delete(WriteProbe))
        return
    try:
        with connection.begin_nested():
            connection.execute(text("LOCK TABLE write_probe IN ACCESS EXCLUSIVE MODE NOWAIT"))
            connection.execute(text("TRUNCATE write_probe"))
    except DBAPIError as error:
        if kind_of(error) is not Failure.LOCKED:
            raise
        connection.execute(delete(WriteProbe))


@cache
def _older() -> frozenset[str]:
    """Return every revision but the newest; a schema that is newer than the code is somebody's who just updates."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(migrations_folder()))
    _, *older = (each.revision for each in ScriptDirectory.from_config(config).walk_revisions())
    return frozenset(older)
