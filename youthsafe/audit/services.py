"""Adding to the audit trail, and checking that nobody changed it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from sqlalchemy import func, select, true

from youthsafe.audit.actions import Action
from youthsafe.audit.chain import entry_hash, start
from youthsafe.audit.models import AuditChain, AuditEntry
from youthsafe.extensions import db
from youthsafe.instance import services as instance_services
from youthsafe.instance.models import Instance


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of a chain, which is a team's by its id, or by the instance's of what is no one team's."""

    chain: bytes
    sequence: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """The first entry that is not as it was written, and its chain; none where the entry itself is gone."""

    sequence: int
    chain: bytes | None


class NoInstanceError(LookupError):
    """Nothing can be written down before the instance exists."""


def append(
    action: Action,
    *,
    now: datetime,
    actor: bytes | None = None,
    subject: bytes | None = None,
    team: bytes | None = None,
) -> AuditEntry:
    """Add an entry in the caller's transaction; ids have 16 bytes. Raises NoInstanceError before set-up.

    It goes into the chain of the team whose reports it is about, or else into the instance's.
    """
    return append_each(action, [(team, subject)], now=now, actor=actor)[0]


def append_each(
    action: Action, done_to: Sequence[tuple[bytes | None, bytes | None]], *, now: datetime, actor: bytes | None = None
) -> list[AuditEntry]:
    """Add an entry for each team and subject, as `append` does, with one look at the trail for all of them.

    The instance's row is locked first, so that two appends never take the same sequence.
    """
    here = _locked_instance()
    at, added = int(now.timestamp()), []
    chains = {team: _chain(here.id, here.id if team is None else team) for team in {each for each, _ in done_to}}
    for sequence, (team, subject) in enumerate(done_to, count() + 1):
        chain = chains[team]
        entry = AuditEntry(sequence=sequence, chain=chain.id, at=at, actor=actor, action=action.value, subject=subject)
        entry.hash = chain.hash = _hash_of(entry, chain.hash)
        chain.sequence = sequence
        added.append(entry)
    db.session.add_all([*chains.values(), *added])
    return added


def verify() -> Fault | None:
    """Return the first entry that is changed, missing or out of place; none when all is whole.

    Each chain's head is kept beside it, so entries cut off the end are missed too, unless whoever cut them changed
    that row as well: then a head that was noted elsewhere shows it (`contains`).
    """
    here = instance_services.instance()
    if here is None:
        return None
    return first_fault(entries(), here.id, heads())


def first_fault(trail: Iterable[AuditEntry], instance_id: bytes, kept: Iterable[Head]) -> Fault | None:
    """Walk all chains in one go; `kept` are the heads that they have to end in."""
    found: dict[bytes, Head] = {}
    expected = 1
    for entry in trail:
        if entry.sequence != expected:
            return Fault(expected, None)
        if not _follows(entry, found.get(entry.chain), instance_id):
            return Fault(expected, entry.chain)
        found[entry.chain] = Head(entry.chain, expected, entry.hash)
        expected += 1
    cut = {*kept} ^ {*found.values()}
    return Fault(expected, next(iter(cut)).chain) if cut else None


def heads() -> list[Head]:
    """Return the newest entry of each chain, to be noted somewhere else; the instance's own first, then by team."""
    own_first = AuditChain.id.not_in(select(Instance.id))
    chains = select(AuditChain.id, AuditChain.sequence, AuditChain.hash).order_by(own_first, AuditChain.id)
    return [Head(*row) for row in db.session.execute(chains)]


def count() -> int:
    """Return how many entries there are in all chains."""
    return db.session.scalar(select(func.max(AuditEntry.sequence))) or 0


def contains(noted: bytes) -> bool:
    """Tell whether a head that was noted earlier is still part of its chain."""
    return db.session.scalar(select(AuditEntry.sequence).where(AuditEntry.hash == noted)) is not None


def card_entries() -> dict[bytes, int]:
    """Return how many entries of each case card were written by the trail, but for reports that are gone."""
    of_cards = AuditEntry.action == Action.REPORT_CARD_WRITTEN.value
    purged = select(AuditEntry.subject).where(
        AuditEntry.action.in_([Action.REPORT_PURGED.value, Action.DRILL_DONE.value]), AuditEntry.subject.is_not(None)
    )
    counted = select(AuditEntry.subject, func.count()).where(of_cards, AuditEntry.subject.not_in(purged))
    rows = db.session.execute(counted.group_by(AuditEntry.subject))
    return {report_id: written for report_id, written in rows if report_id is not None}


def entries(chain: bytes | None = None) -> Iterator[AuditEntry]:
    """Give the entries of all chains or of one, the oldest first."""
    of_chain = true() if chain is None else AuditEntry.chain == chain
    oldest_first = select(AuditEntry).where(of_chain).order_by(AuditEntry.sequence)
    rows = db.session.scalars(oldest_first.execution_options(yield_per=500))
    try:
        yield from rows
    finally:
        rows.close()


def subjects(action: Action, since: datetime) -> set[bytes]:
    """Return what an action was done to since then, looking no further back."""
    earliest, of_action = int(since.timestamp()), AuditEntry.action == action.value  # another may be of an earlier time
    newest_first = select(AuditEntry.at, AuditEntry.subject).where(of_action).order_by(AuditEntry.sequence.desc())
    rows = db.session.execute(newest_first.execution_options(yield_per=100))
    recent = takewhile(lambda row: row.at >= earliest, rows)
    found = {row.subject for row in recent if row.subject is not None}
    rows.close()
    return found


def _locked_instance() -> Instance:
    here = instance_services.instance()
    if here is None:
        raise NoInstanceError("the instance has not been set up")
    db.session.flush()
    db.session.refresh(here, with_for_update=True)
    return here


def _chain(instance_id: bytes, chain_id: bytes) -> AuditChain:
    found = db.session.get(AuditChain, chain_id, populate_existing=True)
    return found or AuditChain(id=chain_id, sequence=0, hash=start(instance_id, chain_id))


def _follows(entry: AuditEntry, before: Head | None, instance_id: bytes) -> bool:
    try:
        found = _hash_of(entry, before.hash if before else start(instance_id, entry.chain))
    except (ValueError, TypeError, AttributeError):  # a value of a type that append never writes
        return False
    return found == entry.hash


def _hash_of(entry: AuditEntry, previous: bytes) -> bytes:
    return entry_hash(previous, entry.sequence, entry.at, actor=entry.actor, action=entry.action, subject=entry.subject)
