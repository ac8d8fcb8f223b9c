"""Tables of the audit trail."""

from sqlalchemy import BigInteger, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from youthsafe.database import append_only
from youthsafe.extensions import Base

ID = LargeBinary(16)
HASH = LargeBinary(32)


class AuditEntry(Base):
    """One thing that somebody did; rows are only ever added. `at` is in Unix seconds.

    `sequence` counts through the whole trail. `chain` is the team's id whose reports it is about, or the instance's.
    """

    __tablename__ = "audit_entry"

    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chain: Mapped[bytes] = mapped_column(ID)
    at: Mapped[int] = mapped_column(BigInteger)
    actor: Mapped[bytes | None] = mapped_column(ID)
    action: Mapped[str] = mapped_column(String(32))
    subject: Mapped[bytes | None] = mapped_column(ID)
    hash: Mapped[bytes] = mapped_column(HASH)


class AuditChain(Base):
    """The head of a chain: the sequence and the hash of its newest entry."""

    __tablename__ = "audit_chain"

    id: Mapped[bytes] = mapped_column(ID, primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(HASH)


append_only(Base.metadata.tables["audit_entry"], same="sequence = NEW.sequence")
