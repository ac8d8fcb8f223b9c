"""Tables of the mail server that an instance uses, and of what was said once and is not to be said again."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from youthsafe.database import EncryptedBytes, UtcDateTime
from youthsafe.extensions import Base
from youthsafe.privacy.mail_address import LONGEST

ONLY_ROW = 1


class MailSettings(Base):
    """The one row that says how mail goes out. `delivered_at` is when a mail server last took one on."""

    __tablename__ = "mail_settings"
    __table_args__ = (CheckConstraint("security in ('starttls', 'tls', 'none')", name="security_known"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    server: Mapped[str] = mapped_column(String(253))
    port: Mapped[int]
    security: Mapped[str] = mapped_column(String(8))
    user: Mapped[str | None] = mapped_column("user_name", String(LONGEST))
    password: Mapped[bytes | None] = mapped_column(EncryptedBytes("mail_settings.password"), deferred=True)
    sender: Mapped[str] = mapped_column(String(LONGEST))
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MailSaid(Base):
    """Something that was queued once: a kind, the day that it is about, and how many days before."""

    __tablename__ = "mail_said"

    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    days_before: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class WorkTold(Base):
    """When somebody last looked what waits for a team."""

    __tablename__ = "work_told"

    team_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    looked_at: Mapped[datetime] = mapped_column(UtcDateTime)
