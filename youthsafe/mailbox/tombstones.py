"""What stops a late retry: a keyed hash of the id of each report or message that is gone."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Exists, bindparam, delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite

from youthsafe.database import Prepared, keyed_hash
from youthsafe.extensions import db
from youthsafe.mailbox.models import Tombstone
from youthsafe.privacy.coarse_time import to_hour

LIFE = timedelta(days=90)
LOOK_UP_BY_HASH = select(Tombstone.hash).where(Tombstone.hash == bindparam("hash"))
LOOK_UP = Prepared(["hash"], any=LOOK_UP_BY_HASH)


def mark(identifier: bytes) -> bytes:
    """Return what a tombstone and the ledger keep of an id, 32 bytes: nothing to whoever lacks the server secret."""
    return keyed_hash("tombstone", identifier)


def bury(marks: Iterable[bytes], now: datetime) -> None:
    """Leave tombstones for 90 days from now, also where one stands already."""
    rows = [{"hash": each, "buried_at": to_hour(now)} for each in sorted(set(marks))]
    if rows:
        insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        new = insert(Tombstone)
        again = new.on_conflict_do_update(index_elements=["hash"], set_={"buried_at": new.excluded.buried_at})
        db.session.execute(again, rows)


def is_buried(identifier: bytes) -> bool:
    """Tell whether a report or message with this id is gone; one lookup by primary key."""
    return db.session.scalar(LOOK_UP_BY_HASH, {"hash": mark(identifier)}) is not None


def stands_over(identifier: bytes) -> Exists:
    """Return, as part of a question, whether a report or message with this id is gone."""
    return exists().where(Tombstone.hash == mark(identifier))


def every() -> dict[bytes, datetime]:
    """Return every tombstone's hash with the hour in which it was left."""
    rows = db.session.execute(select(Tombstone.hash, Tombstone.buried_at))
    return {each.hash: each.buried_at for each in rows}


def remove_old(now: datetime, most: int = 1_000) -> int:
    """Take away at most so many tombstones after their 90 days and return how many."""
    old = db.session.scalars(select(Tombstone.hash).where(Tombstone.buried_at <= now - LIFE).limit(most)).all()
    db.session.execute(delete(Tombstone).where(Tombstone.hash.in_(old)))
    return len(old)
