"""What is wrong with the database, as one of a closed list: nothing of what was sent or stored is ever in it."""

import sqlite3
from enum import StrEnum

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from youthsafe.config import ConfigError
from youthsafe.database.secret_versions import OtherSecretError
from youthsafe.database.sqlite_file import LostFileError
from youthsafe.errors import BusyError


class Failure(StrEnum):
    """The kinds, as the log and /healthz name them."""

    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    NO_PERMISSION = "no_permission"
    LOCKED = "locked"
    TOO_SLOW = "too_slow"
    BUSY = "busy"
    SCHEMA = "schema"
    OTHER_SECRET = "other_secret"  # noqa: S105  # a kind of failure
    OTHER_DATABASE = "other_database"
    NOT_THERE = "not_there"
    DAMAGED = "damaged"
    REFUSED = "refused"
    DISK = "disk"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"


_WORDS = {
    Failure.DISK_FULL: "The database's disk is full.",
    Failure.READ_ONLY: "The database can only be read.",
    Failure.NO_PERMISSION: "The database's files or tables may not be used by this user.",
    Failure.LOCKED: "Somebody else keeps the database locked.",
    Failure.TOO_SLOW: "The database does not answer in time.",
    Failure.BUSY: "Too many requests wait for the database.",
    Failure.SCHEMA: "The database does not have this release's schema: run `youthsafe db upgrade`.",
    Failure.OTHER_SECRET: "The server secret, or a version of it, is not the one that the database was written with.",
    Failure.OTHER_DATABASE: "The database is of another kind of instance.",
    Failure.NOT_THERE: "The database file is missing, or was moved or replaced.",
    Failure.DAMAGED: "The database file is damaged: restore a backup.",
    Failure.REFUSED: "The database refuses the connection: name, password, or too many of them.",
    Failure.DISK: "The database's disk cannot be read or written.",
    Failure.UNREACHABLE: "The database cannot be reached.",
    Failure.UNKNOWN: "The database cannot be used.",
}
_SQLITE = {  # by the primary result code
    sqlite3.SQLITE_FULL: Failure.DISK_FULL,
    sqlite3.SQLITE_READONLY: Failure.READ_ONLY,
    sqlite3.SQLITE_PERM: Failure.NO_PERMISSION,
    sqlite3.SQLITE_AUTH: Failure.NO_PERMISSION,
    sqlite3.SQLITE_BUSY: Failure.LOCKED,
    sqlite3.SQLITE_LOCKED: Failure.LOCKED,
    sqlite3.SQLITE_CANTOPEN: Failure.NOT_THERE,
    sqlite3.SQLITE_CORRUPT: Failure.DAMAGED,
    sqlite3.SQLITE_NOTADB: Failure.DAMAGED,
    sqlite3.SQLITE_IOERR: Failure.DISK,
}
_POSTGRESQL = {  # by the beginning of the SQLSTATE, the longest first
    "53100": Failure.DISK_FULL,
    "25006": Failure.READ_ONLY,
    "42501": Failure.NO_PERMISSION,
    "55P03": Failure.LOCKED,
    "40P01": Failure.LOCKED,
    "57014": Failure.TOO_SLOW,
    "42P01": Failure.SCHEMA,
    "42703": Failure.SCHEMA,
    "58": Failure.DISK,
    "53": Failure.REFUSED,
    "28": Failure.REFUSED,
    "3D": Failure.REFUSED,
    "XX": Failure.DAMAGED,
    "08": Failure.UNREACHABLE,
    "57": Failure.UNREACHABLE,
}


def kind_of(error: BaseException) -> Failure:
    """Return which kind of failure an error is."""
    if isinstance(error, DBAPIError):
        return _of_driver(error.orig)
    for kind, failure in (
        (BusyError, Failure.BUSY),
        (PoolTimeoutError, Failure.BUSY),
        (LostFileError, Failure.NOT_THERE),
        (OtherSecretError, Failure.OTHER_SECRET),
        (ConfigError, Failure.OTHER_DATABASE),
    ):
        if isinstance(error, kind):
            return failure
    return _of_driver(error)


def in_words(failure: Failure) -> str:
    """Return a failure as a sentence for whoever looks after the server."""
    return _WORDS[failure]


def _of_driver(error: BaseException | None) -> Failure:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        if code == sqlite3.SQLITE_ERROR:
            return (
                Failure.SCHEMA
                if str(error).startswith(("no such table", "no such column", "table "))
                else Failure.UNKNOWN
            )
        return _SQLITE.get(code & 0xFF, Failure.UNKNOWN)
    state = getattr(error, "sqlstate", None)
    if state is None:
        return Failure.UNKNOWN if error is None or "Operational" not in type(error).__name__ else Failure.UNREACHABLE
    return next((kind for beginning, kind in _POSTGRESQL.items() if state.startswith(beginning)), Failure.UNKNOWN)
