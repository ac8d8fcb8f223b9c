"""What happened to a member's keys and factors, or to the kit: shown at each sign-in until they have read it."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import aliased

from youthsafe.accounts.models import Member, SecurityEvent
from youthsafe.extensions import db
from youthsafe.notices import services as notices_services
from youthsafe.notices.kinds import Kind


class EventKind(StrEnum):
    """What happened. `other` is who did it, or to whom it was done."""

    RESET = "second-factor-reset"
    RESET_BY_YOU = "second-factor-reset-by-you"
    RECOVERY_CODE_USED = "recovery-code-used"
    WORDS_CHANGED = "words-changed"
    FACTOR_ADDED = "factor-added"
    FACTOR_REMOVED = "factor-removed"
    MAIL_CHANGED = "mail-changed"
    KIT_LOOKED = "kit-looked"  # to coordinators


_BY_MAIL: Final = MappingProxyType(
    {
        EventKind.RESET: Kind.SECOND_FACTOR_RESET,
        EventKind.RESET_BY_YOU: Kind.SECOND_FACTOR_RESET_BY_YOU,
        EventKind.MAIL_CHANGED: Kind.MAIL_CHANGED,
        EventKind.KIT_LOOKED: Kind.KIT_LOOKED,
    }
)


@dataclass(frozen=True, slots=True)
class Event:
    """One event; `other` is the name of the other person of it, if there is one."""

    id: bytes
    kind: EventKind
    other: str | None
    at: datetime


def tell(member_id: bytes, kind: EventKind, now: datetime, *, other_id: bytes | None = None) -> None:
    """Have a member told of an event: at the desk, and by mail where they have an address, without its details."""
    db.session.add(
        SecurityEvent(id=secrets.token_bytes(16), member_id=member_id, kind=kind.value, other_id=other_id, at=now)
    )
    with_mail = select(Member.id).where(Member.id == member_id, Member.mail.is_not(None))
    notices_services.send(_BY_MAIL.get(kind, Kind.ACCOUNT_CHANGED), db.session.scalars(with_mail), now)


def of_member(member_id: bytes) -> list[Event]:
    """Return what a member has not read yet, the newest first."""
    other = aliased(Member)
    query = (
        select(SecurityEvent, other.name)
        .outerjoin(other, other.id == SecurityEvent.other_id)
        .where(SecurityEvent.member_id == member_id)
        .order_by(SecurityEvent.at.desc(), SecurityEvent.id)
    )
    return [Event(row.id, EventKind(row.kind), name, row.at) for row, name in db.session.execute(query)]


def read(member_id: bytes, event_id: bytes) -> bool:
    """Forget an event that its member has read, and tell whether there was one."""
    mine = (SecurityEvent.id == event_id, SecurityEvent.member_id == member_id)
    found = db.session.scalar(select(SecurityEvent.id).where(*mine))
    db.session.execute(delete(SecurityEvent).where(*mine))
    return found is not None
