"""Backing up and restoring a SQLite file."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from youthsafe.backups.dated_copies import BackupError
from youthsafe.config import Config
from youthsafe.database import instance_check
from youthsafe.database.idle import nobody_else
from youthsafe.database.secret_versions import SecretVersions

SUFFIX = ".db"


def write(database: Path, copy: Path) -> None:
    """Copy the database, what lies in its log and all, as it is at one moment; raises BackupError."""
    if not database.exists():
        raise BackupError(f"There is no database {database}. No backup was made.")
    mask = os.umask(0o077)
    try:
        with closing(sqlite3.connect(f"file:{quote(str(database))}?mode=rw", uri=True, timeout=30)) as connection:
            connection.execute("VACUUM INTO ?", [str(copy)])
    except sqlite3.Error as error:
        raise BackupError(f"The database cannot be copied: {error}. No backup was made.") from None
    finally:
        os.umask(mask)
    _require_whole(copy)


def put_back(backup: Path, database: Path, config: Config, now: datetime) -> Path | None:
    """Put a backup in the database's place and return where the database before lies now, none if there was none.

    Raises InUseError while anything has the database open, BackupError for a backup that is damaged, ConfigError for
    one of another instance. Then nothing was changed.
    """
    _require_whole(backup)
    _require_ours(backup, config)
    new = database.with_name(f"{database.name}.restoring")
    with nobody_else(config.database_url):
        try:
            _copy(backup, new)
            return _exchange(new, database, now)
        except OSError as error:
            raise BackupError(f"{database.parent} cannot be written to: {error.strerror}.") from None
        finally:
            new.unlink(missing_ok=True)


def _copy(backup: Path, new: Path) -> None:
    new.unlink(missing_ok=True)
    target = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(target, "wb") as opened, backup.open("rb") as source:
        shutil.copyfileobj(source, opened)
        opened.flush()
        os.fsync(opened.fileno())
    _require_whole(new)


def _exchange(new: Path, database: Path, now: datetime) -> Path | None:
    """Move the database aside with its log, which would else be replayed over the backup, and the new one in."""
    aside = database.with_name(f"{database.name}.replaced-{now:%Y%m%dT%H%M%S}")
    existed = database.exists()
    if existed:
        database.rename(aside)
    log = database.with_name(f"{database.name}-wal")
    if log.exists():
        log.rename(aside.with_name(f"{aside.name}-wal"))
    database.with_name(f"{database.name}-shm").unlink(missing_ok=True)
    new.rename(database)
    folder = os.open(database.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return aside if existed else None


def _require_ours(backup: Path, config: Config) -> None:
    with closing(sqlite3.connect(f"file:{quote(str(backup))}?mode=ro&immutable=1", uri=True)) as connection:
        try:
            instance_check.refuse_other(connection, config, SecretVersions(config))  # type: ignore[arg-type]  # the driver's own connection
        except sqlite3.OperationalError:
            return  # an older schema: the next start writes the check value


def _require_whole(path: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()
            connection.execute("SELECT count(*) FROM report")
    except sqlite3.Error as error:
        raise BackupError(f"{path} is not a whole database of YouthSafe ({error}). Nothing was changed.") from None
    if found != ("ok",):
        raise BackupError(f"{path} is damaged. Nothing was changed.")
