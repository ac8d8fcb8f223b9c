"""How a report stands, in words that are defined once: whose turn it is, who may see it, and when it is erased.

Pure functions, without Flask or a database. What an index and a query look for is written here too, in SQL, beside the
function that says the same; a test holds the two together.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final


class ReportState(StrEnum):
    """Where a report stands in triage."""

    NEW = "new"
    OPEN = "open"
    CLOSED = "closed"


# Which rows an index holds. A query uses it when it asks for the same in the same words.
HIDDEN: Final = "(withdrawn_at IS NOT NULL AND opened_at IS NULL)"
IN_SIGHT: Final = "(withdrawn_at IS NULL OR opened_at IS NOT NULL)"
WAITING: Final = f"(state <> 'closed' OR unanswered) AND {IN_SIGHT}"
CLAIMED: Final = f"{WAITING} AND claimed_by IS NOT NULL"
OF_NOBODY: Final = f"{WAITING} AND state <> 'closed' AND claimed_by IS NULL AND answers = 0 AND follow_ups = 0"
UNTOUCHED: Final = f"{OF_NOBODY} AND NOT hold"
CLOSED: Final = f"closed_at IS NOT NULL AND {IN_SIGHT}"
FLOOD_CLOSED: Final = f"flood_id IS NOT NULL AND {IN_SIGHT}"
# The same rows, said so that no index is used: for a query that names the reports it means.
ARE_UNTOUCHED: Final = f"({UNTOUCHED}) IS TRUE"


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

    def longest(self, other: "Ages") -> "Ages":
        """Return the longer of both, each by itself."""
        return Ages(max(self.closed, other.closed), max(self.unclaimed, other.unclaimed))

    def shortest(self, other: "Ages") -> "Ages":
        """Return the shorter of both, each by itself."""
        return Ages(min(self.closed, other.closed), min(self.unclaimed, other.unclaimed))


AFTER_WITHDRAWING: Final = timedelta(hours=24)
AFTER_ALERT: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules look at; moments are hours. `unanswered`: the newest word is the reporter's."""

    state: ReportState
    received_at: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    withdrawn_at: datetime | None
    alerted_at: datetime | None
    claimed: bool
    unanswered: bool
    hold: bool
    answers: int
    follow_ups: int
    flood_closed: bool

    @property
    def hidden(self) -> bool:
        """Whether its reporter took it back before anybody opened it: from then on it is nobody's to see."""
        return self.withdrawn_at is not None and self.opened_at is None

    @property
    def waiting(self) -> bool:
        """Whether it stands in the inbox: it is open, or its reporter wrote again after it was closed."""
        return (self.state != ReportState.CLOSED or self.unanswered) and not self.hidden

    @property
    def untouched(self) -> bool:
        """Whether nobody claimed it, answered in it or put it on hold, and its reporter wrote nothing more."""
        touched = self.state == ReportState.CLOSED or self.claimed or self.answers > 0 or self.follow_ups > 0
        return not (touched or self.hold or self.hidden)


@dataclass(frozen=True, slots=True)
class End:
    """Why and when a report will be erased if nothing happens to it."""

    reason: Reason
    at: datetime


def end_of(report: Standing, ages: Ages, now: datetime) -> End | None:
    """Return the end of a report, as it stands now; none while no timer runs.

    A report that somebody works on is never erased by a timer, nor one on which a coordinator put a hold. The team of
    one that nobody claims is told first, now at the earliest.
    """
    if report.hidden and report.withdrawn_at is not None:
        return End(Reason.WITHDRAWN, report.withdrawn_at + AFTER_WITHDRAWING)
    if report.hold:
        return None
    if report.closed_at is not None:
        return None if report.unanswered else End(Reason.CLOSED, report.closed_at + ages.closed)
    if report.claimed:
        return None
    old = report.received_at + ages.unclaimed
    return End(Reason.UNCLAIMED, max(old, (report.alerted_at or max(old, now)) + AFTER_ALERT))


def reason_to_erase(report: Standing, ages: Ages, now: datetime) -> Reason | None:
    """Return why a report is to be erased now; none while it is kept."""
    end = end_of(report, ages, now)
    return end.reason if end is not None and now >= end.at else None


def needs_alert(report: Standing, ages: Ages, now: datetime) -> bool:
    """Tell whether a team has to be told now that a report will be erased unless somebody claims it."""
    if report.hidden or report.hold or report.claimed or report.closed_at is not None:
        return False
    return report.alerted_at is None and now >= report.received_at + ages.unclaimed


def erased_at(alerted_at: datetime | None, *, hold: bool) -> datetime | None:
    """Return when a report of which its team was told is erased unless somebody claims it; none without a countdown."""
    return None if alerted_at is None or hold else alerted_at + AFTER_ALERT
