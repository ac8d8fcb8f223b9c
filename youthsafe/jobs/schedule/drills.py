"""Every minute: make the drill of the day when its time has come, and close or open the form by what became of it."""

from datetime import timedelta

from youthsafe import clock
from youthsafe.database import transaction
from youthsafe.drills import closing, services
from youthsafe.jobs.registry import Job, Say


def run(say: Say) -> None:
    """Make what is due, and look."""
    now = clock.now()
    with transaction():
        services.tidy(now)
        services.make_due(now)
        done = closing.look(now)
    if done:
        say(done)


JOB = Job("drills", every=timedelta(minutes=1), run=run, is_prompt=True)
