"""Many people at once against a real server, behind a reverse proxy that says from which network each of them asks."""

import http.client
import json
import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from pathlib import Path
from typing import TypeVar

from tests.limits.solving import solved
from tests.servers import free_port, wait_for_port
from tests.triage.sealed import envelope
from youthsafe.accounts.second_factor import code_at, step
from youthsafe.crypto.bundle import Team, parse_bundle
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.crypto.envelope import Direction
from youthsafe.crypto.keys import Purpose, mailbox_verifier
from youthsafe.crypto.wire import NOTE_LENGTH
from youthsafe.demo.ceremony import Person

SCHOOL, HOME, STRANGER = "192.0.2.1", "198.51.100.7", "203.0.113.66"
Item = TypeVar("Item")
Found = TypeVar("Found")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def json(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.body)
        return found

    @property
    def challenge(self) -> dict[str, object]:
        return self.json["challenge"]

    @property
    def step(self) -> int:
        """The step of work that is asked for; 0 when the report was taken."""
        return 0 if self.status == 201 else self.challenge["parameters"]["data"]["step"]


@dataclass(frozen=True)
class Sealed:
    """A report with true headers around bytes that nobody can open, and its mailbox request."""

    id: str
    body: bytes
    mailbox_request: bytes


class Server:
    """A running server, asked over one connection a thread."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._own = threading.local()
        self._opened: list[http.client.HTTPConnection] = []
        self._teams: list[Team] = []

    @property
    def team(self) -> Team:
        """The first team that the server's bundle names."""
        if not self._teams:
            self._teams = list(parse_bundle(unb64(self.ask("/api/v1/bundle").json["bundle"])).teams)
        return self._teams[0]

    def ask(self, path: str, body: bytes | None = None, *, network: str = HOME, **headers: str) -> Answer:
        """Ask once; the proxy adds the network after whatever the asker wrote into the forwarded header."""
        forged = headers.pop("forged", "")
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent["X-Forwarded-For"] = f"{forged}, {network}" if forged else network
        sent["Content-Type"] = "application/json"
        try:
            return self._once(path, body, sent)
        except (http.client.RemoteDisconnected, ConnectionError):  # it lay idle for longer than the server waits
            self._own.connection.close()
            return self._once(path, body, sent)

    def seal(self) -> Sealed:
        """Make a report that nobody sent before."""
        report_id, mailbox_id, token = (secrets.token_bytes(size) for size in (16, 16, 32))
        sealed = envelope(
            Direction.TO_TEAM,
            report_id=report_id,
            message_id=bytes(16),
            team_id=self.team.id,
            epoch=self.team.epoch,
            wraps=[(Purpose.REPORT_TO_TEAM, self.team.public_key)],
        )
        mailbox = {
            "id": b64(mailbox_id),
            "verifier": b64(mailbox_verifier(token)),
            "key": b64(os.urandom(1216)),
            "note": b64(bytes(NOTE_LENGTH)),
        }
        body = json.dumps({"envelope": b64(sealed), "mailbox": mailbox}, separators=(",", ":")).encode()
        request = json.dumps({"id": b64(mailbox_id), "token": b64(token), "before": 0}, separators=(",", ":")).encode()
        return Sealed(b64(report_id), body, request)

    def send(self, report: Sealed, proof: str = "", *, network: str = HOME) -> Answer:
        """Send a report once, with a proof of work where there is one."""
        proofs = {"Youthsafe_Work": proof} if proof else {}
        return self.ask("/api/v1/reports", report.body, network=network, **proofs)

    def send_as_a_browser_does(self, report: Sealed, *, network: str = HOME) -> tuple[int, int]:
        """Send, work where that is wanted, and send again; gives the status and the step."""
        first = self.send(report, network=network)
        if first.status != 428:
            return first.status, 0
        return self.send(report, solved(first.challenge), network=network).status, first.step

    def sign_in(self, person: Person, *, network: str, proof: bytes | None = None, forged: str = "") -> Answer:
        """Sign in with both factors, or with a guess at the first."""
        code = code_at(person.totp_secret, step(datetime.now(UTC)))
        right = {"name": person.name, "proof": b64(proof or person.proof), "code": code}
        return self.ask("/api/v1/staff/sign-in", json.dumps(right).encode(), network=network, forged=forged)

    def close(self) -> None:
        """Hang up, for every thread that asked."""
        for connection in self._opened:
            connection.close()

    def _once(self, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        if not hasattr(self._own, "connection"):
            self._own.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            self._opened.append(self._own.connection)
        connection: http.client.HTTPConnection = self._own.connection
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())


def all_at_once(people: int, act: Callable[[Item], Found], items: Sequence[Item]) -> list[Found]:
    """Have so many people act at a time, each on the next item, beginning together; gives what came of each."""
    begin = threading.Barrier(min(people, len(items)))

    def act_together(numbered: tuple[int, Item]) -> Found:
        number, item = numbered
        if number < begin.parties:
            begin.wait(timeout=30)
        return act(item)

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(act_together, enumerate(items)))


@contextmanager
def serving(database_url: str, secret: bytes, folder: Path) -> Iterator[Server]:
    """Run the server as in production: one process with threads, behind one proxy, its counts in memory."""
    port = free_port()
    environment = {
        "PATH": os.defpath,
        "YOUTHSAFE_DATABASE_URL": database_url,
        "YOUTHSAFE_SECRET": secret.hex(),
        "YOUTHSAFE_TRUSTED_PROXIES": "1",
    }
    command = [str(Path(sys.executable).with_name("youthsafe")), "serve", "--port", str(port)]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_for_port(port, seconds=60)
        with closing(Server(port)) as server:
            yield server
    finally:
        process.terminate()
        process.wait(timeout=30)
