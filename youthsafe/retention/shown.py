"""How long things are kept, as the privacy page says it to everybody: what the purge goes by."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask

from youthsafe import clock
from youthsafe.config import Config
from youthsafe.mailbox import tombstones
from youthsafe.mailbox.standing import AFTER_ALERT, AFTER_WITHDRAWING, Ages
from youthsafe.retention import settings
from youthsafe.rooms import rooms


@dataclass(frozen=True, slots=True)
class KeptFor:
    """How long a closed report is kept, and one that nobody claims, before its team is told and after that.

    Then one that its reporter took back unopened, and the mark that stays of any report that is gone.
    """

    closed: timedelta
    unclaimed: timedelta
    after_alert: timedelta = AFTER_ALERT
    after_withdrawing: timedelta = AFTER_WITHDRAWING
    mark: timedelta = tombstones.LIFE


def install(app: Flask, config: Config) -> None:
    """Let the application follow how long its desk keeps reports; before it has looked, what the environment says."""
    at_first = Ages(timedelta(days=config.keep_closed), timedelta(days=config.keep_unclaimed))
    rooms(app).kept_for = rooms(app).following.follow(at_first, _read, _show)


def _read() -> Ages:
    return settings.ages(clock.now())


def _show(ages: Ages) -> KeptFor:
    return KeptFor(ages.closed, ages.unclaimed)
