"""Disks that fail."""

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


@contextmanager
def no_file_may_grow_beyond(size: int) -> Iterator[None]:
    """What this process writes fails beyond so many bytes, as on a full disk; PostgreSQL is a process of its own."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of its own that is quickly full; skips the test where nothing may be mounted."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "none", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("needs a disk of its own")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Nothing more fits on the disk."""
    junk = folder / "junk"
    with junk.open("wb", buffering=0) as opened, suppress(OSError):
        while True:
            opened.write(bytes(65_536))
    with junk.open("ab", buffering=0) as opened, suppress(OSError):
        while True:
            opened.write(bytes(512))
    try:
        yield
    finally:
        junk.unlink()
