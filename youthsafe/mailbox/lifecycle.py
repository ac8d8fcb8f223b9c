"""The life of a report: every change of how it stands, with what it needs first.

A report is new until somebody opens or claims it, then open, then closed; it can be opened again. Only who claimed it
answers, releases or closes it. One that its reporter took back before anybody opened it is nobody's to see.

A method that cannot do what it is asked raises and changes nothing. It returns whether it changed anything, so that
the audit trail holds what happened and not what was asked twice.
"""

from dataclasses import dataclass
from datetime import datetime

from youthsafe.errors import ConflictError, NotFoundError
from youthsafe.mailbox.models import Report
from youthsafe.mailbox.standing import ReportState
from youthsafe.privacy.coarse_time import to_hour

NO_ANSWER = bytes(32)
NOTHING_SAID = {"follow_ups": 0, "answers": 0, "entries": 0}
AT_FIRST = NOTHING_SAID | {"state": ReportState.NEW, "unanswered": True, "hold": False}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands: its number in its direction, and its position among all, both from 1."""

    number: int
    position: int


class LifeCycle:
    """Every transition of one report."""

    def __init__(self, report: Report) -> None:
        self._report = report

    # What its reporter does

    def take_back(self, now: datetime) -> bool:
        """Let its reporter take it back; before anybody opened it, that hides it. Nothing happens the second time."""
        if self._report.withdrawn_at is not None:
            return False
        self._report.withdrawn_at = to_hour(now)
        return True

    def require_newest(self, after: bytes, *, of_answers: bool) -> None:
        """Raise ConflictError unless `after` is the digest of the newest answer, or of the reporter's newest words."""
        if after != (self._report.answer_tip if of_answers else self._report.tip):
            raise ConflictError("Something newer was sent in the meantime. Nothing was saved.")

    def follow_up(self, digest: bytes) -> Place:
        """Add words of its reporter: somebody waits for an answer from now on, and nobody is told of erasing it."""
        self._require_in_sight()
        place = self._next_place(self._report.follow_ups)
        self._report.tip, self._report.follow_ups = digest, place.number
        self._report.unanswered = True
        self._report.alerted_at = None
        return place

    # What its team does

    def open(self, now: datetime) -> None:
        """Give what is sealed: a new report is open, and the minute in which an urgent one arrived is forgotten."""
        self._require_in_sight()
        self._report.opened_at = self._report.opened_at or to_hour(now)
        self._report.received_at = to_hour(self._report.received_at)
        if self._report.state == ReportState.NEW:
            self._report.state = ReportState.OPEN

    def claim(self, member_id: bytes, *, takes_over: bool = False) -> bool:
        """Let a member be the one who answers it; raises ConflictError when another is, unless they take over."""
        self._require_in_sight()
        self._require_not_closed()
        if self._report.claimed_by == member_id:
            return False
        if self._report.claimed_by is not None and not takes_over:
            raise ConflictError("Somebody else has claimed this report.")
        self._report.claimed_by = member_id
        self._report.alerted_at = None
        self._report.state = ReportState.OPEN
        return True

    def release(self, member_id: bytes) -> bool:
        """End the member's claim; raises ConflictError when another has it. Nothing happens when nobody does."""
        self._require_in_sight()
        self._require_not_closed()
        if self._report.claimed_by is None:
            return False
        self._require_claimant(member_id)
        self._report.claimed_by = None
        return True

    def hand_over(self, member_id: bytes, to: bytes) -> bool:
        """Let a colleague be the one who answers it; raises ConflictError unless the member is."""
        self._require_in_sight()
        self._require_not_closed()
        if self._report.claimed_by == to:
            return False
        self._require_claimant(member_id)
        self._report.claimed_by = to
        return True

    def free(self) -> None:
        """End the claim of somebody who reads its team's reports no more."""
        self._report.claimed_by = None

    def answer(self, digest: bytes, *, follow_ups: int) -> Place:
        """Add an answer to so many follow-ups; a later one still waits for an answer."""
        self._require_in_sight()
        place = self._next_place(self._report.answers)
        self._report.answer_tip, self._report.answers = digest, place.number
        self._report.unanswered = self._report.follow_ups > follow_ups
        return place

    def require_answered_by(self, member_id: bytes) -> None:
        """Raise ConflictError unless the member claimed it and somebody opened it, and it is not closed.

        Until it was opened its reporter may take it back as if nobody had read it.
        """
        self._require_not_closed()
        self._require_claimant(member_id)
        self.require_opened()

    def close(self, member_id: bytes, now: datetime, *, follow_ups: int) -> bool:
        """Close it; `follow_ups` is how many the member was shown.

        Raises ConflictError unless the member claimed it, while nobody has opened it, and when the reporter wrote
        again meanwhile: nobody's words are closed unread. Nothing happens when they closed it before.
        """
        self._require_in_sight()
        self._require_claimant(member_id)
        self.require_opened()
        if self._report.follow_ups != follow_ups:
            raise ConflictError("The reporter wrote again in the meantime. Read it first. Nothing was changed.")
        if self._report.state == ReportState.CLOSED:
            return False
        self._set(closing(now))
        return True

    def reopen(self, member_id: bytes) -> bool:
        """Open a closed report again, also one that was closed with a flood; it is claimed by the member then."""
        self._require_in_sight()
        if self._report.state != ReportState.CLOSED:
            return False
        self._report.state = ReportState.OPEN
        self._report.closed_at = None
        self._report.flood_id = None
        self._report.claimed_by = member_id
        return True

    def hold(self) -> bool:
        """Keep every timer from it, and end a countdown; raises ConflictError while nobody has opened it."""
        self._require_in_sight()
        self.require_opened()
        return self._set_hold(True)

    def lift(self) -> bool:
        """Let the timers run again."""
        self._require_in_sight()
        return self._set_hold(False)

    def require_opened(self) -> None:
        """Raise ConflictError while nobody has opened it."""
        if self._report.opened_at is None:
            raise ConflictError("Nobody has opened this report yet. Open it first.")

    # What the clock does

    def note_alert(self, now: datetime) -> None:
        """Write down that its team is told from now on that it will be erased."""
        self._report.alerted_at = to_hour(now)

    def _next_place(self, of_its_direction: int) -> Place:
        return Place(of_its_direction + 1, self._report.follow_ups + self._report.answers + 1)

    def _set(self, values: dict[str, object]) -> None:
        for name, value in values.items():
            setattr(self._report, name, value)

    def _set_hold(self, hold: bool) -> bool:
        changed = self._report.hold != hold
        if changed:
            self._report.hold = hold
            self._report.alerted_at = None
        return changed

    def _require_in_sight(self) -> None:
        if self._report.hidden:
            raise NotFoundError("There is no such report for you.")

    def _require_not_closed(self) -> None:
        if self._report.state == ReportState.CLOSED:
            raise ConflictError("This report is closed. Open it again first.")

    def _require_claimant(self, member_id: bytes) -> None:
        if self._report.claimed_by is None:
            raise ConflictError("Nobody has claimed this report. Claim it first.")
        if self._report.claimed_by != member_id:
            raise ConflictError("Somebody else has claimed this report.")


# A flood is closed and put back hundreds of rows at a time, so these give what an UPDATE sets.


def closing(now: datetime) -> dict[str, object]:
    """Return what closing sets; whoever opens it again is told anew before it is erased."""
    return {"state": ReportState.CLOSED, "closed_at": to_hour(now), "unanswered": False, "alerted_at": None}


def flood_closing(flood_id: bytes, hour: datetime, now: datetime) -> dict[str, object]:
    """Return what closing with a flood sets: besides, the closing's id, and the hour for the minute it came."""
    return closing(now) | {"flood_id": flood_id, "received_at": hour}


def putting_back(*, opened: bool) -> dict[str, object]:
    """Return what putting a report of a flood back sets: it is where it was, new or open, and waits for an answer."""
    state = ReportState.OPEN if opened else ReportState.NEW
    return {"state": state, "flood_id": None, "closed_at": None, "unanswered": True}
