"""The trail's commands are the same under `youthsafe` and under `flask`."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # each test starts programs
ROOT = Path(__file__).parents[2]
WAYS = (["youthsafe"], ["flask", "--app", "wsgi"])


def run(url: str, *command: str) -> subprocess.CompletedProcess[str]:
    program = str(Path(sys.executable).with_name(command[0]))
    settings = {"PATH": os.defpath, "YOUTHSAFE_DATABASE_URL": url, "YOUTHSAFE_SECRET": bytes(range(32)).hex()}
    return subprocess.run(
        [program, *command[1:]], cwd=ROOT, env=settings, capture_output=True, text=True, timeout=60, check=False
    )


def fill(path: Path) -> None:
    """Write an entry that no application wrote."""
    with sqlite3.connect(path) as database:
        database.execute("INSERT INTO instance (id, demo, root_public_key) VALUES (zeroblob(16), 0, zeroblob(65))")
        database.execute(
            "INSERT INTO audit_entry VALUES (1, zeroblob(16), 0, 'a text', 'report.opened', NULL, zeroblob(32))"
        )


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[0])
def test_the_trail_is_listed_and_checked(tmp_path: Path, way: list[str]) -> None:
    path = tmp_path / "youthsafe.db"
    url = f"sqlite:///{path}"
    assert run(url, *way, "db", "upgrade").returncode == 0
    whole = run(url, *way, "audit", "verify")
    assert (whole.returncode, whole.stdout.splitlines()[0]) == (0, "The audit trail is whole: 0 entries in 0 chains.")
    assert run(url, *way, "audit", "list").stdout == ""
    fill(path)
    assert run(url, *way, "audit", "list").stdout.split("\t")[3:5] == ["report.opened", "a text"]
    broken = run(url, *way, "audit", "verify")
    assert broken.returncode == 1
    assert "Error: The audit trail is broken: entry 1 in the chain of" in broken.stderr
    assert "Traceback" not in broken.stderr
