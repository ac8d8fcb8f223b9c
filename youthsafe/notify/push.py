"""Asks a push service to wake one browser (RFC 8030), in a name that it can check (RFC 8292). Knows no database.

The message is empty, so there is nothing to encrypt: the browser shows words of its own.
"""

import json
import ssl
from datetime import datetime, timedelta
from http.client import HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import SplitResult, urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from youthsafe.crypto.encoding import b64
from youthsafe.notices.kinds import Problem

# Whose browsers can be woken. Where a browser may be told to name any other, the server could be sent anywhere.
SERVICES: Final = ("fcm.googleapis.com", "push.services.mozilla.com", "push.apple.com", "notify.windows.com")
SECONDS: Final = 10.0
SIGNED_FOR: Final = timedelta(hours=1)
KEPT: Final = timedelta(hours=1)  # by the service, for a browser that is not there
_HEADERS: Final = {"Content-Length": "0", "Urgency": "high", "Topic": "desk", "TTL": str(int(KEPT.total_seconds()))}
_GONE: Final = frozenset({404, 410})

PrivateKey = ec.EllipticCurvePrivateKey


class PushError(Exception):
    """The push service did not take it. `is_gone`: it knows the browser no more."""

    def __init__(self, problem: Problem, *, is_gone: bool = False) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.is_gone = is_gone


def new_key() -> bytes:
    """Make a key to sign with; returns its number (32 bytes)."""
    return ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value.to_bytes(32, "big")


def read_key(number: bytes) -> PrivateKey:
    """Return the key of a number."""
    return ec.derive_private_key(int.from_bytes(number, "big"), ec.SECP256R1())


def public_bytes(key: PrivateKey) -> bytes:
    """Return what a browser asks its push service to believe (65 bytes)."""
    form = serialization.PublicFormat.UncompressedPoint
    return key.public_key().public_bytes(serialization.Encoding.X962, form)


def is_known(endpoint: str) -> bool:
    """Tell whether an address is one of a push service that we ask."""
    try:
        parts = urlsplit(endpoint)
    except ValueError:
        return False
    host = parts.netloc
    return parts.scheme == "https" and any(host == each or host.endswith(f".{each}") for each in SERVICES)


def wake(endpoint: str, key: PrivateKey, contact: str, now: datetime, seconds: float = SECONDS) -> None:
    """Ask for one browser to be woken; raises PushError. `contact`: where the service finds whoever runs this."""
    if not is_known(endpoint):
        raise PushError(Problem.NO_SUCH_SERVER, is_gone=True)
    parts = urlsplit(endpoint)
    try:
        status = _post(parts, _HEADERS | {"Authorization": _signed(parts, key, contact, now)}, seconds)
    except TimeoutError:
        raise PushError(Problem.TIMED_OUT) from None
    except ssl.SSLCertVerificationError:
        raise PushError(Problem.CERTIFICATE) from None
    except (OSError, HTTPException):
        raise PushError(Problem.CANNOT_CONNECT) from None
    if status in _GONE:
        raise PushError(Problem.RECIPIENT_REFUSED, is_gone=True)
    if not 200 <= status < 300:
        raise PushError(Problem.TRY_LATER if status == 429 or status >= 500 else Problem.REFUSED)


def _post(parts: SplitResult, headers: dict[str, str], seconds: float) -> int:
    connection = HTTPSConnection(parts.netloc, timeout=seconds, context=ssl.create_default_context())
    try:
        connection.request("POST", parts.path + (f"?{parts.query}" if parts.query else ""), headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


def _signed(parts: SplitResult, key: PrivateKey, contact: str, now: datetime) -> str:
    """Return the header that names us: a token for this service alone, and the public key."""
    ends = int((now + SIGNED_FOR).timestamp())
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": ends, "sub": contact}
    text = ".".join(b64(json.dumps(each).encode()) for each in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = decode_dss_signature(key.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
    signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    return f"vapid t={text}.{b64(signature)}, k={b64(public_bytes(key))}"
