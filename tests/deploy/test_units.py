"""The units in `deploy/` start what docs/operate.md says, with the settings that stand beside them."""

import json
import os
import shlex
import sqlite3
import subprocess
import sys
from configparser import ConfigParser
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.conftest import SECRET
from tests.servers import free_port, wait_for_port

DEPLOY = Path(__file__).parents[2] / "deploy"
PLACES = {"/srv/youthsafe-backups": "backups", "/srv/youthsafe": "data", "/etc/youthsafe.secret": "secret"}


class Unit(ConfigParser):
    """A file of systemd's: names with capitals, and percent signs that mean something else."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def unit(name: str) -> Unit:
    parser = Unit(interpolation=None, delimiters=["="])
    parser.read(DEPLOY / name, encoding="utf-8")
    return parser


def command(name: str) -> list[str]:
    """What a unit runs, from the environment that the tests run in."""
    installed, *rest = shlex.split(unit(name)["Service"]["ExecStart"])
    return [str(Path(sys.executable).with_name(Path(installed).name)), *rest]


@pytest.fixture
def machine(tmp_path: Path) -> dict[str, str]:
    """The settings of `deploy/youthsafe.env`, with every place of theirs in a temporary folder."""
    for folder in ("backups", "data"):
        (tmp_path / folder).mkdir()
    (tmp_path / "secret").write_text(SECRET.hex(), encoding="utf-8")
    lines = (DEPLOY / "youthsafe.env").read_text(encoding="utf-8").splitlines()
    settings = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    for place, name in PLACES.items():
        settings = {key: value.replace(place, str(tmp_path / name)) for key, value in settings.items()}
    return os.environ | settings


def test_the_units_serve_purge_and_back_up_after_the_schema_was_made(machine: dict[str, str], tmp_path: Path) -> None:
    port = free_port()
    upgrade = [command("youthsafe.service")[0], "db", "upgrade"]
    subprocess.run(upgrade, env=machine, check=True, stdout=subprocess.DEVNULL)
    with subprocess.Popen([*command("youthsafe.service"), "--port", str(port)], env=machine) as server:
        try:
            wait_for_port(port, 60)
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=20) as answer:
                assert json.load(answer) == {"status": "ok", "database": True}
            jobs = [*command("youthsafe-jobs.service"), "--once"]
            purged = subprocess.run(jobs, env=machine, check=True, stdout=subprocess.PIPE)
            assert b"No report is due." in purged.stdout
            assert (tmp_path / "backups" / "ledger").exists()
        finally:
            server.terminate()
    backups = list((tmp_path / "backups").glob("youthsafe-*.db"))
    assert len(backups) == 1
    for each in backups:
        with closing(sqlite3.connect(each)) as backup:
            assert backup.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_server_unit_makes_no_database(machine: dict[str, str], tmp_path: Path) -> None:
    assert "upgrade" not in (DEPLOY / "youthsafe.service").read_text(encoding="utf-8").partition("[Unit]")[2]
    jobs = [*command("youthsafe-jobs.service"), "--once"]
    refused = subprocess.run(jobs, env=machine, check=False, capture_output=True)
    assert refused.returncode != 0
    assert not (tmp_path / "data" / "youthsafe.db").exists()


def test_all_services_run_with_the_same_settings_and_rights() -> None:
    server, jobs = (dict(unit(name)["Service"]) for name in ("youthsafe.service", "youthsafe-jobs.service"))
    assert (server.pop("ExecStart"), jobs.pop("ExecStart")) == (
        "/opt/youthsafe/bin/youthsafe serve",
        "/opt/youthsafe/bin/youthsafe jobs run",
    )
    assert server == jobs
    assert "time-sync.target" in unit("youthsafe-jobs.service")["Unit"]["After"], "a clock that is set first"


# Installing


@pytest.mark.skipif(os.geteuid() != 0, reason="files are given to others")
def test_installing_again_keeps_the_secret_and_nobody_else_reads_it_or_the_settings(tmp_path: Path) -> None:
    """The lines of docs/operate.md about /etc, with another folder and the user `daemon`."""
    blocks = (DEPLOY.parent / "docs" / "operate.md").read_text(encoding="utf-8").split("```")[1::2]
    lines = [
        line
        for block in blocks
        for line in block.splitlines()
        if "/etc/youthsafe.secret" in line or "youthsafe.env /etc" in line
    ]
    script = "\n".join(lines).replace("/etc/", f"{tmp_path}/").replace("-g youthsafe", "-g daemon")
    script = script.replace("chown youthsafe", "chown daemon").replace("-o youthsafe", "-o daemon")
    secrets = []
    for _ in range(2):
        subprocess.run(["sh", "-e", "-c", script], check=True, cwd=DEPLOY.parent)
        secrets.append((tmp_path / "youthsafe.secret").read_text(encoding="ascii"))
        (tmp_path / "youthsafe.env").write_text("REDIS_URL=redis://:password@localhost/0\n", encoding="utf-8")
    assert secrets[0] == secrets[1]
    assert len(bytes.fromhex(secrets[0].strip())) == 32
    assert "password" in (tmp_path / "youthsafe.env").read_text(encoding="utf-8")
    secret, settings = ((tmp_path / name).stat() for name in ("youthsafe.secret", "youthsafe.env"))
    assert (secret.st_mode & 0o777, settings.st_mode & 0o777) == (0o400, 0o640)
    assert (secret.st_uid, settings.st_uid, settings.st_gid) == (1, 0, 1), "root writes, the group reads"
