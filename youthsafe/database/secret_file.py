"""Changing the file of the server secret, in place and so that a power cut at any byte leaves one that can be read.

A version is added as a line at the end; a line that is not whole yet is left out by whoever reads. A version is taken
out by writing # over it, which moves no byte of the others. In place, because the file may lie in a folder that is not
ours, or be mounted by itself into a container.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from youthsafe.config import HIGHEST_VERSION, SECRET_BYTES, ConfigError, parse_secrets, read_secrets
from youthsafe.errors import ConflictError, UnavailableError

_LINE_LENGTH: Final = 2 * SECRET_BYTES


class SecretFileError(UnavailableError):
    """The file cannot be changed; the message says why, and what to do by hand. Nothing was changed."""


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep every other rotation of this machine away; raises ConflictError, ConfigError."""
    try:
        file = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise ConflictError("Another rotation of this server secret is at work. Nothing was changed.") from None
    finally:
        os.close(file)


def add_version(path: Path) -> int:
    """Add a new version, random, and return its number once it is on the disk; raises SecretFileError."""
    version = max(read_secrets(path)) + 1
    if version > HIGHEST_VERSION:
        raise SecretFileError(f"{path} has had {HIGHEST_VERSION} versions, and more do not fit.")
    text = path.read_bytes()
    whole = _without_beginning(text)
    _write(
        path, len(whole), b"\n" * (not whole.endswith(b"\n")) + f"{version}:{os.urandom(SECRET_BYTES).hex()}\n".encode()
    )
    return version


def blank_out(path: Path, versions: Iterable[int]) -> None:
    """Write # over versions; raises SecretFileError."""
    text, unwanted, place = path.read_bytes(), set(versions), 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if words and not words.startswith(b"#") and set(parse_secrets(words.decode("ascii"))) <= unwanted:
            _write(path, place + line.index(words), b"#" * len(words), keep_rest=True)
        place += len(line)


def _without_beginning(text: bytes) -> bytes:
    """Return a file's text without a last line that a power cut left half written."""
    head, found, last = text.rpartition(b"\n")
    try:
        return text if not found or len(parse_secrets(last.decode("ascii"))) == 1 else head + found
    except (ConfigError, UnicodeDecodeError):
        return head + found


def _write(path: Path, place: int, text: bytes, *, keep_rest: bool = False) -> None:
    """Write at a place and cut off what stood after it, or keep that; on the disk before this returns."""
    mode = path.stat().st_mode
    try:
        if not os.access(path, os.W_OK):
            path.chmod(mode | 0o200)
        file = os.open(path, os.O_WRONLY)
        try:
            if not keep_rest:
                os.ftruncate(file, place)
            os.pwrite(file, text, place)
            os.fsync(file)
        finally:
            os.close(file)
    except OSError as error:
        raise SecretFileError(
            f"{path} cannot be written by this user ({error.strerror}). Add a line there by hand: the number of a new "
            "version, a colon, and 64 hexadecimal digits. Then run this again."
        ) from None
    finally:
        if path.stat().st_mode != mode:
            path.chmod(mode)
