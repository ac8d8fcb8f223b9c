"""Use cases of the browsers that members want to be woken in."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select

from youthsafe.accounts.openers import readers
from youthsafe.accounts.services import SignedIn
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.config import settings
from youthsafe.database import readable
from youthsafe.errors import ConflictError, InvalidInputError
from youthsafe.extensions import db
from youthsafe.notify.devices.models import ONLY_ROW, Device, PushKey
from youthsafe.notify.push import PrivateKey, is_known, new_key, public_bytes, read_key

MOST: Final = 10  # of one member


@dataclass(frozen=True, slots=True)
class Woken:
    """A browser, by the address that its push service gave it."""

    id: bytes
    endpoint: str


def key() -> PrivateKey | None:
    """Return the key that push services know us by; none while nobody wanted to be woken, or where it is damaged."""
    number = db.session.scalar(select(readable(PushKey.number)))
    return None if number is None else read_key(number)


def public_key() -> bytes:
    """Return what a browser binds itself to, and make it where there is none; in the caller's transaction."""
    found = key()
    if found is None:
        db.session.execute(delete(Device))  # bound to one that cannot be read
        found = read_key(_made())
    return public_bytes(found)


def contact() -> str:
    """Return where a push service finds whoever runs this."""
    return settings().public_url or "https://localhost"


def add(member: SignedIn, endpoint: str, now: datetime) -> None:
    """Wake a member in a browser from now on; nothing happens the second time. Raises InvalidInputError."""
    if not is_known(endpoint):
        raise InvalidInputError("This browser's push service is not known here.", fields={"endpoint": ["not known"]})
    there = of([member.id]).get(member.id, [])
    if any(each.endpoint == endpoint for each in there):
        return
    if len(there) >= MOST:
        raise ConflictError(f"No more than {MOST} browsers of one member can be woken.")
    db.session.add(Device(id=secrets.token_bytes(16), member_id=member.id, endpoint=endpoint.encode()))
    append(Action.DEVICE_ADDED, now=now, actor=member.id, subject=member.id)


def remove(member: SignedIn, endpoint: str, now: datetime) -> None:
    """Wake a member in a browser no more; nothing happens where that is so."""
    for each in of([member.id]).get(member.id, []):
        if each.endpoint == endpoint:
            forget(each)
            append(Action.DEVICE_REMOVED, now=now, actor=member.id, subject=member.id)


def forget(device: Woken) -> None:
    """Forget a browser that its push service knows no more."""
    db.session.execute(delete(Device).where(Device.id == device.id))


def is_any() -> bool:
    """Tell whether anybody wants to be woken."""
    return db.session.scalar(select(Device.id).limit(1)) is not None


def of(member_ids: Collection[bytes]) -> dict[bytes, list[Woken]]:
    """Return the browsers of members, by member; one that is damaged is left out."""
    query = select(Device.id, Device.member_id, readable(Device.endpoint).label("endpoint"))
    found: dict[bytes, list[Woken]] = {}
    for row in db.session.execute(query.where(Device.member_id.in_(member_ids)).order_by(Device.id)):
        if row.endpoint is not None:
            found.setdefault(row.member_id, []).append(Woken(row.id, row.endpoint.decode()))
    return found


def forget_of_strangers() -> None:
    """Wake nobody any more who reads no reports."""
    db.session.execute(delete(Device).where(Device.member_id.not_in(readers())))


def _made() -> bytes:
    number = new_key()
    db.session.execute(delete(PushKey))
    db.session.add(PushKey(id=ONLY_ROW, number=number))
    db.session.flush()
    return number
