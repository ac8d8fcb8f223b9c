"""How many threads may wait for the database: the others are kept for what is read and for help."""

import time
from collections.abc import Callable
from threading import Condition
from typing import Final

from flask import Flask, g, has_app_context

from youthsafe.errors import BusyError
from youthsafe.rooms import rooms

MOST: Final = 12  # of the 16 threads of a process
HUNG_AFTER: Final = 1.0  # seconds; where somebody has waited so long, nobody waits behind them
LONGEST_WAIT: Final = 2.0
_INSIDE = "_inside_bulkhead"


class Bulkhead:
    """Lets so many requests at the database at one time, each until it is answered."""

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
        """Count a request that was let in as if it came now: it is long, and gets on."""
        with self._changed:
            if who in self._since:
                self._since[who] = self._monotonic()

    def leave(self, who: object) -> None:
        """Let a request go that was let in, or was not."""
        with self._changed:
            if self._since.pop(who, None) is not None:
                self._changed.notify()


def install(app: Flask) -> None:
    """Give the application one, which every request leaves at its end."""
    bulkhead = rooms(app).bulkhead = Bulkhead()

    @app.teardown_appcontext
    def leave(_: BaseException | None) -> None:
        ticket = g.pop(_INSIDE, None)
        if ticket is not None:
            bulkhead.leave(ticket)


def enter() -> None:
    """Let the current request at the database, once; raises BusyError. What has no request always gets there."""
    if not has_app_context() or _INSIDE in g:
        return
    ticket = object()
    rooms().bulkhead.enter(ticket)
    setattr(g, _INSIDE, ticket)


def begin_anew() -> None:
    """Say that the current request gets on, where it does very much in small steps: nobody takes it for hung."""
    if has_app_context() and _INSIDE in g:
        rooms().bulkhead.begin_anew(g.get(_INSIDE))
