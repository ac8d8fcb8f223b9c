"""What a list shows of a report: facts, and no content."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Row

from youthsafe.accounts import services as accounts_services
from youthsafe.database import DAMAGED, UtcDateTime, readable_moment
from youthsafe.mailbox.models import Report
from youthsafe.mailbox.standing import ReportState, erased_at


class Claimant(NamedTuple):
    """Whoever claimed a report."""

    id: bytes
    name: str


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """One report as a list shows it. Each field is read from the column of its name."""

    id: bytes
    team_id: bytes
    epoch: int
    urgent: bool
    received_at: datetime
    state: ReportState
    claimed_by: Claimant | None
    opened_at: datetime | None
    closed_at: datetime | None
    withdrawn_at: datetime | None
    alerted_at: datetime | None
    answers: int
    follow_ups: int
    entries: int
    unanswered: bool
    hold: bool
    difficulty: int

    @property
    def opened(self) -> bool:
        """Whether somebody had its content."""
        return self.opened_at is not None

    @property
    def withdrawn(self) -> bool:
        """Whether its reporter took it back."""
        return self.withdrawn_at is not None

    @property
    def erased_at(self) -> datetime | None:
        """When it will be erased unless somebody claims it; none without a countdown."""
        return erased_at(self.alerted_at, hold=self.hold)

    @property
    def damaged(self) -> bool:
        """Whether a moment of it cannot be read; the other reports of its list are shown all the same."""
        return DAMAGED in [getattr(self, each.name) for each in fields(self)]


_NAMES: Final = tuple(each.name for each in fields(ReportSummary))


def columns() -> tuple[Any, ...]:
    """Return what a query selects for summaries; a moment that cannot be read is DAMAGED."""
    found = [getattr(Report, name) for name in _NAMES]
    return tuple(readable_moment(each) if isinstance(each.type, UtcDateTime) else each for each in found)


def summaries(reports: Sequence[Report] | Sequence[Row[Any]]) -> list[ReportSummary]:
    """Return what a list shows of reports, or of rows with those columns."""
    names = accounts_services.names(each.claimed_by for each in reports if each.claimed_by is not None)
    return [_summary(each, names) for each in reports]


def _summary(report: Report | Row[Any], names: dict[bytes, str]) -> ReportSummary:
    values: dict[str, Any] = {name: getattr(report, name) for name in _NAMES}
    claimant = None if report.claimed_by is None else Claimant(report.claimed_by, names.get(report.claimed_by, ""))
    return ReportSummary(**values | {"state": ReportState(report.state), "claimed_by": claimant})
