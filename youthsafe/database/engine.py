"""Opening the database, and refusing one that belongs to another instance."""

import logging
from contextlib import AbstractContextManager, nullcontext

from flask import Flask, current_app
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from youthsafe.config import Config, ConfigError
from youthsafe.database import belonging
from youthsafe.database.ownership import refuse_root_on_the_file
from youthsafe.database.sqlite_file import SQLiteFile, existing_only
from youthsafe.errors import UnavailableError
from youthsafe.extensions import db

_log = logging.getLogger(__name__)
_FILE = "youthsafe.database.file"


def install(app: Flask, config: Config) -> None:
    """Bind the engine to the application; connects only to check whose it is, and survives when it cannot."""
    refuse_root_on_the_file(config)
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
        _refuse_other(db.engine, config)


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


def _refuse_other(engine: Engine, config: Config) -> None:
    """Check kind and secret at every new connection, so that a database that appears later is checked too."""
    event.listen(engine, "connect", lambda connection, _record: belonging.refuse_other(connection, config))
    try:
        with engine.begin() as connection:
            belonging.write_down(connection, config)
    except (DBAPIError, UnavailableError):
        _log.warning("database_unreachable_at_start")  # reading goes on without it, and /healthz tells
