"""Wakes browsers: takes a push that waits, asks the push services, and writes down what came of it.

Each step is a transaction of its own, as for mail. A push may go out twice where a process was killed in the middle;
the browser shows one notice in the place of the other.
"""

import logging
from dataclasses import dataclass
from typing import Final

from youthsafe.clock import Clock
from youthsafe.database import transaction
from youthsafe.notices import services as queue
from youthsafe.notices.kinds import Channel, Problem
from youthsafe.notices.services import Taken
from youthsafe.notify.alerts import services as alerts_services
from youthsafe.notify.devices import services
from youthsafe.notify.devices.services import Woken
from youthsafe.notify.push import PrivateKey, PushError, wake

_log = logging.getLogger(__name__)
AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking for browsers: whether one was woken, which are gone, and what kept another from it."""

    woken: bool
    gone: list[Woken]
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Push:
    """A push that waits, and the browsers that it is for."""

    taken: Taken
    devices: list[Woken]
    key: PrivateKey | None
    contact: str


def wake_all(now: Clock) -> None:
    """Wake everybody for whom a push is due.

    Where one does not go out the others come with the next run, because mails wait behind them.
    """
    for _ in range(AT_ONCE):
        push = _prepare(now)
        if push is None:
            return
        asked = ask(push.devices, push.key, push.contact, now)
        _write_down(push.taken, asked, now)
        if asked.problem is not None:
            return


def ask(devices: list[Woken], key: PrivateKey | None, contact: str, now: Clock) -> Asked:
    """Ask for each of somebody's browsers to be woken; no database is asked meanwhile."""
    gone: list[Woken] = []
    woken, problem = False, None
    if key is None:
        return Asked(woken, gone, problem)
    for device in devices:
        try:
            wake(device.endpoint, key, contact, now())
        except PushError as error:
            _log.warning("push_not_delivered", extra={"kind": error.problem.value})
            gone += [device] if error.is_gone else []
            problem = problem if error.is_gone else error.problem
        else:
            woken = True
    return Asked(woken, gone, problem)


def _prepare(now: Clock) -> Push | None:
    with transaction():
        taken = queue.take(now(), channel=Channel.PUSH)
        if taken is None:
            return None
        devices = [] if alerts_services.is_moot(taken) else services.of([taken.member_id]).get(taken.member_id, [])
        return Push(taken, devices, services.key(), services.contact())


def _write_down(taken: Taken, asked: Asked, now: Clock) -> None:
    """Write down what came of it; where nothing is left to wake, the push is forgotten."""
    at = now()
    with transaction():
        for each in asked.gone:
            services.forget(each)
        if asked.woken:
            queue.delivered(taken, at)
        elif asked.problem is not None:
            queue.wait(taken, asked.problem, at)
        else:
            queue.forget(taken)
