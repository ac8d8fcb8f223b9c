"""Making sure that what was deleted is gone from the database's files too."""

from sqlalchemy import text

from youthsafe.errors import UnavailableError
from youthsafe.extensions import db


def clean() -> None:
    """Take what was deleted out of the files, outside any transaction.

    SQLite: pages were overwritten when their rows went (`secure_delete`); here the write-ahead log is emptied into the
    file and cut to nothing. PostgreSQL: the dead rows' space is given back (docs/operate.md says what stays).
    Raises UnavailableError when a reader keeps the log; the next run tries again.
    """
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        _empty_the_log()
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM (ANALYZE) report, message"))


def _empty_the_log() -> None:
    connection = db.engine.raw_connection()  # SQLAlchemy's own begins a transaction, in which nothing is emptied
    try:
        cursor = connection.cursor()
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    if busy:
        raise UnavailableError(
            "What was erased is no longer in the database, but still in its write-ahead log, because somebody was "
            "reading. The next run empties the log."
        )
