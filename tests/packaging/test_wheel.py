"""What `pip install .` puts on a machine, and that it is what `make run` serves."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from youthsafe import resources

Ask = Callable[[str], str]
MANIFEST = resources.assets_folder() / "manifest.json"


def names(folder: Path, pattern: str) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.glob(pattern)}


def test_the_wheel_carries_the_same_bundles_as_the_checkout(ask: Ask) -> None:
    installed = Path(ask("resources.assets_folder()"))
    here = resources.assets_folder()
    assert installed != here
    assert names(installed, "*") == names(here, "*")
    assert all((installed / name).read_bytes() == (here / name).read_bytes() for name in names(here, "*"))


def test_every_bundle_has_its_compressed_copies(ask: Ask) -> None:
    folder = Path(ask("resources.assets_folder()"))
    built = json.loads((folder / "manifest.json").read_text()).values()
    bundles = [name for name in built if not name.endswith(".png")]  # a picture is compressed already
    assert bundles
    assert all((folder / f"{name}{ending}").is_file() for name in bundles for ending in ("", ".br", ".gz"))


def test_the_wheel_carries_every_migration(ask: Ask) -> None:
    installed = Path(ask("resources.migrations_folder()"))
    assert installed.name == "_migrations"
    assert names(installed, "**/*.py") == names(resources.migrations_folder(), "**/*.py")


def test_the_wheel_carries_compiled_translations_and_not_their_sources(ask: Ask) -> None:
    installed = Path(ask("resources.translations_folder()"))
    wanted = {name.removesuffix(".po") + ".mo" for name in names(resources.translations_folder(), "**/*.po")}
    assert wanted
    assert {name for name in names(installed, "**/*") if (installed / name).is_file()} == wanted


def test_the_wheel_carries_no_sources_of_the_browser_half_but_the_word_lists(ask: Ask) -> None:
    folder = Path(ask("resources.assets_folder().parent"))
    assert names(folder, "*") == {"build", "src"}
    assert names(folder, "src/**/*.*") == names(resources.assets_folder().parent, "src/crypto/words/*.txt")


@pytest.fixture
def address(installed: Path, tmp_path: Path) -> Iterator[str]:
    """A demonstration served by the installed package."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [installed / "youthsafe", "demo", "--port", str(port), "--data-dir", tmp_path / "data"]
    server = subprocess.Popen(command, cwd=tmp_path)
    try:
        await_health(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def await_health(address: str, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/healthz").close()
            return
        time.sleep(0.1)
    raise AssertionError("the installed demonstration did not start")


def test_the_installed_demonstration_serves_the_checkouts_bundles(address: str) -> None:
    with urllib.request.urlopen(f"{address}/en/") as page:
        text = page.read().decode()
        assert page.headers["Server"] is None
    for name in json.loads(MANIFEST.read_text()).values():
        with urllib.request.urlopen(f"{address}/assets/{name}") as answer:
            assert answer.read() == (resources.assets_folder() / name).read_bytes()
    assert json.loads(MANIFEST.read_text())["app.js"] in text


def test_gunicorn_and_flask_need_no_file_of_the_checkout(installed: Path, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        "PATH": os.defpath,
        "YOUTHSAFE_DATABASE_URL": f"sqlite:///{tmp_path / 'youthsafe.db'}",
        "YOUTHSAFE_SECRET": bytes(range(32)).hex(),
    }
    for command in ("upgrade", "check"):
        flask = [installed / "flask", "--app", "youthsafe.wsgi", "db", command]
        subprocess.run(flask, cwd=tmp_path, env=environment, check=True)
    gunicorn = [installed / "gunicorn", "--config", "python:youthsafe.gunicorn_conf", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(gunicorn, cwd=tmp_path, env=environment)
    try:
        await_health(f"http://127.0.0.1:{port}", server)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/en/") as page:
            assert page.headers["Server"] is None, "gunicorn runs with settings of its own"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def test_a_line_that_is_too_long_is_refused(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="414") as refusal:
        urllib.request.urlopen(f"{address}/en/?{'x' * 4000}")
    refusal.value.close()
