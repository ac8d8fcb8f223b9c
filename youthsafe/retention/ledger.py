"""The ledger: a file beside the backups that says, in keyed hashes, what a restored backup must not bring back.

One line each, only ever added; the last one of a mark counts:

- `YYYY-MM-DD <64 hexadecimal digits>`: gone, or taken back by its reporter
- the same and ` ?`: about to be erased, by a transaction that may have failed
- the same and ` -`: struck out, because it was not erased after all

Without the server secret it tells how many reports and messages went on which day, and nothing else.
"""

import fcntl
import os
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path

from youthsafe.database.file_owner import refuse_root
from youthsafe.errors import UnavailableError

_LINE = re.compile(r"(\d{4}-\d\d-\d\d) ([0-9a-f]{64})((?: [?-])?)")
_ANY_LINE = "2000-01-01 " + "0" * 64 + " ?"
_TAIL = 4 * len(_ANY_LINE)  # bytes: no line is longer


class LedgerError(UnavailableError):
    """The ledger cannot be read or written; the message says why. Nothing was erased that it does not name."""


class Entry(StrEnum):
    """What a line says of its mark; the value is how it ends."""

    GONE = ""
    INTENDED = " ?"
    STRUCK = " -"


class Ledger:
    """One ledger file, read once and made when something is first written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._entries = self._read()

    def prepare(self) -> None:
        """Make sure that the file can be added to, before anything is purged; raises LedgerError."""
        self._append("")

    def gone(self) -> dict[bytes, datetime]:
        """Return each mark that is gone for certain, or taken back, with the day on which that was written."""
        return {mark: at for mark, (entry, at) in self._entries.items() if entry is Entry.GONE}

    def intended(self) -> set[bytes]:
        """Return the marks of which nobody wrote whether they were erased."""
        return {mark for mark, (entry, _) in self._entries.items() if entry is Entry.INTENDED}

    def write(self, entry: Entry, marks: Mapping[bytes, datetime]) -> int:
        """Say this of the marks of which it is not said yet, on disk before this returns; gives how many.

        What is gone for certain is not said to be intended.
        """
        enough = (Entry.INTENDED, Entry.GONE) if entry is Entry.INTENDED else (entry,)
        new = {mark: at for mark, at in marks.items() if self._entries.get(mark, (None,))[0] not in enough}
        if new:
            self._append("".join(f"{at:%Y-%m-%d} {mark.hex()}{entry}\n" for mark, at in sorted(new.items())))
            self._entries |= {mark: (entry, _midnight(at.date())) for mark, at in new.items()}
        return len(new)

    def strike(self, marks: Iterable[bytes], now: datetime) -> int:
        """Strike out those of the marks that were never erased, or are to come back; gives how many."""
        return self.write(Entry.STRUCK, dict.fromkeys(marks, now))

    def _read(self) -> dict[bytes, tuple[Entry, datetime]]:
        """Return the last word on each mark.

        A last line that a crash cut short was never finished and is left out. Raises LedgerError for any other line
        that is not one of the ledger's, because half a ledger would bring half of what was erased back.
        """
        found: dict[bytes, tuple[Entry, datetime]] = {}
        *lines, beginning = self._text().split("\n")
        if beginning:  # a file that is no ledger, such as one that holds a secret, must not be cut
            lines.append(beginning + _ANY_LINE[len(beginning) :])
        for number, line in enumerate(lines, 1):
            parts = _LINE.fullmatch(line)
            if parts is None:
                raise self._damaged(number)
            if beginning and number == len(lines):
                break
            try:
                day = _midnight(date.fromisoformat(parts[1]))
            except ValueError:
                raise self._damaged(number) from None
            found[bytes.fromhex(parts[2])] = (Entry(parts[3]), day)
        return found

    def _text(self) -> str:
        try:
            return self.path.read_text(encoding="ascii") if self.path.exists() else ""
        except (OSError, UnicodeDecodeError) as error:
            raise self._failed("read", error) from None

    def _append(self, text: str) -> None:
        refuse_root(self.path)
        try:
            file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(file, "r+b") as opened:
                fcntl.flock(opened, fcntl.LOCK_EX)  # so that two runs at once do not cut each other's lines
                begin = max(0, opened.seek(0, os.SEEK_END) - _TAIL)
                opened.seek(begin)
                opened.truncate(begin + opened.read().rfind(b"\n") + 1)  # a line that a crash or a full disk cut short
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


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
