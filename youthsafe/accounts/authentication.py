"""Who asks: every request for a staff route carries a session, and its member may do what the route is for."""

from flask import Flask, g, request

from youthsafe import clock
from youthsafe.accounts import services
from youthsafe.accounts.services import TOKEN_BYTES, SignedIn
from youthsafe.config import settings
from youthsafe.crypto.encoding import EncodingError, b64, unb64
from youthsafe.database import transaction
from youthsafe.errors import NotFoundError, NotSignedInError
from youthsafe.routing.routes import STAFF_API, STAFF_COOKIE, STAFF_HEADER, Audience, current_route_policy

COOKIE = STAFF_COOKIE
COOKIE_PATH = "/api/v1/staff"


def install(app: Flask) -> None:
    """Check every request for a staff route before its view runs."""
    app.before_request(check)


def check() -> None:
    """Let a request pass; raises NotSignedInError, or NotFoundError for a member whose role may not do this.

    Whoever may not do something is answered as if there were no such address, and to whoever has not signed in all
    addresses below the staff door are one.
    """
    policy = current_route_policy()
    if policy is None:
        if request.path.startswith(STAFF_API):
            require_member()
    elif policy.audience is Audience.STAFF and policy.permission not in require_member().permissions:
        raise NotFoundError


def require_member() -> SignedIn:
    """Return who is signed in, and leave it in `g.member`; raises NotSignedInError."""
    token, now = session_token(), clock.now()
    member = services.session_member(token, now)
    if request.headers.get(STAFF_HEADER, b64(member.id)) != b64(member.id):
        # Tabs share one cookie: another member signed in in another tab.
        raise NotSignedInError("Somebody else signed in here. Please sign in.")
    if services.needs_touch(token, now):
        with transaction():
            services.touch(token, member, now)
    g.member = member
    return member


def current_member() -> SignedIn:
    """Return who `require_member` let in."""
    member: SignedIn = g.member
    return member


def session_token() -> bytes:
    """Return the token in the cookie, 32 bytes; raises NotSignedInError when there is none."""
    try:
        return unb64(request.cookies.get(settings().cookie(COOKIE), ""), TOKEN_BYTES)
    except EncodingError:
        raise NotSignedInError("Please sign in.") from None
