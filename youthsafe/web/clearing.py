"""After a break-in: browsers throw away what they may have been given meanwhile (docs/operate.md)."""

import re
from collections.abc import Iterable
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from youthsafe.config import Config

_ASKED: Final = {"/sw.js", "/api/v1/bundle"}
_HOME: Final = re.compile(r"/[A-Za-z-]+/")  # for browsers that keep nothing and send nothing
# Who asks here has had its waiting reports sent by the page before; the page of a report has not.
_AFTER_SENDING: Final = re.compile(r"/sw\.js|/api/v1/mailbox(?:/\w+)?")


class ClearSiteData:
    """WSGI middleware that sends `Clear-Site-Data` where every browser comes by sooner or later."""

    def __init__(self, inner: WSGIApplication, storage: bool) -> None:
        self._inner = inner
        self._storage = storage

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request."""
        path = environ.get("PATH_INFO", "/")
        if environ["REQUEST_METHOD"] != "POST" and path not in _ASKED and not _HOME.fullmatch(path):
            return self._inner(environ, start_response)
        everything = self._storage and _AFTER_SENDING.fullmatch(path)
        what = ("Clear-Site-Data", '"cache", "storage"' if everything else '"cache"')

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, what], *rest)

        return self._inner(environ, start)


def install(app: Flask, config: Config) -> None:
    """Put the middleware on, where the instance is told that somebody broke in."""
    if config.after_break_in:
        storage = config.after_break_in == "storage"
        app.wsgi_app = ClearSiteData(app.wsgi_app, storage)  # type: ignore[method-assign]
