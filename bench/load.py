"""A closed loop over the loopback interface: each connection sends its next request when the answer is complete."""

import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

STUCK_SECONDS = 30


class LoadError(Exception):
    """An answer that was not the expected one, or none."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Answers per second, and the share of that time which the load itself computed (1.0: it was the bottleneck)."""

    rate: float
    busy: float


class Connection:
    """One keep-alive connection and the answer it waits for."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._received = b""

    def send(self, request: bytes) -> None:
        """Send one request; the loopback interface takes it at once."""
        self.socket.sendall(request)

    def receive(self, status: bytes) -> bool:
        """Read what is there; tell whether the answer is complete. Raises LoadError for another status."""
        part = self.socket.recv(1 << 18)
        self._received += part
        head, found, body = self._received.partition(b"\r\n\r\n")
        if not part or (found and not head.startswith(b"HTTP/1.1 " + status)):
            raise LoadError(f"expected {status.decode()}: {head[:200]!r}")
        if not found or len(body) < _content_length(head):
            return False
        self._received = b""
        return True


def run(port: int, requests: Sequence[bytes], connections: int, status: bytes) -> Measured:
    """Send every request once over so many connections; raises LoadError for the first wrong answer."""
    waiting = iter(requests)
    with selectors.DefaultSelector() as selector:
        opened = [Connection(port) for _ in range(connections)]
        started, computed = time.perf_counter(), time.process_time()
        for connection, request in zip(opened, waiting, strict=False):
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send(request)
        answered = 0
        while answered < len(requests):
            answered += _turn(selector, waiting, status)
        seconds, busy = time.perf_counter() - started, time.process_time() - computed
    for connection in opened:
        connection.socket.close()
    return Measured(len(requests) / seconds, busy / seconds)


def _turn(selector: selectors.BaseSelector, waiting: Iterator[bytes], status: bytes) -> int:
    ready = selector.select(STUCK_SECONDS)
    if not ready:
        raise LoadError(f"no answer within {STUCK_SECONDS} seconds")
    complete = [key.data for key, _ in ready if key.data.receive(status)]
    for connection in complete:
        request = next(waiting, None)
        if request is not None:
            connection.send(request)
    return len(complete)


def _content_length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise LoadError("an answer without a length")
