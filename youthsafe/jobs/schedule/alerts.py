"""Every 20 seconds: tell who is on duty that something waits, first of all where somebody is in danger."""

from datetime import timedelta

from youthsafe import clock
from youthsafe.database import transaction
from youthsafe.jobs.registry import Job, Say
from youthsafe.notices.kinds import ALERTS
from youthsafe.notify.alerts.services import queue_alerts
from youthsafe.notify.delivery import deliver
from youthsafe.notify.devices.waking import wake_all


def run(say: Say) -> None:
    """Look what waits, queue, and deliver at once."""
    with transaction():
        queued = queue_alerts(clock.now())
    if queued:
        say(f"Alerts queued: {', '.join(dict.fromkeys(queued))}.")
    wake_all(clock.now)
    deliver(clock.now, say, kinds=ALERTS)


JOB = Job("alerts", every=timedelta(seconds=20), run=run, is_prompt=True)
