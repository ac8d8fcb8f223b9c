"""Adding to the audit trail, and checking that nobody changed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from sqlalchemy import select

from youthsafe.audit.actions import Action
from youthsafe.audit.chain import entry_hash, start
from youthsafe.audit.models import AuditEntry
from youthsafe.extensions import db
from youthsafe.instance import services as instance_services


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry: its sequence (0 for an empty trail) and its hash."""

    sequence: int
    hash: bytes


class NoInstanceError(LookupError):
    """Nothing can be written down before the instance exists."""


def append(action: Action, *, now: datetime, actor: bytes | None = None, subject: bytes | None = None) -> AuditEntry:
    """Add an entry in the caller's transaction; ids have 16 bytes. Raises NoInstanceError before set-up."""
    return append_each(action, [subject], now=now, actor=actor)[0]


def append_each(
    action: Action, subjects: Sequence[bytes | None], *, now: datetime, actor: bytes | None = None
) -> list[AuditEntry]:
    """Add an entry for each subject, as `append` does, with one look at the trail for all of them.

    The instance's row is locked first, so that two appends never take the same sequence.
    """
    instance = instance_services.instance()
    if instance is None:
        raise NoInstanceError("the instance has not been set up")
    db.session.flush()
    db.session.refresh(instance, with_for_update=True)
    last = _newest()
    previous, sequence = (last.hash, last.sequence) if last is not None else (start(instance.id), 0)
    at = int(now.timestamp())
    entries = []
    for subject in subjects:
        sequence += 1
        previous = entry_hash(previous, sequence, at, actor=actor, action=action.value, subject=subject)
        entries.append(
            AuditEntry(sequence=sequence, at=at, actor=actor, action=action.value, subject=subject, hash=previous)
        )
    db.session.add_all(entries)
    instance.audit_head = previous
    return entries


def verify() -> int | None:
    """Return the sequence of the first entry that is changed, missing or out of place; none when all is whole.

    The instance's row remembers the newest hash, so entries cut off the end are missed too, unless whoever cut
    them changed that row as well: then a head that was noted elsewhere shows it (`contains`).
    """
    instance = instance_services.instance()
    if instance is None:
        return None
    previous, expected = start(instance.id), 1
    for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence).execution_options(yield_per=500)):
        if entry.sequence != expected or not _is_whole(entry, previous):
            return expected
        previous, expected = entry.hash, expected + 1
    head = instance.audit_head if instance.audit_head is not None else start(instance.id)
    return None if previous == head else expected


def head() -> Head:
    """Return the newest entry's sequence and hash, to be noted somewhere else; zeros for an empty trail."""
    last = _newest()
    return Head(0, bytes(32)) if last is None else Head(last.sequence, last.hash)


def contains(noted: bytes) -> bool:
    """Tell whether a head that was noted earlier is still part of the trail."""
    return db.session.scalar(select(AuditEntry.sequence).where(AuditEntry.hash == noted)) is not None


def subjects(action: Action, since: datetime) -> set[bytes]:
    """Return what an action was done to since then, looking no further back."""
    earliest = int(since.timestamp())
    newest_first = select(AuditEntry.at, AuditEntry.action, AuditEntry.subject).order_by(AuditEntry.sequence.desc())
    rows = db.session.execute(newest_first.execution_options(yield_per=100))
    recent = takewhile(lambda row: row.at >= earliest, rows)
    found = {row.subject for row in recent if row.action == action.value and row.subject is not None}
    rows.close()
    return found


def _newest() -> AuditEntry | None:
    return db.session.scalar(select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(1))


def _is_whole(entry: AuditEntry, previous: bytes) -> bool:
    try:
        found = entry_hash(
            previous, entry.sequence, entry.at, actor=entry.actor, action=entry.action, subject=entry.subject
        )
    except (ValueError, TypeError, AttributeError):  # a value of a type that append never writes
        return False
    return found == entry.hash
