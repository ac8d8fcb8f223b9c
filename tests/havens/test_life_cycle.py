"""A haven is shown only while two people, one of whom went there, have lately said that it is one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.havens.conftest import PLACE, written
from tests.long_runs import LongRun
from youthsafe.audit import services as audit
from youthsafe.audit.actions import Action
from youthsafe.audit.models import AuditEntry
from youthsafe.database import transaction
from youthsafe.errors import ConflictError, InvalidInputError, NotFoundError, YouthsafeError
from youthsafe.extensions import db
from youthsafe.havens import services
from youthsafe.havens.approvals import numbered
from youthsafe.havens.import_file import read_import
from youthsafe.havens.models import Haven, Method, Status
from youthsafe.havens.records import Record

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
VISIT, PHONE, LETTER = Method.VISIT, Method.PHONE, Method.LETTER


def records(**changes: str) -> tuple[Record, ...]:
    found = read_import(written(PLACE | changes), geojson=False, today=TODAY, in_borough=lambda *_: True)
    assert found.refusals == ()
    return found.records


def taken_in(now: datetime = NOW, **changes: str) -> bytes:
    with transaction():
        services.take_in(records(**changes), now)
    return services.every_haven()[0].id


def approve(haven_id: bytes, by: str, method: Method, days_ago: int = 0, now: datetime = NOW) -> Haven:
    with transaction():
        return services.approve(haven_id, numbered(by), method, now.date() - timedelta(days=days_ago), now)


def status(haven_id: bytes) -> str:
    haven = db.session.get(Haven, haven_id, populate_existing=True)
    assert haven is not None
    return haven.status


@pytest.fixture(autouse=True)
def context(audited: Flask) -> Iterator[None]:
    with audited.app_context():
        yield


def actions() -> list[str]:
    return list(db.session.scalars(db.select(AuditEntry.action).order_by(AuditEntry.sequence)))


def test_an_import_lands_as_a_candidate_that_nobody_sees() -> None:
    haven_id = taken_in()
    assert status(haven_id) == Status.CANDIDATE
    assert services.active_havens() == ()


def test_two_people_of_whom_one_went_there_make_it_active() -> None:
    haven_id = taken_in()
    assert approve(haven_id, "coordinator-1", PHONE).status == Status.CANDIDATE
    haven = approve(haven_id, "coordinator-2", VISIT, days_ago=3)
    assert (haven.status, haven.verified_on) == (Status.ACTIVE, TODAY - timedelta(days=3))
    assert (haven.verified_by_role, haven.method) == ("coordinator", "visit")


def test_one_person_is_never_enough() -> None:
    haven_id = taken_in()
    approve(haven_id, "coordinator-1", VISIT)
    with pytest.raises(ConflictError, match="A second person must"):
        approve(haven_id, "coordinator-1", PHONE)
    assert status(haven_id) == Status.CANDIDATE


def test_two_calls_are_not_enough_until_one_of_them_goes_there() -> None:
    haven_id = taken_in()
    approve(haven_id, "coordinator-1", PHONE)
    assert approve(haven_id, "youth-worker-1", LETTER).status == Status.CANDIDATE
    assert approve(haven_id, "coordinator-1", VISIT).status == Status.ACTIVE


def test_a_word_that_is_half_a_year_old_does_not_count() -> None:
    haven_id = taken_in()
    with pytest.raises(InvalidInputError):
        approve(haven_id, "coordinator-1", VISIT, days_ago=180)
    approve(haven_id, "coordinator-1", VISIT, days_ago=179)
    assert approve(haven_id, "coordinator-2", PHONE, now=NOW + timedelta(days=1)).status == Status.CANDIDATE


def test_a_visit_cannot_be_in_the_future() -> None:
    with pytest.raises(InvalidInputError):
        approve(taken_in(), "coordinator-1", VISIT, days_ago=-1)


@pytest.mark.parametrize("by", ["", "coordinator", "Amina", "amina khan", "coordinator-1234", "c" * 40 + "-1", "a-1\n"])
def test_a_person_is_a_role_and_a_number_never_a_name(by: str) -> None:
    with pytest.raises(InvalidInputError, match="Names are not kept"):
        approve(taken_in(), by, VISIT)


def test_a_doubt_pauses_at_once_and_two_people_must_approve_anew() -> None:
    haven_id = taken_in()
    approve(haven_id, "coordinator-1", VISIT)
    approve(haven_id, "coordinator-2", PHONE)
    with transaction():
        services.pause(haven_id, numbered("caseworker-7"), NOW)
    assert services.active_havens() == ()
    assert approve(haven_id, "coordinator-1", VISIT).status == Status.PAUSED
    assert approve(haven_id, "coordinator-2", LETTER).status == Status.ACTIVE


def test_an_active_haven_is_verified_anew_by_one_person() -> None:
    haven_id = taken_in()
    approve(haven_id, "coordinator-1", VISIT)
    approve(haven_id, "coordinator-2", PHONE)
    later = NOW + timedelta(days=100)
    haven = approve(haven_id, "coordinator-2", PHONE, now=later)
    assert (haven.status, haven.verified_on, haven.method) == (Status.ACTIVE, later.date(), "phone")


def test_a_haven_that_paused_by_itself_needs_two_people_again() -> None:
    haven_id = taken_in()
    approve(haven_id, "coordinator-1", VISIT)
    approve(haven_id, "coordinator-2", PHONE)
    later = NOW + timedelta(days=180)
    assert approve(haven_id, "coordinator-1", PHONE, now=later).status == Status.PAUSED
    assert approve(haven_id, "coordinator-2", VISIT, now=later).status == Status.ACTIVE


def test_a_withdrawn_haven_stays_withdrawn() -> None:
    haven_id = taken_in()
    with transaction():
        services.withdraw(haven_id, numbered("coordinator-1"), NOW)
    for act in (
        lambda: approve(haven_id, "coordinator-1", VISIT),
        lambda: services.pause(haven_id, numbered("coordinator-1"), NOW),
        lambda: services.withdraw(haven_id, numbered("coordinator-1"), NOW),
    ):
        with pytest.raises(ConflictError):
            act()
    taken_in()
    assert status(haven_id) == Status.WITHDRAWN


def test_a_haven_that_is_not_there_cannot_be_approved() -> None:
    with pytest.raises(NotFoundError):
        approve(bytes(16), "coordinator-1", VISIT)


def test_a_changed_haven_leaves_the_list_until_it_is_approved_again() -> None:
    haven_id = taken_in()
    approve(haven_id, "coordinator-1", VISIT)
    approve(haven_id, "coordinator-2", PHONE)
    with transaction():
        found = services.take_in(records(hours="always"), NOW)
    (change,) = found.changed
    assert (change.was, change.fields) == (Status.ACTIVE, ("hours",))
    assert status(haven_id) == Status.CANDIDATE
    assert services.approvals_of(haven_id) == ()


def test_the_same_file_again_changes_nothing() -> None:
    haven_id = taken_in()
    approve(haven_id, "coordinator-1", VISIT)
    approve(haven_id, "coordinator-2", PHONE)
    before = actions()
    with transaction():
        found = services.take_in(records(), NOW)
    assert (len(found.same), found.new, found.changed, found.gone) == (1, (), (), ())
    assert status(haven_id) == Status.ACTIVE
    assert actions() == before


def test_a_new_name_at_the_same_door_is_a_change_and_not_a_new_place() -> None:
    haven_id = taken_in()
    assert taken_in(name="The new library") == haven_id


def test_a_haven_that_is_gone_from_the_file_is_told_and_stays() -> None:
    haven_id = taken_in()
    with transaction():
        found = services.take_in(records(name="Another", address="2 B Street", lat="51.4460"), NOW)
    assert [haven.id for haven in found.gone] == [haven_id]
    assert len(services.every_haven()) == 2


def test_each_step_is_in_the_audit_trail() -> None:
    haven_id = taken_in()
    approve(haven_id, "coordinator-1", VISIT)
    approve(haven_id, "coordinator-2", PHONE)
    approve(haven_id, "coordinator-2", PHONE)
    with transaction():
        services.pause(haven_id, numbered("coordinator-1"), NOW)
        services.withdraw(haven_id, numbered("coordinator-1"), NOW)
    assert actions()[-7:] == [
        Action.HAVENS_IMPORTED,
        Action.HAVEN_APPROVED,
        Action.HAVEN_APPROVED,
        Action.HAVEN_ACTIVATED,
        Action.HAVEN_RENEWED,
        Action.HAVEN_PAUSED,
        Action.HAVEN_WITHDRAWN,
    ]
    entries = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.sequence)).all()[-6:]
    assert {entry.subject for entry in entries} == {haven_id}
    assert len({entry.actor for entry in entries}) == 2
    assert audit.verify() is None


def test_demo_havens_may_be_approved_and_loaded_again() -> None:
    with transaction():
        services.load_demo(NOW)
    demo_id = services.active_havens()[0].id
    with transaction():
        services.pause(demo_id, numbered("coordinator-1"), NOW)
    approve(demo_id, "coordinator-1", VISIT)
    with transaction():
        assert services.load_demo(NOW) == 6


@dataclass
class Word:
    """What the model remembers of an approval."""

    by: str
    method: Method
    on: date


@dataclass
class Story:
    """The model: what has been said about the one haven since it was last put back."""

    words: list[Word] = field(default_factory=list)
    active: bool = False
    withdrawn: bool = False
    verified: date | None = None
    edition: int = 0


class Life(RuleBasedStateMachine):
    """One haven, and everything that can happen to it; `app` is set by the test."""

    app: Flask

    def __init__(self) -> None:
        super().__init__()
        self.context = self.app.app_context()
        self.context.push()
        with transaction():
            db.session.execute(db.text("delete from haven_approval"))
            db.session.execute(db.text("delete from haven"))
        self.now = NOW
        self.story = Story()
        self.id = taken_in(self.now)

    def teardown(self) -> None:
        db.session.remove()
        self.context.pop()

    @rule(days=st.sampled_from([1, 30, 89, 90, 179, 180]))
    def time_goes_by(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(
        by=st.sampled_from(["coordinator-1", "coordinator-2", "youth-worker-1"]),
        method=st.sampled_from(list(Method)),
        days_ago=st.sampled_from([0, 1, 100, 179, 180]),
    )
    def somebody_approves(self, by: str, method: Method, days_ago: int) -> None:
        try:
            approve(self.id, by, method, days_ago, self.now)
        except YouthsafeError:
            return
        story, on = self.story, self.now.date() - timedelta(days=days_ago)
        assert not story.withdrawn
        assert days_ago < 180
        if story.active and self._is_fresh():
            story.verified = max(on, story.verified or on)
            return
        if story.active:
            story.active, story.words = False, []
        story.words = [each for each in story.words if each.by != by] + [Word(by, method, on)]
        recent = [each for each in story.words if (self.now.date() - each.on).days < 180]
        visits = [each.on for each in recent if each.method == VISIT]
        if len({each.by for each in recent}) >= 2 and visits:
            story.active, story.verified, story.words = True, max(visits), []

    @rule()
    def somebody_doubts(self) -> None:
        try:
            with transaction():
                services.pause(self.id, numbered("caseworker-9"), self.now)
        except ConflictError:
            assert self.story.withdrawn
            return
        self.story.active, self.story.words = False, []

    @rule()
    def the_scheme_sends_new_details(self) -> None:
        self.story.edition += 1
        taken_in(self.now, source=f"edition {self.story.edition}")
        self.story.active, self.story.withdrawn, self.story.words = False, False, []

    @rule()
    def the_scheme_sends_the_same_details(self) -> None:
        edition = self.story.edition
        taken_in(self.now, source=f"edition {edition}" if edition else PLACE["source"])

    @rule()
    def it_is_withdrawn(self) -> None:
        try:
            with transaction():
                services.withdraw(self.id, numbered("coordinator-1"), self.now)
        except ConflictError:
            assert self.story.withdrawn
            return
        self.story.active, self.story.withdrawn, self.story.words = False, True, []

    def _is_fresh(self) -> bool:
        return self.story.verified is not None and (self.now.date() - self.story.verified).days < 180

    @invariant()
    def it_is_shown_exactly_while_it_may_be(self) -> None:
        shown = services.places(services.active_havens(), self.now)
        assert bool(shown) == (self.story.active and self._is_fresh())
        db.session.rollback()


def test_whatever_happens_a_haven_is_shown_only_while_people_vouch_for_it(audited: Flask, long_run: LongRun) -> None:
    count = long_run.times(25, soak=1_000)
    run_state_machine_as_test(
        type("LifeHere", (Life,), {"app": audited}),
        settings=settings(
            max_examples=count,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
    long_run.found("lives of a haven", runs=count, steps_each=25)
