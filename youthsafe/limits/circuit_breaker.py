"""Leaves a store that does not answer alone for a while: one that is frozen would hold up every report for seconds."""

import time
from collections.abc import Callable
from typing import Final, TypeVar

from limits.errors import StorageError

PAUSE_SECONDS: Final = 5.0
Answer = TypeVar("Answer")


class StoreDownError(Exception):
    """The store of the counts did not answer now, or a moment ago."""


class CircuitBreaker:
    """Asks the store of the counts, but not again for some seconds after it did not answer."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._pause_ends = float("-inf")

    def ask(self, question: Callable[[], Answer]) -> Answer:
        """Return what the store says; raises StoreDownError."""
        if self._monotonic() < self._pause_ends:
            raise StoreDownError
        try:
            return question()
        except (StorageError, ConnectionError) as error:
            self._pause_ends = self._monotonic() + PAUSE_SECONDS
            raise StoreDownError from error
