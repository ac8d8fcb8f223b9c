"""A server secret that is not the database's is noticed before it does harm."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from flask import Flask

from tests.conftest import SECRET
from tests.elsewhere import SMALL
from tests.sealing import SealedInstance
from tests.servers import free_port, wait_for_port
from youthsafe.config import Config, ConfigError
from youthsafe.database import migrating

ROOT = Path(__file__).parents[2]
WRONG = bytes(range(1, 33))
SAYS = "The server secret is not the one that this database was written with"


@pytest.fixture(params=["sqlite", "postgres"])
def used(request: pytest.FixtureRequest, config: Config, make_app: Callable[[Config], Flask]) -> Config:
    """The configuration of an instance that was started once."""
    if request.param == "postgres":
        config = replace(config, database_url=request.getfixturevalue("postgres_url"))
        migrating.upgrade(config.database_url)
    SealedInstance.set_up(make_app(config))
    return config


def environment(config: Config, secret: bytes) -> dict[str, str]:
    return os.environ | SMALL | {"YOUTHSAFE_DATABASE_URL": config.database_url, "YOUTHSAFE_SECRET": secret.hex()}


def run(config: Config, secret: bytes, *command: str) -> subprocess.CompletedProcess[str]:
    program = str(Path(sys.executable).with_name(command[0]))
    return subprocess.run(
        [program, *command[1:]],
        check=False,
        cwd=ROOT,
        env=environment(config, secret),
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    "command",
    ["youthsafe serve --port PORT", "gunicorn --bind 127.0.0.1:PORT", "youthsafe purge", "youthsafe db upgrade"],
)
def test_another_secret_is_refused_in_one_line(used: Config, command: str) -> None:
    refused = run(used, WRONG, *command.replace("PORT", str(free_port())).split())
    assert refused.returncode == 1
    said = refused.stderr.strip().splitlines()
    assert len(said) == 1, refused.stderr
    assert SAYS in said[0]
    assert WRONG.hex() not in refused.stderr
    assert run(used, SECRET, "youthsafe", "purge").returncode == 0


def test_a_database_put_in_the_place_of_another_is_not_written_with_this_secret(
    config: Config, make_app: Callable[[Config], Flask], database_path: Path, migrated_file: Path
) -> None:
    """It is not there at the start, so the start cannot tell."""
    make_app(config)
    for each in database_path.parent.glob("youthsafe.db*"):
        each.rename(each.with_name(f"away-{each.name}"))
    instance = SealedInstance.set_up(make_app(replace(config, database_url=_empty(database_path, migrated_file))))
    away = database_path.with_name("empty.db")
    server = make_app(replace(config, server_secret=WRONG))
    for each in away.parent.glob("empty.db*"):
        each.rename(each.with_name(each.name.replace("empty", "youthsafe")))
    client = server.test_client()
    answer = client.post("/api/v1/reports", data=instance.report().body, content_type="application/json")
    assert answer.status_code == 503
    assert client.get("/healthz").status_code == 503
    assert client.get("/api/v1/bundle").status_code == 503
    with pytest.raises(ConfigError, match=SAYS):
        make_app(replace(config, server_secret=WRONG))


def _empty(path: Path, migrated: Path) -> str:
    other = path.with_name("empty.db")
    other.write_bytes(migrated.read_bytes())
    return f"sqlite:///{other}"


def test_the_row_tells_nothing_of_the_secret(config: Config, database_path: Path, app: Flask) -> None:
    assert SECRET not in database_path.read_bytes()
    assert SECRET.hex().encode() not in database_path.read_bytes()


def test_the_right_secret_starts(used: Config) -> None:
    port = free_port()
    program = str(Path(sys.executable).with_name("youthsafe"))
    with subprocess.Popen([program, "serve", "--port", str(port)], env=environment(used, SECRET)) as server:
        try:
            wait_for_port(port, 60)
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=20) as answer:
                assert json.load(answer)["status"] == "ok"
        except HTTPError as error:
            raise AssertionError(error.read()) from error
        finally:
            server.terminate()
