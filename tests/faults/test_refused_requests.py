"""What the server refuses before any page of ours sees it says whom to call, and nothing of what was sent."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import SECRET
from tests.faults.test_killed_server import MortalServer
from youthsafe.config import Config
from youthsafe.web import headers

CANARY = "canary-8c1f"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[int]:
    database = tmp_path_factory.mktemp("refused") / "youthsafe.db"
    database.write_bytes(migrated_file.read_bytes())
    config = Config(database_url=f"sqlite:///{database}", server_secret=SECRET)
    settings = {"YOUTHSAFE_DATABASE_URL": config.database_url, "YOUTHSAFE_SECRET": SECRET.hex()}
    server = MortalServer(os.environ | settings, database.with_name("server.log"))
    server.start()
    yield server.port
    server.kill()


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (f"GET /{CANARY}{'x' * 3000} HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (f"GET /{CANARY} NOTHTTP\r\n\r\n", 400),
        (f"GET / HTTP/1.1\r\nHost: a\r\n{CANARY} : x\r\n\r\n", 400),
        (f"GET / HTTP/1.1\r\nHost: a\r\nX-Long: {CANARY}{'x' * 5000}\r\n\r\n", 431),
    ],
)
def test_a_refused_request_is_answered_with_our_headers_and_whom_to_call(port: int, request_: str, status: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request_.encode())
        answer = b"".join(iter(lambda: connection.recv(65_536), b"")).decode("ascii")
    head, _, body = answer.partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    assert first.split()[1] == str(status)
    assert dict(line.split(": ", 1) for line in lines).items() >= (headers.FIXED | headers.FOR_DOCUMENTS).items()
    assert f"Content-Length: {len(body)}" in lines
    assert "Call 999" in body
    assert "0800 1111" in body
    assert CANARY not in answer
    assert "unicorn" not in answer
