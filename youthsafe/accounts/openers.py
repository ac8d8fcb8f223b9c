"""Who can open the reports of each team."""

from collections.abc import Collection

from sqlalchemy import func, select

from youthsafe.accounts.models import KeyGrant, Member, Membership
from youthsafe.extensions import db


def openers(team_ids: Collection[bytes]) -> list[bytes]:
    """Return the members of teams who may sign in."""
    query = (
        select(Member.id)
        .join(Membership, Membership.member_id == Member.id)
        .where(Membership.team_id.in_(team_ids), Member.disabled.is_(False))
    )
    return list(db.session.scalars(query.distinct()))


def teams_of(member_id: bytes) -> frozenset[bytes]:
    """Return the teams whose reports a member can open."""
    return frozenset(db.session.scalars(select(Membership.team_id).where(Membership.member_id == member_id)))


def readers() -> list[bytes]:
    """Return everybody of a team who may sign in, with an address of mail or without one."""
    query = select(Member.id).join(Membership, Membership.member_id == Member.id).where(Member.disabled.is_(False))
    return list(db.session.scalars(query.distinct()))


def count_openers(epochs: dict[bytes, int]) -> dict[bytes, int]:
    """Return how many members may sign in and hold the key of the epoch that is named for each team."""
    counts = dict.fromkeys(epochs, 0)
    for team_id, epoch in epochs.items():
        query = (
            select(func.count())
            .select_from(Membership)
            .join(Member, Member.id == Membership.member_id)
            .join(KeyGrant, (KeyGrant.recipient_id == Member.id) & (KeyGrant.team_id == Membership.team_id))
            .where(Membership.team_id == team_id, KeyGrant.epoch == epoch, Member.disabled.is_(False))
        )
        counts[team_id] = db.session.scalar(query) or 0
    return counts
