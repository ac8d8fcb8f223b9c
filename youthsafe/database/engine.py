"""Opening the database, and refusing one that belongs to another kind of instance."""

import logging
from contextlib import AbstractContextManager, nullcontext

from flask import Flask, current_app
from sqlalchemy import Engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from youthsafe.config import Config, ConfigError
from youthsafe.database.sqlite_file import SQLiteFile, existing_only
from youthsafe.errors import UnavailableError
from youthsafe.extensions import db

_log = logging.getLogger(__name__)
_FILE = "youthsafe.database.file"
_REAL_DATABASE = (
    "The database is not a demonstration's: start it without YOUTHSAFE_DEMO, or choose another folder with --data-dir."
)
_DEMO_DATABASE = (
    "This database is flagged as a demonstration: its keys and sign-ins are public. Point YOUTHSAFE_DATABASE_URL at "
    "a database of your own, or set YOUTHSAFE_DEMO=1 for a demonstration."
)


def install(app: Flask, config: Config) -> None:
    """Bind the engine to the application; connects only to check the demo flag, and survives when it cannot."""
    app.config["SQLALCHEMY_DATABASE_URI"] = existing_only(config.database_url)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "hide_parameters": True,  # an error's text must never hold what somebody sent
        "pool_size": 16,
        "max_overflow": 16,
        "pool_use_lifo": True,  # the connection that was used last has the pages at hand
        "pool_pre_ping": not config.database_url.startswith("sqlite"),
    }
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            app.extensions[_FILE] = SQLiteFile(db.engine)
        _refuse_other_kind(db.engine, config)


def turn_to_write() -> AbstractContextManager[object]:
    """Return what a writing thread of this process waits for.

    SQLite has one writer at a time and lets the others sleep and try again; waiting in line wastes nothing.
    """
    file: SQLiteFile | None = current_app.extensions.get(_FILE)
    return nullcontext() if file is None else file.writing


def confirm_saved() -> None:
    """Raise UnavailableError when what was just committed is not in the file a restart would open."""
    file: SQLiteFile | None = current_app.extensions.get(_FILE)
    if file is not None:
        file.confirm()


def is_reachable() -> bool:
    """Tell whether the database answers, for /healthz."""
    try:
        db.session.execute(text("SELECT demo FROM instance"))
        confirm_saved()
    except (DBAPIError, PoolTimeoutError, UnavailableError, ConfigError):
        return False
    finally:
        db.session.remove()
    return True


def _refuse_other_kind(engine: Engine, config: Config) -> None:
    """Check the demo flag at every new connection, so that a database that appears later is checked too."""

    def check(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        try:
            cursor.execute("SELECT demo FROM instance")
            row = cursor.fetchone()
        finally:
            cursor.close()
            connection.rollback()
        if row is not None and bool(row[0]) != config.demo:
            raise ConfigError(_REAL_DATABASE if config.demo else _DEMO_DATABASE)

    event.listen(engine, "connect", check)
    try:
        engine.connect().close()
    except (DBAPIError, UnavailableError):
        _log.warning("database_unreachable_at_start")  # reading goes on without it, and /healthz tells
