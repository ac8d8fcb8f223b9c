"""Table of the audit trail."""

from sqlalchemy import BigInteger, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from youthsafe.database import append_only
from youthsafe.extensions import Base


class AuditEntry(Base):
    """One thing that somebody did; rows are only ever added. `at` is in Unix seconds."""

    __tablename__ = "audit_entry"

    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[int] = mapped_column(BigInteger)
    actor: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    action: Mapped[str] = mapped_column(String(32))
    subject: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


append_only(Base.metadata.tables["audit_entry"], same="sequence = NEW.sequence")
