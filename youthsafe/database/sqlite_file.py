"""SQLite, opened so that a missing or replaced file is an error and never a fresh, empty database.

A report that was answered with 201 must be in the file that the next start opens. So the file is
never created here, and every unit of work checks, when it starts and again after its commit, that the
path still leads to the file that is open.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote, unquote

from sqlalchemy import Engine, event
from sqlalchemy.engine import URL, Connection, make_url

from youthsafe.database.group_commit import GroupCommit
from youthsafe.errors import BusyError, UnavailableError

PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a 201 survives a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA secure_delete = ON",  # purged means gone from free pages too
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cache_size = -8000",
)
BEGIN_OPTION = "youthsafe_begin"
LONGEST_TURN = 5.0  # seconds
_Identity = tuple[int, int]


def existing_only(url: str) -> URL:
    """Return the address of a database that must exist already (SQLite: `mode=rw`)."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return parsed
    return parsed.set(database=f"file:{quote(parsed.database)}", query={"mode": "rw", "uri": "true"})


class LostFileError(UnavailableError):
    """The file that a restart would open is not the one that is open; nothing was saved for certain."""


class SQLiteFile:
    """Watches one database file on behalf of one engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._path = Path(unquote(str(engine.url.database).removeprefix("file:")))
        self._name = str(self._path)
        self._log = self._name + "-wal"
        self._opened: _Identity | None = None
        self._writing = Lock()
        self._writer: sqlite3.Connection | None = None
        self.group = GroupCommit()
        event.listen(engine, "engine_disposed", self._disposed)
        event.listen(engine, "connect", self._connected)
        event.listen(engine, "checkout", self._checked_out)
        event.listen(engine, "begin", self._begun)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait in line to write; raises BusyError where whoever is before takes too long."""
        if not self._writing.acquire(timeout=LONGEST_TURN):
            raise BusyError("Too much waits to be written at this moment. Nothing was saved.", retry_after=30)
        try:
            yield
        finally:
            self._writing.release()

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """Wait in line, and write on the one connection that is kept open for it; raises as `turn` and `confirm`."""
        with self.turn():
            self._require_same_file()
            writer = self._writer or self._open_writer()
            cursor = writer.cursor()
            try:
                cursor.execute("BEGIN IMMEDIATE")
                yield cursor
                writer.commit()
            except BaseException as refused:
                self._undo(writer, cursor)
                if isinstance(refused, sqlite3.Error):
                    self._let_writer_go()
                raise
        self.confirm()

    def confirm(self) -> None:
        """Raise UnavailableError unless the path leads to the file that is open, with its log."""
        self._require_same_file()
        if not os.path.exists(self._log):  # noqa: PTH110  # as in _identity
            raise LostFileError("The database's write-ahead log is gone. Nothing was saved for certain.")

    def is_lost(self) -> bool:
        """Tell at once whether the file that was opened is not there any more."""
        return self._opened is not None and self._identity() != self._opened

    def is_on_a_disk_to_read(self) -> bool:
        """Tell whether nothing at all can be written to the file system below."""
        try:
            return bool(os.statvfs(self._path.parent).f_flag & os.ST_RDONLY)
        except OSError:
            return False

    def is_locked_away(self) -> bool:
        """Tell whether the file or its folder is there, but not this user's to write."""
        try:
            needed = [self._path, self._path.parent] if self._path.exists() else []
            return not all(os.access(each, os.W_OK, effective_ids=True) for each in needed)
        except PermissionError:
            return True

    def _identity(self) -> _Identity | None:
        try:
            stat = os.stat(self._name)  # noqa: PTH116  # three times for every report: a Path takes four times as long
        except OSError:
            return None
        return stat.st_dev, stat.st_ino

    def _connected(self, connection: sqlite3.Connection, _record: object) -> None:
        found = self._identity()
        if found is None or (self._opened is not None and found != self._opened):
            raise LostFileError("The database file was moved or replaced. Nothing was saved.")
        connection.isolation_level = None  # transactions begin where _begun says so
        for pragma in PRAGMAS:
            connection.execute(pragma)
        self._opened = found

    def _checked_out(self, _connection: Any, _record: object, _proxy: object) -> None:
        self._require_same_file()

    def _require_same_file(self) -> None:
        if self._identity() != self._opened:
            raise LostFileError("The database file was moved or replaced. Nothing was saved.")

    def _open_writer(self) -> Any:
        """Open the connection like every other, and keep it from the pool."""
        opened = self.engine.raw_connection()
        writer: Any = opened.driver_connection
        opened.detach()
        self._writer = writer
        return writer

    def _undo(self, writer: sqlite3.Connection, cursor: sqlite3.Cursor) -> None:
        """Undo what is not committed. Closing would not: statements that an error still names keep it, and its lock."""
        try:
            cursor.close()
            writer.rollback()
        except sqlite3.Error:
            self._let_writer_go()

    def _disposed(self, _engine: Engine) -> None:
        """Close the writer when it has ended what it writes; one that takes too long ends with its process."""
        with suppress(BusyError), self.turn():
            self._let_writer_go()

    def _let_writer_go(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()

    @staticmethod
    def _begun(connection: Connection) -> None:
        kind = connection.get_execution_options().get(BEGIN_OPTION, "DEFERRED")
        cursor = connection.connection.cursor()  # past SQLAlchemy, which would take as long as the statement
        cursor.execute(f"BEGIN {kind}")
        cursor.close()
