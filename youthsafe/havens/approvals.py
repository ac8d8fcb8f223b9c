"""Who may say that a place is what it seems, and when that is enough. No name is ever stored."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from youthsafe.database import keyed_hash
from youthsafe.errors import InvalidInputError
from youthsafe.havens.models import HavenApproval, Method

NEEDED: Final = 2
GOOD_FOR_DAYS: Final = 180
_MARK_LETTERS: Final = 24
_APPROVER = re.compile(r"(?=.{3,40}\Z)[a-z]+(?:-[a-z]+)*-[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Person:
    """Who says something of a haven. `mark` is kept with an approval and tells two people of one role apart.

    `actor` is what the audit trail knows them by: a member's id, or a keyed hash of role and number.
    """

    role: str
    mark: str
    actor: bytes


def numbered(approver: str) -> Person:
    """Return the person behind a role and number such as `coordinator-1`; raises InvalidInputError.

    The number tells two people of one role apart; which person it is stands on paper, not here.
    """
    if not _APPROVER.fullmatch(approver):
        raise InvalidInputError("Say who by role and number, such as coordinator-1. Names are not kept.")
    return Person(approver.rpartition("-")[0], approver, keyed_hash("haven.approver", approver.encode())[:16])


def signed_in(role: str, member_id: bytes) -> Person:
    """Return a member at the desk. The mark is a keyed hash, longer than any number: nobody can type it."""
    return Person(role, f"{role}-{keyed_hash('haven.approver', member_id).hex()[:_MARK_LETTERS]}", member_id)


def role_in(mark: str) -> str:
    """Return the role in the mark of an approval."""
    return mark.rpartition("-")[0]


def was_at_desk(mark: str) -> bool:
    """Tell whether an approval was given at the desk."""
    return not _APPROVER.fullmatch(mark)


def check_day(on: date, today: date) -> None:
    """Refuse a day that has not come yet, or is too long ago to count; raises InvalidInputError."""
    if on > today:
        raise InvalidInputError(f"{on} has not come yet.")
    if not counts(on, today):
        raise InvalidInputError(f"{on} is {GOOD_FOR_DAYS} days ago or more: that is too long to count.")


def counts(on: date, today: date) -> bool:
    """Tell whether something that happened on a day is recent enough to count."""
    return today - on < timedelta(days=GOOD_FOR_DAYS)


def deciding_visit(approvals: Iterable[HavenApproval]) -> HavenApproval | None:
    """Return the newest visit when the approvals are enough: two different people, one of them after a visit."""
    approvals = tuple(approvals)
    visits = [each for each in approvals if each.method == Method.VISIT]
    if len({each.approver for each in approvals}) < NEEDED or not visits:
        return None
    return max(visits, key=lambda each: each.done_on)
