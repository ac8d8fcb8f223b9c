"""What stops a late retry: a keyed hash of the id of each report or message that is gone."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select

from youthsafe.database import Prepared, keyed_hash
from youthsafe.extensions import db
from youthsafe.mailbox.models import Tombstone
from youthsafe.privacy.coarse_time import to_hour

LIFE = timedelta(days=90)
_STANDING = select(Tombstone.hash).where(Tombstone.hash == bindparam("hash"))
LOOK_UP = Prepared(["hash"], any=_STANDING)


def mark(identifier: bytes) -> bytes:
    """Return what a tombstone and the ledger keep of an id, 32 bytes: nothing to whoever lacks the server secret."""
    return keyed_hash("tombstone", identifier)


def bury(marks: Iterable[bytes], now: datetime) -> None:
    """Leave tombstones for 90 days from now, also where one stands already."""
    for each in set(marks):
        db.session.merge(Tombstone(hash=each, buried_at=to_hour(now)))
    db.session.flush()


def is_buried(identifier: bytes) -> bool:
    """Tell whether a report or message with this id is gone; one lookup by primary key."""
    return db.session.scalar(_STANDING, {"hash": mark(identifier)}) is not None


def standing() -> dict[bytes, datetime]:
    """Return every tombstone's hash with the hour in which it was left."""
    rows = db.session.execute(select(Tombstone.hash, Tombstone.buried_at))
    return {each.hash: each.buried_at for each in rows}


def remove_old(now: datetime) -> int:
    """Take away tombstones after their 90 days and return how many."""
    old = Tombstone.buried_at <= now - LIFE
    found = db.session.scalars(select(Tombstone.hash).where(old)).all()
    db.session.execute(delete(Tombstone).where(old))
    return len(found)
