"""How many people can open the reports of each team."""

from sqlalchemy import func, select

from youthsafe.accounts.models import KeyGrant, Member, Membership
from youthsafe.extensions import db


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
