"""How long a report is kept, and why it is erased: the rules, and nothing that carries them out.

A report that somebody works on is never erased by a timer, nor one on which a coordinator put a hold.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Reason(StrEnum):
    """Why a report was erased; the values are counted for each team."""

    WITHDRAWN = "withdrawn"  # its reporter took it back before anybody opened it
    CLOSED = "closed"
    UNCLAIMED = "unclaimed"
    LEDGER = "ledger"  # it had been erased before, and a restored backup brought it back


@dataclass(frozen=True, slots=True)
class Ages:
    """How long a report is kept after it was closed, and one that nobody claims after it came."""

    closed: timedelta = timedelta(days=90)
    unclaimed: timedelta = timedelta(days=365)


AFTER_WITHDRAWING = timedelta(hours=24)
AFTER_ALERT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules look at; moments are hours. `unanswered`: the newest word is the reporter's."""

    received_at: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    withdrawn_at: datetime | None
    alerted_at: datetime | None
    claimed: bool
    unanswered: bool
    hold: bool

    @property
    def hidden(self) -> bool:
        """Whether its reporter took it back before anybody opened it."""
        return self.withdrawn_at is not None and self.opened_at is None


def reason_to_erase(report: Standing, ages: Ages, now: datetime) -> Reason | None:
    """Return why a report is to be erased now; none while it is kept."""
    if report.hidden and report.withdrawn_at is not None:
        return Reason.WITHDRAWN if now >= report.withdrawn_at + AFTER_WITHDRAWING else None
    if report.hold:
        return None
    if report.closed_at is not None:
        done = not report.unanswered and now >= report.closed_at + ages.closed
        return Reason.CLOSED if done else None
    told = report.alerted_at is not None and now >= report.alerted_at + AFTER_ALERT
    return Reason.UNCLAIMED if _lies_unclaimed(report, ages, now) and told else None


def needs_alert(report: Standing, ages: Ages, now: datetime) -> bool:
    """Tell whether a team has to be told now that a report will be erased unless somebody claims it."""
    return not report.hidden and not report.hold and report.alerted_at is None and _lies_unclaimed(report, ages, now)


def _lies_unclaimed(report: Standing, ages: Ages, now: datetime) -> bool:
    return report.closed_at is None and not report.claimed and now >= report.received_at + ages.unclaimed
