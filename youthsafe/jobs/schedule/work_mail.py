"""Every hour: queue a mail for whoever can open what came since, without a word of it."""

from datetime import timedelta

from youthsafe import clock
from youthsafe.database import transaction
from youthsafe.jobs.registry import Job, Say
from youthsafe.notify.services import queue_work


def run(say: Say) -> None:
    """Look what waits, and queue."""
    with transaction():
        count = queue_work(clock.now())
    if count:
        say(f"Mails queued because something waits: {count}.")


JOB = Job("work_mail", every=timedelta(hours=1), run=run)
