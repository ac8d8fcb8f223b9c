"""Running Alembic on a database: looking where it stands, and bringing it to another schema.

`upgrade` is the only place that may create a SQLite file.
"""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from youthsafe.database.sqlite_file import existing_only
from youthsafe.errors import YouthsafeError
from youthsafe.resources import migrations_folder, project_settings

_UNKNOWN = (
    "There is no such revision in this release. If the database names it, another release made it: use that release, "
    "or a new database (a demonstration: delete its folder)."
)


class MigrationError(YouthsafeError):
    """Alembic refused; `detail` is its reason, which quotes tables and revisions and nothing that is stored."""


def upgrade(database_url: str, revision: str = "head") -> None:
    """Run the migrations up to a revision; creates the file of a SQLite database that is not there yet."""
    _run(database_url, lambda config: command.upgrade(config, revision))


def downgrade(database_url: str, revision: str) -> None:
    """Run the migrations down to a revision (`base` removes every table)."""
    _run(existing_only(database_url), lambda config: command.downgrade(config, revision))


def current(database_url: str) -> None:
    """Print the revision that the database stands at, or nothing for one without tables."""
    _run(existing_only(database_url), command.current)


def check(database_url: str) -> None:
    """Raise MigrationError unless the database is at the newest revision and has every table of the models."""
    _run(existing_only(database_url), command.check)


def history() -> None:
    """Print every revision, the newest first; asks no database."""
    command.history(settings())


def write(database_url: str, message: str, *, empty: bool) -> None:
    """Write the next revision, from what the models have and the database has not; raises MigrationError."""
    if project_settings() is None:
        raise MigrationError("A migration is written in a checkout of the sources, not in an installed package.")
    _run(existing_only(database_url), lambda config: _write(config, message, autogenerate=not empty))


def settings() -> AlembicConfig:
    """Return Alembic's settings: those of pyproject.toml in a checkout, and where the migrations lie."""
    config = AlembicConfig(toml_file=project_settings(), stdout=sys.stdout)
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    return config


@contextmanager
def opened(database_url: str | URL) -> Iterator[Connection]:
    """Open a database in one transaction, of which tables are a part on SQLite too."""
    engine = create_engine(database_url, poolclass=NullPool, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        _begin_before_tables_change(engine)
    with engine.begin() as connection:
        yield connection


def _run(database_url: str | URL, act: Callable[[AlembicConfig], object]) -> None:
    with opened(database_url) as connection:
        config = settings()
        config.attributes["connection"] = connection
        try:
            act(config)
        except CommandError as error:
            raise MigrationError(_UNKNOWN if isinstance(error.__cause__, RevisionError) else str(error)) from None


def _write(config: AlembicConfig, message: str, *, autogenerate: bool) -> None:
    numbered = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
    command.revision(config, message, autogenerate=autogenerate, rev_id=f"{numbered:04}")


def _begin_before_tables_change(engine: Engine) -> None:
    """Make Python's sqlite3 begin before DDL too, so that a failed migration leaves nothing behind."""

    @event.listens_for(engine, "connect")
    def leave_beginning_to_us(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
