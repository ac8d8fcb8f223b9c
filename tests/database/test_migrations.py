"""Every migration goes up and down, on SQLite and PostgreSQL, and ends at what the models say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection, MetaData, create_engine, inspect, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from tests.sealing import SealedInstance
from youthsafe import cli
from youthsafe.database import migrating
from youthsafe.extensions import Base, db
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
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


_SQLITE = ["SELECT name, sql FROM sqlite_master WHERE tbl_name <> 'alembic_version'"]
_POSTGRESQL = [
    """SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'""",
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'",
    """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND conrelid <> 'alembic_version'::regclass""",
    "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    """SELECT proname, prosrc FROM pg_proc JOIN pg_trigger ON tgfoid = pg_proc.oid
    WHERE pronamespace = 'public'::regnamespace""",
]


def _described(connection: Connection) -> set[tuple[str, ...]]:
    """Everything that the database was told of its tables, columns, constraints, indexes and triggers."""
    asked = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
    rows = [row for query in asked for row in connection.execute(text(query)).all()]
    return {tuple(part for cell in row for part in _parts(" ".join(str(cell).split()))) for row in rows}


def _parts(told: str) -> list[str]:
    """Return what stands between the commas, in any order: a column that was added later stands last."""
    depth, parts = 0, [""]
    for letter in told:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if (letter, depth) in {("(", 1), (",", 1), (")", 0)}:
            parts.append("")
        else:
            parts[-1] += letter
    return sorted(part.strip() for part in parts)


def test_the_newest_schema_is_what_the_models_say_to_the_letter(empty_url: str) -> None:
    """Alembic's own comparison sees neither triggers, nor which rows an index holds, nor WITHOUT ROWID."""
    migrating.upgrade(empty_url)
    with create_engine(empty_url, poolclass=NullPool).begin() as connection:
        migrated = _described(connection)
        Base.metadata.drop_all(connection)
        assert _described(connection) == set()
        Base.metadata.create_all(connection)
        assert migrated == _described(connection)
    assert len(migrated) > len(Base.metadata.tables)


def test_every_constraint_has_a_name_of_ours(empty_url: str) -> None:
    migrating.upgrade(empty_url)
    with create_engine(empty_url, poolclass=NullPool).connect() as connection:
        tables = MetaData()
        tables.reflect(connection)
        unnamed = [
            f"{table}: {each}" for table in tables.tables for each in tables.tables[table].constraints if not each.name
        ]
    assert unnamed == []


def test_sqlite_keeps_no_number_by_which_messages_came(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    migrating.upgrade(url)
    with create_engine(url, poolclass=NullPool).connect() as connection:
        for name in ("rowid", "_rowid_", "oid"):
            with pytest.raises(OperationalError, match="no such column"):
                connection.execute(text(f"SELECT {name} FROM message"))


def test_the_number_of_a_report_in_sqlite_tells_nothing_of_when_it_came(app: Flask) -> None:
    """Numbers in the order of arrival would be in order here; by chance forty are in one of 10^47 cases."""
    instance, client = SealedInstance.set_up(app), app.test_client()
    sent = [instance.report() for _ in range(40)]
    for each in sent:
        assert client.post("/api/v1/reports", data=each.body, content_type="application/json").status_code == 201
    with app.app_context():
        found = db.session.execute(text("SELECT id, rowid AS place, number FROM report")).all()
    places = {bytes(each.id): each.place for each in found}
    as_they_came = [places[each.report_id] for each in sent]
    assert as_they_came != sorted(as_they_came)
    assert all(each.place == each.number for each in found)


def test_a_failed_migration_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "half.db"
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE message (something INTEGER)"))
    with pytest.raises(Exception, match="already exists"):
        migrating.upgrade(f"sqlite:///{path}")
    assert _tables(f"sqlite:///{path}") == {"message"}
