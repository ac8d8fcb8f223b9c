"""Use case of the backup: one more copy of the database, and the oldest ones away."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from youthsafe.backups import dated_copies, postgres, sqlite
from youthsafe.config import Config

KEPT = 14


def back_up(config: Config, directory: Path, keep: int) -> str:
    """Copy the database into a folder, keep the newest so many copies, and return what was done; raises BackupError."""
    path = make(config, directory)
    pruned = dated_copies.prune(directory, path.suffix, keep)
    return f"{path} is whole. {pruned} older ones were deleted."


def make(config: Config, directory: Path) -> Path:
    """Copy the database into a folder; raises BackupError."""
    database, now = sqlite_file(config), datetime.now(UTC)
    if database is not None:
        return dated_copies.make(directory, sqlite.SUFFIX, now, lambda part: sqlite.write(database, part))
    return dated_copies.make(directory, postgres.SUFFIX, now, lambda part: postgres.write(config.database_url, part))


def sqlite_file(config: Config) -> Path | None:
    """Return the database's file; none when it is not SQLite's."""
    url = make_url(config.database_url)
    return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None
