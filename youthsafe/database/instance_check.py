"""Whether a database belongs to this instance: the right kind, and written with this server secret."""

import os
from typing import Any, Final

from sqlalchemy import Connection, LargeBinary, SmallInteger, create_engine, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.pool import NullPool, PoolProxiedConnection

from youthsafe.config import Config, ConfigError
from youthsafe.database.columns import EncryptedBytes, as_stored
from youthsafe.database.file_owner import refuse_root_on_the_file
from youthsafe.database.secret_versions import SecretVersions
from youthsafe.database.secrets import check_value, decrypt_with, encrypt_under
from youthsafe.database.sqlite_file import existing_only
from youthsafe.errors import UnavailableError
from youthsafe.extensions import Base

_ONLY_ROW: Final = 1
_KEY_BYTES: Final = 32
_REAL_DATABASE = (
    "The database is not a demonstration's: start it without YOUTHSAFE_DEMO, or choose another folder with --data-dir."
)
_DEMO_DATABASE = (
    "This database is flagged as a demonstration: its keys and sign-ins are public. Point YOUTHSAFE_DATABASE_URL at "
    "a database of your own, or set YOUTHSAFE_DEMO=1 for a demonstration."
)


class SecretCheck(Base):
    """A version of the server secret that rows may be written with, and by what it is recognised.

    The value tells nothing of the secret itself. There is one row, and a second one while a rotation is under way.
    """

    __tablename__ = "secret_check"

    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    value: Mapped[bytes] = mapped_column(LargeBinary(32))


class LastingKey(Base):
    """The one key of this database's keyed hashes: random, and encrypted under the server secret.

    It stays when the secret rotates, because what is hashed under it cannot be hashed anew.
    """

    __tablename__ = "lasting_key"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    value: Mapped[bytes] = mapped_column(EncryptedBytes("lasting_key.value"))


def refuse_other(connection: DBAPIConnection, config: Config, versions: SecretVersions) -> None:
    """Raise ConfigError unless kind and secret are this instance's; raises the driver's error without tables."""
    cursor = connection.cursor()
    try:
        cursor.execute("SELECT demo FROM instance")
        kind = cursor.fetchone()
        kept = _kept(cursor)
    finally:
        cursor.close()
        connection.rollback()
    if kind is not None and bool(kind[0]) != config.demo:
        raise ConfigError(_REAL_DATABASE if config.demo else _DEMO_DATABASE)
    versions.check(kept)


def look(connection: PoolProxiedConnection, versions: SecretVersions) -> None:
    """Take over which versions of the server secret the database is written with; raises OtherSecretError.

    On the driver's own connection, because it is asked beside every question that needs the secret.
    """
    cursor = connection.cursor()
    try:
        versions.check(_kept(cursor))
    finally:
        cursor.close()


def write_down(connection: Connection, config: Config, versions: SecretVersions) -> None:
    """Write down what a new database needs: by what its secret is recognised, and the key of its keyed hashes.

    Raises OtherSecretError for a database of another secret.
    """
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    if connection.scalar(select(SecretCheck.version)) is None:
        row = {"version": config.secret_version, "value": check_value(config.server_secret)}
        connection.execute(insert(SecretCheck).values(row).on_conflict_do_nothing())
    look(connection.connection, versions)
    if connection.scalar(select(LastingKey.id)) is None:
        key = encrypt_under(*versions.writing(), LastingKey.value.type.purpose, os.urandom(_KEY_BYTES))
        row = {"id": _ONLY_ROW, "value": literal(key, LargeBinary())}
        connection.execute(insert(LastingKey).values(row).on_conflict_do_nothing())
    read_lasting_key(connection, versions)


def read_lasting_key(connection: Connection, versions: SecretVersions) -> bytes:
    """Return the key of the keyed hashes, which is read once; raises UnavailableError, AtRestError."""
    if versions.lasting_key is None:
        stored = connection.scalar(select(as_stored(LastingKey.value)))
        if stored is None:
            raise UnavailableError("The database has no key for its hashes yet: run `youthsafe db upgrade`.")
        versions.lasting_key = decrypt_with(versions.of_version, LastingKey.value.type.purpose, bytes(stored))
    return versions.lasting_key


def _kept(cursor: DBAPICursor) -> list[tuple[int, bytes]]:
    cursor.execute("SELECT version, value FROM secret_check")
    return [(version, bytes(value)) for version, value in cursor.fetchall()]


def refuse_at_start(config: Config) -> None:
    """Look into the database once, before any worker is started; raises ConfigError, and nothing when it is away."""
    refuse_root_on_the_file(config)
    engine = create_engine(existing_only(config.database_url), poolclass=NullPool, hide_parameters=True)
    try:
        with engine.connect() as connection:
            opened: Any = connection.connection.dbapi_connection
            refuse_other(opened, config, SecretVersions(config))
    except DBAPIError:
        return
    except engine.dialect.loaded_dbapi.Error:
        return
