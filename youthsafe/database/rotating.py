"""One run of `youthsafe secret rotate`: from the version that the database is written with to the next one."""

import time
from collections.abc import Callable
from contextlib import nullcontext, suppress
from typing import Final

from youthsafe.config import Config, ConfigError
from youthsafe.database import rotation, secret_file
from youthsafe.database.batching import pause
from youthsafe.database.cleaning import clean
from youthsafe.database.rotation import Encrypted
from youthsafe.database.secret_file import SecretFileError
from youthsafe.database.transactions import transaction
from youthsafe.errors import UnavailableError
from youthsafe.rooms import rooms

WAIT: Final = 10.0  # seconds: a server looks once a second, and no question of it takes longer than 6
_ROUNDS: Final = 20  # for rows that somebody has locked
_SHOWN_EVERY: Final = 5.0  # seconds
_NOT_A_FILE = (
    "The server secret is in YOUTHSAFE_SECRET, which no command can change. Put it into a file and name that in "
    "YOUTHSAFE_SECRET_FILE, or set YOUTHSAFE_SECRET to both, '{kept}:<the old digits> {new}:<64 new digits>', and "
    "restart the server. Then run this again."
)


class RotationError(UnavailableError):
    """The older version is still needed; the message says for what. Run it again: it goes on where it ended."""


class Rotating:
    """One run; `say` is given lines that hold counts and never a value."""

    def __init__(self, config: Config, say: Callable[[str], object], wait: float = WAIT) -> None:
        self._file = config.secret_file
        self._say = say
        self._wait = wait
        self._shown = time.monotonic()

    def add(self) -> int:
        """Put a new version into the file, unless one is there that the database is not written with yet."""
        with self._alone():
            return self._next_version()

    def run(self, *, leave_damaged: bool = False) -> None:
        """Change to the next version, or go on where a run was cut short; raises RotationError, ConfigError."""
        with self._alone():
            kept, here = rotation.kept_versions(), rooms().server_secret.here()
            was_cut_short = len(kept) > 1 or kept[-1] == here[-1] != here[0]
            version = kept[-1] if was_cut_short else self._next_version()
            if kept != [version]:
                self._encrypt_again(version, leave_damaged=leave_damaged)
            self._forget_others(version)

    def _alone(self) -> "nullcontext[None]":
        return nullcontext() if self._file is None else secret_file.alone(self._file)  # type: ignore[return-value]

    def _next_version(self) -> int:
        kept, here = rotation.kept_versions(), rooms().server_secret.here()
        if here[-1] > kept[-1]:
            return here[-1]
        if self._file is None:
            raise ConfigError(_NOT_A_FILE.format(kept=kept[-1], new=kept[-1] + 1))
        version = secret_file.add_version(self._file)
        self._say(
            f"Version {version} of the server secret is in {self._file} now. Copy it to where its copies are kept."
        )
        return version

    def _encrypt_again(self, version: int, *, leave_damaged: bool) -> None:
        with transaction():
            rotation.begin(version)
        self._say(f"From now on everything is written with version {version}.")
        time.sleep(self._wait)
        tables = rotation.encrypted_tables()
        left = damaged = 0
        for _ in range(_ROUNDS):
            damaged = sum(self._table(each, version) for each in tables)
            left = sum(rotation.count_of_others(each, version) for each in tables)
            if left == damaged:
                break
            pause()
        if left > damaged:
            raise RotationError(f"{left - damaged} rows are locked by somebody. Run it again.")
        if damaged and not leave_damaged:
            raise RotationError(
                f"{damaged} rows hold values that are damaged: no version opens them. Restore them from a backup, or "
                "run it again with --leave-damaged, which leaves them as they are."
            )
        clean(*(each.table.name for each in tables))
        with transaction():
            rotation.end(version)

    def _table(self, encrypted: Encrypted, version: int) -> int:
        """Encrypt one table again and return how many of its rows are damaged."""
        name, of = encrypted.table.name, rotation.count_of_others(encrypted, version)
        done = damaged = 0
        for batch in rotation.batches(encrypted, version):
            done, damaged = done + batch.changed, damaged + batch.damaged
            self._show(f"{name}: {done} of {of} rows")
            pause()
        if done:
            self._say(f"{name}: {done} rows are encrypted again.")
        return damaged

    def _show(self, line: str) -> None:
        if time.monotonic() - self._shown >= _SHOWN_EVERY:
            self._shown = time.monotonic()
            self._say(line)

    def _forget_others(self, version: int) -> None:
        """Take every other version out of the file: no row is of it."""
        others = [each for each in rooms().server_secret.here() if each != version]
        names = " and ".join(str(each) for each in others)
        if others and self._file is not None:
            with suppress(SecretFileError):
                secret_file.blank_out(self._file, others)
                self._say(f"No row is of version {names} any more, and {self._file} holds version {version} only.")
                others = []
        if others:
            self._say(f"No row is of version {names} any more: take it out of the setting or file by hand.")
        self._say(
            f"The server secret is version {version}. A backup from before needs the version that it was made with: "
            "keep that with the copies of the secret until the last of those backups is destroyed."
        )
