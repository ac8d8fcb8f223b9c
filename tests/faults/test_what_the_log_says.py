"""Whoever looks after the server reads in the log what is broken, and nothing of anybody."""

import io
import json
import logging
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from tests.conftest import SECRET
from tests.faults.disks import filled, small_disk
from tests.faults.test_killed_server import MortalServer
from tests.sealing import SealedInstance
from tests.servers import free_port, open_to_others
from youthsafe.config import Config
from youthsafe.extensions import db
from youthsafe.privacy.logs import ScrubbingFormatter


@pytest.fixture
def log() -> Iterator[Callable[[], list[dict[str, object]]]]:
    """The lines that were logged so far."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(ScrubbingFormatter())
    logging.getLogger("youthsafe").addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger("youthsafe").removeHandler(handler)


def send(app: Flask, instance: SealedInstance) -> int:
    body = instance.report().body
    return app.test_client().post("/api/v1/reports", data=body, content_type="application/json").status_code


def kinds(lines: list[dict[str, object]]) -> set[object]:
    return {line["kind"] for line in lines if line["event"] == "database_unreachable"}


def test_a_full_disk_is_told_from_a_missing_table_a_lock_and_a_lost_file(
    config: Config,
    make_app: Callable[[Config], Flask],
    migrated_file: Path,
    tmp_path: Path,
    log: Callable[[], list[dict[str, object]]],
) -> None:
    with small_disk(tmp_path / "disk", 4) as disk:
        path = disk / "youthsafe.db"
        shutil.copy(migrated_file, path)
        app = make_app(replace(config, database_url=f"sqlite:///{path}"))
        instance = SealedInstance.set_up(app)
        with filled(disk):
            while send(app, instance) == 201:
                """The log takes some more."""
        assert kinds(log()) == {"disk_full"}
        with app.app_context(), db.engine.connect() as other:
            other.execute(text("DELETE FROM tombstone"))  # takes the lock
            with app.app_context():
                assert send(app, instance) == 503
            other.rollback()
            db.session.remove()
        assert kinds(log()) == {"disk_full", "locked"}
        with app.app_context(), db.engine.begin() as other:
            other.execute(text("DROP TABLE tombstone"))
        assert send(app, instance) == 503
        assert kinds(log()) == {"disk_full", "locked", "schema"}
        path.rename(disk / "elsewhere.db")
        assert send(app, instance) == 503
        assert kinds(log()) == {"disk_full", "locked", "schema", "not_there"}
        with app.app_context():
            db.engine.dispose()


@pytest.mark.skipif(os.geteuid() != 0, reason="becomes somebody else for a while")
def test_a_file_of_somebody_else_is_told_from_one_that_is_not_there(
    config: Config,
    make_app: Callable[[Config], Flask],
    database_path: Path,
    tmp_path: Path,
    log: Callable[[], list[dict[str, object]]],
) -> None:
    open_to_others(tmp_path)
    database_path.chmod(0o600)
    os.seteuid(1)
    try:
        health = make_app(config).test_client().get("/healthz")
    finally:
        os.seteuid(0)
    assert [line["kind"] for line in log() if line["event"] == "database_unreachable_at_start"] == ["no_permission"]
    assert health.json is not None
    assert health.json["problem"] == "no_permission"


def test_a_killed_worker_and_a_taken_port_have_names(config: Config, instance: SealedInstance, tmp_path: Path) -> None:
    settings = {"YOUTHSAFE_DATABASE_URL": config.database_url, "YOUTHSAFE_SECRET": SECRET.hex()}
    server = MortalServer(os.environ | settings, tmp_path / "server.log", free_port())
    server.start()
    try:
        assert server.process is not None
        workers = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
        while not workers.read_text():
            assert server.process.poll() is None  # it listens before it has made a worker
        os.kill(int(workers.read_text().split()[0]), signal.SIGKILL)
        while "worker_killed" not in server.log.read_text():
            assert server.process.poll() is None
        line = next(line for line in server.log.read_text().splitlines() if "worker_killed" in line)
        assert json.loads(line)["kind"] == "SIGKILL"
        command = ["gunicorn", "--bind", f"127.0.0.1:{server.port}"]
        program = Path(subprocess.sys.executable).with_name(command[0])
        taken = subprocess.run(
            [program, *command[1:]],
            check=False,
            cwd=Path(__file__).parents[2],
            env=os.environ | settings,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert taken.returncode != 0
        assert '"event": "port_taken"' in taken.stderr
    finally:
        server.kill()
