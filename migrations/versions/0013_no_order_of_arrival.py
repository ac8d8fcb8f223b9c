"""Reports and messages without SQLite's own row numbers, which kept the order in which they came.

Revision 0013, after 0012. Nothing changes on PostgreSQL.
"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLES = ("report", "message")
_END = " WITHOUT ROWID"


def upgrade() -> None:
    for table in TABLES:
        _rebuild(table, lambda created: created + _END)


def downgrade() -> None:
    for table in TABLES:
        _rebuild(table, lambda created: created.removesuffix(_END))


def _rebuild(table: str, changed: Callable[[str], str]) -> None:
    """Make a table anew on SQLite, with its rows in the order of their random ids, and all its indexes."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    connection.exec_driver_sql("PRAGMA secure_delete = ON")  # the old table's pages are overwritten
    of_table = "FROM sqlite_master WHERE tbl_name = :table AND type = :type AND sql IS NOT NULL"
    created = connection.scalar(sa.text(f"SELECT sql {of_table}"), {"table": table, "type": "table"})
    indexes = connection.scalars(sa.text(f"SELECT sql {of_table}"), {"table": table, "type": "index"}).all()
    body = created[created.index("(") :]
    connection.exec_driver_sql(f"CREATE TABLE {table}_anew {changed(body)}")
    connection.exec_driver_sql(f"INSERT INTO {table}_anew SELECT * FROM {table} ORDER BY id")  # noqa: S608  # two names of ours
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(f"ALTER TABLE {table}_anew RENAME TO {table}")
    for index in indexes:
        connection.exec_driver_sql(index)
