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
from youthsafe.clock import LONDON
from youthsafe.config import settings
from youthsafe.errors import ConflictError, NotFoundError
from youthsafe.extensions import db
from youthsafe.havens.approvals import GOOD_FOR_DAYS, Person, check_day, counts, deciding_visit, role_in
from youthsafe.havens.demo_data import demo_havens
from youthsafe.havens.difference import Difference, difference
from youthsafe.havens.hours import Hours, Opening, opening, read_hours
from youthsafe.havens.models import Doubt, Haven, HavenApproval, Method, Status
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


def one(haven_id: bytes) -> Haven:
    """Return one haven, whatever its status; raises NotFoundError."""
    haven = db.session.get(Haven, haven_id)
    if haven is None:
        raise NotFoundError("There is no haven with this id.")
    return haven


def lock_every() -> None:
    """Let nobody else change a haven, or import one, until this transaction ends.

    What is compared under it can be stored as it was compared.
    """
    here = instance_services.instance()
    if here is not None:
        db.session.refresh(here, with_for_update=True)  # what every entry of the trail waits for too
    db.session.execute(select(Haven.id).with_for_update())


def compare(records: Sequence[Record]) -> Difference:
    """Return what an import would change; changes nothing."""
    return difference(records, every_haven())


def take_in(records: Sequence[Record], now: datetime, by: Person | None = None) -> Difference:
    """Store an import: what is new or stands differently becomes a candidate, whatever it was before.

    What is gone from the file stays as it is. Returns what changed.
    """
    return take_in_difference(compare(records), now, by)


def take_in_difference(found: Difference, now: datetime, by: Person | None = None) -> Difference:
    """Store what `compare` found in this transaction."""
    for record in found.new:
        _add(record)
    for change in found.changed:
        _change(change.haven, change.record)
    if found.new or found.changed:
        _write_down(Action.HAVENS_IMPORTED, now, by)
    return found


def propose(record: Record, by: Person, now: datetime) -> Haven:
    """Add one place as a candidate; raises ConflictError for one that is known already."""
    if not compare([record]).new:
        raise ConflictError("This place is in the list already. Nothing was saved.")
    haven = _add(record)
    db.session.flush()
    _write_down(Action.HAVEN_PROPOSED, now, by, haven)
    return haven


def edit(haven_id: bytes, record: Record, by: Person, now: datetime) -> Haven:
    """Change what is known of a place; it is a candidate then, whatever it was, unless nothing differs.

    Raises NotFoundError, and ConflictError where the words or the position are those of another place.
    """
    haven = _locked(haven_id)
    others = [each for each in every_haven() if each.id != haven.id]
    if not difference([record], others).new:
        raise ConflictError("Another place in the list has this name and address, or this position. Nothing was saved.")
    if difference([record], [haven]).same:
        return haven
    _change(haven, record)
    _write_down(Action.HAVEN_EDITED, now, by, haven)
    return haven


def approve(haven_id: bytes, by: Person, method: Method, on: date, now: datetime) -> Haven:
    """Write down that somebody made sure of a haven.

    A haven becomes active when two different people have approved it, one of them after a visit. One that is active
    counts as verified anew. Raises NotFoundError, InvalidInputError, and ConflictError for a second word of one person.
    """
    haven, today = _to_change(haven_id), now.astimezone(LONDON).date()
    check_day(on, today)
    if haven.status == Status.ACTIVE and trust(haven.verified_on, today) is Trust.PAUSED:
        _pause(haven, None, now)
    if haven.status == Status.ACTIVE:
        _verify(haven, by.role, method, max(on, haven.verified_on or on))
        _write_down(Action.HAVEN_RENEWED, now, by, haven)
        return haven
    _add_approval(haven, by, method, on, today)
    _write_down(Action.HAVEN_APPROVED, now, by, haven)
    visit = deciding_visit(approvals_of(haven.id))
    if visit is not None:
        _verify(haven, role_in(visit.approver), Method.VISIT, visit.done_on)
        haven.status, haven.doubt = Status.ACTIVE, None
        _forget_approvals(haven)
        _write_down(Action.HAVEN_ACTIVATED, now, by, haven)
    return haven


def check(haven_id: bytes, by: Person, method: Method, on: date, now: datetime) -> Haven:
    """Write down that somebody made sure again of a haven that is on the list.

    Raises NotFoundError, InvalidInputError, and ConflictError for one that is not on it.
    """
    haven = _to_change(haven_id)
    if haven.status != Status.ACTIVE or trust(haven.verified_on, now.astimezone(LONDON).date()) is Trust.PAUSED:
        raise ConflictError("This haven is not on the list. It needs two people to approve it. Nothing was saved.")
    return approve(haven_id, by, method, on, now)


def take_back(haven_id: bytes, by: Person, now: datetime) -> Haven:
    """Take back one's own word for a haven that is not active yet.

    Raises NotFoundError, and ConflictError where there is none.
    """
    haven = _to_change(haven_id)
    mine = [each for each in approvals_of(haven.id) if each.approver == by.mark]
    if not mine:
        raise ConflictError("There is no approval of yours to take back. Nothing was changed.")
    for each in mine:
        db.session.delete(each)
    _write_down(Action.HAVEN_APPROVAL_TAKEN_BACK, now, by, haven)
    return haven


def flag(haven_id: bytes, by: Person, doubt: Doubt, now: datetime) -> Haven:
    """Pause a haven at once and keep what is doubted about it, for whoever checks; raises as `pause`."""
    haven = _to_change(haven_id)
    haven.doubt = doubt
    _write_down(Action.HAVEN_FLAGGED, now, by, haven)
    _pause(haven, by, now)
    return haven


def pause(haven_id: bytes, by: Person, now: datetime) -> Haven:
    """Take a haven off the list at once, until two people approve it again; raises NotFoundError, ConflictError."""
    haven = _to_change(haven_id)
    _pause(haven, by, now)
    return haven


def withdraw(haven_id: bytes, by: Person, now: datetime) -> Haven:
    """Take a haven off the list for good; raises NotFoundError, ConflictError."""
    haven = _to_change(haven_id)
    haven.status = Status.WITHDRAWN
    _forget_approvals(haven)
    _write_down(Action.HAVEN_WITHDRAWN, now, by, haven)
    return haven


def is_audited() -> bool:
    """Tell whether there is a trail to write in: it begins when the instance is set up."""
    return instance_services.instance() is not None


def _add(record: Record) -> Haven:
    haven = Haven(id=secrets.token_bytes(16), status=Status.CANDIDATE, demo=False, **record.values)
    db.session.add(haven)
    return haven


def _change(haven: Haven, record: Record) -> None:
    for name, value in record.values.items():
        setattr(haven, name, value)
    haven.status, haven.doubt = Status.CANDIDATE, None
    haven.verified_on = haven.verified_by_role = haven.method = None
    _forget_approvals(haven)


def _locked(haven_id: bytes) -> Haven:
    """A haven with its row locked, so that two people's words cannot pass each other."""
    haven = db.session.get(Haven, haven_id, with_for_update=True, populate_existing=True)
    if haven is None:
        raise NotFoundError("There is no haven with this id.")
    return haven


def _to_change(haven_id: bytes) -> Haven:
    """A haven that was not withdrawn, with its row locked."""
    haven = _locked(haven_id)
    if haven.status == Status.WITHDRAWN:
        raise ConflictError("This haven was withdrawn. Import it again with what has changed, then have it approved.")
    return haven


def _add_approval(haven: Haven, by: Person, method: Method, on: date, today: date) -> None:
    """Keep one word a person; a visit may replace a call or a letter."""
    for each in approvals_of(haven.id):
        if not counts(each.done_on, today) or (each.approver == by.mark and each.method != Method.VISIT == method):
            db.session.delete(each)
        elif each.approver == by.mark:
            raise ConflictError("The same person has approved this haven already. A second person must.")
    db.session.flush()
    db.session.add(HavenApproval(haven_id=haven.id, approver=by.mark, method=method, done_on=on))
    db.session.flush()


def _verify(haven: Haven, role: str, method: Method, on: date) -> None:
    haven.verified_on, haven.verified_by_role, haven.method = on, role, method.value


def _pause(haven: Haven, by: Person | None, now: datetime) -> None:
    haven.status = Status.PAUSED
    _forget_approvals(haven)
    _write_down(Action.HAVEN_PAUSED, now, by, haven)


def _forget_approvals(haven: Haven) -> None:
    db.session.execute(delete(HavenApproval).where(HavenApproval.haven_id == haven.id))


def _write_down(action: Action, now: datetime, by: Person | None = None, haven: Haven | None = None) -> None:
    """Add to the trail."""
    if is_audited():
        append(action, now=now, actor=by.actor if by else None, subject=haven.id if haven else None)


def _place(haven: Haven, now: datetime, today: date, number: int) -> Place:
    hours = read_hours(haven.hours, rooms().pack.site.nation)
    return Place(haven, hours, opening(hours, now), trust(haven.verified_on, today), number)
