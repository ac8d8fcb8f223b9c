"""What may become of a report: any order of what people and the clock do, and the same rules in Python and in SQL."""

import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from youthsafe.errors import ConflictError, NotFoundError, YouthsafeError
from youthsafe.mailbox import standing
from youthsafe.mailbox.lifecycle import AT_FIRST, NO_ANSWER, LifeCycle, flood_closing, putting_back
from youthsafe.mailbox.models import Report
from youthsafe.mailbox.standing import (
    AFTER_ALERT,
    Ages,
    Reason,
    ReportState,
    Standing,
    erased_at,
    needs_alert,
    reason_to_erase,
)

BEGINNING = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)
MEMBERS = (b"a" * 16, b"b" * 16)
AGES = Ages()
FIELDS = (
    *("state", "claimed_by", "received_at", "opened_at", "closed_at", "withdrawn_at", "alerted_at", "follow_ups"),
    *("answers", "unanswered", "hold", "flood_id", "tip", "answer_tip"),
)
members = st.sampled_from(MEMBERS)


def new_report() -> Report:
    return Report(id=bytes(16), received_at=BEGINNING, tip=b"first", answer_tip=NO_ANSWER, **AT_FIRST)


def snapshot(report: Report) -> dict[str, Any]:
    return {name: getattr(report, name) for name in FIELDS}


@dataclass
class Expected:
    """The same life told in another way: what happened last, not what the columns say."""

    opened: bool = False
    claimant: bytes | None = None
    closed: bool = False
    of_a_flood: bool = False
    hidden: bool = False
    taken_back: bool = False
    waits: bool = True
    held: bool = False
    counts_down_since: datetime | None = None  # since when its team sees the day on which it goes


class Lives(RuleBasedStateMachine):
    """One report, two members, its reporter and the clock."""

    @initialize()
    def begins(self) -> None:
        self.report = new_report()
        self.life = LifeCycle(self.report)
        self.now = BEGINNING
        self.expected = Expected()
        self.order: list[int] = []

    def attempt(self, act: Callable[[], object], *, allowed: bool) -> bool:
        """Do something; what is refused is refused with our own error and changes nothing."""
        before = snapshot(self.report)
        try:
            act()
        except (ConflictError, NotFoundError):
            assert snapshot(self.report) == before
            assert not allowed
            return False
        assert allowed, "this should have been refused"
        return True

    @property
    def seen(self) -> bool:
        return not self.expected.hidden

    @rule(hours=st.integers(1, 24 * 40) | st.just(24 * 366))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def somebody_opens(self) -> None:
        if self.attempt(lambda: self.life.open(self.now), allowed=self.seen):
            self.expected.opened = True

    @rule(member=members, takes_over=st.booleans())
    def claims(self, member: bytes, takes_over: bool) -> None:
        theirs = self.expected.claimant in (None, member) or takes_over
        allowed = self.seen and not self.expected.closed and theirs
        if self.attempt(lambda: self.life.claim(member, takes_over=takes_over), allowed=allowed):
            self.expected.claimant = member

    @rule(member=members)
    def releases(self, member: bytes) -> None:
        allowed = self.seen and not self.expected.closed and self.expected.claimant in (None, member)
        if self.attempt(lambda: self.life.release(member), allowed=allowed):
            self.expected.claimant = None

    @rule(member=members, to=members)
    def hands_over(self, member: bytes, to: bytes) -> None:
        allowed = self.seen and not self.expected.closed and self.expected.claimant in {member, to} - {None}
        if self.attempt(lambda: self.life.hand_over(member, to), allowed=allowed):
            self.expected.claimant = to

    @rule(member=members, missed=st.integers(0, 1))
    def closes(self, member: bytes, missed: int) -> None:
        shown = self.report.follow_ups - missed
        allowed = self.seen and self.expected.claimant == member and self.expected.opened and not missed
        if self.attempt(lambda: self.life.close(member, self.now, follow_ups=shown), allowed=allowed):
            if not self.expected.closed:
                self.expected.waits = False
            self.expected.closed = True

    @rule(member=members)
    def opens_again(self, member: bytes) -> None:
        closed = self.expected.closed
        if self.attempt(lambda: self.life.reopen(member), allowed=self.seen) and closed:
            self.expected.closed = self.expected.of_a_flood = False
            self.expected.claimant = member

    @rule(member=members, missed=st.integers(0, 1))
    def answers(self, member: bytes, missed: int) -> None:
        allowed = self.seen and not self.expected.closed and self.expected.claimant == member and self.expected.opened
        digest, shown = secrets.token_bytes(32), max(0, self.report.follow_ups - missed)

        def act() -> None:
            self.life.require_newest(self.report.answer_tip, of_answers=True)
            self.life.require_answered_by(member)
            self.order.append(self.life.answer(digest, follow_ups=shown).position)

        if self.attempt(act, allowed=allowed):
            self.expected.waits = shown < self.report.follow_ups
            assert self.report.answer_tip == digest

    @rule()
    def its_reporter_writes(self) -> None:
        digest = secrets.token_bytes(32)
        act = lambda: self.order.append(self.life.follow_up(digest).position)  # noqa: E731
        if self.attempt(act, allowed=self.seen):
            self.expected.waits = True
            assert self.report.tip == digest

    @rule()
    def its_reporter_takes_it_back(self) -> None:
        first = not self.expected.taken_back
        assert self.life.take_back(self.now) == first
        self.expected.taken_back = True
        self.expected.hidden = self.expected.hidden or (first and not self.expected.opened)

    @rule(hold=st.booleans())
    def a_coordinator_holds_or_lifts(self, hold: bool) -> None:
        allowed = self.seen and (not hold or self.expected.opened)
        if self.attempt(self.life.hold if hold else self.life.lift, allowed=allowed):
            self.expected.held = hold

    @precondition(lambda self: self.report.standing.untouched)
    @rule()
    def a_flood_is_closed(self) -> None:
        hour = self.report.received_at.replace(minute=0)
        for name, value in flood_closing(b"j" * 16, hour, self.now).items():
            setattr(self.report, name, value)
        self.expected.closed, self.expected.of_a_flood, self.expected.waits = True, True, False

    @precondition(lambda self: self.report.flood_id is not None and not self.report.hidden)
    @rule()
    def a_flood_is_put_back(self) -> None:
        for name, value in putting_back(opened=self.report.opened_at is not None).items():
            setattr(self.report, name, value)
        self.expected.closed = self.expected.of_a_flood = False
        self.expected.waits = True

    @rule()
    def the_purge_looks(self) -> None:
        facts = self.report.standing
        if needs_alert(facts, AGES, self.now):
            self.life.note_alert(self.now)
        reason = reason_to_erase(facts, AGES, self.now)
        if reason is Reason.WITHDRAWN:
            assert self.expected.hidden
        elif reason is not None:
            assert not self.expected.held
            assert not self.expected.hidden
            assert self.expected.closed == (reason is Reason.CLOSED)
            assert self.expected.closed or self.expected.claimant is None, "never what somebody works on"
            assert not (self.expected.closed and self.expected.waits), "nobody's words go unread"
        if reason is Reason.UNCLAIMED:
            since = self.expected.counts_down_since
            assert since is not None, "its team was told, and saw it all the time"
            assert self.now - since > AFTER_ALERT - timedelta(hours=1)

    @invariant()
    def its_team_sees_when_it_goes(self) -> None:
        shown = erased_at(self.report.alerted_at, hold=self.report.hold) is not None
        expected = self.expected
        if expected.closed or expected.held or expected.claimant or not shown:
            expected.counts_down_since = None
        elif expected.counts_down_since is None:
            expected.counts_down_since = self.now

    @invariant()
    def it_stands_as_it_was_told(self) -> None:
        report, expected = self.report, self.expected
        assert (report.opened_at is not None) == expected.opened
        assert report.claimed_by == expected.claimant
        assert (report.state == ReportState.CLOSED) == expected.closed == (report.closed_at is not None)
        assert (report.flood_id is not None) == expected.of_a_flood
        assert report.hidden == expected.hidden
        assert report.unanswered == expected.waits
        assert report.hold == expected.held
        assert report.standing.waiting == ((not expected.closed or expected.waits) and not expected.hidden)
        assert report.state != ReportState.NEW or not (expected.opened or expected.claimant), "new is untouched"
        assert self.order == list(range(1, len(self.order) + 1)), "messages have one order"

    @invariant()
    def a_moment_is_an_hour_once_somebody_read(self) -> None:
        if self.expected.opened:
            assert self.report.received_at.minute == 0


TestLives = Lives.TestCase


def test_words_that_were_sealed_to_an_older_state_are_refused() -> None:
    life = LifeCycle(new_report())
    life.require_newest(b"first", of_answers=False)
    life.follow_up(b"second")
    with pytest.raises(YouthsafeError, match="Something newer"):
        life.require_newest(b"first", of_answers=False)


# The same rules in SQL

FACTS = st.builds(
    Standing,
    state=st.sampled_from(ReportState),
    received_at=st.just(BEGINNING),
    opened_at=st.sampled_from([None, BEGINNING]),
    closed_at=st.sampled_from([None, BEGINNING]),
    withdrawn_at=st.sampled_from([None, BEGINNING]),
    alerted_at=st.none(),
    claimed=st.booleans(),
    unanswered=st.booleans(),
    hold=st.booleans(),
    answers=st.integers(0, 1),
    follow_ups=st.integers(0, 1),
    flood_closed=st.booleans(),
)


def in_sql(facts: Standing, rule: str) -> bool:
    """What a rule says of one row, asked of SQLite."""
    row = {
        "state": str(facts.state),
        "opened_at": facts.opened_at and str(facts.opened_at),
        "closed_at": facts.closed_at and str(facts.closed_at),
        "withdrawn_at": facts.withdrawn_at and str(facts.withdrawn_at),
        "claimed_by": b"a" if facts.claimed else None,
        "unanswered": facts.unanswered,
        "answers": facts.answers,
        "follow_ups": facts.follow_ups,
        "flood_id": b"j" if facts.flood_closed else None,
        "hold": facts.hold,
    }
    columns = ", ".join(f":{name} AS {name}" for name in row)
    with closing(sqlite3.connect(":memory:")) as connection:
        found: tuple[int] = connection.execute(f"SELECT {rule} FROM (SELECT {columns})", row).fetchone()
    return bool(found[0])


@given(FACTS)
def test_every_rule_says_the_same_in_python_and_in_sql(facts: Standing) -> None:
    said = {
        standing.HIDDEN: facts.hidden,
        standing.IN_SIGHT: not facts.hidden,
        standing.WAITING: facts.waiting,
        standing.CLAIMED: facts.waiting and facts.claimed,
        standing.OF_NOBODY: replace(facts, hold=False).untouched,
        standing.UNTOUCHED: facts.untouched,
        standing.ARE_UNTOUCHED: facts.untouched,
        standing.CLOSED: facts.closed_at is not None and not facts.hidden,
        standing.FLOOD_CLOSED: facts.flood_closed and not facts.hidden,
    }
    assert {rule: in_sql(facts, rule) for rule in said} == said


def test_a_report_of_which_its_team_was_told_is_erased_thirty_days_later() -> None:
    lying = replace(new_report().standing, received_at=BEGINNING - AGES.unclaimed)
    assert needs_alert(lying, AGES, BEGINNING)
    told = replace(lying, alerted_at=BEGINNING)
    assert reason_to_erase(told, AGES, BEGINNING + timedelta(days=29)) is None
    assert reason_to_erase(told, AGES, BEGINNING + timedelta(days=30)) is Reason.UNCLAIMED


def put_back(report: Report) -> None:
    hour = report.received_at.replace(minute=0)
    for values in (flood_closing(b"j" * 16, hour, BEGINNING), putting_back(opened=True)):
        for name, value in values.items():
            setattr(report, name, value)


def open_again_and_release(report: Report) -> None:
    for name, value in flood_closing(b"j" * 16, report.received_at, BEGINNING).items():
        setattr(report, name, value)
    LifeCycle(report).reopen(MEMBERS[0])
    LifeCycle(report).release(MEMBERS[0])


def hold_and_lift(report: Report) -> None:
    LifeCycle(report).hold()
    LifeCycle(report).lift()


def claim_and_release(report: Report) -> None:
    LifeCycle(report).claim(MEMBERS[0])
    LifeCycle(report).release(MEMBERS[0])


@pytest.mark.parametrize("meanwhile", [put_back, open_again_and_release, hold_and_lift, claim_and_release])
def test_a_countdown_that_nobody_saw_meanwhile_begins_anew(meanwhile: Callable[[Report], None]) -> None:
    report = new_report()
    life, later = LifeCycle(report), BEGINNING + AGES.unclaimed + timedelta(days=400)
    life.open(BEGINNING)
    life.note_alert(BEGINNING + AGES.unclaimed)
    meanwhile(report)
    assert reason_to_erase(report.standing, AGES, later) is None
    assert needs_alert(report.standing, AGES, later), "its team is told once more, a month before"
