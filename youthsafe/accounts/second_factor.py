"""Six-digit codes from an authenticator app (TOTP, RFC 6238: SHA-1, 30-second steps)."""

import base64
import hmac
import secrets
from datetime import datetime

from pyotp import TOTP

STEP_SECONDS = 30
WINDOW = 1  # steps before and after now that are accepted, because clocks of phones differ
ISSUER = "YouthSafe"
SECRET_BYTES = 20


def new_secret() -> bytes:
    """Return a secret for an app, as long as SHA-1 takes it (RFC 4226 section 4)."""
    return secrets.token_bytes(SECRET_BYTES)


def step(now: datetime) -> int:
    """Return the number of the 30-second step."""
    return int(now.timestamp()) // STEP_SECONDS


def code_at(secret: bytes, counter: int) -> str:
    """Return the six digits of one step."""
    return _totp(secret).generate_otp(counter)


def matching_step(secret: bytes, code: str, now: datetime) -> int | None:
    """Return the newest step within the window that has this code; every step is compared, whichever matches."""
    found = None
    for counter in range(step(now) - WINDOW, step(now) + WINDOW + 1):
        if hmac.compare_digest(code_at(secret, counter).encode(), code.encode()):
            found = counter
    return found


def enrolment_uri(secret: bytes, name: str) -> str:
    """Return the otpauth address that an authenticator app reads."""
    return _totp(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def readable(secret: bytes) -> str:
    """Return the secret in base32, for typing into an app."""
    return base64.b32encode(secret).decode("ascii")


def _totp(secret: bytes) -> TOTP:
    return TOTP(readable(secret))
