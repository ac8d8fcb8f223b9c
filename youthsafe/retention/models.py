"""When a job last ended well, and how long the desk has reports kept."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from youthsafe.database import UtcDateTime
from youthsafe.extensions import Base

ID = LargeBinary(16)


class JobRun(Base):
    """When a job last ended well, by its name: a clock that is far ahead of that is not believed."""

    __tablename__ = "job_run"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RetentionSetting(Base):
    """How many days reports are kept, as a coordinator set it. Rows stay, because the audit trail names them.

    `removes` is how many reports the coordinator saw that it would erase at first.
    """

    __tablename__ = "retention_setting"

    id: Mapped[bytes] = mapped_column(ID, primary_key=True)
    closed: Mapped[int]
    unclaimed: Mapped[int]
    removes: Mapped[int]
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    holds_from: Mapped[datetime] = mapped_column(UtcDateTime)
