"""What an exception quotes never reaches a log."""

import json
import logging
import sys
from collections.abc import Callable

import pytest
from flask import Flask

from youthsafe.config import Config
from youthsafe.extensions import db
from youthsafe.privacy import logs
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
    line = json.loads(_line(_record("youthsafe.web.request_log", "answered", endpoint="localised.home", status=200)))
    assert (line["event"], line["endpoint"], line["status"]) == ("answered", "localised.home", 200)


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


def test_of_libraries_only_warnings_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, root = logging.getLogger("youthsafe"), logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    for logger in (ours, root):
        monkeypatch.setattr(logger, "level", logger.level)
    logs.install()
    assert logging.getLogger("youthsafe.web").isEnabledFor(logging.INFO)
    assert not logging.getLogger("alembic.runtime.migration").isEnabledFor(logging.INFO)
    assert logging.getLogger("alembic.runtime.migration").isEnabledFor(logging.WARNING)
    for logger in (ours, root):
        logger.setLevel(logger.level)  # forgets what was asked above


def test_a_library_never_speaks_under_our_name(
    config: Config, make_app: Callable[[Config], Flask], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.INFO, "sqlalchemy")
    with make_app(config).app_context():
        db.engine.dispose()
    spoke = {record.name for record in caplog.records if "site-packages" in record.pathname}
    assert {"sqlalchemy.pool"} <= spoke
    assert [name for name in spoke if name.startswith("youthsafe")] == []


# What gunicorn says


@pytest.mark.parametrize(
    ("message", "arguments", "event"),
    [
        ("Worker (pid:%s) was sent %s! Perhaps out of memory?", (7, "SIGKILL"), "worker_killed"),
        ("Worker (pid:%s) exited with code %s.", (7, 3), "worker_failed"),
        ("WORKER TIMEOUT (pid:%s)", (7,), "worker_silent"),
        ("Connection in use: %s", ("('127.0.0.1', 8000)",), "port_taken"),
        (f"Invalid request from ip=192.0.2.7: {CANARY}", (), "request_malformed"),
        ("Error handling request %s %s", ("GET", f"/{CANARY}"), "request_failed"),
        ("Reason: %s", (CANARY,), "server_stops"),
    ],
)
def test_what_gunicorn_says_has_a_name_and_nothing_of_a_request(message: str, arguments: tuple, event: str) -> None:
    line = _line(_record("gunicorn.error", message, *arguments))
    assert json.loads(line)["event"] == event
    assert CANARY not in line
    assert "192.0.2.7" not in line


def test_the_signal_that_ended_a_worker_is_named() -> None:
    record = _record("gunicorn.error", "Worker (pid:%s) was sent %s!", 7, "SIGKILL")
    assert json.loads(_line(record))["kind"] == "SIGKILL"
    assert "kind" not in json.loads(_line(_record("werkzeug", "%s", "SIGKILL")))


def test_what_gunicorn_does_not_say_yet_is_a_place_in_its_code() -> None:
    assert json.loads(_line(_record("gunicorn.error", f"Something new of {CANARY}")))["event"] == "(somewhere:7)"
