"""Delivers what waits: takes a notice, hands its letter to the mail server, and writes down what came of it.

Each step is a transaction of its own. A letter is sent twice only where nobody can know better: the process was killed,
or the connection broke, after the server had all of it and before its answer was written down. The second copy has the
same Message-ID.
"""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final

from youthsafe.accounts import services as accounts_services
from youthsafe.clock import Clock
from youthsafe.database import transaction
from youthsafe.notices import services as queue
from youthsafe.notices.kinds import ALERTS, Kind, Problem
from youthsafe.notices.services import Taken
from youthsafe.notify import services
from youthsafe.notify.alerts import services as alerts_services
from youthsafe.notify.letters import letter, words_of
from youthsafe.notify.mailer import Account, DeliveryError, hand_over
from youthsafe.privacy.coarse_time import to_hour

_log = logging.getLogger(__name__)
SECONDS: Final = 120.0  # for one letter, a server that looks for viruses included; much less than a notice is taken for
AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class Prepared:
    """A notice with its letter; none when its member has no address, or it has nothing to tell any more."""

    taken: Taken
    recipient: str = ""
    letter: EmailMessage | None = None
    is_moot: bool = False


def deliver(
    now: Clock, say: Callable[[str], object], seconds: float = SECONDS, *, kinds: Collection[Kind] = frozenset(Kind)
) -> None:
    """Deliver what is due of these kinds, until nothing is or the mail server stands in the way of all."""
    with transaction():
        account = services.account()
        queue.forget_given_up(now())
        if account is None:
            queue.forget_old(now())
            return
    sent, given_up, goes_on = 0, 0, True
    for _ in range(AT_ONCE):
        prepared = _prepare(account, kinds, now) if goes_on else None
        if prepared is None:
            break
        if prepared.letter is None:
            given_up += _put_away(prepared, now)
            continue
        try:
            hand_over(account, prepared.letter, prepared.recipient, seconds)
        except DeliveryError as error:
            given_up += _write_down(error, prepared.taken, now)
            _log.warning("mail_not_delivered", extra={"kind": error.problem.value, "status": error.code})
            goes_on = error.is_of_one
        else:
            _note(prepared.taken, now)
            sent += 1
    if sent or given_up:
        say(f"Mails delivered: {sent}, given up: {given_up}.")


def _prepare(account: Account, kinds: Collection[Kind], now: Clock) -> Prepared | None:
    """Take a notice and write its letter; no database is asked while the mail server is."""
    with transaction():
        taken = queue.take(now(), kinds)
        if taken is None:
            return None
        if alerts_services.is_moot(taken):
            return Prepared(taken, is_moot=True)
        recipient = taken.recipient or accounts_services.mail_addresses([taken.member_id]).get(taken.member_id)
        if recipient is None:
            return Prepared(taken)
        words = words_of(taken.kind, taken.day)
        return Prepared(taken, recipient, letter(account.sender, recipient, words, taken.id, now()))


def _put_away(prepared: Prepared, now: Clock) -> int:
    """End a notice that has no letter; returns how many notices are given up now."""
    with transaction():
        if prepared.is_moot:
            queue.forget(prepared.taken)
        else:
            queue.give_up(prepared.taken, Problem.NO_ADDRESS, now())
    return int(not prepared.is_moot)


def _note(taken: Taken, now: Clock) -> None:
    """Write down that the mail server has a letter; of an alert only the hour stays."""
    at = now()
    with transaction():
        queue.delivered(taken, at)
        if taken.tries > 1:
            queue.release(at)
        services.note_delivery(to_hour(at) if taken.kind in ALERTS else at)


def _write_down(error: DeliveryError, taken: Taken, now: Clock) -> int:
    """Write down why a letter was not delivered; returns how many notices are given up now."""
    at = now()
    with transaction():
        if error.is_final:
            queue.give_up(taken, error.problem, at)
            return 1
        given_up = int(queue.wait(taken, error.problem, at))
        if not error.is_of_one:
            queue.hold_all(error.problem, taken.tries, at)
            given_up += queue.give_up_old(error.problem, at)
        return given_up
