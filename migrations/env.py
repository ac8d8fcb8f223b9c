"""Runs the migrations, for `youthsafe db`, which gives the connection, and for `alembic`, which has none."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

import youthsafe.app  # noqa: F401  # it knows every room, and so every table
from youthsafe.config import Config
from youthsafe.database import migrating
from youthsafe.database.sqlite_file import existing_only
from youthsafe.extensions import Base


def column_type(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Write a type of our own as the plain type below it: a migration must not change when the code does."""
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


def migrate(connection: Connection) -> None:
    """Run what was asked for, in the connection's transaction."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=column_type,
        compare_server_default=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if "connection" in context.config.attributes:
    migrate(context.config.attributes["connection"])
else:
    with migrating.opened(existing_only(Config.from_environment().database_url)) as opened:
        migrate(opened)
