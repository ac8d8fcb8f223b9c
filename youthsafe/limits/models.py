"""The table of minimum difficulties."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from youthsafe.database import UtcDateTime
from youthsafe.extensions import Base

ID = LargeBinary(16)


class MinimumWork(Base):
    """The least difficulty that every report costs until a moment. Rows stay, because the audit trail names them."""

    __tablename__ = "minimum_work"

    id: Mapped[bytes] = mapped_column(ID, primary_key=True)
    difficulty: Mapped[int]
    begins_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
