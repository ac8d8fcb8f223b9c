"""Whether a database belongs to this instance: the right kind, and written with this server secret."""

import hmac

from sqlalchemy import Connection, LargeBinary, SmallInteger, create_engine, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.pool import NullPool

from youthsafe.config import Config, ConfigError
from youthsafe.database.file_owner import refuse_root_on_the_file
from youthsafe.database.secrets import check_value
from youthsafe.database.sqlite_file import existing_only
from youthsafe.extensions import Base

_ROW = 1
_REAL_DATABASE = (
    "The database is not a demonstration's: start it without YOUTHSAFE_DEMO, or choose another folder with --data-dir."
)
_DEMO_DATABASE = (
    "This database is flagged as a demonstration: its keys and sign-ins are public. Point YOUTHSAFE_DATABASE_URL at "
    "a database of your own, or set YOUTHSAFE_DEMO=1 for a demonstration."
)
_WRITTEN_WITH_ANOTHER = (
    "The server secret is not the one that this database was written with: no receipt code would open, and the ledger "
    "would match nothing. Put the right one into YOUTHSAFE_SECRET_FILE or YOUTHSAFE_SECRET. Nothing was changed."
)


class OtherSecretError(ConfigError):
    """The database was written with another server secret."""


class SecretCheck(Base):
    """The one row by which the server secret is recognised; it tells nothing of the secret itself."""

    __tablename__ = "secret_check"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    value: Mapped[bytes] = mapped_column(LargeBinary(32))


def refuse_other(connection: DBAPIConnection, config: Config) -> None:
    """Raise ConfigError unless kind and secret are this instance's; raises the driver's error without tables."""
    cursor = connection.cursor()
    try:
        demo = _only(cursor, "SELECT demo FROM instance")
        value = _only(cursor, "SELECT value FROM secret_check")
    finally:
        cursor.close()
        connection.rollback()
    if demo is not None and bool(demo) != config.demo:
        raise ConfigError(_REAL_DATABASE if config.demo else _DEMO_DATABASE)
    compare(value, config)


def write_down(connection: Connection, config: Config) -> None:
    """Write down by what the server secret is recognised, unless it stands there; raises OtherSecretError."""
    known = select(SecretCheck.value)
    if connection.scalar(known) is None:
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        new = insert(SecretCheck).values(id=_ROW, value=check_value(config.server_secret))
        connection.execute(new.on_conflict_do_nothing())
    compare(connection.scalar(known), config)


def refuse_at_start(config: Config) -> None:
    """Look into the database once, before any worker is started; raises ConfigError, and nothing when it is away."""
    refuse_root_on_the_file(config)
    engine = create_engine(existing_only(config.database_url), poolclass=NullPool, hide_parameters=True)
    try:
        with engine.connect() as connection:
            refuse_other(connection.connection.dbapi_connection, config)  # type: ignore[arg-type]  # it is open
    except DBAPIError:
        return
    except engine.dialect.loaded_dbapi.Error:
        return


def _only(cursor: DBAPICursor, query: str) -> object:
    cursor.execute(query)
    row = cursor.fetchone()
    return None if row is None else row[0]


def compare(stored: object, config: Config) -> None:
    """Raise OtherSecretError unless the kept value is this server secret's; none is anybody's."""
    if isinstance(stored, bytes | memoryview) and not hmac.compare_digest(
        bytes(stored), check_value(config.server_secret)
    ):
        raise OtherSecretError(_WRITTEN_WITH_ANOTHER)
