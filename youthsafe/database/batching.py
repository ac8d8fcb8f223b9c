"""Very many rows, a few at a time: one transaction for each few, and a turn for whoever waits in between."""

import time
from collections.abc import Iterator, Sequence

from youthsafe.database import bulkhead

_PAUSE = 0.15  # seconds at least between two: SQLite's waiters sleep for up to 0.1 s before they look again


def pause(took: float = 0) -> None:
    """Let whoever waits to write have their turn, for as long as the last transaction took."""
    time.sleep(max(_PAUSE, took))
    bulkhead.begin_anew()


def batches(ids: Sequence[bytes], most: int) -> Iterator[Sequence[bytes]]:
    """Give some at a time, with a pause as long as each took: whoever waits to write has their turn."""
    for start in range(0, len(ids), most):
        began = time.monotonic()
        yield ids[start : start + most]
        if start + most < len(ids):
            pause(time.monotonic() - began)
