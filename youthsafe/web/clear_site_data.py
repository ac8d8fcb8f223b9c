"""After a break-in: browsers throw away what they may have been given meanwhile (docs/operate.md)."""

from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from youthsafe.config import Config
from youthsafe.routing import patterns
from youthsafe.routing.routes import Clearing, declared_routes


class ClearSiteData:
    """WSGI middleware that sends `Clear-Site-Data` where every browser comes by sooner or later."""

    def __init__(self, inner: WSGIApplication, read: Iterable[str], after_sending: Iterable[str]) -> None:
        self._inner = inner
        self._read = patterns.whole(read)
        self._after_sending = patterns.whole(after_sending)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request."""
        path = environ.get("PATH_INFO", "/")
        if environ["REQUEST_METHOD"] != "POST" and not self._read.fullmatch(path):
            return self._inner(environ, start_response)
        everything = self._after_sending.fullmatch(path)
        what = ("Clear-Site-Data", '"cache", "storage"' if everything else '"cache"')

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, what], *rest)

        return self._inner(environ, start)


def install(app: Flask, config: Config) -> None:
    """Put the middleware on, where the instance is told that somebody broke in."""
    if config.after_break_in:
        routes = [(rule, policy) for rule, policy in declared_routes(app) if policy.clearing is not Clearing.NOTHING]
        read = [patterns.pattern_of(rule) for rule, _ in routes if "GET" in (rule.methods or ())]
        last = [patterns.pattern_of(rule) for rule, policy in routes if policy.clearing is Clearing.STORAGE]
        after_sending = last if config.after_break_in == "storage" else []
        app.wsgi_app = ClearSiteData(app.wsgi_app, read, after_sending)  # type: ignore[method-assign]
