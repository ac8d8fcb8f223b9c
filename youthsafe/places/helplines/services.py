"""Use cases around helplines at the desk; each writes one entry of the audit trail in the caller's transaction.

Its subject is a digest of the helpline's id in the pack, because a subject has 16 bytes.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from youthsafe.accounts.services import SignedIn
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.clock import LONDON
from youthsafe.helplines import services as helplines
from youthsafe.helplines.local import Differing, Local, LocalFault, is_fixed, may_be_tried
from youthsafe.pack.services import Service
from youthsafe.places.people import role_name
from youthsafe.rooms import rooms


@dataclass(frozen=True, slots=True)
class Helpline:
    """A helpline as the pack has it, as it is shown, and what is known of it here."""

    pack: Service
    shown: Service
    local: Local
    fixed: bool
    may_be_tried: bool
    due: bool


def every_helpline(now: datetime) -> list[Helpline]:
    """Return the helplines in the pack's order."""
    return [one(each.id, now) for each in rooms().pack.services.services]


def one(service_id: str, now: datetime) -> Helpline:
    """Return one helpline; raises NotFoundError."""
    pack, shown = helplines.as_in_pack(service_id), helplines.shown(service_id)
    tried = may_be_tried(pack)
    due = tried and shown.stale(_today(now))
    return Helpline(pack, shown, helplines.local(service_id), is_fixed(pack), tried, due)


def check(member: SignedIn, service_id: str, way: str, on: date, now: datetime) -> None:
    """Write down that the member tried a helpline; raises NotFoundError, InvalidInputError, ConflictError."""
    helplines.check(service_id, role_name(member), way, on, _today(now))
    _write_down(Action.HELPLINE_CHECKED, member, service_id, now)


def alert(member: SignedIn, service_id: str, now: datetime) -> None:
    """Tell pupils that nobody answers at the moment; raises NotFoundError, ConflictError."""
    helplines.alert(service_id, _today(now))
    _write_down(Action.HELPLINE_ALERTED, member, service_id, now)


def end_alert(member: SignedIn, service_id: str, now: datetime) -> None:
    """Tell pupils that no longer; raises NotFoundError."""
    helplines.end_alert(service_id)
    _write_down(Action.HELPLINE_ALERT_ENDED, member, service_id, now)


def change(member: SignedIn, service_id: str, differing: Differing, now: datetime) -> list[tuple[str, LocalFault]]:
    """Let something differ from the pack here, or return what is wrong with it; raises NotFoundError."""
    wrong = helplines.change(service_id, differing, _today(now))
    if not wrong:
        _write_down(Action.HELPLINE_CHANGED, member, service_id, now)
    return wrong


def restore(member: SignedIn, service_id: str, now: datetime) -> None:
    """Show the pack's entry again; raises NotFoundError."""
    helplines.restore(service_id, _today(now))
    _write_down(Action.HELPLINE_RESTORED, member, service_id, now)


def _write_down(action: Action, member: SignedIn, service_id: str, now: datetime) -> None:
    append(action, now=now, actor=member.id, subject=hashlib.sha256(service_id.encode()).digest()[:16])


def _today(now: datetime) -> date:
    return now.astimezone(LONDON).date()
