"""Tables of members, their sealed keys and their sessions."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from youthsafe.database import EncryptedBytes, UtcDateTime
from youthsafe.extensions import Base

ID = LargeBinary(16)
HASH = LargeBinary(32)


class Member(Base):
    """A caseworker or coordinator.

    `verifier` is a keyed hash of the sign-in proof; `salt`, `memory` (KiB) and `passes` are what the browser needs
    to make the proof. `totp_counter` is the newest 30-second step whose code was used. `disabled`: not in the roster
    in force. `mail` is an address in UTF-8, if there is one.
    """

    __tablename__ = "member"

    id: Mapped[bytes] = mapped_column(ID, primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    folded_name: Mapped[str] = mapped_column(String(160), unique=True)
    role: Mapped[int]
    verifier: Mapped[bytes] = mapped_column(HASH)
    salt: Mapped[bytes] = mapped_column(ID)
    memory: Mapped[int]
    passes: Mapped[int]
    totp_secret: Mapped[bytes] = mapped_column(EncryptedBytes("member.totp_secret"))
    totp_counter: Mapped[int] = mapped_column(BigInteger, default=0)
    disabled: Mapped[bool] = mapped_column(default=False)
    mail: Mapped[bytes | None] = mapped_column(EncryptedBytes("member.mail"))


class MemberWrap(Base):
    """A member's seed, wrapped in the member's browser (docs/envelope.md 6.3); released after both factors."""

    __tablename__ = "member_wrap"

    member_id: Mapped[bytes] = mapped_column(ForeignKey("member.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(EncryptedBytes("member_wrap.content"))


class KeyGrant(Base):
    """A team's secret, sealed to one member, or to the recovery kit (16 zero bytes)."""

    __tablename__ = "key_grant"

    recipient_id: Mapped[bytes] = mapped_column(ID, primary_key=True)
    team_id: Mapped[bytes] = mapped_column(ForeignKey("team.id"), primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes]


class Membership(Base):
    """Who reads which team's reports: the roster in force, spelt out in rows."""

    __tablename__ = "membership"

    member_id: Mapped[bytes] = mapped_column(ID, primary_key=True)
    team_id: Mapped[bytes] = mapped_column(ID, primary_key=True)


class StaffSession(Base):
    """A signed-in browser, known by a keyed hash of its token."""

    __tablename__ = "staff_session"

    token_hash: Mapped[bytes] = mapped_column(HASH, primary_key=True)
    member_id: Mapped[bytes] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignInDelay(Base):
    """How long one name waits in one network after wrong tries; forgotten after a day.

    `key` is a keyed hash of both, and the network's own key of the day is never stored. So a stranger elsewhere keeps
    nobody waiting, and no row says which network it was. A name that nobody has gets a row like any other.
    """

    __tablename__ = "sign_in_delay"

    key: Mapped[bytes] = mapped_column(HASH, primary_key=True)
    wrong: Mapped[int]
    tried_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
