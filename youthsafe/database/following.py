"""What people write down at the desk and pages that are kept show: how one process follows its changes.

Such a page must be there when nothing else is. So the database is looked at once in a second at most, by a thread of
its own, and nobody waits for it longer than a blink: whoever asks meanwhile gets what was known before.
"""

import logging
import time
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Any, Final, Generic, TypeVar

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from youthsafe.database.secret_versions import OtherSecretError
from youthsafe.errors import UnavailableError
from youthsafe.rooms import rooms

LOOK_AGAIN: Final = 1.0  # seconds, as for havens
BLINK: Final = 0.25  # seconds
Known = TypeVar("Known")
Shown = TypeVar("Shown")
_log = logging.getLogger(__name__)


class Followed(Generic[Known, Shown]):
    """One thing that is followed, and what pages show of it; `Following.edition` was asked before a page is made."""

    def __init__(self, at_first: Known, read: Callable[[], Known], show: Callable[[Known], Shown]) -> None:
        self._known, self._read, self._show = at_first, read, show
        self.shown = show(at_first)

    def look(self) -> bool:
        """Read it again, and tell whether it has changed."""
        known = self._read()
        if known == self._known:
            return False
        self.shown, self._known = self._show(known), known
        return True


class Following:
    """Everything that is followed, and its edition: a number that rises with every change."""

    def __init__(self, app: Flask, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._app, self._monotonic = app, monotonic
        self._followed: list[Followed[Any, Any]] = []
        self._lock = Lock()
        self._look_at = self._looked_at = float("-inf")
        self._running = self._is_cut_off = False
        self._edition = 0

    def follow(
        self, at_first: Known, read: Callable[[], Known], show: Callable[[Known], Shown]
    ) -> Followed[Known, Shown]:
        """Follow one thing more."""
        followed = Followed(at_first, read, show)
        self._followed.append(followed)
        return followed

    def edition(self) -> int:
        """Look at the database if it is time, and return the edition that is shown."""
        with self._lock:
            if self._running or self._monotonic() < self._look_at:
                return self._edition
            self._running, ended = True, Event()
            self._looked_at = self._monotonic()
        Thread(target=self._look, args=(ended,), name="following", daemon=True).start()
        ended.wait(BLINK)
        return self._edition

    def look_now(self) -> None:
        """Look at the next question, because something was just changed here; other processes do within a second."""
        with self._lock:
            self._look_at = self._looked_at = float("-inf")  # also where a look runs that began before

    def _look(self, ended: Event) -> None:
        try:
            with self._app.app_context():
                for each in self._followed:
                    self._edition += each.look()
            self._is_cut_off = False
        except (SQLAlchemyError, UnavailableError, OtherSecretError):
            if not self._is_cut_off:  # said once: a look follows each second
                _log.warning("desk_not_followed")
            self._is_cut_off = True  # what was known before stays
        finally:
            with self._lock:
                self._running, self._look_at = False, self._looked_at + LOOK_AGAIN
            ended.set()


def install(app: Flask) -> None:
    """Let the application follow what its rooms name."""
    rooms(app).following = Following(app)
