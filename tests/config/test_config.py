"""An instance that is set up wrongly does not start, and says which setting to mend."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from youthsafe.cli import main
from youthsafe.config import Config, ConfigError

ROOT = Path(__file__).parents[2]
POSTGRESQL = "postgresql+psycopg://youthsafe@127.0.0.1:1/youthsafe"
GOOD = {"YOUTHSAFE_DATABASE_URL": "sqlite:////srv/db", "YOUTHSAFE_SECRET": bytes(range(32)).hex()}


def test_a_complete_environment_starts_in_production() -> None:
    config = Config.from_environment(GOOD)
    assert config.server_secret == bytes(range(32))
    assert not config.demo
    assert config.secure_cookies


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"YOUTHSAFE_DATABASE_URL": ""}, "YOUTHSAFE_DATABASE_URL"),
        ({"YOUTHSAFE_DATABASE_URL": "/srv/youthsafe/youthsafe.db"}, "YOUTHSAFE_DATABASE_URL"),
        ({"YOUTHSAFE_DATABASE_URL": "mysql://127.0.0.1/youthsafe"}, "YOUTHSAFE_DATABASE_URL"),
        ({"YOUTHSAFE_DATABASE_URL": "postgres://127.0.0.1/youthsafe"}, "YOUTHSAFE_DATABASE_URL"),
        ({"YOUTHSAFE_DATABASE_URL": "postgresql+psycopg://127.0.0.1:port/youthsafe"}, "YOUTHSAFE_DATABASE_URL"),
        ({"YOUTHSAFE_DATABASE_URL": "sqlite://"}, "YOUTHSAFE_DATABASE_URL"),
        ({"YOUTHSAFE_DATABASE_URL": "sqlite:///:memory:"}, "YOUTHSAFE_DATABASE_URL"),
        ({"YOUTHSAFE_DATABASE_URL": "sqlite:////srv/db?mode=ro"}, "YOUTHSAFE_DATABASE_URL"),
        ({"REDIS_URL": "127.0.0.1:6379"}, "REDIS_URL"),
        ({"REDIS_URL": "redis://127.0.0.1:port"}, "REDIS_URL"),
        ({"YOUTHSAFE_PROCESSES": "0"}, "YOUTHSAFE_PROCESSES"),
        ({"YOUTHSAFE_SECRET": ""}, "YOUTHSAFE_SECRET"),
        ({"YOUTHSAFE_SECRET": "short"}, "YOUTHSAFE_SECRET"),
        ({"YOUTHSAFE_SECRET": "00" * 32}, "YOUTHSAFE_SECRET"),
        ({"YOUTHSAFE_SECRET_FILE": "/nowhere/secret"}, "YOUTHSAFE_SECRET_FILE"),
        ({"YOUTHSAFE_DEMO": "yes"}, "YOUTHSAFE_DEMO"),
        ({"YOUTHSAFE_CONTENT": "/nowhere"}, "YOUTHSAFE_CONTENT"),
        ({"YOUTHSAFE_TRUSTED_PROXIES": "-1"}, "YOUTHSAFE_TRUSTED_PROXIES"),
        ({"YOUTHSAFE_PROCESSES": "4", "YOUTHSAFE_DATABASE_URL": POSTGRESQL}, "REDIS_URL"),
        ({"YOUTHSAFE_PROCESSES": "2", "REDIS_URL": "redis://127.0.0.1"}, "PostgreSQL"),
        ({"YOUTHSAFE_KEEP_CLOSED_DAYS": "0"}, "YOUTHSAFE_KEEP_CLOSED_DAYS"),
        ({"YOUTHSAFE_KEEP_UNCLAIMED_DAYS": "a year"}, "YOUTHSAFE_KEEP_UNCLAIMED_DAYS"),
        ({"YOUTHSAFE_DRILL_LIMIT_MINUTES": "29"}, "YOUTHSAFE_DRILL_LIMIT_MINUTES"),
    ],
)
def test_a_missing_or_weak_setting_is_named(change: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        Config.from_environment(GOOD | change)


def test_a_refused_address_of_the_database_is_not_repeated() -> None:
    with pytest.raises(ConfigError) as refusal:
        Config.from_environment(GOOD | {"YOUTHSAFE_DATABASE_URL": "mysql://youthsafe:password@127.0.0.1/x"})
    assert "password" not in str(refusal.value)


def test_the_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("ab0123456789cdef" * 4 + "\n")
    without = {name: value for name, value in GOOD.items() if name != "YOUTHSAFE_SECRET"}
    assert (
        Config.from_environment(without | {"YOUTHSAFE_SECRET_FILE": str(file)}).server_secret.hex().startswith("ab01")
    )


def test_a_refusal_never_repeats_the_secret() -> None:
    with pytest.raises(ConfigError) as refusal:
        Config.from_environment(GOOD | {"YOUTHSAFE_SECRET": "almost-a-secret"})
    assert "almost-a-secret" not in str(refusal.value)


@pytest.mark.parametrize("command", [["serve"], ["db", "upgrade"]])
def test_several_processes_do_not_start_without_a_store_that_they_share(
    command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (GOOD | {"YOUTHSAFE_PROCESSES": "2", "YOUTHSAFE_DATABASE_URL": POSTGRESQL}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("REDIS_URL", raising=False)
    refused = CliRunner().invoke(main, command)
    assert refused.exit_code == 1
    assert "REDIS_URL" in refused.output


def test_gunicorn_told_by_hand_to_run_several_processes_does_not_start_either(tmp_path: Path) -> None:
    environment = {"PATH": os.defpath} | GOOD | {"YOUTHSAFE_DATABASE_URL": POSTGRESQL}
    command = [sys.executable, "-m", "gunicorn", "--workers", "2", "--bind", "127.0.0.1:0"]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=60, check=False)
    assert ended.returncode != 0
    assert b"REDIS_URL" in ended.stderr
    environment |= {"YOUTHSAFE_DATABASE_URL": f"sqlite:///{tmp_path / 'none.db'}", "REDIS_URL": "redis://127.0.0.1"}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=60, check=False)
    assert ended.returncode != 0
    assert ended.stderr.startswith(b"Error: More than one process needs PostgreSQL"), ended.stderr
