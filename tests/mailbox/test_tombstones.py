"""A report that is gone stays gone: its late retry is answered as before and raises nothing from the dead."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text

from tests.conftest import SettableClock
from tests.sealing import SealedInstance
from youthsafe.config import Config
from youthsafe.database import migrating, transaction
from youthsafe.extensions import db
from youthsafe.mailbox import erasing, tombstones
from youthsafe.mailbox.models import Erasure, Message, Report, Tombstone
from youthsafe.mailbox.standing import Reason


def post(client: FlaskClient, address: str, body: bytes) -> tuple[int, object]:
    answer = client.post(f"/api/v1/{address}", data=body, content_type="application/json")
    return answer.status_code, answer.get_json()


def rows(app: Flask) -> tuple[int, int]:
    """How many reports and messages are there."""
    with app.app_context():
        counts = [db.session.scalar(select(func.count()).select_from(table)) for table in (Report, Message)]
    return counts[0], counts[1]


def erase_all(app: Flask, clock: SettableClock) -> None:
    with app.app_context(), transaction():
        erasing.erase([(each, Reason.CLOSED) for each in erasing.kept()], clock())


@pytest.fixture
def on_postgres(postgres_url: str, config: Config, make_app: Callable[[Config], Flask]) -> Flask:
    migrating.upgrade(postgres_url)
    return make_app(replace(config, database_url=postgres_url))


@pytest.fixture(params=["app", "on_postgres"])
def either(request: pytest.FixtureRequest) -> Flask:
    return request.getfixturevalue(request.param)


def test_a_late_retry_of_an_erased_report_is_answered_as_before_and_raises_nothing(
    either: Flask, clock: SettableClock
) -> None:
    instance, client = SealedInstance.set_up(either), either.test_client()
    report, other = instance.report(), instance.report()
    first = post(client, "reports", report.body)
    erase_all(either, clock)
    assert post(client, "reports", report.body) == first == (201, {"id": report.id_text})
    assert rows(either) == (0, 0)
    assert post(client, "reports", other.body)[0] == 201
    assert rows(either) == (1, 0)


def test_a_late_retry_of_an_erased_follow_up_is_answered_as_before_and_raises_nothing(
    app: Flask, clock: SettableClock
) -> None:
    instance, client = SealedInstance.set_up(app), app.test_client()
    report = instance.report()
    post(client, "reports", report.body)
    body, never_sent = instance.follow_up(report, "one more thing"), instance.follow_up(report, "and another")
    first = post(client, "mailbox/messages", body)
    assert rows(app) == (1, 1)
    erase_all(app, clock)
    assert post(client, "mailbox/messages", body) == first
    assert post(client, "mailbox/messages", never_sent)[0] == 404
    assert rows(app) == (0, 0)


def test_what_is_left_tells_nothing_but_a_team_a_reason_and_a_count(app: Flask, clock: SettableClock) -> None:
    instance, client = SealedInstance.set_up(app), app.test_client()
    report = instance.report()
    for each in (report, instance.report()):
        post(client, "reports", each.body)
    erase_all(app, clock)
    with app.app_context():
        left = db.session.scalars(select(Erasure)).all()
        assert [(each.team_id, each.reason, each.count) for each in left] == [(instance.team.team_id, "closed", 2)]
        hashes = db.session.scalars(select(Tombstone.hash)).all()
    assert len(hashes) == 2
    assert all(report.report_id not in each and len(each) == 32 for each in hashes)


def test_tombstones_go_after_ninety_days(app: Flask, clock: SettableClock) -> None:
    instance, client = SealedInstance.set_up(app), app.test_client()
    post(client, "reports", instance.report().body)
    erase_all(app, clock)
    clock.move(days=89)
    with app.app_context(), transaction():
        assert tombstones.remove_old(clock()) == 0
    clock.move(days=1)
    with app.app_context(), transaction():
        assert tombstones.remove_old(clock()) == 1
        assert tombstones.every() == {}


def test_a_retry_that_arrives_while_its_report_is_being_erased_raises_nothing(
    on_postgres: Flask, clock: SettableClock
) -> None:
    """PostgreSQL lets both run at once; SQLite has one writer."""
    instance = SealedInstance.set_up(on_postgres)
    report = instance.report()
    post(on_postgres.test_client(), "reports", report.body)
    erased, waits = Event(), timedelta(seconds=20).total_seconds()

    def retry() -> tuple[int, object]:
        assert erased.wait(waits)
        return post(on_postgres.test_client(), "reports", report.body)

    with ThreadPoolExecutor(1) as other:
        with on_postgres.app_context(), transaction():
            answer = other.submit(retry)
            erasing.erase([(each, Reason.CLOSED) for each in erasing.kept()], clock())
            erased.set()
            waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            while not db.session.scalar(waiting):
                assert not answer.done(), "the retry was to wait for the erasing"
                db.session.execute(text("SELECT pg_stat_clear_snapshot()"))
        assert answer.result(waits) == (201, {"id": report.id_text})
    assert rows(on_postgres) == (0, 0)


def test_sending_makes_the_mark_of_a_tombstone_once_each_time(
    app: Flask, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []
    mark = tombstones.mark
    monkeypatch.setattr(tombstones, "mark", lambda each: asked.append(each) or mark(each))
    instance, client = SealedInstance.set_up(app), app.test_client()
    report = instance.report()
    for _ in range(3):
        assert post(client, "reports", report.body)[0] == 201
    assert asked == [report.report_id] * 3
