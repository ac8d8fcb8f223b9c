"""Making sure that nobody else uses a database, before what no running server would survive."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from youthsafe.errors import UnavailableError

_LOCK_BYTES: Final = (512, 0x40000000)  # how many and where: every open connection of SQLite locks some of these bytes
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
    "AND backend_type = 'client backend'"
)


class InUseError(UnavailableError):
    """A server or command uses the database. Nothing was changed."""


@contextmanager
def nobody_else(database_url: str) -> Iterator[None]:
    """Raise InUseError while another process has the database open; a SQLite file is kept from others meanwhile."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        with _nobody_has_it_open(Path(str(url.database))):
            yield
    else:
        _require_no_connection(database_url)
        yield


@contextmanager
def _nobody_has_it_open(database: Path) -> Iterator[None]:
    """Hold every lock of SQLite's on the file, damaged or not."""
    if not database.exists():
        yield
        return
    with database.open("r+b") as opened:
        try:
            fcntl.lockf(opened, fcntl.LOCK_EX | fcntl.LOCK_NB, *_LOCK_BYTES)
        except OSError:
            raise InUseError(f"Something has {database} open: stop it first. Nothing was changed.") from None
        yield


def _require_no_connection(database_url: str) -> None:
    engine = create_engine(database_url, poolclass=NullPool, hide_parameters=True)
    with engine.connect() as connection:
        if connection.scalar(_OTHERS):
            raise InUseError("A server or command is connected to the database: stop it first. Nothing was changed.")
