"""PostgreSQL's driver, but no answer is waited for for ever: a frozen server would keep a thread with each question."""

import time
from collections.abc import Generator
from typing import Any

import psycopg
from psycopg.errors import OperationalError

LONGEST_ANSWER = 6.0  # seconds; the server's own statement_timeout is shorter
SETTINGS = {
    "connect_timeout": "3",
    "tcp_user_timeout": "6000",  # milliseconds after which a server that is cut off is given up
    "keepalives_idle": "10",
    "keepalives_interval": "3",
    "keepalives_count": "3",
    "options": "-c statement_timeout=5000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=60000",
}


class TimedConnection(psycopg.Connection[Any]):
    """Gives a question up, and with it the connection, when no answer came in time."""

    def wait(self, gen: Generator[Any, Any, Any], *arguments: Any, **named: Any) -> Any:
        """Wait as the driver does; raises OperationalError."""
        return super().wait(self._until(gen, time.monotonic() + LONGEST_ANSWER), *arguments, **named)

    def _until(self, gen: Generator[Any, Any, Any], end: float) -> Generator[Any, Any, Any]:
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if not ready and time.monotonic() > end:
                    gen.close()
                    self.pgconn.finish()
                    raise OperationalError("no answer in time")
                wanted = gen.send(ready)
        except StopIteration as done:
            return done.value
