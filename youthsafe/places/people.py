"""Who does something to a place at the desk, as the trail and an approval know them."""

from youthsafe.accounts.services import SignedIn
from youthsafe.havens.approvals import Person, signed_in


def role_name(member: SignedIn) -> str:
    """Return a member's role as a word, which is all that is kept of them outside the trail."""
    return member.role.name.lower()


def person(member: SignedIn) -> Person:
    """Return a member as havens know people."""
    return signed_in(role_name(member), member.id)
