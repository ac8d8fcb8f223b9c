"""Every hour: forget files of havens that nobody saved within a day."""

from datetime import timedelta

from youthsafe import clock
from youthsafe.database import transaction
from youthsafe.jobs.registry import Job, Say
from youthsafe.places.services import forget_old_imports


def run(say: Say) -> None:
    """Forget their text."""
    with transaction():
        count = forget_old_imports(clock.now())
    if count:
        say(f"Files of havens forgotten: {count}.")


JOB = Job("haven_imports", every=timedelta(hours=1), run=run)
