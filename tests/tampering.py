"""What somebody does who owns the database: they take its triggers away first."""

from sqlalchemy import Connection, text

from youthsafe.database import transaction
from youthsafe.extensions import db

TABLES = ("audit_entry", "card_entry")


def tamper(statement: str) -> None:
    """Run a statement that the triggers would refuse."""
    with transaction():
        lift_triggers(db.session.connection())
        db.session.execute(text(statement))


def lift_triggers(connection: Connection) -> None:
    """Let the database take every statement again."""
    for statement in _statements(connection):
        connection.execute(text(statement))


def _statements(connection: Connection) -> list[str]:
    if connection.dialect.name == "postgresql":
        return [f"ALTER TABLE {each} DISABLE TRIGGER USER" for each in TABLES]
    names = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
    return [f"DROP TRIGGER {each}" for each in names]
