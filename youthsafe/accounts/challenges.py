"""Challenges that a passkey answers: given to everybody alike without a row, and answered once, within five minutes.

A challenge is random, says until when it is good, and bears a keyed hash of both. So whoever only asks leaves nothing
in the database, and the answer tells nothing of a name.
"""

import hmac
import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select

from youthsafe.accounts.models import UsedChallenge
from youthsafe.database import keyed_hash
from youthsafe.extensions import db

LIFE = timedelta(minutes=5)
_RANDOM, _TIME, _HASH = 16, 8, 32
LENGTH = _RANDOM + _TIME + _HASH


def new_challenge(now: datetime) -> bytes:
    """Return a challenge of 56 bytes."""
    body = secrets.token_bytes(_RANDOM) + int((now + LIFE).timestamp()).to_bytes(_TIME, "big")
    return body + _mark(body)


def is_good(challenge: bytes, now: datetime) -> bool:
    """Tell whether a challenge is ours, not over, and was not answered before."""
    body, mark = challenge[: _RANDOM + _TIME], challenge[_RANDOM + _TIME :]
    if len(challenge) != LENGTH or not hmac.compare_digest(mark, _mark(body)) or now >= _until(challenge):
        return False
    return not db.session.scalar(select(func.count()).where(UsedChallenge.hash == mark))


def use_up(challenge: bytes, now: datetime) -> None:
    """Let nobody answer a good challenge again, and forget those that are over."""
    db.session.execute(delete(UsedChallenge).where(UsedChallenge.until <= now))
    db.session.add(UsedChallenge(hash=challenge[_RANDOM + _TIME :], until=_until(challenge)))
    db.session.flush()


def _until(challenge: bytes) -> datetime:
    return datetime.fromtimestamp(int.from_bytes(challenge[_RANDOM : _RANDOM + _TIME], "big"), UTC)


def _mark(body: bytes) -> bytes:
    return keyed_hash("passkey challenge", body)
