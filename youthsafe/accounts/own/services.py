"""Use cases of a member's own account.

Whoever changes keys, factors or the address for mail has given both factors a short while ago, or enrols with a
colleague's code.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from youthsafe.accounts import factors, passkeys, recovery_codes, second_factor, security_events, services
from youthsafe.accounts.models import Member, MemberWrap, Passkey, StaffSession
from youthsafe.accounts.passkeys import Attestation, Site
from youthsafe.accounts.security_events import EventKind
from youthsafe.accounts.services import SignedIn
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.crypto.encoding import EncodingError
from youthsafe.crypto.wrap import parse_wrap
from youthsafe.errors import ConflictError, InvalidInputError, NotAllowedError, NotFoundError, NotSignedInError
from youthsafe.extensions import db
from youthsafe.notices import services as notices_services
from youthsafe.notices.kinds import Kind
from youthsafe.privacy.mail_address import MailAddressError

SESSION_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Account:
    """What a member sees of the own account. `confirmed`: both factors were given a short while ago."""

    member: SignedIn
    app: bool
    passkeys: list[Passkey]
    codes_left: int
    mail: str | None
    confirmed: bool


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser where a member is signed in, by the beginning of its keyed hash."""

    id: bytes
    begun: datetime
    seen: datetime
    here: bool


@dataclass(frozen=True, slots=True)
class NewWords:
    """What a browser made of new six words: another proof and salt, and the seed under the words."""

    proof: bytes
    salt: bytes
    wrap: bytes


@dataclass(frozen=True, slots=True)
class AppSecret:
    """A secret for an app, in base32 and as the address that an app reads."""

    secret: str
    address: str


def account(member: SignedIn) -> Account:
    """Return what a member sees of the own account."""
    row = _row(member)
    return Account(
        member=member,
        app=row.totp_secret is not None,
        passkeys=passkeys.of_member(member.id),
        codes_left=recovery_codes.left(member.id),
        mail=services.mail_addresses([member.id]).get(member.id),
        confirmed=member.confirmed,
    )


def require_confirmed(member: SignedIn) -> None:
    """Raise NotAllowedError unless both factors were given a short while ago, or the second one is being enrolled."""
    if not (member.confirmed or member.enrolling):
        raise NotAllowedError("Give your words and a code again first. Nothing was saved.")


def change_words(token: bytes, member: SignedIn, new: NewWords, now: datetime) -> None:
    """Put new words in the place of the old ones, and end every other session; all or nothing.

    Raises InvalidInputError for a wrap of another kind, member or strength than sign-in will ask for.
    """
    row = _to_change(token, member, now)
    check_words_wrap(member.id, new.salt, new.wrap)
    row.verifier, row.salt = services.verifier(member.id, new.proof), new.salt
    row.memory, row.passes = services.MEMORY_KIB, services.PASSES
    db.session.execute(delete(MemberWrap).where(MemberWrap.member_id == member.id))
    db.session.add(MemberWrap(member_id=member.id, position=0, content=new.wrap))
    _end_others(token, member)
    append(Action.WORDS_CHANGED, now=now, actor=member.id, subject=member.id)
    security_events.tell(member.id, EventKind.WORDS_CHANGED, now)


def check_words_wrap(member_id: bytes, salt: bytes, wrap: bytes) -> None:
    """Raise InvalidInputError unless a wrap is this member's, under words stretched as sign-in asks for."""
    try:
        found = parse_wrap(wrap)
    except EncodingError:
        raise InvalidInputError("The wrapped key is not well formed. Nothing was saved.") from None
    same = (found.memory, found.passes) == (services.MEMORY_KIB, services.PASSES)
    if found.member_id != member_id or found.salt != salt or not same:
        raise InvalidInputError("The wrapped key is not this member's. Nothing was saved.")


def begin_app(token: bytes, member: SignedIn, now: datetime) -> AppSecret:
    """Make a secret for an app. It counts once a code of it was given; until then what was there before does."""
    row = _to_change(token, member, now)
    row.totp_next = second_factor.new_secret()
    return app_secret(row.totp_next, member.name)


def app_secret(secret: bytes, name: str) -> AppSecret:
    """Return a secret as an app takes it."""
    return AppSecret(second_factor.readable(secret), second_factor.enrolment_uri(secret, name))


def confirm_app(token: bytes, member: SignedIn, code: str, now: datetime) -> None:
    """Let the new secret be the second factor, because a code of it was given, and end every other session.

    Raises InvalidInputError for a wrong code.
    """
    row = _to_change(token, member, now)
    step = None if row.totp_next is None else second_factor.matching_step(row.totp_next, code, now)
    if step is None:
        raise InvalidInputError("This code is not right. Nothing was saved.", fields={"code": ["not right"]})
    row.totp_secret, row.totp_next, row.totp_counter = row.totp_next, None, step
    _end_others(token, member)
    _enrolled(token, member, now, Action.APP_ENROLLED)


def remove_app(token: bytes, member: SignedIn, now: datetime) -> None:
    """Let codes of the app count no more; raises ConflictError when there is no passkey to sign in with."""
    row = _to_change(token, member, now)
    if passkeys.count(member.id) == 0:
        raise ConflictError("This is the only second factor. Nothing was changed.")
    row.totp_secret = row.totp_next = None
    append(Action.APP_REMOVED, now=now, actor=member.id, subject=member.id)
    security_events.tell(member.id, EventKind.FACTOR_REMOVED, now)


def add_passkey(token: bytes, member: SignedIn, made: Attestation, now: datetime, *, site: Site) -> Passkey:
    """Keep a new passkey; the first one after a reset ends every other session. Raises as `passkeys.add`."""
    _to_change(token, member, now)
    passkey = passkeys.add(member.id, made, site, now)
    if member.enrolling:
        _end_others(token, member)
    _enrolled(token, member, now, Action.PASSKEY_ADDED)
    return passkey


def remove_passkey(token: bytes, member: SignedIn, passkey_id: bytes, now: datetime) -> None:
    """Take a passkey away; raises ConflictError for the only second factor, and NotFoundError."""
    row = _to_change(token, member, now)
    if not passkeys.remove(member.id, passkey_id):
        raise NotFoundError("There is no such passkey.")
    if not factors.has_any(row):
        raise ConflictError("This is the only second factor. Nothing was changed.")
    append(Action.PASSKEY_REMOVED, now=now, actor=member.id, subject=member.id)
    security_events.tell(member.id, EventKind.FACTOR_REMOVED, now)


def new_recovery_codes(token: bytes, member: SignedIn, now: datetime) -> list[str]:
    """Make ten new recovery codes; the earlier ones count no more."""
    _to_change(token, member, now)
    append(Action.RECOVERY_CODES_MADE, now=now, actor=member.id, subject=member.id)
    return recovery_codes.renew(member.id)


def set_mail(token: bytes, member: SignedIn, address: str | None, now: datetime) -> None:
    """Keep an address of mail, or none, and tell the one before; raises InvalidInputError for what is no address."""
    _to_change(token, member, now)
    before = services.mail_addresses([member.id]).get(member.id)
    try:
        services.set_mail(member.id, address)
    except MailAddressError:
        raise InvalidInputError("This is no address of mail.", fields={"address": ["not an address"]}) from None
    append(Action.MAIL_CHANGED, now=now, actor=member.id, subject=member.id)
    security_events.tell(member.id, EventKind.MAIL_CHANGED, now)
    if before is not None and before != address:
        notices_services.send_to(before, Kind.MAIL_CHANGED, member.id, now)


def sessions(token: bytes, member: SignedIn, now: datetime) -> list[OpenSession]:
    """Return where a member is signed in, the newest first."""
    query = select(StaffSession).where(
        StaffSession.member_id == member.id,
        StaffSession.expires_at > now,
        StaffSession.seen_at > now - services.IDLE_LIFE,
    )
    here = services.token_hash(token)
    found = db.session.scalars(query.order_by(StaffSession.created_at.desc(), StaffSession.token_hash))
    return [
        OpenSession(each.token_hash[:SESSION_ID_BYTES], each.created_at, each.seen_at, each.token_hash == here)
        for each in found
    ]


def end_session(member: SignedIn, session_id: bytes, now: datetime) -> None:
    """End one of a member's sessions; raises NotFoundError."""
    mine = db.session.scalars(select(StaffSession).where(StaffSession.member_id == member.id))
    found = [each for each in mine if each.token_hash[:SESSION_ID_BYTES] == session_id]
    if not found:
        raise NotFoundError("There is no such session.")
    db.session.delete(found[0])
    append(Action.SESSIONS_ENDED, now=now, actor=member.id, subject=member.id)


def end_other_sessions(token: bytes, member: SignedIn, now: datetime) -> None:
    """End every session of a member but the one that asks."""
    _end_others(token, member)
    append(Action.SESSIONS_ENDED, now=now, actor=member.id, subject=member.id)


def _to_change(token: bytes, member: SignedIn, now: datetime) -> Member:
    """Return a member's row, locked; raises NotAllowedError, and NotSignedInError for a session that ended meanwhile.

    Whoever was let in a moment ago may have waited for the change that ended their session.
    """
    require_confirmed(member)
    row = _row(member, lock=True)
    if services.live_session(token, now) is None:
        raise NotSignedInError("Please sign in.")
    return row


def _enrolled(token: bytes, member: SignedIn, now: datetime, action: Action) -> None:
    services.end_enrolling(token, member.id, now)
    append(action, now=now, actor=member.id, subject=member.id)
    security_events.tell(member.id, EventKind.FACTOR_ADDED, now)


def _end_others(token: bytes, member: SignedIn) -> None:
    here = services.token_hash(token)
    others = (StaffSession.member_id == member.id, StaffSession.token_hash != here)
    db.session.execute(delete(StaffSession).where(*others))


def _row(member: SignedIn, *, lock: bool = False) -> Member:
    return db.session.get_one(Member, member.id, with_for_update=lock or None)
