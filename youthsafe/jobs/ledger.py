"""The ledger: a file beside the backups that says, in keyed hashes, what a restored backup must not bring back.

One line each, `YYYY-MM-DD <64 hexadecimal digits>`, only ever added. Without the server secret it tells how many
reports and messages went on which day, and nothing else.
"""

import fcntl
import os
import re
from datetime import UTC, date, datetime, time
from pathlib import Path

from youthsafe.errors import UnavailableError

_LINE = re.compile(r"(\d{4}-\d\d-\d\d) ([0-9a-f]{64})")
_ANY_LINE = "2000-01-01 " + "0" * 64


class LedgerError(UnavailableError):
    """The ledger cannot be read or written; the message says why. Nothing was erased that it does not name."""


class Ledger:
    """One ledger file, made when it is not there yet."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def prepare(self) -> None:
        """Make sure that the file can be added to, before anything is purged; raises LedgerError."""
        self._append("")

    def marks(self) -> dict[bytes, datetime]:
        """Return each mark with the day on which it was first written.

        A last line that a crash cut short was never finished and is left out. Raises LedgerError for any other line
        that is not one of the ledger's, because half a ledger would bring half of what was erased back.
        """
        found: dict[bytes, datetime] = {}
        *lines, beginning = self._text().split("\n")
        if beginning:  # any other file, such as one that holds a secret, must not be cut
            lines.append(beginning + _ANY_LINE[len(beginning) :])
        for number, line in enumerate(lines, 1):
            parts = _LINE.fullmatch(line)
            if parts is None:
                raise self._damaged(number)
            if beginning and number == len(lines):
                break
            try:
                day = datetime.combine(date.fromisoformat(parts[1]), time(), UTC)
            except ValueError:
                raise self._damaged(number) from None
            found.setdefault(bytes.fromhex(parts[2]), day)
        return found

    def add(self, marks: dict[bytes, datetime]) -> int:
        """Write down the marks that are not in it yet, on disk before this returns; gives how many."""
        known = self.marks()
        lines = [f"{at:%Y-%m-%d} {mark.hex()}\n" for mark, at in sorted(marks.items()) if mark not in known]
        self._append("".join(lines))
        return len(lines)

    def _text(self) -> str:
        try:
            return self.path.read_text(encoding="ascii") if self.path.exists() else ""
        except (OSError, UnicodeDecodeError) as error:
            raise self._failed("read", error) from None

    def _append(self, text: str) -> None:
        try:
            file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(file, "r+b") as opened:
                fcntl.flock(opened, fcntl.LOCK_EX)  # two runs at once cut no line of each other's
                whole = opened.read().rfind(b"\n") + 1
                opened.truncate(whole)  # a line that a crash or a full disk cut short
                opened.write(text.encode("ascii"))
                opened.flush()
                os.fsync(opened.fileno())
        except OSError as error:
            raise self._failed("written", error) from None

    def _damaged(self, number: int) -> LedgerError:
        return LedgerError(f"Line {number} of the ledger {self.path} is damaged. Nothing was purged.")

    def _failed(self, what: str, error: Exception) -> LedgerError:
        why = getattr(error, "strerror", None) or type(error).__name__
        return LedgerError(f"The ledger {self.path} cannot be {what}: {why}. Nothing was erased that it does not name.")
