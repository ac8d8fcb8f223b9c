"""Use cases around the pack's helplines: showing them as they are known here, and writing down what is."""

from dataclasses import replace
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import select

from youthsafe.errors import ConflictError, InvalidInputError, NotFoundError
from youthsafe.extensions import db
from youthsafe.helplines.local import (
    Differing,
    Local,
    LocalFault,
    as_known_here,
    faults,
    is_fixed,
    may_be_tried,
    with_local,
)
from youthsafe.helplines.models import LocalHelpline
from youthsafe.pack.services import Directory, Service
from youthsafe.rooms import rooms

_FIXED = "999, Childline and Shout stand on every screen and cannot differ here. Nothing was changed."

_UNTRIED: dict[str, Any] = {"checked_on": None, "checked_by": None, "checked_how": None}


def install(app: Flask) -> None:
    """Let the application follow what is known here, at first the pack's own."""
    pack = rooms(app).pack

    def shown(known: dict[str, Local]) -> Directory:
        return with_local(pack.services, known, pack.site.original.tag)

    rooms(app).helplines = rooms(app).following.follow({}, every_local, shown)


def directory() -> Directory:
    """Return the helplines as they are shown here; needs no database."""
    return rooms().helplines.shown


def every_local() -> dict[str, Local]:
    """Return what is known here by the helpline's id."""
    return {row.service_id: _local(row) for row in db.session.scalars(select(LocalHelpline))}


def as_in_pack(service_id: str) -> Service:
    """Return a helpline as the pack has it; raises NotFoundError."""
    try:
        return rooms().pack.services.service(service_id)
    except KeyError:
        raise NotFoundError("There is no such helpline in the content pack.") from None


def local(service_id: str) -> Local:
    """Return what is known here of one helpline."""
    row = db.session.get(LocalHelpline, service_id)
    return Local(service_id, Differing()) if row is None else _local(row)


def shown(service_id: str) -> Service:
    """Return a helpline as it is shown once this transaction is committed; raises NotFoundError."""
    return as_known_here(as_in_pack(service_id), local(service_id), rooms().pack.site.original.tag)


def check(service_id: str, role: str, way: str, on: date, today: date) -> None:
    """Write down that somebody tried a helpline and was answered, which ends an alert.

    Raises NotFoundError, InvalidInputError, ConflictError.
    """
    service = shown(service_id)
    if not may_be_tried(service):
        raise ConflictError("Nobody tries 999 out. Nothing was changed.")
    if way not in service.ways:
        raise InvalidInputError("This helpline cannot be reached in this way.")
    before = local(service_id)
    if on > today or (before.checked_on is not None and on < before.checked_on):
        raise InvalidInputError("Somebody tried it later than that, or the day has not come yet.")
    _put(replace(before, checked_on=on, checked_by=role, checked_how=way, silent_since=None))


def alert(service_id: str, today: date) -> None:
    """Tell pupils that nobody answers at the moment; raises NotFoundError, ConflictError."""
    if is_fixed(as_in_pack(service_id)):
        raise ConflictError(_FIXED)
    before = local(service_id)
    _put(replace(before, silent_since=before.silent_since or today))


def end_alert(service_id: str) -> None:
    """Tell pupils that no longer; raises NotFoundError."""
    as_in_pack(service_id)
    _put(replace(local(service_id), silent_since=None))


def change(service_id: str, differing: Differing, today: date) -> list[tuple[str, LocalFault]]:
    """Let something differ from the pack here, which nobody tried yet; or return what is wrong with it.

    Raises NotFoundError.
    """
    service = as_in_pack(service_id)
    wrong = [("", LocalFault.NOTHING)] if differing.is_empty else list(faults(service, differing))
    before = local(service_id)
    if not wrong and before.differing != differing:
        _put(replace(before, differing=differing, changed_on=today, **_UNTRIED))
    return wrong


def restore(service_id: str, today: date) -> None:
    """Show the pack's entry again, which nobody tried here since; raises NotFoundError."""
    as_in_pack(service_id)
    before = local(service_id)
    if not before.differing.is_empty:
        _put(replace(before, differing=Differing(), changed_on=today, **_UNTRIED))


def _put(known: Local) -> None:
    row = db.session.get(LocalHelpline, known.service_id) or LocalHelpline(service_id=known.service_id)
    differing = known.differing
    row.phone, row.text_to, row.text_say = differing.phone, differing.text_to, differing.text_say
    row.hours, row.hours_text = differing.hours, differing.hours_text
    row.changed_on, row.silent_since = known.changed_on, known.silent_since
    row.checked_on, row.checked_by, row.checked_how = known.checked_on, known.checked_by, known.checked_how
    db.session.add(row)
    db.session.flush()


def _local(row: LocalHelpline) -> Local:
    return Local(
        service_id=row.service_id,
        differing=Differing(row.phone, row.text_to, row.text_say, row.hours, row.hours_text),
        changed_on=row.changed_on,
        silent_since=row.silent_since,
        checked_on=row.checked_on,
        checked_by=row.checked_by,
        checked_how=row.checked_how,
    )
