"""The table of drills."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from youthsafe.database import EncryptedBytes, UtcDateTime
from youthsafe.extensions import Base

ID = LargeBinary(16)
HASH = LargeBinary(32)


class Drill(Base):
    """A report that is a drill, one a team and day in London. Rows stay for 90 days, longer than their reports.

    `mark` is a keyed hash of the report's id. `report_id`, none once the report is gone, and `made_at`, in seconds
    since 1970, are encrypted, so that a thief of the database cannot tell which report nobody wrote. `minutes` is how
    many minutes of reading had passed when somebody first opened it, at `opened_at`.
    """

    __tablename__ = "drill"

    mark: Mapped[bytes] = mapped_column(HASH, primary_key=True)
    team_id: Mapped[bytes] = mapped_column(ForeignKey("team.id"))
    made_on: Mapped[date]
    report_id: Mapped[bytes | None] = mapped_column(EncryptedBytes("drill.report_id"))
    made_at: Mapped[bytes] = mapped_column(EncryptedBytes("drill.made_at"))
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    minutes: Mapped[int | None]

    __table_args__ = (
        UniqueConstraint("team_id", "made_on", name="drill_once_a_day"),
        {"sqlite_with_rowid": False},  # row numbers would keep the order in which they were made
    )
