"""What one process knows of the helplines here, and how it follows what somebody changes.

Help must be there when nothing else is. So the database is looked at once in a second at most, by a thread of its own,
and nobody waits for it longer than a blink: whoever asks meanwhile gets what was known before, at first the pack's own.
"""

import logging
import time
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Final

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from youthsafe.database.secret_versions import OtherSecretError
from youthsafe.errors import UnavailableError
from youthsafe.helplines.local import Local, with_local
from youthsafe.pack.services import Directory

LOOK_AGAIN: Final = 1.0  # seconds, as for havens
BLINK: Final = 0.25  # seconds
_log = logging.getLogger(__name__)


class KnownHelplines:
    """The directory as it is shown, and its edition: a number that rises with every change."""

    def __init__(
        self,
        app: Flask,
        directory: Directory,
        original: str,
        read: Callable[[], dict[str, Local]],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app, self._pack, self._original, self._read = app, directory, original, read
        self._monotonic = monotonic
        self._lock = Lock()
        self._look_at = self._looked_at = float("-inf")
        self._running = self._is_cut_off = False
        self._known: dict[str, Local] = {}
        self._shown = (0, directory)

    def edition(self) -> int:
        """Look at the database if it is time, and return the edition that is shown."""
        with self._lock:
            if self._running or self._monotonic() < self._look_at:
                return self._shown[0]
            self._running, ended = True, Event()
            self._looked_at = self._monotonic()
        Thread(target=self._look, args=(ended,), name="helplines", daemon=True).start()
        ended.wait(BLINK)
        return self._shown[0]

    def directory(self) -> Directory:
        """Return the directory as it is shown; `edition` was asked before a page is made."""
        return self._shown[1]

    def forget(self) -> None:
        """Look at the next question, because something was just changed here."""
        with self._lock:
            self._look_at = self._looked_at = float("-inf")  # also where a look runs that began before

    def _look(self, ended: Event) -> None:
        try:
            with self._app.app_context():
                known = self._read()
            if known != self._known:
                self._known = known
                self._shown = self._shown[0] + 1, with_local(self._pack, known, self._original)
            self._is_cut_off = False
        except (SQLAlchemyError, UnavailableError, OtherSecretError):
            if not self._is_cut_off:  # said once: a look follows each second
                _log.warning("helplines_not_read")
            self._is_cut_off = True  # what was known before stays
        finally:
            with self._lock:
                self._running, self._look_at = False, self._looked_at + LOOK_AGAIN
            ended.set()
