"""Use cases around havens: showing them, taking in new ones, saying that one is what it seems."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Final

from sqlalchemy import delete, select

from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.config import settings
from youthsafe.database import keyed_hash
from youthsafe.errors import ConflictError, NotFoundError
from youthsafe.extensions import db
from youthsafe.havens.approvals import GOOD_FOR_DAYS, check_day, counts, deciding_visit, role_of
from youthsafe.havens.demo_data import demo_havens
from youthsafe.havens.difference import Difference, difference
from youthsafe.havens.hours import LONDON, Hours, Opening, opening, read_hours
from youthsafe.havens.models import Haven, HavenApproval, Method, Status
from youthsafe.havens.records import Record
from youthsafe.instance import services as instance_services
from youthsafe.rooms import rooms

MARKED_AFTER_DAYS: Final = 90
PAUSED_AFTER_DAYS: Final = GOOD_FOR_DAYS
COPY_IS_GOOD_FOR: Final = timedelta(hours=24)


class Trust(Enum):
    """How long ago somebody verified a haven."""

    CHECKED = "checked"
    NOT_LATELY = "not checked lately"
    PAUSED = "paused until somebody checks"


@dataclass(frozen=True, slots=True)
class Place:
    """A haven as it stands at one moment. `number` is its place in the whole list, on maps and on the poster."""

    haven: Haven
    hours: Hours | None
    opening: Opening
    trust: Trust
    number: int = 0


def trust(verified_on: date | None, today: date) -> Trust:
    """Return what the age of a verification means; never verified is as good as too old."""
    age = (today - verified_on).days if verified_on else PAUSED_AFTER_DAYS
    if age >= PAUSED_AFTER_DAYS:
        return Trust.PAUSED
    return Trust.NOT_LATELY if age >= MARKED_AFTER_DAYS else Trust.CHECKED


def active_havens() -> tuple[Haven, ...]:
    """Return every active haven by name, loose from the session, so that a copy can outlive the database."""
    havens = db.session.scalars(select(Haven).where(Haven.status == Status.ACTIVE).order_by(Haven.name, Haven.id)).all()
    for haven in havens:
        db.session.expunge(haven)
    return tuple(havens)


def places(havens: Sequence[Haven], now: datetime) -> tuple[Place, ...]:
    """Return the havens that may be shown at a moment; expiry is worked out here, so that no timer can fail."""
    today = now.astimezone(LONDON).date()
    shown = (haven for haven in havens if trust(haven.verified_on, today) is not Trust.PAUSED)
    return tuple(_place(haven, now, today, number) for number, haven in enumerate(shown, 1))


def valid_until(shown: Sequence[Place], read_at: datetime) -> datetime:
    """Return until when a copy of a list may be trusted: a day, or until the first haven on it pauses by itself."""
    pauses = (
        datetime.combine(place.haven.verified_on + timedelta(days=PAUSED_AFTER_DAYS), time(), LONDON)
        for place in shown
        if place.haven.verified_on
    )
    return min([read_at + COPY_IS_GOOD_FOR, *pauses])


def find(shown: Sequence[Place], haven_id: bytes) -> Place:
    """Return one place by its id; raises NotFoundError."""
    for place in shown:
        if place.haven.id == haven_id:
            return place
    raise NotFoundError("This Safe Haven is not on our list any more.")


def load_demo(now: datetime) -> int:
    """Put the fictional havens in place of those of an earlier demonstration; returns how many."""
    made_up = select(Haven.id).where(Haven.demo)
    db.session.execute(delete(HavenApproval).where(HavenApproval.haven_id.in_(made_up)))
    db.session.execute(delete(Haven).where(Haven.demo))
    havens = demo_havens(settings().content, now.astimezone(LONDON).date())
    db.session.add_all(havens)
    return len(havens)


def every_haven() -> tuple[Haven, ...]:
    """Return every haven of this borough, whatever its status; made-up ones are not among them."""
    return tuple(db.session.scalars(select(Haven).where(~Haven.demo).order_by(Haven.name, Haven.id)))


def approvals_of(haven_id: bytes) -> tuple[HavenApproval, ...]:
    """Return who has approved a haven since it last became a candidate or was paused."""
    wanted = select(HavenApproval).where(HavenApproval.haven_id == haven_id).order_by(HavenApproval.approver)
    return tuple(db.session.scalars(wanted))


def compare(records: Sequence[Record]) -> Difference:
    """Return what an import would change; changes nothing."""
    return difference(records, every_haven())


def take_in(records: Sequence[Record], now: datetime) -> Difference:
    """Store an import: what is new or stands differently becomes a candidate, whatever it was before.

    What is gone from the file stays as it is. Returns what changed.
    """
    found = compare(records)
    for record in found.new:
        db.session.add(Haven(id=secrets.token_bytes(16), status=Status.CANDIDATE, demo=False, **record.values))
    for change in found.changed:
        for name, value in change.record.values.items():
            setattr(change.haven, name, value)
        change.haven.status = Status.CANDIDATE
        change.haven.verified_on = change.haven.verified_by_role = change.haven.method = None
        _forget_approvals(change.haven)
    if found.new or found.changed:
        _write_down(Action.HAVENS_IMPORTED, now)
    return found


def approve(haven_id: bytes, approver: str, method: Method, on: date, now: datetime) -> Haven:
    """Write down that somebody made sure of a haven.

    A haven becomes active when two different people have approved it, one of them after a visit. One that is active
    counts as verified anew. Raises NotFoundError, InvalidInputError, and ConflictError for a second word of one person.
    """
    haven, role, today = _to_change(haven_id), role_of(approver), now.astimezone(LONDON).date()
    check_day(on, today)
    if haven.status == Status.ACTIVE and trust(haven.verified_on, today) is Trust.PAUSED:
        _pause(haven, None, now)
    if haven.status == Status.ACTIVE:
        _verify(haven, role, method, max(on, haven.verified_on or on))
        _write_down(Action.HAVEN_RENEWED, now, approver, haven)
        return haven
    _add_approval(haven, approver, method, on, today)
    _write_down(Action.HAVEN_APPROVED, now, approver, haven)
    visit = deciding_visit(approvals_of(haven.id))
    if visit is not None:
        _verify(haven, role_of(visit.approver), Method.VISIT, visit.done_on)
        haven.status = Status.ACTIVE
        _forget_approvals(haven)
        _write_down(Action.HAVEN_ACTIVATED, now, approver, haven)
    return haven


def pause(haven_id: bytes, by: str, now: datetime) -> Haven:
    """Take a haven off the list at once, until two people approve it again; raises NotFoundError, ConflictError."""
    haven = _to_change(haven_id)
    role_of(by)
    _pause(haven, by, now)
    return haven


def withdraw(haven_id: bytes, by: str, now: datetime) -> Haven:
    """Take a haven off the list for good; raises NotFoundError, ConflictError."""
    haven = _to_change(haven_id)
    role_of(by)
    haven.status = Status.WITHDRAWN
    _forget_approvals(haven)
    _write_down(Action.HAVEN_WITHDRAWN, now, by, haven)
    return haven


def is_audited() -> bool:
    """Tell whether there is a trail to write in: it begins when the instance is set up."""
    return instance_services.instance() is not None


def _to_change(haven_id: bytes) -> Haven:
    """A haven with its row locked, so that two people's words cannot pass each other."""
    haven = db.session.get(Haven, haven_id, with_for_update=True, populate_existing=True)
    if haven is None:
        raise NotFoundError("There is no haven with this id.")
    if haven.status == Status.WITHDRAWN:
        raise ConflictError("This haven was withdrawn. Import it again with what has changed, then have it approved.")
    return haven


def _add_approval(haven: Haven, approver: str, method: Method, on: date, today: date) -> None:
    """Keep one word a person; a visit may replace a call or a letter."""
    for each in approvals_of(haven.id):
        if not counts(each.done_on, today) or (each.approver == approver and each.method != Method.VISIT == method):
            db.session.delete(each)
        elif each.approver == approver:
            raise ConflictError(f"{approver} has approved this haven already. A second person must.")
    db.session.flush()
    db.session.add(HavenApproval(haven_id=haven.id, approver=approver, method=method, done_on=on))
    db.session.flush()


def _verify(haven: Haven, role: str, method: Method, on: date) -> None:
    haven.verified_on, haven.verified_by_role, haven.method = on, role, method.value


def _pause(haven: Haven, by: str | None, now: datetime) -> None:
    haven.status = Status.PAUSED
    _forget_approvals(haven)
    _write_down(Action.HAVEN_PAUSED, now, by, haven)


def _forget_approvals(haven: Haven) -> None:
    db.session.execute(delete(HavenApproval).where(HavenApproval.haven_id == haven.id))


def _write_down(action: Action, now: datetime, by: str | None = None, haven: Haven | None = None) -> None:
    """Add to the trail. A person is a keyed hash of role and number, so that one person's entries can be told."""
    if is_audited():
        actor = keyed_hash("haven.approver", by.encode())[:16] if by else None
        append(action, now=now, actor=actor, subject=haven.id if haven else None)


def _place(haven: Haven, now: datetime, today: date, number: int) -> Place:
    hours = read_hours(haven.hours, rooms().pack.site.nation)
    return Place(haven, hours, opening(hours, now), trust(haven.verified_on, today), number)
