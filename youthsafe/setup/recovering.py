"""Coming back by the recovery kit when everybody's words are lost: one coordinator, with new keys and a new kit."""

from dataclasses import dataclass
from datetime import datetime

from youthsafe.accounts import restored, security_events
from youthsafe.accounts import services as accounts_services
from youthsafe.accounts.restored import NewSignIn
from youthsafe.accounts.security_events import EventKind
from youthsafe.accounts.services import SignedIn
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.crypto.change import Signed
from youthsafe.crypto.roster import Role, RosterMember
from youthsafe.errors import InvalidInputError, NotFoundError
from youthsafe.instance import services as instance_services
from youthsafe.setup import founding, kept_kit
from youthsafe.setup.founding import Account, SignedBytes
from youthsafe.setup.kept_kit import PaperKit


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the kit opens, and the change in force that a browser holds it against."""

    wrap: bytes
    grants: list[bytes]
    change: Signed


def look(token: bytes, now: datetime) -> Sealed:
    """Return what is sealed to the kit, and have every coordinator told; raises NotFoundError for any other token."""
    wrap = kept_kit.open_to(token)
    newest = instance_services.changes(None)
    if not newest:
        raise NotFoundError("Nobody has set this instance up.")
    append(Action.KIT_LOOKED, now=now)
    for each in accounts_services.members_of(Role.COORDINATOR):
        security_events.tell(each, EventKind.KIT_LOOKED, now)
    return Sealed(wrap, restored.kit_grants(), newest[-1])


def restore(token: bytes, signed: SignedBytes, account: Account, paper: PaperKit, now: datetime) -> None:
    """Put the change in force that brings one coordinator back, whose wrap says who; the kit is used up.

    Raises NotFoundError for another kit, ConflictError for a wrong code or when another change came first, and
    InvalidInputError for what does not fit together. Whatever is raised, nothing of it is kept.
    """
    kept_kit.open_to(token)
    before, change = instance_services.newest_change(), founding.read_change(signed.content)
    member = _restored(change.roster.members, founding.wrap_of(account.wrap))
    if before is None or change.roster.recovery_key == before.roster.recovery_key:
        raise InvalidInputError("The kit is used up, so a new one must take its place. Nothing was saved.")
    used = founding.used_step(account, now)
    restored.give_sign_in(member, NewSignIn(account.salt, account.proof, account.wrap, account.second_factor, used))
    founding.apply(signed, now, member.id)
    kept_kit.replace(paper, change.roster)
    append(Action.KIT_USED, now=now, actor=member.id, subject=member.id)


def replace_kit(member: SignedIn, signed: SignedBytes, paper: PaperKit, now: datetime) -> None:
    """Put the change in force that names a new kit, and keep what comes of that kit; the old one is dead.

    Raises ConflictError when another change came first, and InvalidInputError for what does not fit together.
    """
    before, change = instance_services.newest_change(), founding.read_change(signed.content)
    if before is None or change.roster.recovery_key == before.roster.recovery_key:
        raise InvalidInputError("This change names no new kit. Nothing was saved.")
    founding.apply(signed, now, member.id)
    kept_kit.replace(paper, change.roster)
    append(Action.KIT_REPLACED, now=now, actor=member.id)


def _restored(members: tuple[RosterMember, ...], member_id: bytes) -> RosterMember:
    for member in members:
        if member.id == member_id and member.role is Role.COORDINATOR:
            return member
    raise InvalidInputError("Whoever comes back must be a coordinator of the new roster. Nothing was saved.")
