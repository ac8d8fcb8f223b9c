"""/healthz and the form say that nothing can be accepted exactly while nothing can be accepted."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from tests.faults.disks import filled, small_disk
from tests.sealing import SealedInstance
from tests.servers import open_to_others
from youthsafe.config import Config
from youthsafe.database import migrating
from youthsafe.database.failures import Failure
from youthsafe.database.health import Health
from youthsafe.extensions import db
from youthsafe.rooms import rooms


@pytest.fixture
def checked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing found a moment ago counts."""
    monkeypatch.setattr("youthsafe.database.health._FRESH", 0.0)
    monkeypatch.setattr("youthsafe.database.health._FRESH_ENOUGH", 0.0)


def send(client: FlaskClient, instance: SealedInstance) -> int:
    body = instance.report().body
    return client.post("/api/v1/reports", data=body, content_type="application/json").status_code


def seen(app: Flask, client: FlaskClient, instance: SealedInstance) -> tuple[int, int, int, str]:
    """What a send, the form's bundle and /healthz answer, and what /healthz says is wrong."""
    rooms(app).page_cache.forget()
    bundle = client.get("/api/v1/bundle").status_code
    health = client.get("/healthz")
    assert health.json is not None
    return send(client, instance), bundle, health.status_code, health.json.get("problem", "")


def failing(problem: str) -> tuple[int, int, int, str]:
    return 503, 503, 503, problem


WELL = (201, 200, 200, "")


def test_a_full_disk_under_sqlite(
    config: Config, make_app: Callable[[Config], Flask], migrated_file: Path, tmp_path: Path, checked_anew: None
) -> None:
    with small_disk(tmp_path / "disk", 4) as disk:
        shutil.copy(migrated_file, disk / "youthsafe.db")
        app = make_app(replace(config, database_url=f"sqlite:///{disk / 'youthsafe.db'}"))
        instance, client = SealedInstance.set_up(app), app.test_client()
        assert seen(app, client, instance) == WELL
        with filled(disk):
            while send(client, instance) == 201:
                """The log takes some more in the place of what it wrote before."""
            assert seen(app, client, instance) == failing("disk_full")
            assert client.get("/healthz").json["means"] == "The database's disk is full."
        assert seen(app, client, instance) == WELL
        hang_up(app)


def test_a_disk_that_can_only_be_read(
    config: Config, make_app: Callable[[Config], Flask], migrated_file: Path, tmp_path: Path, checked_anew: None
) -> None:
    with small_disk(tmp_path / "disk", 4) as disk:
        config = replace(config, database_url=f"sqlite:///{disk / 'youthsafe.db'}")
        shutil.copy(migrated_file, disk / "youthsafe.db")
        before = make_app(config)
        instance = SealedInstance.set_up(before)
        hang_up(before)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        app = make_app(config)
        assert seen(app, app.test_client(), instance) == failing("read_only")
        hang_up(app)


def hang_up(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@contextmanager
def on_a_disk(server: str, disk: Path) -> Iterator[str]:
    """A database of PostgreSQL's on a disk of its own."""
    shutil.chown(disk, "postgres")
    engine = create_engine(server, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE TABLESPACE small LOCATION '{disk}'"))
        connection.execute(text("CREATE DATABASE small TABLESPACE small"))
        try:
            yield make_url(server).set(database="small").render_as_string(hide_password=False)
        finally:
            connection.execute(text("DROP DATABASE small WITH (FORCE)"))
            connection.execute(text("DROP TABLESPACE small"))


def test_a_full_disk_under_postgresql(
    config: Config, make_app: Callable[[Config], Flask], postgres_server: str, tmp_path: Path, checked_anew: None
) -> None:
    open_to_others(tmp_path)
    with small_disk(tmp_path / "disk", 24) as disk, on_a_disk(postgres_server, disk) as url:
        migrating.upgrade(url)
        app = make_app(replace(config, database_url=url))
        instance, client = SealedInstance.set_up(app), app.test_client()
        assert seen(app, client, instance) == WELL
        with filled(disk):
            assert seen(app, client, instance)[1:] == failing("disk_full")[1:]
            while send(client, instance) == 201:
                """What lies free in its files is filled first."""
        assert seen(app, client, instance) == WELL
        hang_up(app)


def test_a_postgresql_that_was_demoted(
    config: Config, make_app: Callable[[Config], Flask], postgres_url: str, checked_anew: None
) -> None:
    migrating.upgrade(postgres_url)
    app = make_app(replace(config, database_url=postgres_url))
    instance, client = SealedInstance.set_up(app), app.test_client()
    assert seen(app, client, instance) == WELL
    engine = create_engine(postgres_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("ALTER SYSTEM SET default_transaction_read_only = on"))
        connection.execute(text("SELECT pg_reload_conf()"))
        try:
            until(lambda: send(client, instance) == 503)
            assert seen(app, client, instance) == failing("read_only")
        finally:
            connection.execute(text("SET default_transaction_read_only = off"))
            connection.execute(text("ALTER SYSTEM RESET default_transaction_read_only"))
            connection.execute(text("SELECT pg_reload_conf()"))
    until(lambda: send(client, instance) == 201)
    assert seen(app, client, instance) == WELL


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_schema_behind_the_code(
    config: Config, make_app: Callable[[Config], Flask], tmp_path: Path, request: pytest.FixtureRequest, kind: str
) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}" if kind == "sqlite" else request.getfixturevalue("postgres_url")
    migrating.upgrade(url)
    migrating.downgrade(url, "-1")
    app = make_app(replace(config, database_url=url))
    health = app.test_client().get("/healthz")
    assert (health.status_code, health.json["problem"]) == (503, "schema")
    assert "youthsafe db upgrade" in health.json["means"]
    assert app.test_client().get("/api/v1/bundle").status_code == 503


def test_checks_leave_no_junk(app: Flask, client: FlaskClient, checked_anew: None) -> None:
    for _ in range(5):
        assert client.get("/healthz").status_code == 200
    with app.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM write_probe")) == 1


# One check at a time


def test_a_check_that_hangs_keeps_one_caller_waiting_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("youthsafe.database.health._PATIENCE", 0.2)
    checks: list[float] = []

    def hang() -> Failure | None:
        checks.append(time.monotonic())
        time.sleep(1.0)
        return None

    health = Health(hang)
    assert health.look() is Failure.TOO_SLOW
    began = time.monotonic()
    assert [health.look() for _ in range(50)] == [Failure.TOO_SLOW] * 50
    assert time.monotonic() - began < 0.5
    assert len(checks) == 1
    until(lambda: health.look() is None)


def test_a_finding_is_good_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    now, checks = [100.0], []
    health = Health(lambda: checks.append(1), monotonic=lambda: now[0])
    for moment, count in ((100.0, 1), (100.9, 1), (101.1, 2)):
        now[0] = moment
        assert health.look() is None
        assert len(checks) == count
    health.forget()
    health.look()
    assert len(checks) == 3
