"""Browsers in which somebody signed in before: they are counted by themselves, not with the others of their network.

So nobody on the Wi-Fi of a youth club keeps its youth workers from signing in. The cookie is a random number under a
keyed hash, for the sign-in address alone; it names nobody, opens nothing and is not kept here. Whoever steals it has
gained as many guesses as one more network would give them. The idea is OWASP's "device cookie".
"""

import hmac
import secrets
from datetime import timedelta

from flask import Response, request

from youthsafe.config import settings
from youthsafe.crypto.encoding import EncodingError, b64, unb64
from youthsafe.database import keyed_hash

COOKIE = "ys_browser"
COOKIE_PATH = "/api/v1/staff/sign-in"
LIFE = timedelta(days=180)
_NUMBER_BYTES, _HASH_BYTES = 16, 32


def known_browser() -> str | None:
    """Return the pseudonym of the browser of this request; none when nobody signed in there before."""
    number = _number(request.cookies.get(settings().cookie(COOKIE), ""))
    return None if number is None else f"browser {number.hex()}"


def remember(response: Response) -> None:
    """Let the browser that gets this answer be known from now on, or for longer."""
    number = _number(request.cookies.get(settings().cookie(COOKIE), "")) or secrets.token_bytes(_NUMBER_BYTES)
    response.set_cookie(
        settings().cookie(COOKIE),
        b64(number + _hash(number)),
        max_age=LIFE,
        path=COOKIE_PATH,
        secure=settings().secure_cookies,
        httponly=True,
        samesite="Strict",
    )


def _number(value: str) -> bytes | None:
    try:
        raw = unb64(value, _NUMBER_BYTES + _HASH_BYTES)
    except EncodingError:
        return None
    number, given = raw[:_NUMBER_BYTES], raw[_NUMBER_BYTES:]
    return number if hmac.compare_digest(given, _hash(number)) else None


def _hash(number: bytes) -> bytes:
    """Return the number's keyed hash, which outlives a rotation of the server secret as the cookie does."""
    return keyed_hash("known browser", number)
