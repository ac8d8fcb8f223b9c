"""A production-mode instance of the test's own, empty at first, as an operator starts it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers import free_port, wait_for_port

YOUTHSAFE = str(Path(sys.executable).with_name("youthsafe"))


@dataclass
class EmptyInstance:
    """A running server and what its operator can do."""

    port: int
    environment: dict[str, str]
    log: Path

    @property
    def base(self) -> str:
        return f"http://localhost:{self.port}"  # by name: a passkey is good for no address of numbers

    def run(self, *words: str) -> str:
        """Run a command of the operator's; gives what it printed."""
        ran = subprocess.run(
            [YOUTHSAFE, *words], env=self.environment, check=True, capture_output=True, text=True, timeout=300
        )
        return ran.stdout

    def said(self) -> bytes:
        """What the server wrote to its log."""
        return self.log.read_bytes()


@contextmanager
def running_instance(folder: Path, database_url: str, **more: str) -> Iterator[EmptyInstance]:
    """Bring an empty database to the schema, serve it in production mode, with more settings, and stop it again."""
    port = free_port()
    settings = {
        "YOUTHSAFE_DATABASE_URL": database_url,
        "YOUTHSAFE_SECRET": os.urandom(32).hex(),
        "YOUTHSAFE_PUBLIC_URL": f"http://localhost:{port}",
    }
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("YOUTHSAFE_")}
    instance = EmptyInstance(port, inherited | settings | more, folder / "server.log")
    instance.run("db", "upgrade")
    with instance.log.open("wb") as output:
        command = [YOUTHSAFE, "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=instance.environment, stdout=output, stderr=output)
        try:
            wait_for_port(port, seconds=60)
            yield instance
        finally:
            process.terminate()
            process.wait(timeout=20)
