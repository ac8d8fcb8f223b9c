"""Tables of set-up: the link, and what is kept of the recovery kit."""

from datetime import datetime

from sqlalchemy import LargeBinary, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from youthsafe.database import UtcDateTime
from youthsafe.extensions import Base

HASH = LargeBinary(32)
ONE = 1


class SetUpLink(Base):
    """The one link that may set the instance up, known by a keyed hash of its secret; the next takes its place."""

    __tablename__ = "set_up_link"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False, default=ONE)
    hash: Mapped[bytes] = mapped_column(HASH)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Kit(Base):
    """What the server keeps of the recovery kit: a keyed hash of its token, and the root under the kit; one row."""

    __tablename__ = "kit"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False, default=ONE)
    token: Mapped[bytes] = mapped_column(HASH)
    wrap: Mapped[bytes]
