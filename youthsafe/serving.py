"""How the server runs: gunicorn's settings, and starting it from a command.

gunicorn.conf.py gives a production start the same settings as `serve`, and `make bench` measures both sides under them.
"""

import gc
import socket
import struct
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from wsgiref.types import WSGIApplication

import click
from flask import Flask
from gunicorn import util
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config as GunicornConfig
from gunicorn.glogging import Logger
from gunicorn.http import wsgi
from gunicorn.workers.base import Worker
from gunicorn.workers.gthread import TConn, ThreadWorker

from youthsafe.app import create_app
from youthsafe.config import Config
from youthsafe.database.instance_check import refuse_at_start
from youthsafe.extensions import db
from youthsafe.privacy.logs import ScrubbingFormatter
from youthsafe.web import headers

THREADS = 16
_CUT_SHORT = {"408", "413"}
_OURS = headers.NAMES
_HELP = (
    "This did not work. Please go back and try again.\n\n"
    "In danger now? Call 999.\n"
    "To talk to someone, call Childline: 0800 1111. It is free, day and night.\n"
)
_REFUSAL_HEADERS = {
    "Connection": "close",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": str(len(_HELP)),
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    **headers.FIXED,
    **headers.FOR_DOCUMENTS,
}
LONGEST_SILENCE = 20.0  # seconds; a phone gives up on its request after 30


class NamelessResponse(wsgi.Response):
    """A response that does not say which server sent it, and says where no other follows; gunicorn does neither."""

    def start_response(self, status: str, headers: Iterable[tuple[str, str]], exc_info: Any = None) -> Any:
        """Say that the connection ends with the answer to a body that was not read to its end."""
        if status[:3] in _CUT_SHORT:
            self.force_close()
        return super().start_response(status, headers, exc_info)

    def process_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        """Take the security headers as they are: gunicorn would read all their letters again for each answer."""
        given = list(headers)
        super().process_headers([each for each in given if each[0] not in _OURS])
        self.headers = [*self.headers, *(each for each in given if each[0] in _OURS)]

    def default_headers(self) -> list[str]:
        """Return gunicorn's own header lines without `Server`."""
        return [line for line in super().default_headers() if not line.startswith("Server:")]


vars(wsgi)["Response"] = NamelessResponse  # gunicorn looks its class up by this name for each request


def write_refusal(connection: socket.socket, status: int, reason: str, _detail: str) -> None:
    """Answer what gunicorn itself refuses, before any of our code sees it: with our headers, and where to get help.

    Gunicorn's own answer quotes what was sent.
    """
    lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in _REFUSAL_HEADERS.items())]
    util.write_nonblock(connection, "\r\n".join([*lines, "", _HELP]).encode("ascii"))


vars(util)["write_error"] = write_refusal  # gunicorn looks it up by this name


class ScrubbingLogger(Logger):
    """Keeps gunicorn's own log from naming anybody: it quotes the address and first line of a request it refuses."""

    def setup(self, cfg: GunicornConfig) -> None:
        """Set gunicorn's handlers up, then give each the formatter of every other log."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(ScrubbingFormatter())


class PatientWorker(ThreadWorker):
    """Gives up on a phone that falls silent in the middle of a request or an answer.

    Gunicorn's own would wait for ever, with one of the threads: as many phones that lost their signal would be the end.
    """

    def handle(self, conn: TConn) -> bool:
        """Serve one request; the system ends each wait, because gunicorn makes the socket a blocking one."""
        whole = int(LONGEST_SILENCE)
        wait = struct.pack("ll", whole, int((LONGEST_SILENCE - whole) * 1_000_000))
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            conn.sock.setsockopt(socket.SOL_SOCKET, option, wait)
        return super().handle(conn)


class Server(BaseApplication):
    """Gunicorn inside the current process. Each worker makes its application, so no connection crosses a fork."""

    def __init__(self, make_app: Callable[[], WSGIApplication], settings: Mapping[str, Any]) -> None:
        self._make_app = make_app
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Hand the settings to gunicorn."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Make the application; the collector of garbage never walks through what lives as long as the process."""
        app = self._make_app()
        gc.collect()
        gc.freeze()
        return app


def gunicorn_settings(bind: str, processes: int = 1) -> dict[str, Any]:
    """Return gunicorn's settings by name; `bind` is host:port. Times are seconds, sizes bytes."""
    return {
        "bind": bind,
        "workers": processes,
        "worker_class": "youthsafe.serving.PatientWorker",
        "threads": THREADS,
        "timeout": 30,
        "graceful_timeout": 10,
        "keepalive": 5,
        "limit_request_line": 2048,
        "limit_request_fields": 50,
        "limit_request_field_size": 4096,
        "forwarded_allow_ips": "",  # the application decides which proxies it believes: YOUTHSAFE_TRUSTED_PROXIES
        "accesslog": None,
        "errorlog": "-",
        "loglevel": "warning",
        "logger_class": ScrubbingLogger,
        "control_socket_disable": True,
        "umask": 0o077,
        "worker_exit": close_database,
    }


def close_database(_: object, worker: Worker) -> None:
    """Close the database as a worker ends: SQLite then empties its log into the file, so that nobody misses it."""
    app = getattr(worker, "wsgi", None)
    if isinstance(app, Flask):
        with app.app_context():
            db.engine.dispose()


def serve(config: Config, *, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve until stopped; raises ClickException when the port is taken, ConfigError for another's database."""
    _require_free(host, port)
    refuse_at_start(config)
    address = f"[{host}]" if ":" in host else host
    Server(lambda: create_app(config), gunicorn_settings(f"{address}:{port}", config.processes)).run()


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Cannot listen on {host}:{port} ({error.strerror}). Choose another port, for example {port + 1}."
            ) from None
