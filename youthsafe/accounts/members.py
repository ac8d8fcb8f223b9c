"""What a signed roster means for members: who joins it, leaves it, or gets another role."""

from datetime import datetime

from sqlalchemy import delete, select

from youthsafe.accounts.models import Invitation, Member, Membership, StaffSession
from youthsafe.accounts.names import fold
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.crypto.change import ChangeError
from youthsafe.crypto.roster import Roster, RosterMember
from youthsafe.extensions import db


def follow(roster: Roster, now: datetime, actor: bytes | None) -> None:
    """Let teams and roles follow a roster; whoever is not in it is signed out and signs in no more.

    Raises ChangeError for somebody who has no account here or another name in it, for two people of one name, and for
    whoever was invited as somebody else.
    """
    before = _teams()
    listed = {each.id: each for each in roster.members}
    members = {each.id: each for each in db.session.scalars(select(Member))}
    if not listed.keys() <= members.keys():
        raise ChangeError("somebody who has no account here")
    db.session.execute(delete(Membership))
    for each in roster.members:
        db.session.add_all(Membership(member_id=each.id, team_id=team) for team in each.teams)
    for member in members.values():
        _follow_one(member, listed.get(member.id), before.get(member.id, frozenset()), now, actor)
    _require_names_of_accounts(roster, members)
    db.session.execute(delete(StaffSession).where(StaffSession.member_id.not_in(listed)))


def _require_names_of_accounts(roster: Roster, members: dict[bytes, Member]) -> None:
    """Refuse a roster by which colleagues would see somebody under another name than the one that signs in."""
    if any(each.name != members[each.id].name for each in roster.members):
        raise ChangeError("somebody under another name than the account's")
    if len({fold(each.name) for each in roster.members}) < len(roster.members):
        raise ChangeError("two people of one name")


def _follow_one(
    member: Member, listed: RosterMember | None, teams: frozenset[bytes], now: datetime, actor: bytes | None
) -> None:
    invitation = db.session.scalar(select(Invitation).where(Invitation.member_id == member.id))
    if listed is None:
        if invitation is None and not member.disabled:
            append(Action.MEMBER_REMOVED, now=now, actor=actor, subject=member.id)
        member.disabled = True
        return
    if invitation is not None:
        _require_as_invited(listed, invitation)
        db.session.delete(invitation)
        append(Action.MEMBER_JOINED, now=now, actor=actor, subject=member.id)
    elif (member.role, teams) != (listed.role, frozenset(listed.teams)) and teams:
        append(Action.MEMBER_CHANGED, now=now, actor=actor, subject=member.id)
    member.disabled, member.role = False, listed.role


def _require_as_invited(listed: RosterMember, invitation: Invitation) -> None:
    """Refuse another key, name, role or teams than those that were offered and answered."""
    offered = (invitation.public_key, invitation.name, invitation.role, invitation.teams)
    if (listed.public_key, listed.name, int(listed.role), b"".join(listed.teams)) != offered:
        raise ChangeError("somebody who was invited as another")


def _teams() -> dict[bytes, frozenset[bytes]]:
    rows = db.session.execute(select(Membership.member_id, Membership.team_id)).all()
    return {member: frozenset(row.team_id for row in rows if row.member_id == member) for member, _ in rows}
