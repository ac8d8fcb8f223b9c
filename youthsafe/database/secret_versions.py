"""Which versions of the server secret a process has, and which of them the database is written with.

The database names the versions that its rows may have; the newest of them is written with. So every process of every
machine changes at the same moment, one second later at most, whenever its own file got the new version.
"""

import hmac
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Final

from youthsafe.config import Config, ConfigError, read_secrets
from youthsafe.database.secrets import check_value
from youthsafe.errors import UnavailableError

LOOK_AGAIN: Final = 1.0  # seconds
_WRITTEN_WITH_ANOTHER = (
    "The server secret is not the one that this database was written with: no receipt code would open, and the ledger "
    "would match nothing. Put the right one into YOUTHSAFE_SECRET_FILE or YOUTHSAFE_SECRET. Nothing was changed."
)
_VERSION_MISSING = (
    "The database was written with version {wanted} of the server secret, and here is only version {here}. Put the "
    "line of version {wanted} into YOUTHSAFE_SECRET_FILE beside the other. Nothing was changed."
)


class OtherSecretError(ConfigError):
    """The database was written with another server secret, or with a version of it that is not here."""


class SecretVersions:
    """The versions of one process; `look` asks the database which it is written with, and calls `check`."""

    def __init__(
        self, config: Config, look: Callable[[], object] | None = None, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._secrets = config.secrets
        self._file = config.secret_file
        self._look = look
        self._monotonic = monotonic
        self._looked = float("-inf")
        self._in_force: tuple[int, ...] = (config.secret_version,)  # newest first
        self.lasting_key: bytes | None = None

    def here(self) -> list[int]:
        """Return the versions that are here now, whether the database is written with them or not, the oldest first."""
        self._read_again()
        return sorted(self._secrets if self._file is None else read_secrets(self._file))

    def writing(self) -> tuple[int, bytes]:
        """Return the version that is written with, and its 32 bytes."""
        version = self._now()[0]
        return version, self._secrets[version]

    def reading(self) -> dict[int, bytes]:
        """Return the 32 bytes of each version that rows may have, the newest first."""
        return {version: self._secrets[version] for version in self._now()}

    def of_version(self, version: int) -> bytes | None:
        """Return one version's 32 bytes; none for one that is not here."""
        if version not in self._secrets:
            self._read_again()
        return self._secrets.get(version)

    def require(self, version: int) -> bytes:
        """Return one version's 32 bytes; raises OtherSecretError for one that is not here."""
        secret = self.of_version(version)
        if secret is None:
            raise OtherSecretError(_VERSION_MISSING.format(wanted=version, here=self._here()))
        return secret

    def check(self, kept: Iterable[tuple[int, bytes]]) -> None:
        """Take over which versions the database is written with: their numbers with their check values.

        Raises OtherSecretError where one of them is not here, or is another one here. None at all is anybody's.
        """
        rows = {version: bytes(value) for version, value in kept}
        for version, value in sorted(rows.items()):
            if not hmac.compare_digest(value, check_value(self.require(version))):
                raise OtherSecretError(_WRITTEN_WITH_ANOTHER)
        if rows:
            self._in_force, self._looked = tuple(sorted(rows, reverse=True)), self._monotonic()

    def _now(self) -> tuple[int, ...]:
        if self._look is not None and self._monotonic() - self._looked >= LOOK_AGAIN:
            before, self._looked = self._looked, self._monotonic()
            try:
                self._look()
            except (ConfigError, UnavailableError):
                self._looked = before
                raise
        return self._in_force

    def _read_again(self) -> None:
        """Read the file again, to which a rotation may have added a version."""
        if self._file is not None:
            with suppress(ConfigError):  # what was read before is still right
                self._secrets = {**read_secrets(self._file), **self._secrets}

    def _here(self) -> str:
        return " and ".join(str(each) for each in sorted(self._secrets))
