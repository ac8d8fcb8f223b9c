"""A line to a server that is cut where a test wants it, whenever a report is on its way; everything else passes."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from socketserver import BaseRequestHandler, ThreadingTCPServer

SENDING = b"POST /api/v1/reports "
PART_OF_A_REQUEST, PART_OF_AN_ANSWER = 900, 40
HANG_UP = struct.pack("ii", 1, 0)  # closing resets the connection


class Cut(Enum):
    """Where the line breaks. The server answers only after it has committed."""

    BEFORE_THE_REQUEST = auto()
    WITHIN_THE_REQUEST = auto()
    AFTER_THE_COMMIT = auto()
    WITHIN_THE_ANSWER = auto()


@dataclass
class Line:
    """Relays every connection; `cut` breaks those that carry a report, for as long as it stands."""

    upstream: int
    port: int = 0
    cut: Cut | None = None
    sendings: list[Cut | None] = field(default_factory=list)  # what became of each time that a report set out

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def relay(self, browser: socket.socket) -> None:
        """One connection, until either side or the cut ends it."""
        answer_limit: list[int | None] = [None]
        with browser, socket.create_connection(("127.0.0.1", self.upstream)) as server:
            asking = threading.Thread(target=self._ask, args=(browser, server, answer_limit))
            asking.start()
            with suppress(OSError):
                while answer := server.recv(65536):
                    browser.sendall(answer if answer_limit[0] is None else answer[: answer_limit[0]])
                    if answer_limit[0] is not None:
                        break
            _hang_up(browser, server)
            asking.join()

    def _ask(self, browser: socket.socket, server: socket.socket, answer_limit: list[int | None]) -> None:
        with suppress(OSError):
            while question := browser.recv(65536):
                cut = self.cut if question.startswith(SENDING) else None
                if question.startswith(SENDING):
                    self.sendings.append(cut)
                if cut in {Cut.BEFORE_THE_REQUEST, Cut.WITHIN_THE_REQUEST}:
                    server.sendall(question[:PART_OF_A_REQUEST] if cut is Cut.WITHIN_THE_REQUEST else b"")
                    break
                if cut is not None:
                    answer_limit[0] = PART_OF_AN_ANSWER if cut is Cut.WITHIN_THE_ANSWER else 0
                server.sendall(question)
        _hang_up(browser, server)


def _hang_up(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, HANG_UP)
            end.shutdown(socket.SHUT_RDWR)


@contextmanager
def line_to(port: int) -> Iterator[Line]:
    """Relay to a port of this machine until the block ends."""
    line = Line(port)

    class Relay(BaseRequestHandler):
        def handle(self) -> None:
            line.relay(self.request)

    with ThreadingTCPServer(("127.0.0.1", 0), Relay) as server:
        server.daemon_threads = True
        line.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield line
        finally:
            server.shutdown()
            thread.join()
