"""Whole pages, compressed once and answered in front of Flask.

Only answers that are the same for everybody come here: their routes declare which, and for how long. None of them
reads a query, so none is asked for anew by one, nor by a slash too many, which Flask overlooks as well.
"""

import gzip
import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import brotli
from flask import Flask, Response, request
from werkzeug.datastructures import Headers

from youthsafe.rooms import rooms
from youthsafe.routing.routes import caching_of, current_route_policy

_KEPT_HEADERS = ("Content-Type", "Content-Language", "Cache-Control")
_READS = ("GET", "HEAD")  # HEAD renews a page too, so that neither method gets an old page from the other
_GRACE_SECONDS = 1.0
_WAIT_SECONDS = 2.0
_EDITION = "youthsafe.edition"
_GONE = (404, 410)
_LARGE = 100_000  # bytes; only forms and an offline pack are larger, which every phone of a school fetches
_ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=11 if len(body) > _LARGE else 9),
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page in every encoding, good until a moment of the monotonic clock (seconds).

    It shows what people here wrote down as it stands in one edition.
    """

    headers: list[tuple[str, str]]
    bodies: dict[str, bytes]
    etag: str
    until: float
    edition: int = 0


class PageCache:
    """The pages by path, and the WSGI middleware that answers from them."""

    def __init__(
        self,
        inner: WSGIApplication,
        monotonic: Callable[[], float] = time.monotonic,
        edition: Callable[[], int] = lambda: 0,
    ) -> None:
        self._inner = inner
        self._monotonic = monotonic
        self._edition = edition
        self._pages: dict[str, Page] = {}
        self._renewing: dict[str, Lock] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from the cache, or let the application do it; one request at a time renews a page for the others.

        Meanwhile they get the page before, when it is hardly older than it may be, and else wait: no longer than a
        renewal should take, then they ask the application too.
        """
        if environ["REQUEST_METHOD"] not in _READS:
            return self._inner(environ, start_response)
        # Asked before a page is made: one that is made while somebody changes what it shows counts as the older one.
        environ[_EDITION] = self._edition()
        path = _path(environ)
        page = self._pages.get(path)
        if page is None:
            return self._inner(environ, start_response)
        return self._renewed(path, page, environ, start_response)

    def _renewed(
        self, path: str, page: Page, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        edition = environ[_EDITION]
        if self._is_good(page, edition):
            return _answer(page, environ, start_response)
        renewing = self._renewing.setdefault(path, Lock())
        if not renewing.acquire(blocking=False):
            if self._is_good(page, edition, _GRACE_SECONDS):
                return _answer(page, environ, start_response)
            if not renewing.acquire(timeout=_WAIT_SECONDS):
                return self._inner(environ, start_response)
        try:
            renewed = self._pages.get(path)
            if renewed is not None and self._is_good(renewed, edition):
                return _answer(renewed, environ, start_response)
            return self._inner(environ, start_response)
        finally:
            renewing.release()

    def keep(self, path: str, body: bytes, headers: list[tuple[str, str]], seconds: float, edition: int = 0) -> Page:
        """Compress a page and keep it for some seconds (infinity: until the process ends)."""
        bodies = {name: squeeze(body) for name, squeeze in _ENCODINGS.items()} | {"identity": body}
        etag = etag_of(body)
        self._pages[path] = page = Page(headers, bodies, etag, self._monotonic() + seconds, edition)
        return page

    def drop(self, path: str) -> None:
        """Drop a page that is not there any more, so that nobody is given it while another request asks for it."""
        self._pages.pop(path, None)

    def forget(self) -> None:
        """Drop every page."""
        self._pages.clear()

    def _is_good(self, page: Page, edition: int, grace: float = 0.0) -> bool:
        return page.edition == edition and self._monotonic() < page.until + grace


def etag_of(body: bytes) -> str:
    """Name a page by its content; the service worker names what it keeps alike (src/sw/offline_cache.ts)."""
    return f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'


def _path(environ: WSGIEnvironment) -> str:
    """Return the path as Flask reads it, which is what a page is kept under."""
    path: str = environ.get("PATH_INFO", "")
    return "/" + path.lstrip("/")


def _answer(page: Page, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    headers = [*page.headers, ("ETag", page.etag), ("Vary", "Accept-Encoding")]
    if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response("304 Not Modified", headers)
        return []
    encoding = _preferred(environ.get("HTTP_ACCEPT_ENCODING", ""))
    body = page.bodies[encoding]
    if encoding != "identity":
        headers.append(("Content-Encoding", encoding))
    headers.append(("Content-Length", str(len(body))))
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _preferred(accepted: str) -> str:
    """Choose an encoding; one with `q=0` is not accepted (RFC 9110 12.5.3)."""
    offers = {}
    for offer in accepted.lower().split(","):
        name, _, weight = offer.partition(";")
        offers[name.strip()] = weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return next((name for name in _ENCODINGS if offers.get(name)), "identity")


def install(app: Flask) -> None:
    """Set Cache-Control on every answer and keep those that may be kept."""
    cache = PageCache(app.wsgi_app, edition=rooms(app).following.edition)
    rooms(app).page_cache = cache
    app.wsgi_app = cache  # type: ignore[method-assign]  # Flask's documented place for middleware

    @app.after_request
    def keep(response: Response) -> Response:
        caching = caching_of(current_route_policy())
        if response.status_code != 200:
            response.headers["Cache-Control"] = "no-store"
            if response.status_code in _GONE and request.method in _READS:
                cache.drop(request.path)
            return response
        response.headers["Cache-Control"] = caching.control
        if caching.page_seconds is None or request.method not in _READS:
            return response
        headers = [(name, response.headers[name]) for name in _KEPT_HEADERS if name in response.headers]
        page = cache.keep(
            request.path, response.get_data(), headers, caching.page_seconds, request.environ.get(_EDITION, 0)
        )
        return _as_response(page)


def _as_response(page: Page) -> Response:
    """Answer the request that made a page exactly as the later ones will be."""
    captured: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
        captured.append((status, headers))
        return lambda _: None

    body = b"".join(_answer(page, request.environ, start))
    status, headers = captured[0]
    response = Response(body, status)
    response.headers = Headers(headers)  # to HEAD the length of the page too, not of what is sent
    return response
