"""Tables of the key that push services know us by, and of the browsers that they wake."""

from sqlalchemy import ForeignKey, LargeBinary, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from youthsafe.database import EncryptedBytes
from youthsafe.extensions import Base

ONLY_ROW = 1


class PushKey(Base):
    """The one key of this instance, by its number; browsers are bound to it."""

    __tablename__ = "push_key"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    number: Mapped[bytes] = mapped_column(EncryptedBytes("push_key.number"))


class Device(Base):
    """A browser that a member wants to be woken in, by the address that its push service gave it."""

    __tablename__ = "device"

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    member_id: Mapped[bytes] = mapped_column(ForeignKey("member.id"), index=True)
    endpoint: Mapped[bytes] = mapped_column(EncryptedBytes("device.endpoint"))
