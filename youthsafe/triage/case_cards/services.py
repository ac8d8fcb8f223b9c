"""Use cases of case cards and outcome slips. The server checks heads and order, and can read nothing of either."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Row, and_, not_, select

from youthsafe.accounts.services import SignedIn
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append, append_each
from youthsafe.crypto.card import CardEntry as SealedEntry
from youthsafe.crypto.card import CardError, parse_entry, parse_slip
from youthsafe.errors import ConflictError, InvalidInputError
from youthsafe.extensions import db
from youthsafe.instance.services import is_epoch_of, require_newest_epoch
from youthsafe.mailbox.lifecycle import LifeCycle
from youthsafe.mailbox.models import CardEntry, OutcomeSlip, Report, row_number
from youthsafe.privacy.coarse_time import to_hour
from youthsafe.triage.services import find

MOST_ENTRIES: Final = 1_000  # of one report: a browser that went wrong must not fill the disk
PAGE: Final = 100
SLIPS_AT_ONCE: Final = 40  # as many as fit into a body
CARDS_AT_ONCE: Final = 40  # as many ids as fit into an address

EntryRow = Row[int, datetime, bytes]  # number, hour of receiving and the entry's bytes
NewestRow = Row[bytes, int, datetime, bytes]  # the report's id, and the same of its card's newest entry


@dataclass(frozen=True, slots=True)
class CardPage:
    """Some entries of a card, the oldest first, and how many there are."""

    count: int
    entries: Sequence[EntryRow]


@dataclass(frozen=True, slots=True)
class SlipPage:
    """Some slips, and where the next ones begin."""

    slips: Sequence[bytes]
    next: int | None


def card(member: SignedIn, report_id: bytes, *, after: int) -> CardPage:
    """Return at most PAGE entries with a higher number than `after`; raises NotFoundError as `find`."""
    report = find(member, report_id)
    newer = (CardEntry.report_id == report.id, CardEntry.number > after)
    rows = select(CardEntry.number, CardEntry.received_at, CardEntry.content).where(*newer)
    return CardPage(report.entries, db.session.execute(rows.order_by(CardEntry.number).limit(PAGE)).all())


def newest(member: SignedIn, report_ids: Sequence[bytes]) -> Sequence[NewestRow]:
    """Return the newest entry of each card, where these reports are of the member's teams and have one."""
    entry = (CardEntry.report_id == Report.id, CardEntry.number == Report.entries)
    wanted = (Report.id.in_(report_ids), Report.team_id.in_(member.teams), not_(Report.hidden))
    rows = select(Report.id, CardEntry.number, CardEntry.received_at, CardEntry.content)
    return db.session.execute(rows.join(CardEntry, and_(*entry)).where(*wanted)).all()


def write(member: SignedIn, report_id: bytes, content: bytes, now: datetime) -> int:
    """Keep an entry that follows the newest, and return its number; the same bytes again find what is kept.

    Raises InvalidInputError for bytes that are no entry by this member of this report; ConflictError while nobody has
    opened the report, and where another entry came first.
    """
    report = find(member, report_id, lock=True)
    LifeCycle(report).require_opened()
    entry, digest = _parsed(content, member, report), hashlib.sha256(content).digest()
    newest = _newest(report)
    if newest is not None and newest.digest == digest:
        return newest.number
    require_newest_epoch(entry.team_id, entry.epoch)
    _require_next(entry, report, newest)
    report.entries = entry.number
    kept = {"number": entry.number, "epoch": entry.epoch, "digest": digest, "content": content}
    db.session.add(CardEntry(report_id=report.id, received_at=to_hour(now), **kept))
    append(Action.REPORT_CARD_WRITTEN, now=now, actor=member.id, subject=report.id, team=report.team_id)
    return entry.number


def _parsed(content: bytes, member: SignedIn, report: Report) -> SealedEntry:
    try:
        entry = parse_entry(content)
    except CardError as error:
        raise InvalidInputError(f"The entry is not well formed: {error}. Nothing was saved.") from None
    if (entry.report_id, entry.team_id, entry.member_id) != (report.id, report.team_id, member.id):
        raise InvalidInputError("The entry is of another report, or by another member. Nothing was saved.")
    if not is_epoch_of(entry.team_id, entry.epoch):
        raise InvalidInputError("The entry was sealed under a key that is not known here. Nothing was saved.")
    return entry


def _newest(report: Report) -> CardEntry | None:
    here = (CardEntry.report_id == report.id, CardEntry.number == report.entries)
    return db.session.scalar(select(CardEntry).where(*here))


def _require_next(entry: SealedEntry, report: Report, newest: CardEntry | None) -> None:
    if report.entries >= MOST_ENTRIES:
        raise InvalidInputError("This card is full. Nothing was saved.")
    previous = newest.digest if newest else hashlib.sha256(report.envelope).digest()
    if (entry.number, entry.previous) != (report.entries + 1, previous):
        raise ConflictError("Somebody else wrote on this card in the meantime. Nothing was saved.")


def post_slips(member: SignedIn, slips: Sequence[bytes], now: datetime) -> None:
    """Keep slips of the member's teams, without who sent which, and when; one that is here stays.

    Raises InvalidInputError for bytes that are no slip, or a slip of another team; nothing is kept then.
    """
    placed = {row_number(hashlib.sha256(each).digest()): each for each in slips}
    known = set(db.session.scalars(select(OutcomeSlip.place).where(OutcomeSlip.place.in_(placed))))
    teams = {place: _team_of(placed[place], member) for place in sorted(placed)}
    for place in sorted(teams.keys() - known):
        db.session.add(OutcomeSlip(place=place, team_id=teams[place], content=placed[place]))
    append_each(Action.SLIPS_POSTED, [(team, None) for team in sorted(set(teams.values()))], now=now, actor=member.id)


def _team_of(content: bytes, member: SignedIn) -> bytes:
    try:
        slip = parse_slip(content)
    except CardError as error:
        raise InvalidInputError(f"A slip is not well formed: {error}. Nothing was saved.") from None
    if slip.team_id not in member.teams or not is_epoch_of(slip.team_id, slip.epoch):
        raise InvalidInputError("A slip is of a team or key that is not yours. Nothing was saved.")
    require_newest_epoch(slip.team_id, slip.epoch)
    return slip.team_id


def slips(member: SignedIn, *, after: int | None) -> SlipPage:
    """Return at most PAGE slips of the member's teams, in the order of their hashes."""
    ours = (OutcomeSlip.team_id.in_(member.teams), OutcomeSlip.place > (-1 if after is None else after))
    rows = select(OutcomeSlip.place, OutcomeSlip.content).where(*ours).order_by(OutcomeSlip.place).limit(PAGE)
    found = db.session.execute(rows).all()
    return SlipPage([row.content for row in found], found[-1].place if len(found) == PAGE else None)
