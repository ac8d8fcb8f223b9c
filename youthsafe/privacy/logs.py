"""Logs that name nobody: one JSON object a line, made of known fields only.

An exception leaves its type and the places in the code it passed, never its message: messages quote values.
"""

import json
import logging
import signal
import traceback
from datetime import UTC, datetime
from types import TracebackType

KNOWN_FIELDS = frozenset(
    {"event", "endpoint", "status", "policy", "method", "team", "count", "seconds", "command", "kind"}
)
_QUIET_LOGGERS = ("gunicorn.access", "werkzeug")

# Our name for each text of gunicorn's, by how it begins, before it quotes a request or address.
_GUNICORN = (
    ("WORKER TIMEOUT", "worker_silent"),
    ("Worker (pid:%s) was sent", "worker_killed"),
    ("Worker (pid:%s) exited with code", "worker_failed"),
    ("Exception in worker process", "worker_failed"),
    ("Exception during worker exit", "worker_failed_at_its_end"),
    ("Shutting down", "server_stops"),
    ("Reason: %s", "server_stops"),
    ("Unhandled exception in main loop", "server_failed"),
    ("Connection in use", "port_taken"),
    ("Invalid address", "address_not_here"),
    ("connection to ", "cannot_listen"),
    ("Can't connect to", "cannot_listen"),
    ("Invalid request from", "request_malformed"),
    ("Error handling request", "request_failed"),
    ("Socket error processing request", "request_broken_off"),
    ("Exception in post_request hook", "request_failed"),
    ("No keepalived connections", "too_few_connections"),
)
_SIGNALS = frozenset(each.name for each in signal.Signals)

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class ScrubbingFormatter(logging.Formatter):
    """Writes the level, the logger, the fixed text of the event and the known fields; nothing else."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line of JSON. Arguments of the message are dropped, because they may quote a request."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="minutes"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
        }
        line |= _kind(record)
        line |= {name: value for name, value in vars(record).items() if name in KNOWN_FIELDS}
        if record.exc_info:
            line["exception"] = _places(record.exc_info)
        return json.dumps(line, ensure_ascii=True, default=lambda value: type(value).__name__)


def install(level: int = logging.INFO) -> None:
    """Send every log of the process through the formatter above, and silence logs of addresses.

    `level` is for our own events; of libraries only warnings are told, because nobody reads their progress.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(ScrubbingFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("youthsafe").setLevel(level)
    for name in _QUIET_LOGGERS:
        logging.getLogger(name).disabled = True


def _event(record: logging.LogRecord) -> str:
    """Return our own fixed text, our name for what gunicorn says, or the place where a library said something."""
    if _is_ours(record):
        return str(record.msg)
    of_gunicorn = record.name.startswith("gunicorn") and isinstance(record.msg, str)
    known = (name for beginning, name in _GUNICORN if of_gunicorn and record.msg.startswith(beginning))
    return next(known, f"({record.module}:{record.lineno})")


def _kind(record: logging.LogRecord) -> dict[str, str]:
    """Return the signal that ended a worker: SIGKILL is the system's, when memory runs out."""
    ended = [each for each in record.args or () if isinstance(each, str) and each in _SIGNALS]
    return {"kind": ended[0]} if record.name.startswith("gunicorn") and ended else {}


def _is_ours(record: logging.LogRecord) -> bool:
    """Only our own events are fixed texts; a library's message may carry anything."""
    return record.name.split(".")[0] == "youthsafe" and not record.args


def _places(exc_info: ExcInfo) -> list[str]:
    found: list[str] = []
    error = exc_info[1]
    while error is not None:
        found.append(type(error).__name__)
        found += [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
        ]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found
