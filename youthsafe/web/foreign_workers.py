"""Service workers that are none of ours: whoever held the server for an hour leaves them in browsers, for good.

A browser asks for a worker's script again at every visit, past that worker, and keeps the worker when nothing is there.
So every address but our own worker's gives it one that ends itself.
"""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from youthsafe.resources import assets_folder
from youthsafe.rooms import rooms

WORKER = "/sw.js"


class EndForeignWorkers:
    """WSGI middleware that answers browsers that look for a service worker elsewhere."""

    def __init__(self, inner: WSGIApplication, ending: bytes) -> None:
        self._inner = inner
        self._ending = ending

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request; browsers name what they look for, and no page can make them."""
        if environ.get("HTTP_SERVICE_WORKER") != "script" or environ.get("PATH_INFO") == WORKER:
            return self._inner(environ, start_response)
        headers = [("Content-Type", "text/javascript"), ("Cache-Control", "no-store"), ("Clear-Site-Data", '"cache"')]
        start_response("200 OK", headers)
        return [self._ending]


def install(app: Flask) -> None:
    """Put the middleware on."""
    ending = (assets_folder() / rooms(app).assets.names["ending.js"]).read_bytes()
    app.wsgi_app = EndForeignWorkers(app.wsgi_app, ending)  # type: ignore[method-assign]
