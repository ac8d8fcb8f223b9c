"""Every migration goes up and down, on SQLite and PostgreSQL, and ends at what the models say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
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


def test_a_failed_migration_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "half.db"
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE message (something INTEGER)"))
    with pytest.raises(Exception, match="already exists"):
        migrating.upgrade(f"sqlite:///{path}")
    assert _tables(f"sqlite:///{path}") == {"message"}
