"""Every hour: queue for the coordinators what ends soon, and once a day the heads of the trail."""

from datetime import timedelta

from youthsafe import clock
from youthsafe.database import transaction
from youthsafe.jobs.registry import Job, Say
from youthsafe.notify.services import queue_by_the_clock


def run(say: Say) -> None:
    """Queue what is to be said now; each thing once."""
    with transaction():
        queued = queue_by_the_clock(clock.now())
    if queued:
        say(f"Mails queued for coordinators: {', '.join(queued)}.")


JOB = Job("daily_mail", every=timedelta(hours=1), run=run)
