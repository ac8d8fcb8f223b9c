"""Security headers around the whole WSGI stack: pages, assets, errors, and what the server itself refuses."""

from collections.abc import Iterable
from typing import Any
from wsgiref.headers import Headers
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# Argon2id is WebAssembly, which only the pages that seal or open and their workers may run.
_WASM_PAGES = ("report", "replies")

_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "worker-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()"
    ),
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Robots-Tag": "noarchive",
}
_DROPPED = ("Server", "X-Powered-By")


def content_security_policy(path: str) -> str:
    """Return the policy of one address: pages that seal or open may also run WebAssembly."""
    sources = dict(_SOURCES)
    if _may_run_wasm(path):
        sources["script-src"] += " 'wasm-unsafe-eval'"
    return "; ".join(f"{name} {value}" for name, value in sources.items())


def _may_run_wasm(path: str) -> bool:
    parts = path.strip("/").split("/")
    if parts[0] == "staff" or parts[0] == "assets":  # a worker's own answer carries the policy it runs under
        return True
    return len(parts) > 1 and parts[1] in _WASM_PAGES


class SecurityHeaders:
    """WSGI middleware that sets every header above on every answer."""

    def __init__(self, inner: WSGIApplication) -> None:
        self._inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request; latin-1 paths as WSGI gives them."""
        path = environ.get("PATH_INFO", "/")

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            complete = Headers(headers)
            for name in _DROPPED:
                del complete[name]
            for name, value in FIXED.items():
                complete[name] = value
            complete["Content-Security-Policy"] = content_security_policy(path)
            return start_response(status, complete.items(), *rest)

        return self._inner(environ, start)
