"""How many threads may wait for the database: the others are kept for what is read and for help."""

import time
from collections.abc import Callable
from threading import Condition
from typing import Any, Final

from flask import Flask, g, has_app_context

from youthsafe.errors import BusyError
from youthsafe.rooms import rooms

MOST: Final = 12  # requests at once; a process has 16 threads
HUNG_AFTER: Final = 1.0  # seconds; a request that takes longer counts as hung, and others are refused at once
LONGEST_WAIT: Final = 2.0
_INSIDE = "_inside_bulkhead"


class Bulkhead:
    """Lets a limited number of requests use the database at one time, each until it is answered."""

    def __init__(self, most: int = MOST, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._monotonic = monotonic
        self._since: dict[object, float] = {}
        self._changed = Condition()

    def enter(self, who: object) -> None:
        """Let a request in, after a short wait where others are quick; raises BusyError."""
        with self._changed:
            end = self._monotonic() + LONGEST_WAIT
            while len(self._since) >= self._most:
                now = self._monotonic()
                if now > end or now - min(self._since.values()) > HUNG_AFTER:
                    raise BusyError(
                        "Too much waits for the database at this moment. Nothing was saved.", retry_after=30
                    )
                self._changed.wait(0.1)
            self._since[who] = self._monotonic()

    def begin_anew(self, who: object) -> None:
        """Restart the time of a request that was let in, because it still makes progress."""
        with self._changed:
            if who in self._since:
                self._since[who] = self._monotonic()

    def leave(self, who: object) -> None:
        """Let a request go; nothing happens for one that was never let in."""
        with self._changed:
            if self._since.pop(who, None) is not None:
                self._changed.notify()


def install(app: Flask) -> None:
    """Give the application a bulkhead, which every request leaves when it ends."""
    bulkhead = rooms(app).bulkhead = Bulkhead()

    @app.teardown_appcontext
    def leave(_: BaseException | None) -> None:
        ticket = _of_request().pop(_INSIDE, None)
        if ticket is not None:
            bulkhead.leave(ticket)


def enter() -> None:
    """Let the current request use the database, once; raises BusyError. Code outside a request is always let in."""
    if not has_app_context():
        return
    request = _of_request()
    if _INSIDE in request:
        return
    ticket = object()
    rooms().bulkhead.enter(ticket)
    setattr(request, _INSIDE, ticket)


def _of_request() -> Any:
    """Return what Flask keeps for a request itself; as in rooms.py."""
    return g._get_current_object()  # noqa: SLF001


def begin_anew() -> None:
    """Restart the time of the current request, which works in many small steps, so that it does not count as hung."""
    if has_app_context() and _INSIDE in g:
        rooms().bulkhead.begin_anew(g.get(_INSIDE))
