"""Who may say that a place is what it seems, and when that is enough. No name is ever stored."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from youthsafe.errors import InvalidInputError
from youthsafe.havens.models import HavenApproval, Method

NEEDED: Final = 2
GOOD_FOR_DAYS: Final = 180
_APPROVER = re.compile(r"(?=.{3,40}\Z)[a-z]+(?:-[a-z]+)*-[0-9]{1,3}")


def role_of(approver: str) -> str:
    """Return the role of an approver such as `coordinator-1`; raises InvalidInputError.

    The number tells two people of one role apart; which person it is stands on paper, not here.
    """
    if not _APPROVER.fullmatch(approver):
        raise InvalidInputError("Say who by role and number, such as coordinator-1. Names are not kept.")
    return approver.rpartition("-")[0]


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
