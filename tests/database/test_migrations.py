"""Every migration goes up and down, on SQLite and PostgreSQL, and ends at what the models say."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, create_engine, inspect, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from youthsafe import cli
from youthsafe.database import migrating
from youthsafe.extensions import Base
from youthsafe.resources import migrations_folder

assert cli.main  # the command line knows every room, and so every table
REVISIONS = [each.revision for each in ScriptDirectory(str(migrations_folder())).walk_revisions("base", "heads")][::-1]


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    yield request.getfixturevalue("postgres_url")


def _tables(url: str) -> set[str]:
    engine = create_engine(url, poolclass=NullPool)
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_the_revisions_form_one_line_numbered_from_0001() -> None:
    assert [f"{number:04}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS


def test_each_revision_goes_up_and_down_again(empty_url: str) -> None:
    before: set[str] = set()
    for revision in REVISIONS:
        migrating.upgrade(empty_url, revision)
        after = _tables(empty_url)
        migrating.downgrade(empty_url, "-1")
        assert _tables(empty_url) == before
        migrating.upgrade(empty_url, revision)
        assert _tables(empty_url) == after
        before = after
    migrating.downgrade(empty_url, "base")
    assert _tables(empty_url) == set()


def test_the_newest_schema_is_what_the_models_say(empty_url: str) -> None:
    migrating.upgrade(empty_url)
    with create_engine(empty_url, poolclass=NullPool).connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def _known_of(connection: Connection) -> dict[str, object]:
    """What SQLite was told of reports and messages and their indexes, and what they hold."""
    told = text("SELECT name, sql FROM sqlite_master WHERE tbl_name IN ('report', 'message') AND sql IS NOT NULL")
    described: dict[str, object] = {
        name: sql.replace('"', "").removesuffix(" WITHOUT ROWID") for name, sql in connection.execute(told)
    }
    for table in ("report", "message"):
        described[f"rows of {table}"] = set(connection.execute(text(f"SELECT * FROM {table}")).all())
    return described


def test_taking_the_order_of_arrival_away_keeps_every_row_index_and_reference(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ordered.db'}"
    migrating.upgrade(url, "0012")
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        tables = MetaData()
        tables.reflect(connection)
        team = secrets.token_bytes(16)
        connection.execute(tables.tables["team"].insert(), {"id": team, "kind": 1})
        for _ in range(40):
            report = _made_up(tables.tables["report"]) | {"team_id": team, "state": "new"}
            connection.execute(tables.tables["report"].insert(), report)
            message = _made_up(tables.tables["message"]) | {"report_id": report["id"]}
            connection.execute(tables.tables["message"].insert(), message)
        before = _known_of(connection)
        in_order = text("SELECT id FROM report ORDER BY rowid")
        came = list(connection.scalars(in_order))
        assert len(came) == 40
    for act, revision in ((migrating.upgrade, "0013"), (migrating.downgrade, "0012"), (migrating.upgrade, "0013")):
        act(url, revision)
        with engine.connect() as connection:
            assert _known_of(connection) == before, revision
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            if revision == "0012":
                assert list(connection.scalars(in_order)) == sorted(came) != came


def _made_up(table: Table) -> dict[str, object]:
    """A row with something in each of its columns."""
    values = {
        int: 1,
        bytes: secrets.token_bytes(32),
        str: "new",
        bool: False,
        datetime: datetime(2026, 11, 23, tzinfo=UTC),
    }
    return {each.name: values[each.type.python_type] for each in table.columns} | {"id": secrets.token_bytes(16)}


@pytest.mark.parametrize("table", ["report", "message"])
def test_sqlite_keeps_no_number_by_which_reports_came(tmp_path: Path, table: str) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    migrating.upgrade(url)
    with create_engine(url, poolclass=NullPool).connect() as connection:
        for name in ("rowid", "_rowid_", "oid"):
            with pytest.raises(OperationalError, match="no such column"):
                connection.execute(text(f"SELECT {name} FROM {table}"))


def test_a_failed_migration_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "half.db"
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE message (something INTEGER)"))
    with pytest.raises(Exception, match="already exists"):
        migrating.upgrade(f"sqlite:///{path}")
    assert _tables(f"sqlite:///{path}") == {"message"}
