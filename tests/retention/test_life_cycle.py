"""Reports under any order of sending, reading, taking back, closing, purging and restoring, against a model."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, select

from tests.accounts.office import Office, made, office
from tests.long_runs import LongRun
from tests.triage.sealed import Sealed
from youthsafe.accounts.services import SignedIn
from youthsafe.cli import main
from youthsafe.crypto.encoding import b64
from youthsafe.database import transaction
from youthsafe.errors import NotFoundError
from youthsafe.extensions import db
from youthsafe.mailbox.models import Report, Tombstone
from youthsafe.privacy.coarse_time import to_hour
from youthsafe.rooms import rooms
from youthsafe.triage import lists, services

__all__ = ["made", "office"]
LONGEST = timedelta(days=300)  # of one example: unclaimed reports have tests of their own


@dataclass
class State:
    """How one report stands."""

    opened: bool = False
    closed_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def hidden(self) -> bool:
        return self.withdrawn_at is not None and not self.opened


@dataclass(eq=False)
class Known:
    """What the model knows of one report; `state` is none where a restored backup does not have it yet.

    `doomed_at` is when the ledger first named it: whatever is restored, it goes.
    """

    sealed: Sealed
    state: State | None
    doomed_at: datetime | None = None
    gone_at: datetime | None = None


class Lives(RuleBasedStateMachine):
    """Several reports, which one member reads and closes."""

    office: Office
    folder: Path
    database: Path
    reports: Bundle[Known] = Bundle("reports")

    @initialize()
    def begins(self) -> None:
        person = next(each for each in self.office.made.people if each.name == "demo-caseworker")
        self.member = SignedIn(person.id, person.name, person.role, frozenset({self.office.made.team.id}))
        self.known: list[Known] = []
        self.backup: dict[Known, State] | None = None
        self.started = self.now
        self.ledger = self.folder / "ledger"
        self.ledger.write_bytes(b"")
        with transaction():
            db.session.execute(delete(Report))
            db.session.execute(delete(Tombstone))

    @property
    def now(self) -> datetime:
        return self.office.clock()

    @precondition(lambda self: len(self.known) < 2)  # few, so that much happens to each
    @rule(target=reports)
    def send(self) -> Known:
        rooms(self.office.app).counts.storage.reset()
        self.known.append(Known(Sealed(self.office).send(), State()))
        return self.known[-1]

    @rule()
    def every_phone_sends_again(self) -> None:
        rooms(self.office.app).counts.storage.reset()  # minutes do not pass here
        for report in self.known:
            if report.gone_at is not None and self.now - report.gone_at > timedelta(days=88):
                continue  # a tombstone stands for 90 days
            report.sealed.send()
            if report.state is None and report.gone_at is None:
                report.state = State()

    @rule(report=reports)
    def open(self, report: Known) -> None:
        if self._act(report, lambda: services.open_report(self.member, report.sealed.id, self.now)):
            assert report.state is not None
            report.state.opened = True

    @rule(report=reports)
    def close(self, report: Known) -> None:
        def act() -> None:
            services.open_report(self.member, report.sealed.id, self.now)
            services.reopen(self.member, report.sealed.id, self.now)
            services.claim(self.member, report.sealed.id, self.now)
            services.close(self.member, report.sealed.id, self.now, follow_ups=0)

        if self._act(report, act):
            assert report.state is not None
            report.state.opened, report.state.closed_at = True, to_hour(self.now)

    @rule(report=reports)
    def take_back(self, report: Known) -> None:
        sealed = report.sealed
        body = f'{{"id":"{b64(sealed.mailbox_id)}","token":"{b64(sealed.token)}","before":0}}'
        answer = self.office.app.test_client().post(
            "/api/v1/mailbox/withdraw", content_type="application/json", data=body
        )
        if report.state is not None and report.state.withdrawn_at is None:
            report.state.withdrawn_at = to_hour(self.now)
        shown = report.state is not None and not report.state.hidden
        assert (answer.get_json()["report"] is not None) == shown

    @precondition(lambda self: self.now - self.started < LONGEST)
    @rule(hours=st.sampled_from([1, 24, 24 * 90]), purges=st.booleans())
    def time_passes(self, hours: int, purges: bool) -> None:
        self.office.clock.move(hours=hours)
        if purges:
            self.purge()

    @rule()
    def purge(self) -> None:
        for report in self.known:
            if report.state is None:
                continue
            if self._due(report.state):
                report.state, report.gone_at = None, self.now
            elif report.state.hidden:
                report.doomed_at = report.doomed_at or self.now
        self._run("--yes")

    def _run(self, option: str) -> None:
        db.session.remove()  # a reader here would keep the log
        done = self.office.app.test_cli_runner().invoke(main, ["purge", option, "--ledger", str(self.ledger)])
        assert done.exit_code == 0, done.output

    @rule()
    def back_up(self) -> None:
        self._copy(self.database, self.folder / "backup.db")
        self.backup = {each: State(**vars(each.state)) for each in self.known if each.state is not None}

    @precondition(lambda self: self.backup is not None)
    @rule()
    def restore(self) -> None:
        """Put the backup back and purge, as docs/operate.md says."""
        self._copy(self.folder / "backup.db", self.database)
        assert self.backup is not None
        for report in self.known:
            kept = self.backup.get(report)
            report.state = None if kept is None else State(**vars(kept))
            if kept is None and report.doomed_at is not None:
                report.gone_at = report.gone_at or report.doomed_at
            named = report.doomed_at is not None or report.gone_at is not None
            if report.state is not None and named and not report.state.hidden:
                report.state, report.gone_at = None, self.now
        self._run("--after-restore")
        self.purge()

    @invariant()
    def what_is_there_is_what_should_be_once_and_never_again(self) -> None:
        there = db.session.scalars(select(Report.id)).all()
        assert sorted(there) == sorted(each.sealed.id for each in self.known if each.state is not None)

    @invariant()
    def what_was_taken_back_unopened_is_nobodys_to_see(self) -> None:
        pages = (lists.page(self.member, each) for each in ("open", "mine", "closed"))
        shown = {summary.id for page in pages for summary in page.summaries}
        states = {each.sealed.id: each.state for each in self.known}
        assert shown == {number for number, state in states.items() if state is not None and not state.hidden}

    @invariant()
    def nothing_that_went_comes_back(self) -> None:
        assert not [each for each in self.known if each.gone_at is not None and each.state is not None]

    def teardown(self) -> None:
        db.session.remove()

    def _due(self, state: State) -> bool:
        if state.hidden and state.withdrawn_at is not None:
            return self.now >= state.withdrawn_at + timedelta(hours=24)
        return state.closed_at is not None and self.now >= state.closed_at + timedelta(days=90)

    def _act(self, report: Known, act: Callable[[], object]) -> bool:
        """Take a step as staff: possible exactly when the report is there and not hidden."""
        try:
            with transaction():
                act()
            done = True
        except NotFoundError:
            done = False
        assert done == (report.state is not None and not report.state.hidden)
        return done

    def _copy(self, source: Path, target: Path) -> None:
        db.session.remove()
        db.engine.dispose()
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)


def test_a_report_is_kept_once_and_never_comes_back_from_the_dead(
    office: Office, database_path: Path, tmp_path: Path, long_run: LongRun
) -> None:
    lives = type("Lives", (Lives,), {"office": office, "folder": tmp_path, "database": database_path})
    count = long_run.times(25, soak=1_000)  # each is several lives
    few = settings(max_examples=count, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))
    with office.app.app_context():
        run_state_machine_as_test(lives, settings=few)
    long_run.found("lives of reports between a server and a backup", runs=count, steps_each=40)
