"""Whether the case cards stand as they were written: each entry names the hash of the one before."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Row, select

from youthsafe.crypto.card import CardError, parse_entry
from youthsafe.extensions import db
from youthsafe.mailbox.models import CardEntry, Report

_STORED: Final = (CardEntry.number, CardEntry.digest, CardEntry.content)


@dataclass(frozen=True, slots=True)
class CardFault:
    """The first entry of a report's card that is not as it was written."""

    report_id: bytes
    number: int


def first_fault(written: Mapping[bytes, int]) -> CardFault | None:
    """Return the first entry that was changed, moved or removed; none where all cards are whole.

    `written`: how many entries the trail names of each card that has to be here.
    """
    with_card = select(Report.id, Report.entries).where(Report.entries > 0)
    kept = {report_id: entries for report_id, entries in db.session.execute(with_card)}  # noqa: C416
    for report_id in sorted(kept.keys() | written.keys()):
        counts = (*_entries(report_id), kept.get(report_id, 0), written.get(report_id, 0))
        if len({*counts}) > 1:
            return CardFault(report_id, min(counts) + 1)
    return None


def _entries(report_id: bytes) -> tuple[int, int]:
    """Return how many entries of a card are whole from the first one on, and how many there are."""
    previous = hashlib.sha256(db.session.scalar(select(Report.envelope).where(Report.id == report_id)) or b"").digest()
    rows = db.session.execute(select(*_STORED).where(CardEntry.report_id == report_id).order_by(CardEntry.number)).all()
    whole = 0
    for row in rows:
        if not _is_whole(row, report_id, whole + 1, previous):
            break
        whole, previous = whole + 1, row.digest
    return whole, len(rows)


def _is_whole(row: Row[int, bytes, bytes], report_id: bytes, number: int, previous: bytes) -> bool:
    try:
        entry = parse_entry(row.content)
    except CardError:
        return False
    place = (row.number, entry.number, entry.report_id, entry.previous)
    return place == (number, number, report_id, previous) and row.digest == hashlib.sha256(row.content).digest()
