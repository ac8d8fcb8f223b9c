"""A report's life under any order of steps by three members and the reporter, against a model of the rules."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.accounts.office import Office, furnish
from tests.conftest import SettableClock, forget_counts
from tests.long_runs import LongRun
from tests.triage.sealed import Sealed
from youthsafe.accounts.services import SignedIn
from youthsafe.audit import services as audit_services
from youthsafe.config import Config
from youthsafe.crypto.roster import Role
from youthsafe.database import migrating, transaction
from youthsafe.demo.ceremony import Ceremony
from youthsafe.errors import ConflictError
from youthsafe.extensions import db
from youthsafe.mailbox.models import Message, Report
from youthsafe.triage import lists, services
from youthsafe.triage.services import SealedMessage

NONE = bytes(32)
who = st.integers(0, 2)


class Life(RuleBasedStateMachine):
    """One report; `claimant` is a member's place in the office."""

    office: Office

    @initialize(urgent=st.booleans())
    def arrives(self, urgent: bool) -> None:
        forget_counts(self.office.app)  # every life begins with a report, and a thousand of them would cost work
        self.report = Sealed(self.office, urgent=urgent).send()
        self.members = [
            SignedIn(each.id, each.name, each.role, frozenset({self.office.made.team.id}))
            for each in self.office.made.people
        ]
        self.state, self.claimant, self.opened, self.waits = "new", None, False, True
        self.answers: list[bytes] = []
        self.follow_ups: list[bytes] = []
        self.entries = audit_services.count()

    def tries(self, act: object, member: int, allowed: bool, *, written: bool) -> bool:
        """Take a step, and check that it is refused exactly when it is not allowed and written down when it counts."""
        try:
            with transaction():
                act(self.members[member], self.report.id)
            done = True
        except ConflictError:
            done = False
        assert done == allowed
        self.entries += done and written
        return done

    @rule(member=who)
    def open(self, member: int) -> None:
        self.tries(self._open_and_read, member, allowed=True, written=True)
        self.opened = True
        self.state = "open" if self.state == "new" else self.state

    @rule(member=who)
    def claim(self, member: int) -> None:
        coordinates = self.members[member].role is Role.COORDINATOR
        free = self.claimant in (None, member) or coordinates
        new = self.claimant != member
        if self.tries(self._at(services.claim), member, self.state != "closed" and free, written=new) and new:
            self.claimant, self.state = member, "open"

    @rule(member=who)
    def release(self, member: int) -> None:
        allowed = self.state != "closed" and self.claimant in (None, member)
        if self.tries(self._at(services.release), member, allowed, written=self.claimant is not None):
            self.claimant = None

    @rule(member=who, missed=st.booleans())
    def close(self, member: int, missed: bool) -> None:
        new = self.state != "closed"
        seen = len(self.follow_ups) - missed
        act = partial(services.close, follow_ups=seen)
        if self.tries(self._at(act), member, self._reads(member) and not missed, written=new) and new:
            self.state, self.waits = "closed", False

    @rule(member=who)
    def reopen(self, member: int) -> None:
        closed = self.state == "closed"
        self.tries(self._at(services.reopen), member, allowed=True, written=closed)
        if closed:
            self.state, self.claimant = "open", member

    @rule(member=who, stale=st.booleans(), missed=st.booleans())
    def answer(self, member: int, stale: bool, missed: bool) -> None:
        sent, after = self.report.answer(), b"stale" * 6 + b"xx" if stale else self.answer_tip
        allowed = self.state != "closed" and self._reads(member) and not stale
        seen = max(0, len(self.follow_ups) - missed)
        if self.tries(self._reply(sent, after, seen), member, allowed, written=True):
            self.answers.append(sent)
            self.waits = seen < len(self.follow_ups)

    @rule(member=who, back=st.integers(1, 3))
    def answer_again(self, member: int, back: int) -> None:
        if len(self.answers) >= back:
            self.tries(self._reply(self.answers[-back], NONE, 0), member, allowed=True, written=False)

    @rule()
    def write_back(self) -> None:
        newest = self.follow_ups[-1] if self.follow_ups else self.report.envelope
        self.follow_ups.append(self.report.write_back(hashlib.sha256(newest).digest()))
        self.waits = True

    def _reads(self, member: int) -> bool:
        return self.opened and self.claimant == member

    @property
    def answer_tip(self) -> bytes:
        return hashlib.sha256(self.answers[-1]).digest() if self.answers else NONE

    def _at(self, use_case: object) -> object:
        return lambda member, report: use_case(member, report, self.office.clock())

    def _open_and_read(self, member: SignedIn, report: bytes) -> None:
        found = services.open_report(member, report, self.office.clock())
        assert found.envelope == self.report.envelope
        self._is_whole(found.messages, found.tip)

    def _is_whole(self, messages: Sequence[Message | SealedMessage], tip: bytes) -> None:
        assert [each.envelope for each in messages if each.direction == 2] == self.answers
        assert [each.envelope for each in messages if each.direction == 1] == self.follow_ups
        assert tip == self.answer_tip

    def _reply(self, sent: bytes, after: bytes, seen: int) -> object:
        now = self.office.clock()
        return lambda member, report: services.reply(member, report, sent, after=after, follow_ups=seen, now=now)

    @invariant()
    def the_report_is_as_the_rules_say(self) -> None:
        summary = services.facts(self.members[0], self.report.id)
        claimant = None if self.claimant is None else self.members[self.claimant].id
        assert (summary.state, summary.claimed_by and summary.claimed_by[0]) == (self.state, claimant)
        assert (summary.opened, summary.unanswered) == (self.opened, self.waits)
        assert (summary.answers, summary.follow_ups) == (len(self.answers), len(self.follow_ups))
        kept = db.session.get_one(Report, self.report.id, populate_existing=True)
        self._is_whole(kept.messages, kept.answer_tip)
        assert summary.received_at.minute == (30 if self.report.urgent and not self.opened else 0)

    @invariant()
    def it_is_in_the_lists_where_somebody_looks_for_it(self) -> None:
        waiting = self.state != "closed" or self.waits
        for place, member in enumerate(self.members):
            lists = {name for name in ("open", "mine", "closed") if self._listed(member, name)}
            mine = {"mine"} if waiting and self.claimant == place else set()
            assert lists == ({"open"} if waiting else set()) | mine | ({"closed"} if self.state == "closed" else set())

    @invariant()
    def the_trail_is_whole_and_as_long_as_what_happened(self) -> None:
        assert audit_services.count() == self.entries
        assert audit_services.verify() is None

    def _listed(self, member: SignedIn, name: str) -> bool:
        return any(each.id == self.report.id for each in lists.page(member, name).summaries)


@pytest.fixture
def office_on_postgres(
    config: Config, make_app: Callable[[Config], Flask], clock: SettableClock, made: Ceremony, postgres_url: str
) -> Office:
    """An office on PostgreSQL, where two transactions write at once."""
    migrating.upgrade(postgres_url)
    return furnish(make_app(replace(config, database_url=postgres_url)), clock, made)


@pytest.fixture(params=["sqlite", "postgres"])
def either(
    request: pytest.FixtureRequest,
    config: Config,
    make_app: Callable[[Config], Flask],
    clock: SettableClock,
    made: Ceremony,
) -> Office:
    """An office on each kind of database."""
    if request.param == "postgres":
        config = replace(config, database_url=request.getfixturevalue("postgres_url"))
        migrating.upgrade(config.database_url)
    return furnish(make_app(config), clock, made)


def test_a_report_keeps_the_rules_of_triage_whatever_happens_to_it(either: Office, long_run: LongRun) -> None:
    life = type("Life", (Life,), {"office": either})
    count = long_run.times(12, soak=200)  # each is a whole life, and checks the trail of all before it at every step
    few = settings(max_examples=count, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    with either.app.app_context():
        run_state_machine_as_test(life, settings=few)
    long_run.found("lives of a report in triage", runs=count, steps_each=25)
