"""Long work on many rows: one short transaction for each batch, and a pause in which others can write."""

import time
from collections.abc import Iterator, Sequence

from youthsafe.database import bulkhead

_PAUSE = 0.15  # seconds at least between two: SQLite's waiters sleep for up to 0.1 s before they look again


def pause(took: float = 0) -> None:
    """Pause for as long as the last transaction took, so that others can write."""
    time.sleep(max(_PAUSE, took))
    bulkhead.begin_anew()


def batches(ids: Sequence[bytes], most: int) -> Iterator[Sequence[bytes]]:
    """Give at most so many ids at a time, and pause in between for as long as the caller took."""
    for start in range(0, len(ids), most):
        began = time.monotonic()
        yield ids[start : start + most]
        if start + most < len(ids):
            pause(time.monotonic() - began)
