"""A coordinator who came back by the recovery kit: nothing of the lost sign-in opens the account any more."""

from dataclasses import dataclass

from sqlalchemy import delete, select

from youthsafe.accounts import services
from youthsafe.accounts.models import (
    KeyGrant,
    Member,
    MemberWrap,
    Passkey,
    RecoveryCode,
    SecondFactorReset,
    StaffSession,
)
from youthsafe.crypto.grant import KIT_ID
from youthsafe.crypto.roster import RosterMember
from youthsafe.extensions import db


@dataclass(frozen=True, slots=True)
class NewSignIn:
    """A sign-in that a browser made; codes of the step `totp_counter` and before are not good any more."""

    salt: bytes
    proof: bytes
    wrap: bytes
    totp_secret: bytes
    totp_counter: int


def kit_grants() -> list[bytes]:
    """Return the teams' secrets as they are sealed to the recovery kit."""
    query = select(KeyGrant.content).where(KeyGrant.recipient_id == KIT_ID).order_by(KeyGrant.team_id, KeyGrant.epoch)
    return list(db.session.scalars(query))


def give_sign_in(member: RosterMember, new: NewSignIn) -> None:
    """Give a member of the roster this sign-in and no other: whoever is new is added, what a known one had is gone."""
    known = db.session.get(Member, member.id, with_for_update=True)
    if known is None:
        services.add_member(
            member_id=member.id,
            name=member.name,
            role=member.role,
            proof=new.proof,
            salt=new.salt,
            totp_secret=new.totp_secret,
            totp_counter=new.totp_counter,
            wraps=[new.wrap],
        )
        return
    for table in (MemberWrap, Passkey, RecoveryCode, SecondFactorReset, StaffSession):
        db.session.execute(delete(table).where(table.member_id == member.id))
    known.verifier = services.verifier(member.id, new.proof)
    known.salt, known.memory, known.passes = new.salt, services.MEMORY_KIB, services.PASSES
    known.totp_secret, known.totp_counter = new.totp_secret, new.totp_counter
    db.session.add(MemberWrap(member_id=member.id, position=0, content=new.wrap))
    db.session.flush()
