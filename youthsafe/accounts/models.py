"""Tables of members, their sealed keys and their sessions."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from youthsafe.database import EncryptedBytes, IndexHash, UtcDateTime
from youthsafe.extensions import Base

ID = LargeBinary(16)
HASH = LargeBinary(32)


class Member(Base):
    """Somebody of the staff.

    `verifier` is a hash of the sign-in proof; `salt`, `memory` (KiB) and `passes` are what the browser needs
    to make the proof. `totp_secret` is none for who has a passkey only; `totp_next` is one that was shown and not yet
    confirmed. `totp_counter` is the newest 30-second step whose code was used. `disabled`: not in the roster in force.
    `mail` is an address in UTF-8, if there is one.
    """

    __tablename__ = "member"

    id: Mapped[bytes] = mapped_column(ID, primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    folded_name: Mapped[str] = mapped_column(String(160), unique=True)
    role: Mapped[int]
    verifier: Mapped[bytes] = mapped_column(EncryptedBytes("member.verifier"))
    salt: Mapped[bytes] = mapped_column(ID)
    memory: Mapped[int]
    passes: Mapped[int]
    totp_secret: Mapped[bytes | None] = mapped_column(EncryptedBytes("member.totp_secret"))
    totp_next: Mapped[bytes | None] = mapped_column(EncryptedBytes("member.totp_next"))
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


class RootGrant(Base):
    """The root's private number, sealed to one coordinator (docs/envelope.md 6.5)."""

    __tablename__ = "root_grant"

    recipient_id: Mapped[bytes] = mapped_column(ID, primary_key=True)
    content: Mapped[bytes]


class Membership(Base):
    """Who reads which team's reports: the roster in force, spelt out in rows."""

    __tablename__ = "membership"

    member_id: Mapped[bytes] = mapped_column(ID, primary_key=True)
    team_id: Mapped[bytes] = mapped_column(ID, primary_key=True)


class Passkey(Base):
    """A second factor that signs (WebAuthn). `wrap` is the member's seed under its PRF output, where it has one."""

    __tablename__ = "passkey"

    id: Mapped[bytes] = mapped_column(ID, primary_key=True)
    member_id: Mapped[bytes] = mapped_column(ForeignKey("member.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1023), unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(BigInteger)
    label: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    wrap: Mapped[bytes | None] = mapped_column(EncryptedBytes("passkey.wrap"))


class UsedChallenge(Base):
    """A challenge that a passkey answered: nobody answers it again. Forgotten when it is over by itself."""

    __tablename__ = "used_challenge"

    hash: Mapped[bytes] = mapped_column(HASH, primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class RecoveryCode(Base):
    """A code that stands for the second factor once, as a digest and what that is found by; deleted when it is used."""

    __tablename__ = "recovery_code"

    member_id: Mapped[bytes] = mapped_column(ForeignKey("member.id"), primary_key=True)
    hash: Mapped[bytes] = mapped_column(IndexHash("recovery code", of="digest"), primary_key=True)
    digest: Mapped[bytes] = mapped_column(EncryptedBytes("recovery_code.digest"))


class SecondFactorReset(Base):
    """A member whose second factor a colleague took away, and the digest of the code that the colleague says."""

    __tablename__ = "second_factor_reset"

    member_id: Mapped[bytes] = mapped_column(ForeignKey("member.id"), primary_key=True)
    code_digest: Mapped[bytes] = mapped_column(EncryptedBytes("second_factor_reset.code_digest"))
    until: Mapped[datetime] = mapped_column(UtcDateTime)


class Invitation(Base):
    """Somebody who was asked to join; the server knows the link by a keyed hash of what its secret gives.

    `offer` says whose site this is and what is offered, with a mac of the link's secret. `sealed_secret` is that
    secret for the browsers of coordinators. `public_key` and `proof` are the invited browser's; whoever answered is a
    member already, and disabled until a signed roster names them. `teams`: their ids, 16 bytes each.
    """

    __tablename__ = "invitation"

    id: Mapped[bytes] = mapped_column(ID, primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(HASH, unique=True)
    member_id: Mapped[bytes] = mapped_column(ID, unique=True)
    name: Mapped[str] = mapped_column(String(80))
    folded_name: Mapped[str] = mapped_column(String(160), unique=True)
    role: Mapped[int]
    teams: Mapped[bytes]
    offer: Mapped[bytes]
    offer_mac: Mapped[bytes] = mapped_column(HASH)
    sealed_secret: Mapped[bytes]
    made_by: Mapped[bytes] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    totp_secret: Mapped[bytes | None] = mapped_column(EncryptedBytes("invitation.totp_secret"))
    public_key: Mapped[bytes | None]
    proof: Mapped[bytes | None]


class SecurityEvent(Base):
    """Something about a member's keys or factors that they read when they sign in. `other_id`: the other person."""

    __tablename__ = "security_event"

    id: Mapped[bytes] = mapped_column(ID, primary_key=True)
    member_id: Mapped[bytes] = mapped_column(ForeignKey("member.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    other_id: Mapped[bytes | None] = mapped_column(ID)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class StaffSession(Base):
    """A signed-in browser, known by a keyed hash of its token.

    `confirmed_at`: when both factors were last given. `enrolling`: a colleague's code was, so it may do nothing before
    there is a new second factor.
    """

    __tablename__ = "staff_session"

    token_hash: Mapped[bytes] = mapped_column(HASH, primary_key=True)
    member_id: Mapped[bytes] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    enrolling: Mapped[bool] = mapped_column(default=False)
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
