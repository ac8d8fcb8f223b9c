"""Every write comes from a page of ours: another website can make its readers' browsers send nothing here."""

from urllib.parse import urlsplit

from flask import Flask, Request

from youthsafe.config import settings
from youthsafe.errors import InvalidInputError, NotAllowedError
from youthsafe.routing.routes import STAFF_API, current_request

_READING = {"GET", "HEAD", "OPTIONS"}


def install(app: Flask) -> None:
    """Check every write before anything is counted or looked at."""
    app.before_request(check)


def check() -> None:
    """Let a request pass, or raise InvalidInputError or NotAllowedError.

    A form, or a page that asks without CORS, cannot send JSON, and to be allowed to it would have to ask first, which
    no route answers. Browsers say themselves where a request comes from; old ones name only the origin. Below the
    staff door all this holds for addresses without a route too, so that nobody learns which there are.
    """
    request = current_request()
    if request.method in _READING or (request.route_policy is None and not request.path.startswith(STAFF_API)):
        return
    if request.mimetype != "application/json":
        raise InvalidInputError("The body must be application/json.")
    if not _is_ours(request):
        raise NotAllowedError("This request came from another site.")


def _is_ours(request: Request) -> bool:
    """Tell whether the page that writes is ours; a browser that says how it stands to us is believed before names are.

    So a proxy that does not pass our name on costs no report, but where an old browser sends it.
    """
    if "Sec-Fetch-Site" in request.headers:
        return request.headers["Sec-Fetch-Site"] == "same-origin"
    return "Origin" not in request.headers or _origin(request.headers["Origin"]) in _own_origins(request)


def _own_origins(request: Request) -> set[tuple[str, str]]:
    return {_origin(each) for each in (request.host_url, settings().public_url) if each}


def _origin(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ("", "")
    return (parts.scheme, parts.netloc.lower())
