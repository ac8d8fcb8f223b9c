"""A relay in front of a server that counts what really goes over the wire: pages, workers, headers, everything."""

import re
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from socketserver import BaseRequestHandler, ThreadingTCPServer

REQUEST = re.compile(rb"(?:GET|HEAD|POST) (\S+) HTTP/1\.1\r\n")
FRESH_FOR = re.compile(rb"max-age=(?:60|300)\b")


@dataclass
class Wire:
    """Bytes that came back, by path, and how often each path was asked for."""

    upstream: int
    port: int = 0
    bytes: Counter[str] = field(default_factory=Counter)
    requests: Counter[str] = field(default_factory=Counter)
    minutes_later: bool = False  # whether pages are stale as soon as they arrive, as they will be minutes later

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def script(self) -> int:
        return sum(size for path, size in self.bytes.items() if path.endswith(".js"))

    def forget(self) -> None:
        """Begin to count anew."""
        self.bytes.clear()
        self.requests.clear()

    def __str__(self) -> str:
        return f"{self.bytes.total()} bytes, {self.requests.total()} requests: {dict(self.bytes)}"

    def relay(self, browser: socket.socket) -> None:
        """One connection: a browser asks for one thing after the other on it, so what comes back is of the last."""
        last = [""]
        with browser, socket.create_connection(("127.0.0.1", self.upstream)) as server:
            asking = threading.Thread(target=self._ask, args=(browser, server, last))
            asking.start()
            with suppress(OSError):
                while answer := server.recv(65536):
                    self.bytes[last[0]] += len(answer)
                    browser.sendall(FRESH_FOR.sub(b"max-age=0", answer) if self.minutes_later else answer)
                browser.shutdown(socket.SHUT_RDWR)
            asking.join()

    def _ask(self, browser: socket.socket, server: socket.socket, last: list[str]) -> None:
        with suppress(OSError):
            while question := browser.recv(65536):
                if asked := REQUEST.match(question):
                    last[0] = asked[1].decode()
                    self.requests[last[0]] += 1
                server.sendall(question)
            server.shutdown(socket.SHUT_WR)


@contextmanager
def counted(port: int) -> Iterator[Wire]:
    """Relay to a port of this machine until the block ends."""
    wire = Wire(port)

    class Relay(BaseRequestHandler):
        def handle(self) -> None:
            wire.relay(self.request)

    with ThreadingTCPServer(("127.0.0.1", 0), Relay) as server:
        server.daemon_threads = True
        wire.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield wire
        finally:
            server.shutdown()
            thread.join()
