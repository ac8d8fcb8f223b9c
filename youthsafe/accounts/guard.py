"""The guard of the staff door: who asks, and whether the request comes from our own page."""

from flask import Flask, g, request

from youthsafe import clock
from youthsafe.accounts import services
from youthsafe.accounts.services import TOKEN_BYTES, SignedIn
from youthsafe.crypto.encoding import EncodingError, unb64
from youthsafe.database import transaction
from youthsafe.errors import InvalidInputError, NotAllowedError, NotSignedInError
from youthsafe.web.doors import STAFF_COOKIE, Audience, current_door

COOKIE = STAFF_COOKIE
COOKIE_PATH = "/api/v1/staff"
_READING = {"GET", "HEAD", "OPTIONS"}


def install(app: Flask) -> None:
    """Check every request for a staff route before its view runs."""
    app.before_request(check)


def check() -> None:
    """Let a request pass, or raise NotSignedInError, NotAllowedError or InvalidInputError."""
    door = current_door()
    if door is None or door.audience is Audience.PUBLIC:
        return
    if request.method not in _READING:
        require_own_page()
    if door.audience is Audience.STAFF:
        require_member()


def require_member() -> SignedIn:
    """Return who is signed in, and leave it in `g.member`; raises NotSignedInError."""
    token, now = session_token(), clock.now()
    member = services.session_member(token, now)
    if services.needs_touch(token, now):
        with transaction():
            services.touch(token, now)
    g.member = member
    return member


def current_member() -> SignedIn:
    """Return who `require_member` let in."""
    member: SignedIn = g.member
    return member


def session_token() -> bytes:
    """Return the token in the cookie, 32 bytes; raises NotSignedInError when there is none."""
    try:
        return unb64(request.cookies.get(COOKIE, ""), TOKEN_BYTES)
    except EncodingError:
        raise NotSignedInError("Please sign in.") from None


def require_own_page() -> None:
    """Refuse a write that another site, or a form, could have made a browser send."""
    if request.mimetype != "application/json":
        raise InvalidInputError("The body must be application/json.")
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise NotAllowedError("This request came from another site.")
    if request.headers.get("Origin", request.host_url.rstrip("/")) != request.host_url.rstrip("/"):
        raise NotAllowedError("This request came from another site.")
