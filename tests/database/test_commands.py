"""The commands of the database are the same under `youthsafe` and under `flask`, and say in one line what is wrong."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sealing import SealedInstance
from youthsafe.config import Config
from youthsafe.database import migrating
from youthsafe.resources import migrations_folder

pytestmark = pytest.mark.slow  # each test starts programs
ROOT = Path(__file__).parents[2]
WAYS = (["youthsafe"], ["flask", "--app", "wsgi"])
SECRET = bytes(range(32)).hex()
NEWEST = max(each.name[:4] for each in (migrations_folder() / "versions").glob("[0-9]*.py"))


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'youthsafe.db'}"


def run(url: str, *command: str, **changed: str) -> subprocess.CompletedProcess[str]:
    program = str(Path(sys.executable).with_name(command[0]))
    settings = {"PATH": os.defpath, "YOUTHSAFE_DATABASE_URL": url, "YOUTHSAFE_SECRET": SECRET} | changed
    return subprocess.run(
        [program, *command[1:]], cwd=ROOT, env=settings, capture_output=True, text=True, timeout=60, check=False
    )


def of_errors(ended: subprocess.CompletedProcess[str]) -> list[str]:
    """What was said on the error stream besides log lines."""
    return [line for line in ended.stderr.splitlines() if not line.startswith("{")]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[0])
def test_a_new_database_comes_to_the_newest_schema_and_goes_back_to_nothing(url: str, way: list[str]) -> None:
    assert run(url, *way, "db", "upgrade").stdout == "The database has the newest schema.\n"
    assert run(url, *way, "db", "current").stdout == f"{NEWEST} (head)\n"
    checked = run(url, *way, "db", "check")
    assert (checked.returncode, checked.stdout) == (0, "No new upgrade operations detected.\n"), checked.stderr
    asked = run(url, *way, "db", "downgrade", "base")
    assert asked.returncode == 1, "a downgrade loses rows, and nobody said yes"
    assert run(url, *way, "db", "downgrade", "base", "--yes").returncode == 0
    assert run(url, *way, "db", "current").stdout == ""


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[0])
def test_the_history_lists_the_newest_revision_first_and_asks_no_database(url: str, way: list[str]) -> None:
    listed = run(url, *way, "db", "history").stdout.splitlines()
    assert f"{NEWEST} (head)" in listed[0]
    assert "<base> -> 0001" in listed[-1]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[0])
def test_only_an_upgrade_makes_a_database(url: str, way: list[str]) -> None:
    missing = run(url, *way, "db", "current")
    assert missing.returncode == 1
    assert of_errors(missing) == ["Error: The database file is missing, or was moved or replaced."]
    assert not Path(url.removeprefix("sqlite:///")).exists()


def test_a_database_that_lacks_the_newest_schema_fails_the_check_in_one_line(url: str) -> None:
    migrating.upgrade(url)
    migrating.downgrade(url, "-1")
    behind = run(url, "youthsafe", "db", "check")
    assert behind.returncode == 1
    assert of_errors(behind) == ["Error: Target database is not up to date."]


@pytest.mark.parametrize("way", [*WAYS, ["gunicorn"], ["gunicorn", "--config", "python:youthsafe.gunicorn_conf"]])
def test_a_missing_setting_is_told_in_one_line(url: str, way: list[str]) -> None:
    refused = run(url, *way, *(["db", "upgrade"] if way in WAYS else []), YOUTHSAFE_SECRET="")
    assert refused.returncode != 0
    assert len(refused.stderr.strip().splitlines()) == 1, refused.stderr
    assert refused.stderr.startswith("Error: Set YOUTHSAFE_SECRET")


def test_a_database_of_another_release_is_refused_in_one_line(url: str) -> None:
    migrating.upgrade(url)
    with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    file.close()
    with pytest.raises(migrating.MigrationError, match="another release made it"):
        migrating.upgrade(url)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[0])
def test_every_command_of_a_room_is_known_to_both(url: str, way: list[str]) -> None:
    migrating.upgrade(url)
    helped = run(url, *way, "--help").stdout
    assert [
        name for name in ("audit", "backup", "content", "db", "havens", "purge") if f"  {name} " not in helped
    ] == []


def test_a_migration_is_written_with_the_next_number(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    migrating.upgrade(url)
    folder = Path(shutil.copytree(migrations_folder(), tmp_path / "migrations"))
    monkeypatch.setattr(migrating, "migrations_folder", lambda: folder)
    migrating.write(url, "Nothing yet", empty=True)
    written = folder / "versions" / f"{int(NEWEST) + 1:04}_nothing_yet.py"
    assert f'down_revision = "{NEWEST}"' in written.read_text()


def test_an_installed_package_writes_no_migration(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    migrating.upgrade(url)
    monkeypatch.setattr(migrating, "project_settings", lambda: None)
    with pytest.raises(migrating.MigrationError, match="checkout"):
        migrating.write(url, "Nothing yet", empty=True)


@pytest.mark.parametrize("command", [["downgrade", "base", "--yes"], ["upgrade"]])
@pytest.mark.parametrize("other", [{"YOUTHSAFE_SECRET": "0123456789abcdef" * 4}, {"YOUTHSAFE_DEMO": "1"}])
def test_the_database_of_another_instance_is_neither_emptied_nor_changed(
    instance: SealedInstance, config: Config, database_path: Path, command: list[str], other: dict[str, str]
) -> None:
    refused = run(config.database_url, "youthsafe", "db", *command, **other)
    assert refused.returncode == 1, refused.stdout
    assert len(of_errors(refused)) == 1
    with sqlite3.connect(database_path) as file:
        assert file.execute("SELECT id FROM instance").fetchall() == [(instance.instance_id,)]
    file.close()


def test_a_file_with_signs_of_an_address_in_its_name_is_the_one_that_is_opened(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a%41 b#.db'}"
    migrating.upgrade(url)
    (tmp_path / "aA b").touch()
    assert run(url, "youthsafe", "db", "check").returncode == 0
    assert run(url, "youthsafe", "purge").returncode == 0
    (folder := tmp_path / "backups%41 #1").mkdir()
    made = run(url, "youthsafe", "backup", str(folder))
    assert made.returncode == 0, made.stderr
    restored = run(url, "youthsafe", "restore", str(next(folder.glob("*.db"))))
    assert restored.returncode == 0, restored.stderr
