"""A prepared statement writes what a column has by default, so that a new column needs no line beside its model."""

import pytest
from sqlalchemy import Boolean, Column, Dialect, Integer, MetaData, Table
from sqlalchemy.dialects import postgresql, sqlite

from youthsafe.database.prepared import Compiled

TABLE = Table("thing", MetaData(), Column("id", Integer, primary_key=True), Column("answers", Integer, default=7))
FLAGGED = Table("flagged", MetaData(), Column("id", Integer, primary_key=True), Column("hold", Boolean, default=True))


def test_a_value_that_is_not_given_is_its_columns_default() -> None:
    compiled = Compiled(sqlite.insert(TABLE), sqlite.dialect(), ["id"])
    assert compiled.values({"id": 1}) == [1, 7]
    assert Compiled(sqlite.insert(TABLE), sqlite.dialect(), ["id", "answers"]).values({"id": 1, "answers": 2}) == [1, 2]


@pytest.mark.parametrize(
    ("dialect", "written"),
    [(sqlite.dialect(), [1, 1]), (postgresql.psycopg.dialect(), {"id": 1, "hold": True})],
    ids=lambda each: getattr(each, "name", ""),
)
def test_a_default_is_written_as_the_driver_takes_it(dialect: Dialect, written: object) -> None:
    assert Compiled(FLAGGED.insert(), dialect, ["id"]).values({"id": 1}) == written
