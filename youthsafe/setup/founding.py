"""Setting the instance up: its keys and its first coordinator come in one piece from a browser, or not at all."""

from dataclasses import dataclass
from datetime import datetime

from youthsafe.accounts import services as accounts_services
from youthsafe.accounts.second_factor import matching_step
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.config import settings
from youthsafe.crypto.change import Change, parse_change
from youthsafe.crypto.encoding import EncodingError
from youthsafe.crypto.roster import Role, Roster, RosterMember
from youthsafe.crypto.wrap import parse_wrap
from youthsafe.errors import ConflictError, InvalidInputError
from youthsafe.setup import kept_kit, link


@dataclass(frozen=True, slots=True)
class Account:
    """What the server keeps of a coordinator who was made in a browser, and a code that shows that the app is set."""

    salt: bytes
    proof: bytes
    wrap: bytes
    second_factor: bytes
    code: str


@dataclass(frozen=True, slots=True)
class SignedBytes:
    """A change as it came, with the root's signature."""

    content: bytes
    signature: bytes


def found(secret: bytes, signed: SignedBytes, account: Account, paper: kept_kit.PaperKit, now: datetime) -> None:
    """Set the instance up; raises NotFoundError for a dead link, ConflictError for a wrong code.

    InvalidInputError says what does not fit together. Whatever is raised, nothing of it is kept.
    """
    link.require(secret, now)
    change = read_change(signed.content)
    member = _only_coordinator(change)
    if change.bundle.demo != settings().demo:
        raise InvalidInputError("A demonstration and a real instance are not set up by one another's keys.")
    add_coordinator(member, account, now)
    apply(signed, now, member.id)
    kept_kit.replace(paper, change.roster)
    link.use_up()
    append(Action.INSTANCE_SET_UP, now=now, actor=member.id, subject=change.instance_id)


def read_change(content: bytes) -> Change:
    """Read a change; raises InvalidInputError."""
    try:
        return parse_change(content)
    except EncodingError as error:
        raise InvalidInputError(f"This cannot be accepted: {error}. Nothing was saved.") from None


def apply(signed: SignedBytes, now: datetime, actor: bytes) -> None:
    """Put a change in force; raises InvalidInputError or ConflictError."""
    try:
        accounts_services.apply_change(signed.content, signed.signature, now, actor)
    except EncodingError as error:
        raise InvalidInputError(f"This cannot be accepted: {error}. Nothing was saved.") from None


def add_coordinator(member: RosterMember, account: Account, now: datetime) -> None:
    """Keep a coordinator's sign-in; raises ConflictError unless the code is one of the second factor's now."""
    if wrap_of(account.wrap) != member.id:
        raise InvalidInputError("The wrap belongs to somebody else. Nothing was saved.")
    accounts_services.add_member(
        member_id=member.id,
        name=member.name,
        role=member.role,
        proof=account.proof,
        salt=account.salt,
        totp_secret=account.second_factor,
        wraps=[account.wrap],
        totp_counter=used_step(account, now),
    )


def used_step(account: Account, now: datetime) -> int:
    """Return the step whose code was given, which is not good again; raises ConflictError for another code."""
    used = matching_step(account.second_factor, account.code, now)
    if used is None:
        raise ConflictError("The code is not right. Nothing was saved. Wait for the next one.")
    return used


def wrap_of(raw: bytes) -> bytes:
    """Return whose wrap these bytes are, as strong as the server says at sign-in; raises InvalidInputError."""
    try:
        wrap = parse_wrap(raw)
    except EncodingError as error:
        raise InvalidInputError(f"This cannot be accepted: {error}. Nothing was saved.") from None
    if (wrap.memory, wrap.passes) != (accounts_services.MEMORY_KIB, accounts_services.PASSES):
        raise InvalidInputError("The wrap is of another strength than the server says at sign-in. Nothing was saved.")
    return wrap.member_id


def _only_coordinator(change: Change) -> RosterMember:
    match change.roster:
        case Roster(members=(RosterMember(role=Role.COORDINATOR) as member,)):
            return member
    raise InvalidInputError("An instance begins with one coordinator and nobody else.")
