"""Real browsers against a real server: a demonstration of the test run's own, and profiles that can be searched."""

import http.client
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Playwright, Request
from pyotp import TOTP

from tests.servers import free_port, wait_for_port

CHROMIUM = "/usr/bin/chromium"
QUIET = [  # Chromium's own errands, which would ask hosts of its maker
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--no-sandbox",
]
STRETCHING = timedelta(seconds=15)  # a browser may take this long from the code to the server, on a busy machine
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 720}


@dataclass
class Demo:
    """A running demonstration: its address, its folder and its log."""

    port: int
    folder: Path
    log: Path
    process: "subprocess.Popen[bytes]"
    _used: dict[str, int] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "youthsafe.db"

    def words(self, name: str) -> str:
        return self._sign_ins()[name]["words"]

    def code(self, name: str) -> str:
        """A second-factor code that was not used before; waits for the next when it must."""
        totp = TOTP(self._sign_ins()[name]["totp"])
        oldest = totp.timecode(datetime.now(UTC) + STRETCHING) - 1  # the server still takes it when it arrives
        counter = max(oldest, self._used.get(name, 0) + 1)
        while counter > totp.timecode(datetime.now(UTC)) + 1:
            sleep(0.5)
        self._used[name] = counter
        return totp.generate_otp(counter)

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
        self.process.terminate()
        self.process.wait(timeout=20)

    def _sign_ins(self) -> ConfigParser:
        parser = ConfigParser(interpolation=None)
        parser.read(self.folder / "demo-sign-in.txt", encoding="utf-8")
        return parser


@contextmanager
def running_demo(folder: Path) -> Iterator[Demo]:
    """Start `youthsafe demo` in a folder and stop it again."""
    port, log = free_port(), folder.with_name(folder.name + ".log")
    command = [str(Path(sys.executable).with_name("youthsafe")), "demo"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--port", str(port), "--data-dir", str(folder)], stdout=output, stderr=output
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


@pytest.fixture
def own_demo(tmp_path: Path) -> Iterator[Demo]:
    """A demonstration that one test may damage."""
    with running_demo(tmp_path / "data") as demo:
        yield demo


@dataclass
class Profile:
    """A person's browser: a profile on disk that can be searched, and everything it asked for or complained of."""

    context: BrowserContext
    folder: Path
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.context.pages[0]

    def asked(self, request: Request) -> None:
        """Remember a request."""
        self.requests.append(request)

    def complained(self, message: ConsoleMessage) -> None:
        """Remember what the console says, unless it is that Playwright has kept a service worker away."""
        if not message.text.endswith("blocked by Playwright"):
            self.complaints.append(f"{message.type}: {message.text}")

    def foreign_requests(self, base: str) -> list[str]:
        """Addresses asked for that are not the server's own."""
        own = urlsplit(base).netloc
        return [each.url for each in self.requests if urlsplit(each.url).netloc not in {own, ""}]

    def close(self) -> None:
        self.context.close()


MakeProfile = Callable[..., Profile]


@pytest.fixture
def new_profile(playwright: Playwright, tmp_path: Path) -> Iterator[MakeProfile]:
    """Makes fresh browser profiles; each is closed when the test ends. A test of the service worker allows one."""
    made: list[Profile] = []

    def make(*, viewport: dict[str, int] = PHONE, locale: str = "en-GB", **options: object) -> Profile:
        folder = tmp_path / f"profile-{len(made)}"
        context = playwright.chromium.launch_persistent_context(
            str(folder),
            executable_path=CHROMIUM,
            args=QUIET,
            headless=True,
            viewport=viewport,
            locale=locale,
            **{"service_workers": "block"} | options,
        )
        profile = Profile(context, folder)
        context.on("request", profile.asked)
        context.on("console", profile.complained)
        context.on("weberror", lambda error: profile.complaints.append(f"uncaught: {error.error}"))
        context.set_default_timeout(15_000)
        made.append(profile)
        return profile

    yield make
    for profile in made:
        profile.close()
