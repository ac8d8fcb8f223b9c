"""Tables of the queue, and of when a member was last alerted."""

from datetime import date, datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from youthsafe.database import EncryptedBytes, UtcDateTime
from youthsafe.extensions import Base
from youthsafe.notices.kinds import Channel

ID = LargeBinary(16)


class Notice(Base):
    """A mail or a push that one member is to get. It has no text: that is made of `kind` and `day` when it goes out.

    `due_at` is when it may be tried next. Until `taken_until` it belongs to a run that tries it. `problem` is what kept
    the newest try from success; one that was given up has `given_up_at`. `recipient` is an address in UTF-8, where the
    mail is not for the one that the member has when it goes out.
    """

    __tablename__ = "notice"

    id: Mapped[bytes] = mapped_column(ID, primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(8), default=Channel.MAIL.value)
    member_id: Mapped[bytes] = mapped_column(ID)
    recipient: Mapped[bytes | None] = mapped_column(EncryptedBytes("notice.recipient"), deferred=True)
    day: Mapped[date | None]
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    taken_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None] = mapped_column(String(32))
    given_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Alerted(Base):
    """When a member last got an alert of a kind by a channel; after ten minutes the hour of it."""

    __tablename__ = "alerted"

    member_id: Mapped[bytes] = mapped_column(ID, primary_key=True)
    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[str] = mapped_column(String(8), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
