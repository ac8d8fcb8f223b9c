"""Counts in this process's memory, swept by one thread.

The library's own storage starts a thread at almost every hit to look for counts that have expired, which costs a third
of an accepted report. A count is checked against its expiry whenever it is read, so a sweep now and then is enough.
"""

import threading
from collections.abc import Callable
from inspect import unwrap

from limits.storage import MemoryStorage

SCHEME = "swept-memory"
SWEEP_SECONDS = 30.0


class SweptMemory(MemoryStorage):
    """The library's storage in memory, whose timer never has to be started again."""

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012  # the library reads it from the class and declares it otherwise

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: str) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        self.timer = _Sweeper(SWEEP_SECONDS, self.timer.function)
        self.timer.start()


class _Sweeper(threading.Timer):
    """A timer that fires again and again; the storage starts no other while this one lives."""

    def __init__(self, seconds: float, sweep: Callable[..., object]) -> None:
        super().__init__(seconds, sweep)
        self.daemon = True

    def run(self) -> None:
        """Sweep until cancelled."""
        while not self.finished.wait(self.interval):
            self.function()


# The library wraps these methods of every class to convert network errors. Memory has none, and each report calls them
# six times, so they are unwrapped.
for _name in ("get", "incr", "acquire_sliding_window_entry", "get_sliding_window"):
    setattr(SweptMemory, _name, unwrap(getattr(SweptMemory, _name)))
