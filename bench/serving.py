"""Servers that are measured: started on a port of their own, and stopped again."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE_SECONDS = 60


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    command: Sequence[str | Path], port: int, log: Path, more: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Run a server while it is measured, with `more` in its environment.

    Raises RuntimeError with what it said when it does not start.
    """
    with log.open("wb") as output:
        server = subprocess.Popen(command, stdout=output, stderr=output, env=os.environ | (more or {}))
    try:
        if not _listens(port, server):
            raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')}")
        yield
    finally:
        server.terminate()
        server.wait()


def _listens(port: int, server: "subprocess.Popen[bytes]") -> bool:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return True
        time.sleep(0.1)
    return False
