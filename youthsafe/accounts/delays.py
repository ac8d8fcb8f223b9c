"""Growing waits after wrong sign-ins, kept in the database for a name and a network, or known browser, together."""

from datetime import datetime, timedelta

from sqlalchemy import Executable, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from youthsafe.accounts.models import SignInDelay
from youthsafe.database import keyed_hash
from youthsafe.errors import TooManyRequestsError
from youthsafe.extensions import db

FREE_TRIES = 5
LONGEST = timedelta(minutes=5)
MEMORY = timedelta(days=1)


def _one_more(insert: sqlite.Insert | postgresql.Insert) -> Executable:
    again = {"wrong": SignInDelay.wrong + 1, "tried_at": insert.excluded.tried_at}
    return insert.on_conflict_do_update(index_elements=[SignInDelay.key], set_=again)


_COUNT = {
    "sqlite": _one_more(sqlite.insert(SignInDelay)),
    "postgresql": _one_more(postgresql.insert(SignInDelay)),
}


def delay_after(wrong: int) -> timedelta:
    """Return how long a name waits after so many wrong tries: nothing at first, then doubled up to five minutes."""
    return timedelta() if wrong < FREE_TRIES else min(timedelta(seconds=2 ** min(wrong - FREE_TRIES, 16)), LONGEST)


def delay_key(folded_name: str, visitor: str) -> bytes:
    """Return the key of a name and a visitor, a keyed hash that nobody can repeat once the key of the day is gone."""
    return keyed_hash("sign-in delay", f"{visitor} {folded_name}".encode())


def require_waited(key: bytes, now: datetime) -> None:
    """Raise TooManyRequestsError while a name waits for a visitor; the same one query whoever asks."""
    query = select(SignInDelay.wrong, SignInDelay.tried_at)
    row = db.session.execute(query.where(SignInDelay.key == key, SignInDelay.tried_at > now - MEMORY)).one_or_none()
    wait = timedelta() if row is None else row.tried_at + delay_after(row.wrong) - now
    if wait > timedelta():
        seconds = int(wait.total_seconds()) + 1
        raise TooManyRequestsError("Too many wrong tries. Wait a little, then try again.", retry_after=seconds)


def lengthen(key: bytes, now: datetime) -> None:
    """Count a wrong try, and forget what is older than a day."""
    _forget_old(now)
    connection = db.session.connection()
    connection.execute(_COUNT[connection.dialect.name], {"key": key, "wrong": 1, "tried_at": now})


def forget(key: bytes, now: datetime) -> None:
    """Start over after a right sign-in, and forget what is older than a day."""
    _forget_old(now)
    db.session.execute(delete(SignInDelay).where(SignInDelay.key == key))


def _forget_old(now: datetime) -> None:
    db.session.execute(delete(SignInDelay).where(SignInDelay.tried_at <= now - MEMORY))
