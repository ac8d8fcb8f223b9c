"""Making sure that what was deleted is gone from the database's files too."""

from time import sleep

from sqlalchemy import create_engine, text
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.pool import NullPool

from youthsafe.errors import UnavailableError
from youthsafe.extensions import db

_AT_ONCE_MS = 100  # nobody can write while SQLite waits to empty the log
_WAITS = (0.0, *[0.5] * 15)  # seconds


def clean(*tables: str) -> None:
    """Take what was deleted from tables, or written over, out of the files, outside any transaction.

    SQLite: pages were overwritten when their rows went (`secure_delete`); here the write-ahead log is emptied into the
    file and cut to nothing. PostgreSQL: the dead rows' space is given back (docs/operate.md says what stays).
    Raises UnavailableError when a reader keeps the log; the next run tries again.
    """
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        _empty_the_log()
        return
    untimed = create_engine(db.engine.url, poolclass=NullPool, hide_parameters=True)  # VACUUM has no time limit
    with untimed.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"VACUUM (ANALYZE) {', '.join(tables)}"))


def _empty_the_log() -> None:
    connection = db.engine.raw_connection()  # inside a transaction, which SQLAlchemy would begin, no log is emptied
    try:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_AT_ONCE_MS}")  # a server that wants to write waits no longer than this
        emptied = any(_is_emptied(cursor, wait) for wait in _WAITS)
    finally:
        connection.invalidate()  # its short timeout must not return to the pool
        connection.close()
    if not emptied:
        raise UnavailableError(
            "What was erased can still be found in the database's files, because somebody was reading. The next run "
            "takes it out."
        )


def _is_emptied(cursor: DBAPICursor, wait: float) -> bool:
    sleep(wait)
    busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
