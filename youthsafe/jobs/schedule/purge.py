"""Every hour: erase the reports whose time has come, and what ran out."""

from datetime import timedelta

from youthsafe import clock
from youthsafe.config import settings
from youthsafe.jobs.registry import Job, Say
from youthsafe.retention.ledger import Ledger
from youthsafe.retention.purge import NO_LEDGER, Purge


def run(say: Say) -> None:
    """Purge as `youthsafe purge` does; raises PurgeRefusedError where it looks wrong."""
    path = settings().ledger
    Purge(None if path is None else Ledger(path), clock.now(), say).of_the_hour(sure=False)
    if path is None:
        say(NO_LEDGER)


JOB = Job("purge", every=timedelta(hours=1), run=run)
