"""Logs that name nobody: one JSON object a line, made of known fields only.

An exception leaves its type and the places in the code it passed, never its message: messages quote values.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType

KNOWN_FIELDS = frozenset(
    {"event", "endpoint", "status", "policy", "method", "team", "count", "seconds", "command", "kind"}
)
_QUIET_LOGGERS = ("gunicorn.access", "werkzeug")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class ScrubbingFormatter(logging.Formatter):
    """Writes the level, the logger, the fixed text of the event and the known fields; nothing else."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line of JSON. Arguments of the message are dropped, because they may quote a request."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="minutes"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": str(record.msg) if _is_ours(record) else f"({record.module}:{record.lineno})",
        }
        line |= {name: value for name, value in vars(record).items() if name in KNOWN_FIELDS}
        if record.exc_info:
            line["exception"] = _places(record.exc_info)
        return json.dumps(line, ensure_ascii=True, default=lambda value: type(value).__name__)


def install(level: int = logging.INFO) -> None:
    """Send every log of the process through the formatter above, and silence logs of addresses."""
    handler = logging.StreamHandler()
    handler.setFormatter(ScrubbingFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET_LOGGERS:
        logging.getLogger(name).disabled = True


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
