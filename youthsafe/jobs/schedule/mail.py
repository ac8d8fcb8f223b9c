"""Every minute: deliver the mails that wait."""

from datetime import timedelta

from youthsafe import clock
from youthsafe.jobs.registry import Job, Say
from youthsafe.notify.delivery import deliver


def run(say: Say) -> None:
    """Deliver what is due; what does not go out waits, and the desk shows why."""
    deliver(clock.now, say)


JOB = Job("mail", every=timedelta(minutes=1), run=run)
