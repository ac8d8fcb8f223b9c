"""Opening the database, and refusing one that belongs to another instance."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import PoolProxiedConnection, QueuePool

from youthsafe.config import Config
from youthsafe.database import bulkhead, health, instance_check
from youthsafe.database.failures import kind_of
from youthsafe.database.file_owner import refuse_root_on_the_file
from youthsafe.database.secret_versions import SecretVersions
from youthsafe.database.sqlite_file import SQLiteFile, existing_only
from youthsafe.errors import UnavailableError
from youthsafe.extensions import db
from youthsafe.rooms import rooms

_log = logging.getLogger(__name__)


def install(app: Flask, config: Config) -> None:
    """Bind the engine to the application; connects only to check whose it is, and survives when it cannot."""
    refuse_root_on_the_file(config)
    app.config["SQLALCHEMY_DATABASE_URI"] = existing_only(config.database_url)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "hide_parameters": True,  # an error's text must never hold what somebody sent
    } | _options(make_url(config.database_url))
    bulkhead.install(app)
    db.init_app(app)
    versions = rooms(app).server_secret = SecretVersions(config, _look)
    with app.app_context():
        file = SQLiteFile(db.engine) if db.engine.dialect.name == "sqlite" else None
        rooms(app).database_file = file
        _time_out_answers(db.engine)
        health.install(app, db.engine, file)
        _refuse_other(db.engine, config, versions, file)


@contextmanager
def turn_to_write() -> Iterator[None]:
    """Wait for what a writing thread of this process waits for; raises BusyError.

    SQLite has one writer at a time and lets the others sleep and try again; waiting in line wastes nothing.
    """
    bulkhead.enter()
    file = sqlite_file()
    with nullcontext() if file is None else file.turn():
        yield


def confirm_saved() -> None:
    """Raise UnavailableError when what was just committed is not in the file a restart would open."""
    file = sqlite_file()
    if file is not None:
        file.confirm()


def sqlite_file() -> SQLiteFile | None:
    """Return the file that SQLite writes to; none where the database is a server."""
    return rooms().database_file


class _Pool(QueuePool):
    """Connections, for as many requests as may wait for the database."""

    _sqla_logger_namespace = "sqlalchemy.pool"  # else SQLAlchemy logs under our name, whose texts are fixed

    def connect(self) -> PoolProxiedConnection:
        """Return a connection; raises BusyError."""
        bulkhead.enter()
        return super().connect()


def _options(url: URL) -> dict[str, Any]:
    if not url.database or url.database == ":memory:":
        return {}
    options = {"poolclass": _Pool, "pool_size": 16, "max_overflow": 16, "pool_timeout": 2, "pool_use_lifo": True}
    if url.get_backend_name() != "postgresql":
        return options
    from youthsafe.database.postgres_timeouts import SETTINGS  # noqa: PLC0415  # only these instances have the driver

    unset = {name: value for name, value in SETTINGS.items() if name not in url.query}
    return options | {"pool_pre_ping": True, "connect_args": unset}


def _time_out_answers(engine: Engine) -> None:
    """Let no question to PostgreSQL wait for ever."""
    if engine.dialect.name != "postgresql":
        return
    from youthsafe.database.postgres_timeouts import TimedConnection  # noqa: PLC0415  # as above

    event.listen(engine, "do_connect", lambda _d, _r, places, named: TimedConnection.connect(*places, **named))


def _refuse_other(engine: Engine, config: Config, versions: SecretVersions, file: SQLiteFile | None) -> None:
    """Check kind and secret at every new connection, so that a database that appears later is checked too."""
    event.listen(engine, "connect", lambda opened, _record: instance_check.refuse_other(opened, config, versions))
    try:
        with engine.begin() as connection:
            instance_check.write_down(connection, config, versions)
    except (DBAPIError, UnavailableError) as error:
        kind = health.seen_from_here(kind_of(error), file)
        _log.warning("database_unreachable_at_start", extra={"kind": kind})  # reading goes on, and /healthz tells


def _look() -> None:
    """Ask the database which versions of the server secret it is written with; where it is away, nothing is written."""
    with suppress(DBAPIError, PoolTimeoutError, db.engine.dialect.loaded_dbapi.Error):
        connection = db.engine.raw_connection()
        try:
            instance_check.look(connection, rooms().server_secret)
        finally:
            connection.close()
