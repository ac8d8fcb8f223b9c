"""Backups are whole and dated, and no way of restoring one destroys a database."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests.conftest import SECRET
from tests.elsewhere import SMALL
from tests.faults.disks import no_file_may_grow_beyond
from tests.faults.test_killed_server import MortalServer
from tests.sealing import SealedInstance
from youthsafe.backups import postgres
from youthsafe.cli import main
from youthsafe.config import Config
from youthsafe.database import migrating
from youthsafe.extensions import db


def environment(config: Config, **changed: str) -> dict[str, str]:
    return SMALL | {"YOUTHSAFE_DATABASE_URL": config.database_url, "YOUTHSAFE_SECRET": SECRET.hex()} | changed


def run(config: Config, *command: str, **changed: str) -> Result:
    return CliRunner().invoke(main, command, env=environment(config, **changed))


def in_own_process(config: Config, *command: str) -> subprocess.CompletedProcess[str]:
    """Locks of SQLite's hold between processes only."""
    program = str(Path(sys.executable).with_name("youthsafe"))
    settings = os.environ | environment(config)
    return subprocess.run([program, *command], check=False, env=settings, capture_output=True, text=True, timeout=120)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "backups"
    path.mkdir()
    return path


@pytest.fixture(params=["sqlite", "postgres"])
def either(
    request: pytest.FixtureRequest, config: Config, make_app: Callable[[Config], Flask]
) -> tuple[Config, SealedInstance, Flask]:
    if request.param == "postgres":
        config = replace(config, database_url=request.getfixturevalue("postgres_url"))
        migrating.upgrade(config.database_url)
    app = make_app(config)
    return config, SealedInstance.set_up(app), app


def send(app: Flask, instance: SealedInstance, count: int = 1) -> None:
    for _ in range(count):
        body = instance.report().body
        assert app.test_client().post("/api/v1/reports", data=body, content_type="application/json").status_code == 201


def hang_up(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def reports(config: Config) -> int:
    with create_engine(config.database_url, poolclass=NullPool).connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM report")).scalar_one())


def only(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def triggers(config: Config) -> set[str]:
    of_sqlite, of_postgresql = "SELECT name FROM sqlite_master WHERE type = 'trigger'", "SELECT tgname FROM pg_trigger"
    with create_engine(config.database_url, poolclass=NullPool).connect() as connection:
        asked = of_sqlite if connection.dialect.name == "sqlite" else of_postgresql
        return set(connection.scalars(text(asked)))


def test_a_nightly_backup_works_every_night_and_the_oldest_go(
    either: tuple[Config, SealedInstance, Flask], folder: Path
) -> None:
    config, instance, app = either
    kept: list[Path] = []
    for _ in range(3):
        send(app, instance)
        done = run(config, "backup", str(folder), "--keep", "2")
        assert done.exit_code == 0, done.output
        kept.append(max(folder.iterdir()))
    assert sorted(folder.iterdir()) == kept[1:], "two whole ones, and nothing half made"
    assert {each.stat().st_mode & 0o777 for each in folder.iterdir()} == {0o600}


def test_what_was_there_at_the_backup_is_there_after_restoring_it(
    either: tuple[Config, SealedInstance, Flask],
    folder: Path,
    tmp_path: Path,
    make_app: Callable[[Config], Flask],
) -> None:
    config, instance, app = either
    send(app, instance, 2)
    assert run(config, "backup", str(folder)).exit_code == 0
    backup = only(folder)
    send(app, instance, 3)
    hang_up(app)
    done = run(config, "restore", str(backup))
    assert (done.exit_code, reports(config)) == (0, 2), done.output
    assert {"audit_entry_kept", "card_entry_kept"} <= triggers(config), "what is append-only stays so"
    assert "is in place" in done.output
    assert "There is no ledger" in done.output
    send(make_app(config), instance)
    assert reports(config) == 3
    before = [*tmp_path.glob("youthsafe.db.replaced-*[0-9]"), *(set(folder.glob("*.dump")) - {backup})]
    assert len(before) == 1, "and what was there before is kept"


@pytest.fixture
def server(app: Flask, instance: SealedInstance, config: Config, tmp_path: Path) -> MortalServer:
    hang_up(app)
    settings = os.environ | environment(config) | {"YOUTHSAFE_TRUSTED_PROXIES": "1"}
    return MortalServer(settings, tmp_path / "server.log")


def test_a_server_is_never_restored_under_its_feet_and_leaves_no_log_when_it_stops(
    instance: SealedInstance, server: MortalServer, config: Config, database_path: Path, folder: Path
) -> None:
    log = database_path.with_name(f"{database_path.name}-wal")
    server.start()
    try:
        assert server.send(instance.report())
        assert in_own_process(config, "backup", str(folder)).returncode == 0
        backup = only(folder)
        for _ in range(3):
            assert server.send(instance.report())
        refused = in_own_process(config, "restore", str(backup))
        assert refused.returncode == 1
        assert "stop it first. Nothing was changed." in refused.stderr
        assert server.send(instance.report()), "and the server goes on"
    finally:
        server.kill()
    assert log.stat().st_size > 0, "what a killed server leaves would be replayed over the backup"
    restored = in_own_process(config, "restore", str(backup))
    assert restored.returncode == 0, restored.stderr
    assert reports(config) == 1
    server.start()
    try:
        assert server.send(instance.report())
        assert server.process is not None
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(30)
        assert not log.exists(), "an orderly stop empties the log into the file"
        assert reports(config) == 2
        with closing(sqlite3.connect(database_path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (before,) = database_path.parent.glob("youthsafe.db.replaced-*[0-9]")
        with closing(sqlite3.connect(before)) as connection:
            assert connection.execute("SELECT count(*) FROM report").fetchone() == (5,), "nothing of before is lost"
    finally:
        if server.process is not None and server.process.poll() is None:
            server.kill()


def test_the_schema_is_not_taken_from_under_a_server(
    either: tuple[Config, SealedInstance, Flask], tmp_path: Path
) -> None:
    config, instance, app = either
    hang_up(app)
    server = MortalServer(os.environ | environment(config), tmp_path / "server.log")
    server.start()
    try:
        assert server.send(instance.report())
        refused = in_own_process(config, "db", "downgrade", "base", "--yes")
        assert refused.returncode == 1
        assert "stop it first. Nothing was changed." in refused.stderr
        assert server.send(instance.report()), "and the server goes on"
    finally:
        server.kill()
    assert reports(config) == 2
    done = in_own_process(config, "db", "downgrade", "base", "--yes")
    assert done.returncode == 0, done.stderr


def test_a_connected_server_is_noticed_on_postgresql_too(
    postgres_url: str, config: Config, make_app: Callable[[Config], Flask], folder: Path
) -> None:
    config = replace(config, database_url=postgres_url)
    migrating.upgrade(postgres_url)
    app = make_app(config)
    send(app, SealedInstance.set_up(app))
    assert run(config, "backup", str(folder)).exit_code == 0
    refused = run(config, "restore", str(only(folder)))
    assert refused.exit_code == 1
    assert "stop it first. Nothing was changed." in refused.output


def test_a_backup_that_is_damaged_or_anothers_changes_nothing(
    either: tuple[Config, SealedInstance, Flask], folder: Path
) -> None:
    config, instance, app = either
    send(app, instance)
    assert run(config, "backup", str(folder)).exit_code == 0
    backup = only(folder)
    send(app, instance)
    hang_up(app)
    half = folder / f"half{backup.suffix}"
    half.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
    nothing = folder / f"nothing{backup.suffix}"
    nothing.touch()
    for each in (half, nothing):
        refused = run(config, "restore", str(each))
        assert (refused.exit_code, reports(config)) == (1, 2), refused.output
        assert "Nothing was changed." in refused.output
    refused = run(config, "restore", str(backup), YOUTHSAFE_SECRET=bytes(range(1, 33)).hex())
    assert (refused.exit_code, reports(config)) == (1, 2), refused.output
    assert "The server secret is not the one" in refused.output


def test_what_was_taken_back_after_the_backup_stays_gone(
    config: Config, app: Flask, instance: SealedInstance, folder: Path, tmp_path: Path
) -> None:
    ledger = tmp_path / "ledger"
    report = instance.report()
    client = app.test_client()
    assert client.post("/api/v1/reports", data=report.body, content_type="application/json").status_code == 201
    assert run(config, "backup", str(folder)).exit_code == 0
    body = instance.mailbox_request(report)
    assert client.post("/api/v1/mailbox/withdraw", data=body, content_type="application/json").status_code == 200
    hang_up(app)
    assert run(config, "purge", "--yes", YOUTHSAFE_LEDGER=str(ledger)).exit_code == 0
    done = run(config, "restore", str(only(folder)), YOUTHSAFE_LEDGER=str(ledger))
    assert (done.exit_code, reports(config)) == (0, 0), done.output
    assert "1 erased before, and brought back by a backup" in done.output


def test_a_backup_for_which_the_disk_is_too_small_leaves_the_others(
    config: Config, app: Flask, instance: SealedInstance, folder: Path
) -> None:
    send(app, instance, 5)
    assert run(config, "backup", str(folder)).exit_code == 0
    with no_file_may_grow_beyond(40_000):
        failed = run(config, "backup", str(folder), "--keep", "1")
    assert failed.exit_code == 1
    assert "No backup was made" in failed.output
    assert len(list(folder.iterdir())) == 1


def test_missing_tools_are_named(
    postgres_url: str, config: Config, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrating.upgrade(postgres_url)
    monkeypatch.setattr(postgres.shutil, "which", lambda _name: None)
    refused = run(replace(config, database_url=postgres_url), "backup", str(folder))
    assert refused.exit_code == 1
    assert "pg_dump is not installed" in refused.output
    assert list(folder.iterdir()) == []
