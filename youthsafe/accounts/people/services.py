"""Use cases of whoever looks after the staff."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError

from youthsafe.accounts import factors, passkeys, recovery_codes, security_events
from youthsafe.accounts.models import Invitation, Member, MemberWrap, StaffSession
from youthsafe.accounts.names import fold
from youthsafe.accounts.security_events import EventKind
from youthsafe.accounts.services import SignedIn
from youthsafe.accounts.spoken_codes import shown
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.crypto.encoding import EncodingError
from youthsafe.crypto.invitation import parse_offer
from youthsafe.crypto.keys import ID_LENGTH
from youthsafe.crypto.roster import KEYLESS, Role
from youthsafe.database import keyed_hash
from youthsafe.errors import ConflictError, InvalidInputError, NotFoundError
from youthsafe.extensions import db

ANSWER_LIFE = timedelta(days=7)  # how long an answer waits for a coordinator
TAKEN = "Somebody has this name, or was offered it. Nothing was saved."


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the staff, and which second factors they have."""

    id: bytes
    name: str
    role: Role
    app: bool
    passkeys: int
    codes_left: int
    reset: bool


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who was invited. `answered`: their browser made a key, which a coordinator has to check."""

    id: bytes
    member_id: bytes
    name: str
    role: Role
    teams: list[bytes]
    made_by: str
    until: datetime
    offer: bytes
    sealed_secret: bytes
    public_key: bytes | None
    proof: bytes | None
    answered: bool


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """What a coordinator's browser made: see `Invitation`. `days`: how long the link is good."""

    token: bytes
    member: bytes
    name: str
    role: Role
    teams: Sequence[bytes]
    offer: bytes
    offer_mac: bytes
    sealed_secret: bytes
    days: int


@dataclass(frozen=True, slots=True)
class Reset:
    """The code that a colleague says, as people read it, and until when it is good."""

    code: str
    until: datetime


def colleagues() -> list[Colleague]:
    """Return everybody of the roster in force, by name."""
    members = db.session.scalars(select(Member).where(Member.disabled.is_(False)).order_by(Member.folded_name))
    return [
        Colleague(
            id=each.id,
            name=each.name,
            role=Role(each.role),
            app=each.totp_secret is not None,
            passkeys=passkeys.count(each.id),
            codes_left=recovery_codes.left(each.id),
            reset=not factors.has_any(each),
        )
        for each in members
    ]


def reset_second_factor(actor: SignedIn, member_id: bytes, now: datetime) -> Reset:
    """Take a colleague's second factors away and end their sessions; both are told. Raises NotFoundError.

    Raises ConflictError for one's own: a coordinator who lost theirs asks another one.
    """
    member = db.session.get(Member, member_id, with_for_update=True)
    if member is None or member.disabled:
        raise NotFoundError("There is nobody of that name.")
    if member.id == actor.id:
        raise ConflictError("Another coordinator resets yours. Nothing was changed.")
    code = factors.reset(member, now)
    db.session.execute(delete(StaffSession).where(StaffSession.member_id == member.id))
    append(Action.SECOND_FACTOR_RESET, now=now, actor=actor.id, subject=member.id)
    security_events.tell(member.id, EventKind.RESET, now, other_id=actor.id)
    security_events.tell(actor.id, EventKind.RESET_BY_YOU, now, other_id=member.id)
    return Reset(shown(code), now + factors.RESET_LIFE)


def invite(actor: SignedIn, new: NewInvitation, now: datetime) -> bytes:
    """Keep an invitation and return its id; raises ConflictError for a name that somebody has or was offered.

    Raises InvalidInputError for teams of a role that opens no report.
    """
    if new.role in KEYLESS and new.teams:
        raise InvalidInputError("This role is in no team. Nothing was saved.", fields={"teams": ["not with this role"]})
    _check_offer(new)
    _forget_over(now)
    folded = fold(new.name)
    _free_name(folded)
    taken = select(Member.id).where(or_(Member.folded_name == folded, Member.id == new.member))
    waiting = select(Invitation.id).where(or_(Invitation.folded_name == folded, Invitation.member_id == new.member))
    token_hash = hash_of(new.token)
    same = select(Invitation.id).where(Invitation.token_hash == token_hash)
    if any(db.session.scalar(each) is not None for each in (taken, waiting, same)):
        raise ConflictError(TAKEN)
    invitation = Invitation(
        id=secrets.token_bytes(ID_LENGTH),
        token_hash=token_hash,
        member_id=new.member,
        name=new.name,
        folded_name=folded,
        role=new.role,
        teams=b"".join(new.teams),
        offer=new.offer,
        offer_mac=new.offer_mac,
        sealed_secret=new.sealed_secret,
        made_by=actor.id,
        made_at=now,
        until=now + timedelta(days=new.days),
    )
    _keep(invitation)
    append(Action.MEMBER_INVITED, now=now, actor=actor.id, subject=new.member)
    return invitation.id


def _keep(invitation: Invitation) -> None:
    """Write an invitation down; raises ConflictError where another one of that name came at the same moment."""
    db.session.add(invitation)
    try:
        db.session.flush()
    except IntegrityError:
        raise ConflictError(TAKEN) from None


def _free_name(folded: str) -> None:
    """Let somebody have the name of a member who was removed: that one signs in no more, and is found by id."""
    query = select(Member).where(Member.folded_name == folded, Member.disabled.is_(True))
    waiting = select(Invitation.id).where(Invitation.folded_name == folded)
    removed = db.session.scalar(query)
    if removed is not None and db.session.scalar(waiting) is None:
        removed.folded_name = f"removed {removed.id.hex()}"
        db.session.flush()


def _check_offer(new: NewInvitation) -> None:
    try:
        offered = parse_offer(new.offer)
    except EncodingError:
        raise InvalidInputError("The offer is not well formed. Nothing was saved.") from None
    said = (offered.member_id, offered.name, offered.role, tuple(offered.teams))
    if said != (new.member, new.name, new.role, tuple(new.teams)):
        raise InvalidInputError("The offer says something else than the invitation. Nothing was saved.")


def invitations(now: datetime) -> list[Invited]:
    """Return the invitations that are good, the newest first."""
    query = (
        select(Invitation, Member.name)
        .join(Member, Member.id == Invitation.made_by)
        .where(Invitation.until > now)
        .order_by(Invitation.made_at.desc(), Invitation.id)
    )
    return [
        Invited(
            id=each.id,
            member_id=each.member_id,
            name=each.name,
            role=Role(each.role),
            teams=teams_of(each),
            made_by=made_by,
            until=each.until,
            offer=each.offer,
            sealed_secret=each.sealed_secret,
            public_key=each.public_key,
            proof=each.proof,
            answered=each.public_key is not None,
        )
        for each, made_by in db.session.execute(query)
    ]


def cancel(actor: SignedIn, invitation_id: bytes, now: datetime) -> None:
    """Let an invitation be good no more, answered or not; raises NotFoundError."""
    invitation = db.session.get(Invitation, invitation_id, with_for_update=True)
    if invitation is None:
        raise NotFoundError("There is no such invitation.")
    append(Action.INVITATION_CANCELLED, now=now, actor=actor.id, subject=invitation.member_id)
    _forget(invitation)


def teams_of(invitation: Invitation) -> list[bytes]:
    """Return the ids of the teams that somebody was invited to."""
    teams = invitation.teams
    return [teams[at : at + ID_LENGTH] for at in range(0, len(teams), ID_LENGTH)]


def hash_of(token: bytes) -> bytes:
    """Return what the server knows an invitation by."""
    return keyed_hash("invitation", token)


def _forget_over(now: datetime) -> None:
    for each in db.session.scalars(select(Invitation).where(Invitation.until <= now)):
        _forget(each)
    db.session.flush()


def _forget(invitation: Invitation) -> None:
    """Take an invitation away, and the account of whoever answered it and is in no roster."""
    member = db.session.get(Member, invitation.member_id)
    db.session.delete(invitation)
    if member is not None and member.disabled:
        passkeys.forget(member.id)
        recovery_codes.forget(member.id)
        db.session.execute(delete(MemberWrap).where(MemberWrap.member_id == member.id))
        db.session.delete(member)
    db.session.flush()
