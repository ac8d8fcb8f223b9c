"""Bringing a database to the newest schema; the only place that may create a SQLite file."""

import sqlite3
from collections.abc import Callable

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from youthsafe.resources import migrations_folder


def upgrade(database_url: str, revision: str = "head") -> None:
    """Run the migrations up to a revision; creates the file of a SQLite database that is not there yet."""
    _run(database_url, lambda config: command.upgrade(config, revision))


def downgrade(database_url: str, revision: str) -> None:
    """Run the migrations down to a revision (`base` removes every table)."""
    _run(database_url, lambda config: command.downgrade(config, revision))


def _run(database_url: str, act: Callable[[AlembicConfig], None]) -> None:
    engine = create_engine(database_url, poolclass=NullPool, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        _begin_before_tables_change(engine)
    with engine.begin() as connection:
        config = AlembicConfig()
        config.set_main_option("script_location", str(migrations_folder()))
        config.attributes["connection"] = connection
        act(config)


def _begin_before_tables_change(engine: Engine) -> None:
    """Make Python's sqlite3 begin before DDL too, so that a failed migration leaves nothing behind."""

    @event.listens_for(engine, "connect")
    def leave_beginning_to_us(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
