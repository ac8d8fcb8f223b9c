"""What waits to be written at the same moment is committed together: a disk takes as long for one as for many.

The thread that came first writes for the others, so a sender who is alone waits for nobody.
"""

import time
from collections.abc import Callable, Sequence
from functools import partial
from threading import Lock
from typing import Any, Final, Generic, TypeVar

GATHERING: Final = 0.001  # seconds that a line waits for more while it is crowded
LONG: Final = 1.0  # seconds; who waited as long for a turn that never came is told so, and does not try once more
Outcome = TypeVar("Outcome")


class Waiting(Generic[Outcome]):
    """A use case that waits to be written, and what came of it."""

    def __init__(self, use_case: Callable[[Any], Outcome]) -> None:
        self.use_case = use_case
        self.outcome: Outcome
        self.error: BaseException | None = None
        self.is_over = False
        self.since = time.monotonic()
        self.signal = Lock()
        self.signal.acquire()

    def result(self) -> Outcome:
        """Return what came of it; raises what was raised."""
        if self.error is not None:
            raise self.error
        return self.outcome


Take = Callable[[], Sequence[Waiting[Any]]]


class GroupCommit:
    """A line of use cases, of which one thread at a time writes all that stand in it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._line: list[Waiting[Any]] = []
        self._is_led = False
        self._is_crowded = False

    def run(self, use_case: Callable[[Any], Outcome], write: Callable[[Take], None]) -> Outcome:
        """Return what came of the use case once it is written; raises what it raised, or why nothing was written.

        `write` runs in one of the waiting threads, for all of them: it calls what it is given for the line at that
        moment, sets each one's `outcome` or `error`, and returns when all of it is on the disk. Where it raises before
        that, those who waited long are refused with it: one after the other they would wait as long again.
        """
        mine = Waiting(use_case)
        with self._lock:
            self._line.append(mine)
            leads, self._is_led = not self._is_led, True
        if not leads:
            mine.signal.acquire()  # until it is over, or until this request leads the line
        if not mine.is_over:
            self._lead(mine, write)
        return mine.result()

    def _lead(self, mine: Waiting[Any], write: Callable[[Take], None]) -> None:
        taken: list[Waiting[Any]] = []
        try:
            write(partial(self._take, taken))
        except BaseException as error:  # noqa: BLE001  # every thread raises it where it waits
            if not taken:
                taken.extend(self._refused_with(mine))
            for each in taken:
                each.error = each.error or error
        self._hand_on(taken)

    def _take(self, taken: list[Waiting[Any]]) -> Sequence[Waiting[Any]]:
        """Take everybody out of the line, after a moment where it is crowded."""
        if self._is_crowded:
            time.sleep(GATHERING)
        with self._lock:
            taken.extend(self._line)
            self._line.clear()
        return taken

    def _refused_with(self, mine: Waiting[Any]) -> Sequence[Waiting[Any]]:
        """Take those out of the line for whom there is no turn either."""
        too_late = time.monotonic() - LONG
        with self._lock:
            refused = [each for each in self._line if each is mine or each.since <= too_late]
            self._line = [each for each in self._line if each not in refused]
        return refused

    def _hand_on(self, taken: Sequence[Waiting[Any]]) -> None:
        """Let those go for whom it is over, and the first of those who came meanwhile lead."""
        with self._lock:
            heir = self._line[0] if self._line else None
            self._is_led = heir is not None
            self._is_crowded = len(taken) > 1 or self._is_led
        for each in taken:
            each.is_over = True
            each.signal.release()
        if heir is not None:
            heir.signal.release()
