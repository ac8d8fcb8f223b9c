"""Two machines make one drill, on both databases, and the desk's part of it works there too."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest
from flask import Flask

from tests.accounts.office import furnish
from tests.conftest import SettableClock
from tests.drills.days import Days, done, opened
from youthsafe.config import Config
from youthsafe.database import migrating
from youthsafe.demo.ceremony import Ceremony
from youthsafe.jobs.runner import Runner
from youthsafe.jobs.schedule import drills

MakeApp = Callable[[Config], Flask]


@pytest.fixture(params=["sqlite", "postgres"])
def machines(
    request: pytest.FixtureRequest, config: Config, make_app: MakeApp, clock: SettableClock, made: Ceremony
) -> list[Days]:
    """Two machines beside one database."""
    if request.param == "postgres":
        config = replace(config, database_url=request.getfixturevalue("postgres_url"))
        migrating.upgrade(config.database_url)
    first = furnish(make_app(config), clock, made)
    return [Days(first), Days(replace(first, app=make_app(config)))]


def test_a_day_has_one_drill_on_however_many_machines_the_job_runs(machines: list[Days], clock: SettableClock) -> None:
    clock.move(hours=2)
    for _ in range(3):
        together = [Thread(target=run_due, args=(each,)) for each in machines]
        for each in together:
            each.start()
        for each in together:
            each.join()
        clock.move(minutes=1)
    assert [len(each.rows()) for each in machines] == [1, 1]


def test_the_day_after_there_is_another_once_somebody_opened_the_first(machines: list[Days]) -> None:
    first, second = machines
    drill = first.drill()
    first.office.clock.move(minutes=30)
    desk = second.desk()
    opened(desk, drill)
    assert done(desk, drill) == 204
    first.office.clock.move(hours=1)
    second.look()
    assert len(first.rows()) == 1
    first.someone_is_there()
    first.office.clock.moment += timedelta(hours=18)
    assert second.drill() != drill
    assert [each.opened_at is None for each in first.rows()] == [False, True]


def test_it_closes_and_opens_there_too(machines: list[Days]) -> None:
    first, second = machines
    drill = first.drill()
    first.until(first.now + timedelta(hours=4), step=30)
    assert second.bundle() == 404
    opened(second.desk(), drill)
    assert first.bundle() == 200


def run_due(days: Days) -> None:
    assert Runner(days.office.app, [drills.JOB], print).run_due() == 0
