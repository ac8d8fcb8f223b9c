"""A phone that falls silent in the middle of a request gives its thread back, and is told to send again."""

import json
import os
import socket
from collections.abc import Iterator

import pytest
from flask import Flask
from gunicorn.config import Config as GunicornConfig
from gunicorn.workers.gthread import TConn

from youthsafe import serving
from youthsafe.serving import PatientWorker, ScrubbingLogger, gunicorn_settings

HEAD = (
    b"POST /api/v1/reports HTTP/1.1\r\nHost: example.org\r\nContent-Type: application/json\r\n"
    b"Content-Length: 14549\r\n\r\n"
)


@pytest.fixture
def worker(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[PatientWorker]:
    monkeypatch.setattr(serving, "LONGEST_SILENCE", 0.2)
    settings = GunicornConfig()
    for name, value in gunicorn_settings("127.0.0.1:0").items():
        settings.set(name, value)
    assert settings.worker_class is PatientWorker
    worker = PatientWorker(1, os.getpid(), [], None, 30, settings, ScrubbingLogger(settings))
    worker.wsgi = app
    yield worker
    worker.tmp.close()


def serve(worker: PatientWorker, sent: bytes) -> bytes:
    """What a phone reads that sends this and no more; it never hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()) as phone:
        accepted, address = listener.accept()
        with accepted:
            phone.sendall(sent)
            assert worker.handle(TConn(worker.cfg, accepted, address, listener.getsockname())) is False
        phone.settimeout(10)
        return phone.recv(65_536)


def test_a_request_that_stops_in_its_head_is_given_up(worker: PatientWorker) -> None:
    assert serve(worker, HEAD[:40]) == b""


def test_a_report_that_stops_half_way_is_to_be_sent_again(worker: PatientWorker) -> None:
    answer = serve(worker, HEAD + b'{"envelope":"')
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"application/problem+json" in answer
    assert b"\r\nConnection: close\r\n" in answer


def test_a_body_that_is_too_long_is_told_that_and_that_the_connection_ends(worker: PatientWorker) -> None:
    answer = serve(worker, HEAD.replace(b"14549", b"33000") + b"x" * 33_000)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 413 ")
    assert b"\r\nConnection: close" in head
    assert json.loads(body)["detail"] == "What was sent is too long. Nothing was saved."


@pytest.mark.parametrize(
    "path", [b"reports", b"work", b"mailbox", b"mailbox/withdraw", b"mailbox/messages", b"staff/sign-in"]
)
@pytest.mark.parametrize("chunk", [b"ZZ\r\n", b"4\r\nabcdefgh\r\n0\r\n\r\n", b"1;a=\n\r\nx\r\n"])
def test_a_body_whose_chunks_are_malformed_is_bad_input(worker: PatientWorker, path: bytes, chunk: bytes) -> None:
    head = HEAD.replace(b"reports", path).replace(b"Content-Length: 14549", b"Transfer-Encoding: chunked")
    answer = serve(worker, head + chunk)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"application/problem+json" in answer
