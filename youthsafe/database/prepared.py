"""Statements compiled once and run on the driver's own connection.

For the one path that a whole school takes at one moment: there, SQLAlchemy's part of a statement costs more than the
statement. Column types still say how values are written, so what is encrypted at rest stays so.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import ClauseElement
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError

from youthsafe.database.engine import confirm_saved, turn_to_write
from youthsafe.database.transactions import let_go_of_older_snapshot
from youthsafe.extensions import db


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
        kinds = {name: compiled.binds[name].type.dialect_impl(dialect) for name in names}
        writers = {name: kind.bind_processor(dialect) for name, kind in kinds.items()}
        self._writers = {name: write for name, write in writers.items() if write is not None}

    def values(self, given: Mapping[str, Any]) -> Any:
        """Return the values in the driver's form: by place or by name."""
        written = dict(given)
        for name, write in self._writers.items():
            written[name] = write(written[name])
        return written if self._order is None else [written[name] for name in self._order]


class Writing:
    """One transaction on the driver's connection."""

    def __init__(self, cursor: DBAPICursor, dialect: Dialect) -> None:
        self._cursor = cursor
        self._dialect = dialect

    def run(self, statement: Prepared, values: Mapping[str, Any]) -> DBAPICursor:
        """Run a statement; the cursor holds what came of it until the next one runs."""
        compiled = statement.compiled(self._dialect)
        self._cursor.execute(compiled.text, compiled.values(values))
        return self._cursor


@contextmanager
def writing() -> Iterator[Writing]:
    """As `transaction`, for a use case that only runs prepared statements."""
    let_go_of_older_snapshot()
    engine = db.engine
    with turn_to_write(), _driver_errors(engine.dialect):
        connection = engine.raw_connection()
        try:
            cursor = connection.cursor()
            if engine.dialect.name == "sqlite":  # elsewhere the driver begins by itself
                cursor.execute("BEGIN IMMEDIATE")
            yield Writing(cursor, engine.dialect)
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
        finally:
            connection.close()
    confirm_saved()


@contextmanager
def _driver_errors(dialect: Dialect) -> Iterator[None]:
    """Raise the driver's errors as SQLAlchemy does, for the one place that answers them."""
    try:
        yield
    except dialect.loaded_dbapi.Error as error:
        raise DBAPIError(None, None, error, hide_parameters=True) from error
