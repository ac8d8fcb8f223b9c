"""Proof of work: ALTCHA challenges that are good for one report, and checking what solved them.

A challenge carries the report's number, its difficulty and an end, all signed. Solved again it is of no use for another
report, and the same report again is kept once anyway, so nothing has to be remembered about a proof.
The work is PBKDF2, which every browser has natively, also in a service worker.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

import altcha

from youthsafe.crypto.encoding import b64
from youthsafe.database import signing_keys

# Tries at most, about half of them on average: some 90 milliseconds at difficulty 1 on a desktop's core and 3 seconds
# at difficulty 4, so that a phone six times slower is never kept for half a minute.
DIFFICULTIES: Final[Mapping[int, int]] = MappingProxyType({1: 600, 2: 2_500, 3: 8_000, 4: 20_000})
HIGHEST: Final = max(DIFFICULTIES)
LIFE: Final = timedelta(minutes=20)
_CHALLENGE, _SOLUTION = "proof of work", "solved work"
_ALGORITHM = "PBKDF2/SHA-256"
_ITERATIONS = 1_000  # a try: about 0.15 ms in a browser, 0.4 ms here


def challenge(report_id: bytes, difficulty: int, now: datetime) -> dict[str, Any]:
    """Return a signed challenge for one report, as a browser's ALTCHA library reads it."""
    made = altcha.create_challenge(
        _ALGORITHM,
        _ITERATIONS,
        counter=secrets.randbelow(DIFFICULTIES[difficulty]),
        expires_at=now + LIFE,
        data={"report": b64(report_id), "step": difficulty},
        hmac_secret=signing_keys(_CHALLENGE)[0],
        hmac_key_secret=signing_keys(_SOLUTION)[0],
    )
    found: dict[str, Any] = made.to_dict()
    return found


def proved_difficulty(header: str, report_id: bytes) -> int:
    """Return the difficulty of what a proof cost; 0 for one that is wrong, over, or another report's.

    A proof ends by the system's clock, which is the one that ALTCHA's library reads.
    """
    payload = _payload(header)
    if payload is None:
        return 0
    told = payload.challenge.parameters.data
    if not _is_ours(payload) or told is None or told["report"] != b64(report_id):
        return 0
    difficulty: int = told["step"]  # signed by us, like the rest
    return difficulty


def _payload(header: str) -> altcha.Payload | None:
    """Read a stranger's header; none for anything that is not a payload."""
    try:
        return altcha.Payload.from_base64(header)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _is_ours(payload: altcha.Payload) -> bool:
    """Tell whether we signed the challenge, with the server secret of now or the one before, and it was solved."""
    keys = zip(signing_keys(_CHALLENGE), signing_keys(_SOLUTION), strict=True)
    return any(altcha.verify_solution(payload, key, hmac_key_secret=of).verified for key, of in keys)
