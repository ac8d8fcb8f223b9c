"""Security headers around the whole WSGI stack: pages, assets, errors, and what the server itself refuses."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# Argon2id is WebAssembly, which only the pages that seal or open and their workers may run.
_WASM_PAGES = ("report", "replies")

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
# Nearest first is worked out on the phone, and only there may the phone be asked where it is.
_LOCATING_PAGES = ("havens",)

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
}
# Assets do without: each script would pay for them in bytes, and browsers heed them on documents only.
FOR_DOCUMENTS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noarchive",
}
_DROPPED = ("Server", "X-Powered-By")
_REPLACED = frozenset(
    name.lower() for name in (*FIXED, *FOR_DOCUMENTS, *_DROPPED, "Permissions-Policy", "Content-Security-Policy")
)


def content_security_policy(path: str, origin: str | None = None) -> str:
    """Return the policy of one address: pages that seal or open may also run WebAssembly."""
    if path.startswith(_ASSETS):
        return _policy_of_workers(origin)
    return _policy_of_pages(_may_run_wasm(path), origin)


def security_headers(path: str, origin: str | None = None) -> tuple[tuple[str, str], ...]:
    """Return everything that is set on the answers of one address; `origin` is where readers find this site."""
    policy = ("Content-Security-Policy", content_security_policy(path, origin))
    if path.startswith(_ASSETS):
        return (*FIXED.items(), policy)
    return (*FIXED.items(), *FOR_DOCUMENTS.items(), ("Permissions-Policy", permissions_policy(path)), policy)


def permissions_policy(path: str) -> str:
    """Return what one address may ask a browser for: nothing, but the phone's place on the pages about havens."""
    place = "(self)" if _room(path) in _LOCATING_PAGES else "()"
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


def _may_run_wasm(path: str) -> bool:
    return path.strip("/").split("/")[0] == "staff" or _room(path) in _WASM_PAGES


def _room(path: str) -> str:
    """What follows the locale in a public page's address."""
    return "/".join(path.strip("/").split("/")[1:2])


class SecurityHeaders:
    """WSGI middleware that sets every header above on every answer."""

    def __init__(self, inner: WSGIApplication, origin: str | None = None) -> None:
        self._inner = inner
        self._origin = origin

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request; latin-1 paths as WSGI gives them."""
        fixed = security_headers(environ.get("PATH_INFO", "/"), self._origin)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            others = [each for each in headers if each[0].lower() not in _REPLACED]
            return start_response(status, [*others, *fixed], *rest)

        return self._inner(environ, start)
