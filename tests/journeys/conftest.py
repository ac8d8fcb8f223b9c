"""Real browsers against a real server: a demonstration of the test run's own, and profiles that can be searched."""

import http.client
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright
from pyotp import TOTP

from tests.browsers import CHROMIUM, QUIET
from tests.journeys.visitors import PHONE, Profile, visitor, watched
from tests.servers import free_port, wait_for_port

STRETCHING = timedelta(seconds=15)  # a browser may take this long from the code to the server, on a busy machine

DEMO = [str(Path(sys.executable).with_name("youthsafe")), "demo"]


@dataclass
class Demo:
    """A running demonstration: its address, its folder and its log."""

    port: int
    folder: Path
    log: Path
    process: "subprocess.Popen[bytes]"

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "youthsafe.db"

    def words(self, name: str) -> str:
        return self._sign_ins()[name]["words"]

    def code(self, name: str) -> str:
        """A second-factor code that the server takes.

        It takes each once (tests/accounts/test_sign_in.py), and the next one half a minute later. Nobody waits for that
        here: the server forgets which was the last.
        """
        self.let_codes_be_good_again(name)
        totp = TOTP(self._sign_ins()[name]["totp"])
        return totp.generate_otp(totp.timecode(datetime.now(UTC) + STRETCHING) - 1)  # still good when it arrives

    def let_codes_be_good_again(self, name: str = "%") -> None:
        """Have the server forget which code of a member's app was the last, as half a minute does."""
        with closing(sqlite3.connect(self.database, timeout=10)) as database, database:
            database.execute("UPDATE member SET totp_counter = 0 WHERE name LIKE ?", (name,))

    def request(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
        """Ask the server without a browser."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, {"Content-Type": "application/json"} | names)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def bundle(self) -> dict[str, str]:
        """The signed bundle as pupils' browsers get it."""
        status, answer = self.request("GET", "/api/v1/bundle")
        assert status == 200
        signed: dict[str, str] = json.loads(answer)
        return signed

    def said(self) -> bytes:
        """What the server wrote since its welcome, which shows the made-up sign-ins on purpose."""
        return self.log.read_bytes().rpartition(b"=" * 78)[2]

    def stop(self) -> None:
        """End it at once; a gentle end waits for the connections that browsers keep."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=20)

    def _sign_ins(self) -> ConfigParser:
        parser = ConfigParser(interpolation=None)
        parser.read(self.folder / "demo-sign-in.txt", encoding="utf-8")
        return parser


class ByName(Demo):
    """The same demonstration by the name that passkeys are good for: an address of numbers has none."""

    @property
    def base(self) -> str:
        return f"http://localhost:{self.port}"


@contextmanager
def running_demo(folder: Path, **environment: str) -> Iterator[Demo]:
    """Start `youthsafe demo` in a folder, with more settings where they are given, and stop it again."""
    port, log = free_port(), folder.with_name(folder.name + ".log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*DEMO, "--port", str(port), "--data-dir", str(folder)],
            stdout=output,
            stderr=output,
            env=os.environ | environment,
        )
        demo = Demo(port, folder, log, process)
        try:
            wait_for_port(port, seconds=60)
            yield demo
        finally:
            demo.stop()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One demonstration for all journeys that leave it as they found it."""
    with running_demo(tmp_path_factory.mktemp("demo") / "data") as demo:
        yield demo


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a demonstration that nobody has used; making its keys takes as long as a start."""
    folder = tmp_path_factory.mktemp("prepared") / "data"
    subprocess.run([*DEMO, "--prepare-only", "--data-dir", folder], check=True, stdout=subprocess.DEVNULL)
    return folder


@pytest.fixture
def own_demo(tmp_path: Path, prepared: Path) -> Iterator[Demo]:
    """A demonstration that one test may damage."""
    with running_demo(shutil.copytree(prepared, tmp_path / "data")) as demo:
        yield demo


MakeProfile = Callable[..., Profile]
OnDisk = Callable[..., Profile]


@pytest.fixture
def person(browser: Browser) -> Iterator[Profile]:
    """Somebody with a phone and nothing on it."""
    with visitor(browser) as person:
        yield person


@pytest.fixture
def new_profile(browser: Browser) -> Iterator[MakeProfile]:
    """Makes people with a browser of their own; each leaves when the test ends."""
    with ExitStack() as people:
        yield lambda **options: people.enter_context(visitor(browser, **options))


@pytest.fixture
def profiles(tmp_path: Path) -> Path:
    """Where browsers keep their profiles, to be searched."""
    return tmp_path / "profiles"


@pytest.fixture
def on_disk(playwright: Playwright, profiles: Path) -> Iterator[OnDisk]:
    """Starts a whole browser that keeps its profile; whoever searches it closes it before."""
    with ExitStack() as started:

        def start(name: str, **options: Any) -> Profile:
            options = {"viewport": PHONE, "locale": "en-GB", "service_workers": "block"} | options
            launch = playwright.chromium.launch_persistent_context
            context = launch(str(profiles / name), executable_path=CHROMIUM, args=QUIET, **options)
            started.callback(context.close)
            return watched(context)

        yield start
