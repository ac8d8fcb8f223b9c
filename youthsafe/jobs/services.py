"""Use cases of the purge: what is due, and carrying it out a few reports at a time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from youthsafe.accounts import services as accounts_services
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.mailbox import erasing, tombstones
from youthsafe.mailbox.erasing import Kept
from youthsafe.privacy.retention import Ages, Reason, needs_alert, reason_to_erase

Marks = Mapping[bytes, datetime]


@dataclass(frozen=True, slots=True)
class Due:
    """What a purge does now: reports to erase with the reason, and reports whose teams are to be told first."""

    erase: tuple[tuple[Kept, Reason], ...]
    alert: tuple[Kept, ...]

    def counts(self) -> Counter[tuple[bytes, str]]:
        """Return how many of each team's reports meet what: `alert`, or the reason for erasing them."""
        told = Counter((report.team_id, "alert") for report in self.alert)
        return told + Counter((report.team_id, str(reason)) for report, reason in self.erase)

    def ids(self) -> list[bytes]:
        """Return the ids of all of them."""
        return [report.id for report, _ in self.erase] + [report.id for report in self.alert]


def due(ages: Ages, now: datetime, ledger: Marks, ids: Sequence[bytes] | None = None) -> Due:
    """Return what is due of all reports, or of `ids`, locked; what the ledger names goes again."""
    erase, alert = [], []
    for report in erasing.kept(ids):
        reason = reason_to_erase(report.standing, ages, now)
        if reason is None and not report.standing.hidden and tombstones.mark(report.id) in ledger:
            reason = Reason.LEDGER
        if reason is not None:
            erase.append((report, reason))
        elif needs_alert(report.standing, ages, now):
            alert.append(report)
    return Due(tuple(erase), tuple(alert))


def carry_out(planned: Sequence[bytes], ages: Ages, now: datetime, ledger: Marks) -> Due:
    """Erase those of the planned reports that are still due and note the alerts; returns what was done.

    The trail names a report that somebody had opened, because it names that opening too. Of one that nobody opened
    it says only that there was one.
    """
    found = due(ages, now, ledger, planned)
    erasing.erase(found.erase, now)
    for report, _ in found.erase:
        append(Action.REPORT_PURGED, now=now, subject=report.id if report.standing.opened_at else None)
    for report in found.alert:
        erasing.note_alert(report, now)
        append(Action.REPORT_ALERTED, now=now, subject=report.id)
    return found


def tidy(now: datetime, ledger: Marks) -> int:
    """Take away what ran out: sessions and old tombstones; returns how many.

    Tombstones that a restored backup lacks are put back first: its late retries are as dead as before.
    """
    standing = tombstones.standing()
    tombstones.bury((mark for mark, at in ledger.items() if now - at < tombstones.LIFE and mark not in standing), now)
    return accounts_services.end_sessions(now) + tombstones.remove_old(now)


def to_write_down(now: datetime) -> dict[bytes, datetime]:
    """Return what the ledger must hold: all that is erased, and what was taken back and will be."""
    return dict.fromkeys(erasing.hidden_marks(), now) | tombstones.standing()
