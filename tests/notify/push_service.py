"""A real push service of the tests' own, over TLS: it checks who asks, as RFC 8292 says, and wakes nobody."""

import base64
import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature


@dataclass(frozen=True)
class Asked:
    """One request: for which browser, in whose name, and everything that came with it."""

    path: str
    key: bytes
    claims: dict[str, Any]
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    """What it answers, and what it was asked."""

    address: str = ""
    status: int = 201
    asked: list[Asked] = field(default_factory=list)

    def endpoint(self, name: str) -> str:
        """The address of a browser."""
        return f"{self.address}/push/{name}"


def _unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def read_name(header: str) -> tuple[bytes, dict[str, Any]]:
    """Check the signature of a header; gives the key and what is claimed."""
    assert header.startswith("vapid ")
    parts = dict(each.strip().split("=", 1) for each in header.removeprefix("vapid ").split(","))
    key, (head, claims, signature) = _unb64(parts["k"]), parts["t"].split(".")
    assert json.loads(_unb64(head)) == {"typ": "JWT", "alg": "ES256"}
    raw = _unb64(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
    public.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    return key, json.loads(_unb64(claims))


@contextmanager
def push_service(certificate: Path) -> Iterator[PushService]:
    """Run one at a port of localhost."""
    service = PushService()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # as http.server calls it
            key, claims = read_name(self.headers["Authorization"])
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.asked.append(Asked(self.path, key, claims, dict(self.headers), body))
            self.send_response(service.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    service.address = f"https://localhost:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
