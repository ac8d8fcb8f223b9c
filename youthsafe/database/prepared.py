"""Statements compiled once and run on the driver's own connection.

For the one path that a whole school takes at one moment: there, SQLAlchemy's part of a statement costs more than the
statement. Column types still say how values are written, so what is encrypted at rest stays so.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Any

from sqlalchemy import ClauseElement, LargeBinary, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

from youthsafe.database import bulkhead, engine
from youthsafe.database.columns import EncryptedBytes, UtcDateTime
from youthsafe.database.group_commit import Outcome, Take, Waiting
from youthsafe.database.secrets import encrypt_under
from youthsafe.database.sqlite_file import SQLiteFile
from youthsafe.database.transactions import let_go_of_older_snapshot
from youthsafe.extensions import db
from youthsafe.rooms import rooms


class Prepared:
    """One statement for every dialect, with values for the names it is made for."""

    def __init__(self, names: Sequence[str], **by_dialect: ClauseElement) -> None:
        self._names = list(names)
        self._by_dialect = by_dialect
        self.compiled = cache(self._compile)  # by dialect, of which an instance has one

    def _compile(self, dialect: Dialect) -> "Compiled":
        name = dialect.name if dialect.name in self._by_dialect else "any"
        return Compiled(self._by_dialect[name], dialect, self._names)


class Compiled:
    """A statement as the driver takes it, and how each value is written for it."""

    def __init__(self, statement: ClauseElement, dialect: Dialect, names: list[str]) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=names)
        self.text = str(compiled)
        self._order: list[str] | None = compiled.positiontup if compiled.positional else None
        plain = [column for column in getattr(compiled, "insert_prefetch", ()) if column.default.is_scalar]
        self._defaults: dict[str, Any] = {column.key: column.default.arg for column in plain}
        kinds = {name: compiled.binds[name].type.dialect_impl(dialect) for name in (*names, *self._defaults)}
        self._encrypted = {name: kind.purpose for name, kind in kinds.items() if isinstance(kind, EncryptedBytes)}
        writers = {name: _writer(kind, dialect) for name, kind in kinds.items() if name not in self._encrypted}
        self._writers = {name: write for name, write in writers.items() if write is not None}

    def values(self, given: Mapping[str, Any]) -> Any:
        """Return the values in the driver's form: by place or by name. Those not given are the columns' defaults."""
        written = {**self._defaults, **given}
        for name, write in self._writers.items():
            written[name] = write(written[name])
        if self._encrypted:
            version, secret = rooms().server_secret.writing()  # one for the whole row
            for name, purpose in self._encrypted.items():
                written[name] = encrypt_under(version, secret, purpose, written[name])
        return written if self._order is None else list(map(written.__getitem__, self._order))


def _writer(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """Return how a value is written for the driver; bytes as they are, which SQLAlchemy would wrap first."""
    if isinstance(kind, LargeBinary):
        return None
    if isinstance(kind, TypeDecorator) and isinstance(kind.impl, LargeBinary):
        return partial(kind.process_bind_param, dialect=dialect)
    write = kind.bind_processor(dialect)
    # Moments are kept as hours, so the next report has the same one.
    return lru_cache(2)(write) if isinstance(kind, UtcDateTime) and write is not None else write


class Writing:
    """One transaction on the driver's connection; `is_alone`: no other one writes at the same moment."""

    def __init__(self, cursor: DBAPICursor, dialect: Dialect) -> None:
        self._cursor = cursor
        self._dialect = dialect
        self.is_alone = dialect.name == "sqlite"

    def run(self, statement: Prepared, values: Mapping[str, Any]) -> DBAPICursor:
        """Run a statement; the cursor holds what came of it until the next one runs."""
        compiled = statement.compiled(self._dialect)
        self._cursor.execute(compiled.text, compiled.values(values))
        return self._cursor


def write(use_case: Callable[[Writing], Outcome]) -> Outcome:
    """As `transaction`, for a use case that only runs prepared statements; returns when it is on the disk.

    On SQLite it may run in the thread of another request, in one transaction with what waits at the same moment, so it
    asks nothing of its request. Where one of them raises, all that was written is undone and each is run once more,
    apart from the others: guarding each from the beginning would cost every sender more than that. Raises what the use
    case raised, which undoes nobody else's, BusyError where too many wait, and UnavailableError.
    """
    let_go_of_older_snapshot()
    bulkhead.enter()
    file = engine.sqlite_file()
    try:
        return _write_alone(use_case) if file is None else file.group.run(use_case, partial(_write_together, file))
    except (
        db.engine.dialect.loaded_dbapi.Error
    ) as error:  # raised as SQLAlchemy does, for the one place that answers it
        raise DBAPIError(None, None, error, hide_parameters=True) from error


def _write_alone(use_case: Callable[[Writing], Outcome]) -> Outcome:
    """PostgreSQL itself flushes together what is committed at one moment; nobody there waits for another's locks."""
    connection = db.engine.raw_connection()
    try:
        outcome = use_case(Writing(connection.cursor(), db.engine.dialect))
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    finally:
        connection.close()
    return outcome


def _write_together(file: SQLiteFile, take: Take) -> None:
    """Write everything that waits when it is this thread's turn, and commit once."""
    with file.writing() as cursor:
        waiting, writing = take(), Writing(cursor, file.engine.dialect)
        try:
            for each in waiting:
                each.outcome = each.use_case(writing)
        except Exception:
            if len(waiting) == 1 or not cursor.connection.in_transaction:
                raise
            cursor.execute("ROLLBACK")
            cursor.execute("BEGIN IMMEDIATE")
            for each in waiting:
                _run_beside_others(each, writing, cursor)


def _run_beside_others(each: Waiting[Any], writing: Writing, cursor: Any) -> None:
    """Run one use case of several; raises its error where SQLite undid them all, as it does on a full disk."""
    cursor.execute("SAVEPOINT one")
    try:
        each.outcome = each.use_case(writing)
    except Exception as error:
        if not cursor.connection.in_transaction:
            raise
        each.error = error
        cursor.execute("ROLLBACK TO one")
    cursor.execute("RELEASE one")
