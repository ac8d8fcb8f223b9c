"""Use cases of the purge: what is due, and carrying it out a few reports at a time."""

from collections import Counter
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from youthsafe.accounts import services as accounts_services
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append_each
from youthsafe.drills import services as drills_services
from youthsafe.extensions import db
from youthsafe.mailbox import erasing, tombstones
from youthsafe.mailbox.erasing import Kept
from youthsafe.mailbox.standing import Ages, Reason, needs_alert, reason_to_erase
from youthsafe.retention.models import JobRun

Judge = Callable[[Kept], Reason | str | None]  # why a report is erased, ALERT, or none while it is left alone
ALERT = "alert"
ON_HOLD = "held"
PURGE = "purge"


@dataclass(frozen=True, slots=True)
class Due:
    """Reports with what a purge does to each: the reason for erasing it, ALERT or ON_HOLD."""

    reports: tuple[tuple[Kept, Reason | str], ...]

    def counts(self) -> Counter[tuple[bytes, str]]:
        """Return how many of each team's reports meet what."""
        return Counter((report.team_id, str(what)) for report, what in self.reports)

    def ids(self) -> list[bytes]:
        """Return the ids of all of them."""
        return [report.id for report, _ in self.reports]

    def erased(self) -> list[tuple[Kept, Reason]]:
        """Return those that are erased."""
        return [(report, what) for report, what in self.reports if isinstance(what, Reason)]

    def surprising(self) -> int:
        """Return how many are erased by the clock alone; a flood that was closed as junk ends as it came, at once."""
        by_the_clock = (Reason.CLOSED, Reason.UNCLAIMED)
        return sum(what in by_the_clock and not report.standing.flood_closed for report, what in self.erased())


def by_age(ages: Ages, now: datetime) -> Judge:
    """Return the rule of every hour."""

    def judge(report: Kept) -> Reason | str | None:
        alert = ALERT if needs_alert(report.standing, ages, now) else None
        return reason_to_erase(report.standing, ages, now) or alert

    return judge


def by_ledger(gone: Container[bytes]) -> Judge:
    """Return the rule after a backup was restored: what the ledger names goes again, unless it is on hold."""

    def judge(report: Kept) -> Reason | str | None:
        if report.standing.hidden or tombstones.mark(report.id) not in gone:
            return None
        return ON_HOLD if report.standing.hold else Reason.LEDGER

    return judge


def due(ages: Ages, now: datetime) -> Due:
    """Return what is due by age, found through indexes."""
    return _judged(perhaps_due(ages, now), by_age(ages, now))


def perhaps_due(ages: Ages, now: datetime) -> list[Kept]:
    """Return the reports of which the rules have to be asked; a drill is none: it goes when somebody opened it."""
    drills = drills_services.reports()
    return [each for each in erasing.perhaps_due(ages, now) if each.id not in drills]


def brought_back(gone: Container[bytes]) -> Due:
    """Return the reports that the ledger names, after a look at every report's id."""
    found = [number for number in erasing.every_id() if tombstones.mark(number) in gone]
    return _judged(erasing.kept(found), by_ledger(gone))


def carry_out(planned: Sequence[bytes], judge: Judge, now: datetime) -> tuple[Due, set[bytes]]:
    """Erase those of the planned reports that are still due and note the alerts.

    Returns what was done, and the marks of all that is gone. The trail names a report that somebody had opened,
    because it names that opening too. Of one that nobody opened it says only that there was one.
    """
    found = _judged(erasing.kept(planned, lock=True), judge)
    marks = erasing.erase(found.erased(), now)
    erased = [(report.team_id, report.id if report.standing.opened_at else None) for report, _ in found.erased()]
    alerts = [report for report, what in found.reports if what == ALERT]
    for report in alerts:
        erasing.note_alert(report, now)
    alerted = [(report.team_id, report.id) for report in alerts]
    for action, done_to in ((Action.REPORT_PURGED, erased), (Action.REPORT_ALERTED, alerted)):
        if done_to:
            append_each(action, done_to, now=now)
    return found, marks


def tidy(now: datetime, most: int) -> int:
    """Take away what ran out, sessions and at most so many old tombstones; returns how many."""
    return accounts_services.end_sessions(now) + tombstones.remove_old(now, most)


def last_run(name: str) -> datetime | None:
    """Return when a job last ended well."""
    return db.session.scalar(select(JobRun.ended_at).where(JobRun.name == name))


def note_run(name: str, now: datetime) -> None:
    """Write down that a job ended well."""
    db.session.merge(JobRun(name=name, ended_at=now))


def _judged(reports: Sequence[Kept], judge: Judge) -> Due:
    judged = ((report, judge(report)) for report in reports)
    return Due(tuple((report, what) for report, what in judged if what is not None))
