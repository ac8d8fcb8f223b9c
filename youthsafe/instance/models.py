"""Tables of the instance: its one row, who runs it, teams and their keys, what the root signed, stops of the form."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from youthsafe.database import UtcDateTime
from youthsafe.extensions import Base

ID = LargeBinary(16)
HASH = LargeBinary(32)
SIGNATURE = LargeBinary(64)
ONE = 1


class Instance(Base):
    """The one row that says whose database this is. `form_opened_at`: since when pupils can send."""

    __tablename__ = "instance"

    id: Mapped[bytes] = mapped_column(ID, primary_key=True)
    demo: Mapped[bool]
    root_public_key: Mapped[bytes] = mapped_column(LargeBinary(65))
    form_opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


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


class TeamBundle(Base):
    """A root-signed public team bundle (docs/envelope.md 5.1); the highest serial is the one in force."""

    __tablename__ = "team_bundle"

    serial: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes]
    signature: Mapped[bytes] = mapped_column(SIGNATURE)


class Team(Base):
    """A team that reads reports; its name and hours are in the signed bundle.

    `seen_at` is the minute in which somebody of it was last at the desk, and not who.
    """

    __tablename__ = "team"

    id: Mapped[bytes] = mapped_column(ID, primary_key=True)
    kind: Mapped[int]
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TeamKey(Base):
    """One epoch of a team's public key."""

    __tablename__ = "team_key"

    team_id: Mapped[bytes] = mapped_column(ForeignKey("team.id"), primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    key_id: Mapped[bytes] = mapped_column(ID)
    public_key: Mapped[bytes]


class SignedChange(Base):
    """A root-signed change (docs/envelope.md 5.3); the highest number is in force.

    All are kept, so that a browser sees that nothing was left out. `head` names everything up to it, `root_change` is
    the old root's word for a new one, where the change brings it.
    """

    __tablename__ = "signed_change"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes]
    signature: Mapped[bytes] = mapped_column(SIGNATURE)
    head: Mapped[bytes] = mapped_column(HASH)
    root_change: Mapped[bytes | None]


class Roster(Base):
    """A root-signed roster (docs/envelope.md 5.2); the highest version is the one in force."""

    __tablename__ = "roster"

    version: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    content: Mapped[bytes]
    signature: Mapped[bytes] = mapped_column(SIGNATURE)


class StopReason(StrEnum):
    """Why no reports are taken: a coordinator stopped them, or the form closed itself. Never change a value."""

    MEMBER = "member"
    UNREAD = "unread"  # a drill lies unopened
    NOBODY = "nobody"  # in a day's hours of reading nobody was at the desk


class FormStop(Base):
    """A time in which no reports are taken; no end while it lasts. Rows stay, because the audit trail names them."""

    __tablename__ = "form_stop"

    id: Mapped[bytes] = mapped_column(ID, primary_key=True)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[StopReason] = mapped_column(String(8), default=StopReason.MEMBER)
