"""A server that is killed at random moments loses no report that it took, and doubles none that it was sent again."""

import http.client
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from tests.conftest import SECRET
from tests.elsewhere import SMALL
from tests.long_runs import LongRun
from tests.sealing import SealedInstance, SealedReport
from tests.servers import free_port, wait_for_port
from youthsafe.config import Config

ROOT = Path(__file__).parent.parent.parent
SENDERS = 4
SENDS_TO_A_KILL = 60
SHORT_WHILE = 0.03  # seconds: a kill falls anywhere within a few sends


@dataclass
class MortalServer:
    """Gunicorn with its workers, as production starts it, on one port."""

    environment: dict[str, str]
    log: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        command = [str(Path(sys.executable).with_name("gunicorn")), "--bind", f"127.0.0.1:{self.port}"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        wait_for_port(self.port, seconds=60)

    def kill(self) -> None:
        """End every process of it in the middle of whatever it does."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        while self._listens():  # a worker may die a moment after its parent
            time.sleep(0.01)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def send(self, report: SealedReport) -> bool:
        """Tell whether the server said that it has the report. Raises OSError or HTTPException when it broke off."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            network = f"2001:db8:{report.report_id[:2].hex()}::1"  # each at home, or the server would ask for work
            headers = {"Content-Type": "application/json", "X-Forwarded-For": network}
            connection.request("POST", "/api/v1/reports", report.body, headers)
            answer = connection.getresponse()
            content = answer.read()
            assert answer.status in {201, 429, 503}, (answer.status, content)
            return answer.status == 201 and json.loads(content) == {"id": report.id_text}
        finally:
            connection.close()


class Sender(threading.Thread):
    """Sends one report after the other, each again and again until the server says that it has it."""

    def __init__(self, server: MortalServer, waiting: "SimpleQueue[SealedReport]") -> None:
        super().__init__(daemon=True)
        self.server, self.waiting = server, waiting
        self.answered: list[SealedReport] = []
        self.broken_off = 0

    def run(self) -> None:
        try:
            while True:
                self.deliver(self.waiting.get_nowait())
        except Empty:
            return

    def deliver(self, report: SealedReport) -> None:
        while True:
            try:
                if self.server.send(report):
                    self.answered.append(report)
                    return
            except ConnectionRefusedError:
                pass  # it is down: nothing of this was sent
            except (OSError, http.client.HTTPException):
                self.broken_off += 1
            time.sleep(0.05)


@pytest.fixture
def server(config: Config, tmp_path: Path) -> Iterator[MortalServer]:
    settings = SMALL | {"YOUTHSAFE_DATABASE_URL": config.database_url, "YOUTHSAFE_SECRET": SECRET.hex()}
    settings |= {"YOUTHSAFE_TRUSTED_PROXIES": "1"}
    server = MortalServer(os.environ | settings, tmp_path / "server.log")
    server.start()
    yield server
    server.kill()


def _kill_now_and_then(server: MortalServer, senders: list[Sender]) -> int:
    """Kill and start again while there is something to send; gives how often."""
    chance, kills = random.Random(), 0
    while any(sender.is_alive() for sender in senders):
        sent = sum(len(sender.answered) for sender in senders)
        if sent >= kills * SENDS_TO_A_KILL + chance.randint(1, SENDS_TO_A_KILL):
            time.sleep(chance.uniform(0, SHORT_WHILE))
            server.kill()
            server.start()
            kills += 1
        time.sleep(0.002)
    return kills


def _kept(path: Path) -> list[bytes]:
    with sqlite3.connect(path, timeout=10) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM report")]


def test_every_report_that_was_answered_is_kept_and_every_other_arrives_once(
    instance: SealedInstance, server: MortalServer, database_path: Path, long_run: LongRun
) -> None:
    count = long_run.times(300, soak=1000)
    reports = [instance.report() for _ in range(count)]
    waiting: SimpleQueue[SealedReport] = SimpleQueue()
    for report in reports:
        waiting.put(report)
    senders = [Sender(server, waiting) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    kills = _kill_now_and_then(server, senders)
    server.kill()
    kept = _kept(database_path)
    answered = {report.report_id for sender in senders for report in sender.answered}
    lost, doubled = len(answered - set(kept)), len(kept) - len(set(kept))
    broken_off = sum(sender.broken_off for sender in senders)
    long_run.found("sends to a server that is killed", sends=count, kills=kills, broken_off=broken_off, lost=lost)
    assert kills >= 3
    assert broken_off > 0, "no kill met a report on its way"
    assert (lost, doubled) == (0, 0)
    assert sorted(kept) == sorted(report.report_id for report in reports)
    server.start()
    assert all(server.send(report) for report in random.sample(reports, 20)), "the same report again is the same 201"
    assert sorted(_kept(database_path)) == sorted(kept)
