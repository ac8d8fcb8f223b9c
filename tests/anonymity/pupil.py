"""A pupil's whole journey against a real server, with a canary in everything that a request carries."""

import http.client
import json
import socket
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.anonymity.canaries import FORWARDED, OWN_ADDRESS, WORDS
from tests.sealing import SealedInstance

CARRIED = {
    "User-Agent": WORDS["agent"],
    "Referer": WORDS["referrer"],
    "Accept-Language": WORDS["language"],
    "Cookie": WORDS["cookie"],
    "X-Forwarded-For": FORWARDED,
    "X-Real-IP": FORWARDED,
    "Forwarded": f'for="[{FORWARDED}]"',
    "Content-Type": "application/json",
}


@dataclass
class Pupil:
    """Asks a server and remembers each answer's status and headers."""

    port: int
    statuses: list[int] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)

    def ask(self, method: str, path: str, body: bytes | None = None, **more: str) -> tuple[int, dict[str, str], bytes]:
        """Send one request with every canary; gives status, headers and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, 20, source_address=(OWN_ADDRESS, 0))
        try:
            extra = {name.replace("_", "-"): value for name, value in more.items()}
            connection.request(method, path, body, CARRIED | extra)
            answer = connection.getresponse()
            self.statuses.append(answer.status)
            self.headers += [f"{name}: {value}" for name, value in answer.getheaders()]
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def mumble(self, line: bytes) -> None:
        """Send a request that the server itself refuses before the application sees it."""
        with socket.create_connection(("127.0.0.1", self.port), 20, (OWN_ADDRESS, 0)) as plug:
            plug.sendall(line + b"\r\nUser-Agent: " + WORDS["agent"].encode() + b"\r\n\r\n")
            self.statuses.append(int(plug.recv(65_536).split()[1]))


def journey(pupil: Pupil, instance: SealedInstance, break_a_row: Callable[[], None], lose: Callable[[], None]) -> None:
    """Read, send, write back, and meet every error there is; in the end the database is lost."""
    path, question, error = WORDS["path"], WORDS["question"], WORDS["error"]
    pupil.ask("GET", f"/en/?{question}={question}")
    page = pupil.ask("GET", "/en/report/")
    pupil.ask("GET", "/en/report/", If_None_Match=f"{page[1]['ETag']}, {WORDS['tag']}")
    pupil.ask("GET", f"/en/{path}/")
    pupil.ask("GET", f"/api/v1/{path}?{question}", error.encode())
    pupil.ask("POST", "/en/", error.encode())
    pupil.ask("PUT", "/api/v1/reports", error.encode())
    pupil.ask("POST", "/api/v1/reports", error.encode() * 4_000)
    pupil.ask("POST", "/api/v1/reports", json.dumps({"envelope": error}).encode(), Origin=WORDS["referrer"])
    pupil.ask("POST", "/api/v1/staff/sign-in", json.dumps({"name": error, "proof": error, "code": error}).encode())
    pupil.ask("GET", f"/api/v1/staff/reports/{path}")
    pupil.mumble(b"GET /" + path.encode() + b" HTTP/9." + error.encode())
    pupil.mumble(b"GET /" + path.encode() + b"\x01" * 3_000 + b" HTTP/1.1")
    pupil.ask("GET", "/api/v1/bundle")
    first = instance.report(text=WORDS["story"])
    pupil.ask("POST", "/api/v1/reports", first.body)
    pupil.ask("POST", "/api/v1/reports", instance.report(report_id=first.report_id).body)
    pupil.ask("POST", "/api/v1/mailbox", instance.mailbox_request(first))
    pupil.ask("POST", "/api/v1/mailbox/messages", instance.follow_up(first, WORDS["story"]))
    while pupil.ask("POST", "/api/v1/reports", instance.report(text=WORDS["story"]).body)[0] != 428:
        pass
    break_a_row()
    pupil.ask("POST", "/api/v1/mailbox", instance.mailbox_request(first))
    pupil.ask("POST", "/api/v1/mailbox", error.encode())
    guess = json.dumps({"name": error, "proof": "A" * 43, "code": "000000"}).encode()
    while pupil.ask("POST", "/api/v1/staff/sign-in", guess)[0] != 429:
        pass
    lose()
    pupil.ask("POST", f"/api/v1/reports?{question}", instance.report(text=WORDS["story"]).body)
    pupil.ask("GET", "/healthz")
