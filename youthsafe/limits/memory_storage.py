"""Counts in this process's memory, swept by one thread.

The library's own storage keeps each window under a name of its own, looks at five of them for one hit, and starts a
thread at almost every hit to look for those that have expired. That costs a third of an accepted report.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import floor

from limits.storage import MemoryStorage

SCHEME = "swept-memory"
SWEEP_SECONDS = 30.0


@dataclass(slots=True)
class _Window:
    """What was counted in one window of time and in the one before, and when neither matters any more (seconds)."""

    number: int
    before: int
    count: int
    over: float


class SweptMemory(MemoryStorage):
    """The library's storage in memory, with sliding windows of its own and a timer that is never started again."""

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012  # the library reads it from the class and declares it otherwise

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: str) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        self.windows: dict[str, _Window] = {}
        self._counting = threading.Lock()
        self.timer = _Sweeper(SWEEP_SECONDS, self.sweep)
        self.timer.start()

    def acquire_sliding_window_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count so many where the limit has room for them, and tell whether it had."""
        now = time.time()
        with self._counting:
            window = self._at(key, expiry, now)
            if floor(window.before * _rest(expiry, now) + window.count) + amount > limit:
                return False
            window.count += amount
            self.windows[key] = window
        return True

    def get_sliding_window(self, key: str, expiry: int) -> tuple[int, float, int, float]:
        """Return what was counted in the window before and for how long it still matters, and the same of this one."""
        now = time.time()
        with self._counting:
            window = self._at(key, expiry, now)
            rest = _rest(expiry, now) * expiry
            return window.before, rest, window.count, rest + expiry

    def clear_sliding_window(self, key: str, expiry: int) -> None:
        """Forget a count."""
        self.windows.pop(key, None)

    def reset(self) -> int | None:
        """Forget every count."""
        self.windows.clear()
        return super().reset()

    def sweep(self) -> None:
        """Forget counts that matter no more."""
        now = time.time()
        with self._counting:
            self.windows = {key: window for key, window in self.windows.items() if window.over > now}

    def _at(self, key: str, expiry: int, now: float) -> _Window:
        """Return the window of a moment. A clock that is set back goes on in the window that it was in."""
        kept, number = self.windows.get(key), int(now / expiry)
        if kept is not None and kept.number >= number:
            return kept
        before = kept.count if kept is not None and kept.number == number - 1 else 0
        return _Window(number, before, 0, (number + 2) * expiry)


def _rest(expiry: int, now: float) -> float:
    """Return how much of a window is left, which is how much of the one before still counts."""
    return 1 - now / expiry % 1


class _Sweeper(threading.Timer):
    """A timer that fires again and again."""

    def __init__(self, seconds: float, sweep: Callable[[], object]) -> None:
        super().__init__(seconds, sweep)
        self.daemon = True

    def run(self) -> None:
        """Sweep until cancelled."""
        while not self.finished.wait(self.interval):
            self.function()
