"""The trail a page at a time, the newest entry first, each with the hash that it goes on from."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from youthsafe.audit.actions import Action
from youthsafe.audit.chain import entry_hash, start
from youthsafe.audit.models import AuditEntry
from youthsafe.extensions import db

_ACTIONS = {each.value for each in Action}
_NO_SEQUENCE = 2**62  # above every one; and SQLite puts what is no number above it


@dataclass(frozen=True, slots=True)
class LinkedEntry:
    """An entry and the hash before it in its chain; `damaged`: it holds a value that `append` never writes.

    `chain` is none where what stands there is no id.
    """

    entry: AuditEntry
    chain: bytes | None
    previous: bytes | None
    damaged: bool


def newest_first(
    instance_id: bytes, chains: frozenset[bytes] | None, most: int, before: int | None = None
) -> list[LinkedEntry]:
    """Return at most so many entries of these chains, or of all; `before` leaves those from that number on out."""
    wanted = [AuditEntry.sequence < (_NO_SEQUENCE if before is None else before)]
    if chains is not None:
        wanted.append(AuditEntry.chain.in_(chains))
    rows = db.session.scalars(select(AuditEntry).where(*wanted).order_by(AuditEntry.sequence.desc()).limit(most)).all()
    return _linked(rows, instance_id)


def _linked(rows: Sequence[AuditEntry], instance_id: bytes) -> list[LinkedEntry]:
    found: list[LinkedEntry] = []
    newest: dict[bytes, object] = {}
    for entry in reversed(rows):
        chain, previous = _bytes(entry.chain), None
        if chain is not None:
            previous = newest[chain] if chain in newest else _hash_before(chain, entry.sequence, instance_id)
            newest[chain] = entry.hash
        found.append(LinkedEntry(entry, chain, _bytes(previous), _is_damaged(entry)))
    return found[::-1]


def _hash_before(chain: bytes, sequence: int, instance_id: bytes) -> object:
    older = (AuditEntry.chain == chain, AuditEntry.sequence < sequence)
    newest_first = select(AuditEntry.hash).where(*older).order_by(AuditEntry.sequence.desc())
    found: object = db.session.scalar(newest_first.limit(1))
    return start(instance_id, chain) if found is None else found


def _bytes(value: object) -> bytes | None:
    return value if isinstance(value, bytes) else None


def is_hash(value: object) -> bool:
    """Tell whether a value is one that a chain can go on from."""
    return isinstance(value, bytes) and len(value) == 32


def _is_damaged(entry: AuditEntry) -> bool:
    try:
        start(b"", entry.chain)
        entry_hash(b"", entry.sequence, entry.at, actor=entry.actor, action=entry.action, subject=entry.subject)
    except (ValueError, TypeError, AttributeError):
        return True
    return entry.action not in _ACTIONS or not is_hash(entry.hash)
