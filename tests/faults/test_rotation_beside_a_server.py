"""The server secret changes under a running server, and nobody who sends, reads or answers notices."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import SECRET
from tests.database.test_rotation import hang_up, versions_in
from tests.elsewhere import SMALL
from tests.faults.test_killed_server import MortalServer
from tests.sealing import SealedInstance, SealedReport
from youthsafe.config import Config, read_secrets
from youthsafe.database import migrating

WAIT = 3  # seconds: the server looks once a second
PACE = 0.15  # seconds between two reports: faster, and everybody would be asked for work
BEFORE = 60  # reports: a batch and a bit more


@pytest.fixture(params=["sqlite", "postgres"])
def at_rest(request: pytest.FixtureRequest, config: Config, tmp_path: Path) -> Config:
    if request.param == "postgres":
        config = replace(config, database_url=request.getfixturevalue("postgres_url"))
        migrating.upgrade(config.database_url)
    path = tmp_path / "secret"
    path.write_text(SECRET.hex() + "\n")
    return replace(config, secret_file=path)


@pytest.fixture
def settings(at_rest: Config) -> dict[str, str]:
    own = SMALL | {"YOUTHSAFE_DATABASE_URL": at_rest.database_url, "YOUTHSAFE_SECRET_FILE": str(at_rest.secret_file)}
    return os.environ | own | {"YOUTHSAFE_TRUSTED_PROXIES": "1"}


@pytest.fixture
def server(settings: dict[str, str], tmp_path: Path) -> Iterator[MortalServer]:
    server = MortalServer(settings, tmp_path / "server.log")
    yield server
    if server.process is not None:
        server.kill()


@dataclass(eq=False)
class Pupil(threading.Thread):
    """Sends a report, writes back and opens mailboxes of theirs, again and again; keeps what went wrong."""

    server: MortalServer
    instance: SealedInstance
    reports: list[SealedReport]
    wrong: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    done: int = 0

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def run(self) -> None:
        while not self.over.wait(PACE):
            try:
                self.once()
            except Exception as error:  # noqa: BLE001  # told by the test
                self.wrong.append(repr(error))

    def once(self) -> None:
        report = self.instance.report()
        if not self.server.send(report):
            self.wrong.append("a report was refused")
        self.reports.append(report)
        older = self.reports[self.done % len(self.reports)]
        if self.post("/api/v1/mailbox/messages", self.instance.follow_up(report, "Again.")) is None:
            self.wrong.append("a follow-up was refused")
        page = self.post("/api/v1/mailbox", self.instance.mailbox_request(older))
        if page is None or page["report"] is None:
            self.wrong.append("a mailbox was not found")
        self.done += 1

    def post(self, path: str, body: bytes) -> dict[str, object] | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        try:
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            content = answer.read()
            found: dict[str, object] | None = json.loads(content) if answer.status in {200, 201} else None
            return found
        finally:
            connection.close()


def test_nobody_who_sends_or_reads_beside_a_rotation_notices_it(
    at_rest: Config, settings: dict[str, str], server: MortalServer, make_app: Callable[[Config], Flask]
) -> None:
    app = make_app(at_rest)
    instance = SealedInstance.set_up(app)
    hang_up(app)
    server.start()
    reports = [instance.report() for _ in range(BEFORE)]
    assert all(server.send(each) for each in reports)
    pupil = Pupil(server, instance, reports)
    pupil.start()
    command = [str(Path(sys.executable).with_name("youthsafe")), "secret", "rotate", "--wait", str(WAIT)]
    with subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, text=True) as cut_short:
        assert cut_short.stdout is not None
        while "From now on" not in cut_short.stdout.readline():
            pass
        time.sleep(WAIT)  # so that it falls among the first rows
        cut_short.send_signal(signal.SIGKILL)
    again = subprocess.run(command, env=settings, check=False, capture_output=True, text=True, timeout=120)
    pupil.over.set()
    pupil.join()
    assert again.returncode == 0, again.stderr
    assert (pupil.wrong, pupil.done > 10) == ([], True)
    assert versions_in(at_rest) == {2}
    assert list(read_secrets(Path(str(at_rest.secret_file)))) == [2]
