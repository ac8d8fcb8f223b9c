"""The folder where backups lie: one dated file each, whole or not there at all."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from youthsafe.database.file_owner import refuse_root
from youthsafe.errors import UnavailableError

_PART = ".part"


class BackupError(UnavailableError):
    """No backup was made, or none was put back; the message says why, and that nothing was lost."""


def make(folder: Path, suffix: str, now: datetime, write: Callable[[Path], None]) -> Path:
    """Let `write` make a file that only its owner reads, and give it its dated name once it is whole and on disk.

    `write` raises BackupError for a copy that is not good; then nothing of it is left.
    """
    if not folder.is_dir():
        raise BackupError(f"There is no folder {folder}. No backup was made.")
    path = folder / f"youthsafe-{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03}Z{suffix}"
    refuse_root(path)
    part = path.with_name(f".{path.name}{_PART}")
    for left in folder.glob(f".youthsafe-*{_PART}*"):
        left.unlink()  # a part of a run that was cut short
    try:
        write(part)
        part.chmod(0o600)
        _sync(part)
        part.rename(path)
        _sync(folder)
    except OSError as error:
        raise BackupError(f"{folder} cannot be written to: {error.strerror}. No backup was made.") from None
    finally:
        part.unlink(missing_ok=True)
    return path


def prune(folder: Path, suffix: str, keep: int) -> int:
    """Delete all but the newest so many; returns how many went."""
    old = sorted(folder.glob(f"youthsafe-*Z{suffix}"))[:-keep]
    for each in old:
        each.unlink()
    return len(old)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
