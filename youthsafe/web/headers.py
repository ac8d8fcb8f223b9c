"""Security headers around the whole WSGI stack: pages, assets and errors; serving.py answers what gunicorn refuses."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from youthsafe.rooms import rooms
from youthsafe.routing import patterns
from youthsafe.routing.routes import Need

_ASSETS = "/assets/"

# `{assets}` and `{worker}`: where the instance knows its own address, scripts come from these places only.
_SOURCES = {
    "default-src": "'none'",
    "script-src": "{assets}",
    "worker-src": "{worker}",
    "style-src": "{assets}",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
# An asset's own policy is that of a worker: one that seals or opens may compute and ask this server, nothing else.
_WORKER_SOURCES = {
    "default-src": "'none'",
    "script-src": "{assets} 'wasm-unsafe-eval'",
    "connect-src": "'self'",
    "frame-ancestors": "'none'",
}
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Assets do not carry these: whoever asks for one has had a page before, and every script would pay for the bytes.
FOR_DOCUMENTS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noarchive",
}
NAMES = frozenset((*FIXED, *FOR_DOCUMENTS, "Permissions-Policy", "Content-Security-Policy"))
_DROPPED = ("Server", "X-Powered-By")
_REPLACED = frozenset(name.lower() for name in (*NAMES, *_DROPPED))


class Needs:
    """What the pages at each address may do that others may not, as their routes declare it."""

    def __init__(self, app: Flask) -> None:
        self._at = {need: patterns.beginning(patterns.beginnings(app, need)) for need in Need}

    def at(self, path: str) -> frozenset[Need]:
        """Return the needs of one address; also of one that leads nowhere, below a page that has them."""
        return frozenset(need for need, addresses in self._at.items() if addresses.fullmatch(path))


def needs_at(app: Flask, path: str) -> frozenset[Need]:
    """Return what the pages at one address of an application may do."""
    return rooms(app).needs.at(path)


def content_security_policy(path: str, needs: frozenset[Need] = frozenset(), origin: str | None = None) -> str:
    """Return the policy of one address: pages that seal or open may also run WebAssembly."""
    if path.startswith(_ASSETS):
        return _policy_of_workers(origin)
    return _policy_of_pages(Need.WASM in needs, origin)


def security_headers(
    path: str, needs: frozenset[Need] = frozenset(), origin: str | None = None
) -> tuple[tuple[str, str], ...]:
    """Return everything that is set on the answers of one address; `origin` is where readers find this site."""
    policy = ("Content-Security-Policy", content_security_policy(path, needs, origin))
    if path.startswith(_ASSETS):
        return (*FIXED.items(), policy)
    return (*FIXED.items(), *FOR_DOCUMENTS.items(), ("Permissions-Policy", permissions_policy(needs)), policy)


def permissions_policy(needs: frozenset[Need] = frozenset()) -> str:
    """Return what a page may ask a browser for: nothing, but the phone's place where the route declares it."""
    place = "(self)" if Need.GEOLOCATION in needs else "()"
    return f"camera=(), microphone=(), geolocation={place}, payment=(), usb=(), browsing-topics=()"


@cache
def _policy_of_pages(wasm: bool, origin: str | None) -> str:
    sources = dict(_SOURCES)
    if wasm:
        sources["script-src"] += " 'wasm-unsafe-eval'"
    return _written(sources, origin)


@cache
def _policy_of_workers(origin: str | None) -> str:
    return _written(_WORKER_SOURCES, origin)


def _written(sources: dict[str, str], origin: str | None) -> str:
    assets = f"{origin}{_ASSETS}" if origin else "'self'"
    worker = f"{assets} {origin}/sw.js" if origin else "'self'"
    return "; ".join(f"{name} {value.format(assets=assets, worker=worker)}" for name, value in sources.items())


class SecurityHeaders:
    """WSGI middleware that sets every header above on every answer."""

    def __init__(self, inner: WSGIApplication, needs: Needs, origin: str | None = None) -> None:
        self._inner = inner
        self._headers_at = lru_cache(256)(lambda path: security_headers(path, needs.at(path), origin))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request; latin-1 paths as WSGI gives them."""
        fixed = self._headers_at(environ.get("PATH_INFO", "/"))

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            others = [each for each in headers if each[0].lower() not in _REPLACED]
            return start_response(status, [*others, *fixed], *rest)

        return self._inner(environ, start)


def install(app: Flask, origin: str | None) -> None:
    """Put the middleware on, around everything else."""
    rooms(app).needs = needs = Needs(app)
    app.wsgi_app = SecurityHeaders(app.wsgi_app, needs, origin)  # type: ignore[method-assign]
