"""Whose turn a job is."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from youthsafe.database import UtcDateTime
from youthsafe.extensions import Base


class JobLease(Base):
    """A job that ran at least once.

    `runner` is the random number of the run that has it now, none when the last one ended. `leased_until` is in the
    database's time, so that machines whose clocks differ agree. `begun_at` is in the application's, like everything
    else that is due.
    """

    __tablename__ = "job_lease"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    runner: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    leased_until: Mapped[datetime] = mapped_column(UtcDateTime)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
