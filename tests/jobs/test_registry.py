"""Which jobs there are, when one is due, and what a runner says of them."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue
from threading import Event

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from tests.conftest import SettableClock
from youthsafe.cli import main
from youthsafe.config import Config, ConfigError
from youthsafe.errors import UnavailableError
from youthsafe.extensions import db
from youthsafe.jobs.models import JobLease
from youthsafe.jobs.registry import Job, Say, all_jobs
from youthsafe.jobs.runner import Runner, Runners, _Renewal
from youthsafe.jobs.services import is_due

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def lease(**changed: object) -> JobLease:
    return JobLease(**{"name": "purge", "runner": None, "leased_until": NOW, "begun_at": NOW} | changed)


def test_every_module_of_the_schedule_is_a_job_under_its_own_name() -> None:
    names = [job.name for job in all_jobs()]
    schedule = Path(__file__).parents[2] / "youthsafe" / "jobs" / "schedule"
    assert names == sorted(each.stem for each in schedule.glob("*.py") if each.stem != "__init__")
    assert {"purge", "backup"} <= set(names)
    assert all(len(name) <= 32 for name in names)


@pytest.mark.parametrize(
    ("passed", "due"), [(timedelta(), False), (HOUR - timedelta(seconds=1), False), (HOUR, True), (-HOUR, True)]
)
def test_a_job_is_due_when_its_time_has_passed_or_its_beginning_lies_far_ahead(passed: timedelta, due: bool) -> None:
    assert is_due(lease(), HOUR, NOW + passed, NOW) is due


def test_of_two_machines_whose_clocks_differ_a_little_only_one_runs_a_job() -> None:
    ahead, behind, runs = timedelta(minutes=2), timedelta(), 0
    there = lease(begun_at=NOW - HOUR)
    for seconds in range(0, 12 * 3600, 20):
        for difference in (ahead, behind):
            now = NOW + timedelta(seconds=seconds) + difference
            if is_due(there, HOUR, now, NOW):
                there.begun_at, runs = now, runs + 1
    assert runs in {12, 13}


def test_a_run_that_was_cut_short_is_taken_over_when_its_lease_is_over_and_no_sooner() -> None:
    cut_short = lease(runner=bytes(16), leased_until=NOW + timedelta(minutes=2))
    assert not is_due(cut_short, HOUR, NOW + 9 * HOUR, NOW + timedelta(minutes=1))
    assert is_due(cut_short, HOUR, NOW, NOW + timedelta(minutes=2))


def test_a_machine_that_cannot_renew_for_any_reason_ends_when_its_lease_is_over(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bool:
        raise ConfigError("The database is another instance's by now.")

    monkeypatch.setattr("youthsafe.jobs.services.renew", refuse)
    ended: SimpleQueue[int] = SimpleQueue()
    with _Renewal(app, Job("purge", HOUR, print), bytes(16), timedelta(seconds=0.2), print, ended.put):
        assert ended.get(timeout=10) == os.EX_TEMPFAIL


@pytest.fixture
def runner(app: Flask) -> Callable[..., tuple[Runner, list[str]]]:
    def make(*jobs: Job) -> tuple[Runner, list[str]]:
        said: list[str] = []
        return Runner(app, jobs, said.append), said

    return make


def test_a_job_runs_once_in_its_time(runner: Callable[..., tuple[Runner, list[str]]], clock: SettableClock) -> None:
    both, said = runner(Job("count", HOUR, lambda say: say("ran")))
    assert [both.run_due(), both.run_due()] == [0, 0]
    assert said == ["ran"]
    clock.move(hours=1)
    both.run_due()
    assert said == ["ran", "ran"]


def test_a_job_that_fails_keeps_no_other_from_running_and_waits_for_its_next_time(
    runner: Callable[..., tuple[Runner, list[str]]], clock: SettableClock
) -> None:
    def refuse(_: Say) -> None:
        raise UnavailableError("Not now.")

    def break_down(_: Say) -> None:
        raise RuntimeError("a value that nobody should read")

    jobs, said = runner(Job("a", HOUR, refuse), Job("b", HOUR, break_down), Job("c", HOUR, lambda say: say("ran")))
    assert jobs.run_due() == 2
    assert said == ["a: Not now.", "b: failed (RuntimeError)", "ran"]
    assert jobs.run_due() == 0
    clock.move(hours=1)
    assert jobs.run_due() == 2


def test_what_is_prompt_waits_for_no_other_job(app: Flask) -> None:
    ran, seen = Event(), []

    def work_long(_: Say) -> None:
        seen.append(ran.wait(30))
        both.stop()

    both = Runners(app, [Job("a", HOUR, work_long), Job("b", HOUR, lambda _: ran.set(), is_prompt=True)], print)
    both.run_until_stopped()
    assert seen == [True]


def test_the_command_runs_what_is_due_and_ends(app: Flask, cli: FlaskCliRunner) -> None:
    done = cli.invoke(main, ["jobs", "run", "--once"])
    assert done.exit_code == 0, done.output
    assert "No report is due." in done.output
    with app.app_context():
        assert {each.name: each.runner for each in db.session.query(JobLease)} == {job.name: None for job in all_jobs()}


def test_the_command_makes_a_backup_where_a_folder_is_named(
    config: Config, make_app: Callable[[Config], Flask], tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    app = make_app(replace(config, backups=folder))
    done = app.test_cli_runner().invoke(main, ["jobs", "run", "--once"])
    assert done.exit_code == 0, done.output
    assert len(list(folder.glob("youthsafe-*.db"))) == 1


def test_the_command_says_that_something_could_not_be_done(
    config: Config, make_app: Callable[[Config], Flask], tmp_path: Path
) -> None:
    app = make_app(replace(config, backups=tmp_path / "nowhere"))
    done = app.test_cli_runner().invoke(main, ["jobs", "run", "--once"])
    assert done.exit_code == 1
    assert "There is no folder" in done.output
    assert "No report is due." in done.output
