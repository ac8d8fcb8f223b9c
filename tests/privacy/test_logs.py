"""What an exception quotes never reaches a log."""

import json
import logging
import sys

from youthsafe.privacy.logs import ScrubbingFormatter

CANARY = "a-canary-that-was-typed"


def _line(record: logging.LogRecord) -> str:
    return ScrubbingFormatter().format(record)


def _record(name: str, message: object, *args: object, **extra: object) -> logging.LogRecord:
    record = logging.LogRecord(name, logging.ERROR, "somewhere.py", 7, message, args, None)
    vars(record).update(extra)
    return record


def _chained() -> None:
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        raise RuntimeError(CANARY) from error


def test_our_own_events_and_their_known_fields_are_written() -> None:
    line = json.loads(_line(_record("youthsafe.web.request_log", "answered", endpoint="web.home", status=200)))
    assert (line["event"], line["endpoint"], line["status"]) == ("answered", "web.home", 200)


def test_an_unknown_field_is_dropped() -> None:
    assert CANARY not in _line(_record("youthsafe.web", "answered", address=CANARY))


def test_a_library_s_message_is_dropped_because_it_may_quote_a_request() -> None:
    assert CANARY not in _line(_record("werkzeug", f"GET /{CANARY}"))
    assert CANARY not in _line(_record("youthsafe.web", "said %s", CANARY))


def test_an_exception_leaves_its_type_and_places_but_not_its_message() -> None:
    try:
        _chained()
    except RuntimeError:
        record = _record("youthsafe.web", "unexpected_error")
        record.exc_info = sys.exc_info()
    line = _line(record)
    assert CANARY not in line
    assert "RuntimeError" in line
    assert "ValueError" in line
    assert "test_logs.py" in line
