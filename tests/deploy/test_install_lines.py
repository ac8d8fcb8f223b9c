"""The lines by which docs/operate.md brings an empty machine to a running site, typed in their order.

The tools of the machine are played: what would change this one is only written down. Places are a folder's.
"""

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from youthsafe.config import Config

ROOT = Path(__file__).parents[2]
SITE = "safe.madeupton.example"
PLACES = ("/etc/", "/srv/", "/opt/youthsafe", "/usr/local/bin/")
PLAYED = ("apt-get", "chown", "curl", "id", "nginx", "pip", "runuser", "systemctl", "systemd-run", "useradd")
NGINX = "worker_processes auto;\nevents {\n\tworker_connections 768;\n}\n"  # Debian's, as far as the page changes it
NGINX_LIMITS = ("worker_rlimit_nofile", "worker_connections")
YOUTHSAFE = str(Path(sys.executable).with_name("youthsafe"))


@dataclass
class Machine:
    """A folder with a machine's places, and the lines that were typed there."""

    folder: Path

    def type(self, lines: str) -> None:
        """Run lines as a shell does that stops at the first one that fails."""
        for place in PLACES:
            lines = lines.replace(place, f"{self.folder}{place}")
        lines = lines.replace(" -o youthsafe", "").replace(" -g youthsafe", "").replace("python3 -m venv", ": venv")
        path = f"{self.folder}/played:{self.folder}/usr/local/bin:{os.environ['PATH']}"
        subprocess.run(["sh", "-eu", "-c", lines], cwd=ROOT, env=os.environ | {"PATH": path}, check=True, timeout=60)

    def read(self, place: str) -> str:
        """What lies at a place of the machine."""
        return (self.folder / place.lstrip("/")).read_text(encoding="utf-8")

    @property
    def calls(self) -> list[list[str]]:
        """What the played tools were asked."""
        return [shlex.split(line) for line in self.read("calls").splitlines()]

    @property
    def settings(self) -> dict[str, str]:
        """What the units and commands read."""
        lines = self.read("/etc/youthsafe.env").splitlines()
        return dict(line.split("=", 1) for line in lines if not line.startswith("#"))


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    for place in ("played", "etc/nginx/sites-enabled", "etc/caddy", "etc/systemd/system", "srv", "usr/local/bin"):
        (tmp_path / place).mkdir(parents=True)
    (tmp_path / "opt/youthsafe/bin").mkdir(parents=True)
    (tmp_path / "etc/nginx/nginx.conf").write_text(NGINX, encoding="utf-8")
    for name in PLAYED:
        tool = tmp_path / ("opt/youthsafe/bin" if name == "pip" else "played") / name
        tool.write_text(f'#!/bin/sh\necho {name} "$@" >> {tmp_path}/calls\n', encoding="utf-8")
        tool.chmod(0o755)
    return Machine(tmp_path)


def blocks() -> list[str]:
    page = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
    section = page.split("## Installing and starting\n")[1].split("\n## ")[0]
    return [block.replace("SITE=youthsafe.example.org", f"SITE={SITE}") for block in section.split("```")[1::2]]


@pytest.mark.parametrize(("proxy", "other"), [("nginx", "caddy"), ("caddy", "deploy/nginx.conf")])
def test_the_lines_of_the_page_make_a_site_of_a_machine(machine: Machine, proxy: str, other: str) -> None:
    machine.type("".join(block for block in blocks() if other not in block))
    settings = machine.settings
    assert settings["YOUTHSAFE_PUBLIC_URL"] == f"https://{SITE}"
    assert settings["YOUTHSAFE_DATABASE_URL"] == "postgresql+psycopg:///youthsafe"
    settings["YOUTHSAFE_SECRET_FILE"] = f"{machine.folder}{settings['YOUTHSAFE_SECRET_FILE']}"
    assert Config.from_environment(settings).trusted_proxies == 1
    site = machine.read("/etc/nginx/sites-enabled/youthsafe" if proxy == "nginx" else "/etc/caddy/Caddyfile")
    assert SITE in site
    assert "example.org" not in site
    assert machine.calls[-1][0] == "curl"
    assert machine.calls[-1][-1] == f"https://{SITE}/healthz"


def test_every_unit_that_is_enabled_was_installed_and_every_command_exists(machine: Machine) -> None:
    machine.type("".join(blocks()))
    enabled = [word for call in machine.calls if call[:2] == ["systemctl", "enable"] for word in call if "." in word]
    assert [name for name in enabled if not (machine.folder / "etc/systemd/system" / name).exists()] == []
    asked = [call for call in machine.calls if call[0] == "systemd-run"]
    commands = [call[call.index("/opt/youthsafe/bin/youthsafe") + 1 :] for call in asked]
    assert commands == [["db", "upgrade"]]
    for words in commands:
        subprocess.run([YOUTHSAFE, *words, "--help"], check=True, stdout=subprocess.DEVNULL, timeout=60)


def test_nginx_may_open_as_many_files_as_its_connections_need(machine: Machine) -> None:
    """Debian lets it open 1024, and each request that is passed on holds two of them."""
    for _ in range(2):
        machine.type("".join(block for block in blocks() if "apt-get install --yes caddy" not in block))
    written = machine.read("/etc/nginx/nginx.conf")
    files, connections = (re.findall(rf"{name} (\d+);", written) for name in NGINX_LIMITS)
    assert (len(files), len(connections)) == (1, 1)
    assert int(files[0]) >= 2 * int(connections[0])


def test_caddy_takes_the_file_without_a_certificate(machine: Machine) -> None:
    machine.type("".join(blocks()))
    file = machine.folder / "etc/caddy/Caddyfile"
    home = {"HOME": str(machine.folder), "XDG_CONFIG_HOME": str(machine.folder)}
    adapt = ["caddy", "adapt", "--config", str(file), "--adapter", "caddyfile"]
    adapted = subprocess.run(adapt, env=os.environ | home, check=True, capture_output=True, text=True, timeout=60)
    assert SITE in adapted.stdout
    assert ".pem" not in adapted.stdout


AS_SYSTEMD = """\
import os, sys
folders = [each.partition("WorkingDirectory=")[2] for each in sys.argv if "WorkingDirectory=" in each]
folders += [os.getcwd() for each in sys.argv if each == "--same-dir"]
os.setuid(1)
for folder in folders:
    try:
        os.chdir(folder.removeprefix("-"))
    except PermissionError:
        if not folder.startswith("-"):
            sys.exit(200)
print(*sys.argv[sys.argv.index("/opt/youthsafe/bin/youthsafe") + 1:])
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="becomes another user")
def test_a_command_also_runs_where_the_user_of_the_service_may_not_look(machine: Machine) -> None:
    """Root's own folder is where a checkout often lies; systemd then failed without a word."""
    tool, folder = machine.folder / "played/systemd-run", machine.folder / "root"
    tool.write_text(f"#!{sys.executable}\n{AS_SYSTEMD}", encoding="utf-8")
    folder.mkdir(0o700)
    environment = os.environ | {"PATH": f"{tool.parent}:{os.environ['PATH']}"}
    command = ["sh", ROOT / "deploy" / "youthsafe", "db", "current"]
    ran = subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True)
    assert ran.stdout == "db current\n"
