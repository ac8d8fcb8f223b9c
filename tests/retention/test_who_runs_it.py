"""A purge that runs as the wrong user, or cannot reach the database, says why in one line and leaves nothing behind."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SECRET
from tests.elsewhere import SMALL
from youthsafe.config import Config

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs files of somebody else")


def run(url: str, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    own = {"YOUTHSAFE_DATABASE_URL": url, "YOUTHSAFE_SECRET": SECRET.hex()}
    environment = os.environ | SMALL | own | settings
    program = str(Path(sys.executable).with_name("youthsafe"))
    return subprocess.run([program, *command], check=False, env=environment, capture_output=True, text=True, timeout=60)


@as_root
@pytest.mark.parametrize("command", [("purge",), ("db", "upgrade"), ("serve", "--port", "1")])
def test_root_leaves_no_files_in_the_services_folder(config: Config, database_path: Path, command: list[str]) -> None:
    for each in (database_path.parent, database_path):
        shutil.chown(each, "daemon")
    before = set(database_path.parent.iterdir())
    refused = run(config.database_url, *command, YOUTHSAFE_LEDGER=str(database_path.with_name("ledger")))
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1), refused.stderr
    assert "belongs to daemon, so run this as daemon" in refused.stderr
    assert set(database_path.parent.iterdir()) == before


@as_root
def test_root_makes_no_ledger_beside_somebody_elses_backups(config: Config, tmp_path: Path) -> None:
    backups = tmp_path / "backups"
    backups.mkdir()
    shutil.chown(backups, "daemon")
    refused = run(config.database_url, "purge", YOUTHSAFE_LEDGER=str(backups / "ledger"))
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1), refused.stderr
    assert "belongs to daemon" in refused.stderr
    assert list(backups.iterdir()) == []


def test_a_database_that_cannot_be_reached_is_one_line_without_its_password(tmp_path: Path) -> None:
    refused = run("postgresql+psycopg://youthsafe:secret-word@127.0.0.1:1/youthsafe", "purge")
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1] == "Error: The database cannot be reached."
    assert "Traceback" not in refused.stderr
    assert "secret-word" not in refused.stderr
