"""Every day: copy the database into the folder of YOUTHSAFE_BACKUPS, if there is one."""

from datetime import timedelta

from youthsafe.backups.services import KEPT, back_up
from youthsafe.config import settings
from youthsafe.jobs.registry import Job, Say


def run(say: Say) -> None:
    """Back up as `youthsafe backup` does; raises BackupError."""
    folder = settings().backups
    if folder is not None:
        say(back_up(settings(), folder, KEPT))


JOB = Job("backup", every=timedelta(days=1), run=run, limit=timedelta(hours=6))
