"""Tables of set-up: the link, what is said about who runs the instance, and what is kept of the recovery kit."""

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


class Controller(Base):
    """Who answers for what is done with reports, in words for everybody; one row.

    `one_team`: a coordinator said that there is no smaller team for worries about adults who work with young people.
    """

    __tablename__ = "controller"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False, default=ONE)
    name: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    data_protection_officer: Mapped[str] = mapped_column(default="")
    complaints: Mapped[str] = mapped_column(default="")
    accessibility: Mapped[str] = mapped_column(default="")
    one_team: Mapped[bool] = mapped_column(default=False)


class Kit(Base):
    """What the server keeps of the recovery kit: a keyed hash of its token, and the root under the kit; one row."""

    __tablename__ = "kit"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False, default=ONE)
    token: Mapped[bytes] = mapped_column(HASH)
    wrap: Mapped[bytes]
