"""Use cases of mail: its settings, a test message, and what coordinators are told by the clock."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import delete, select, update

from youthsafe.accounts import services as accounts_services
from youthsafe.accounts.openers import readers
from youthsafe.accounts.services import SignedIn
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.clock import LONDON
from youthsafe.crypto.roster import Role
from youthsafe.database import readable
from youthsafe.errors import ConflictError, InvalidInputError
from youthsafe.extensions import db
from youthsafe.notices import services as notices_services
from youthsafe.notices.kinds import Kind
from youthsafe.notices.services import Queue
from youthsafe.notify.endings import endings
from youthsafe.notify.mailer import LOCAL, Account, Security
from youthsafe.notify.models import ONLY_ROW, MailSaid, MailSettings

EARLIEST: Final = 7  # o'clock in London, when the day's mail is queued
REMEMBERED: Final = timedelta(days=400)  # longer than anything that is signed lives

_PLAIN = "Encryption is needed, except to a mail server on this machine (localhost)."
_AGAIN = "Type the password again: it is sent nowhere else than where it was meant for."
_NO_USER = "A password goes with a user: write the user too, or no password."
_NO_ADDRESS = "Name an address: your account has none."


@dataclass(frozen=True, slots=True)
class Addressed:
    """How many people of some kind there are, and how many of them have no address of mail."""

    count: int
    without_mail: int


@dataclass(frozen=True, slots=True)
class Mail:
    """Everything that the desk shows of mail. `own` is the address of whoever looks; `readers` are in a team."""

    account: Account | None
    queue: Queue
    delivered_at: datetime | None
    own: str | None
    coordinators: Addressed
    readers: Addressed


def mail(member: SignedIn) -> Mail:
    """Return how mail goes out, and how it stands with it."""
    return Mail(
        account=account(),
        queue=notices_services.queue(),
        delivered_at=db.session.scalar(select(MailSettings.delivered_at)),
        own=accounts_services.mail_addresses([member.id]).get(member.id),
        coordinators=_addressed(accounts_services.members_of(Role.COORDINATOR)),
        readers=readers_mail(),
    )


def readers_mail() -> Addressed:
    """Return how many people are told by mail that something came, were it not for an address that is missing."""
    return _addressed(readers())


def _addressed(member_ids: list[bytes]) -> Addressed:
    return Addressed(len(member_ids), len(member_ids) - len(accounts_services.mail_addresses(member_ids)))


def account() -> Account | None:
    """Return the mail server in use; none while there is none. A damaged password reads as none."""
    columns = (MailSettings.server, MailSettings.port, MailSettings.security, MailSettings.user, MailSettings.sender)
    found = db.session.execute(select(*columns, readable(MailSettings.password).label("password"))).one_or_none()
    if found is None:
        return None
    password = None if found.password is None else found.password.decode()
    return Account(found.server, found.port, Security(found.security), found.user, password, found.sender)


def can_send() -> bool:
    """Tell whether there is a mail server to send by."""
    return db.session.scalar(select(MailSettings.id)) is not None


def is_set_up() -> bool:
    """Tell whether the mail server in use has taken a letter on."""
    return db.session.scalar(select(MailSettings.delivered_at)) is not None


def save(member: SignedIn, given: Account, now: datetime) -> None:
    """Use a mail server from now on, and try at once what waits.

    Without a `password` the one that is there stays, but only for the same server and user: it is never sent to
    another. Raises InvalidInputError, by field.
    """
    if given.security is Security.NONE and given.server not in LOCAL:
        raise InvalidInputError(_PLAIN, fields={"security": [_PLAIN]})
    there = account()
    checked = _with_password(given, there)
    values: dict[str, object] = {
        "server": checked.server,
        "port": checked.port,
        "security": checked.security.value,
        "user": checked.user,
        "password": None if checked.password is None else checked.password.encode(),
        "sender": checked.sender,
    }
    if there is None:
        db.session.add(MailSettings(id=ONLY_ROW, **values))
    else:
        if checked != there:  # what was delivered says nothing of these settings
            values["delivered_at"] = None
        db.session.execute(update(MailSettings).values(values))
    notices_services.try_all_now(now)
    append(Action.MAIL_SET, now=now, actor=member.id)


def remove(member: SignedIn, now: datetime) -> None:
    """Send no mail any more, and forget the server and its password; raises ConflictError where there is none."""
    if not can_send():
        raise ConflictError("There is no mail server to remove.")
    db.session.execute(delete(MailSettings))
    append(Action.MAIL_REMOVED, now=now, actor=member.id)


def begin_test(member: SignedIn, typed: str | None, now: datetime) -> tuple[Account, str]:
    """Return the server to try and the address to send to: the typed one, or the member's own.

    Raises ConflictError where no mail server is set up, and InvalidInputError where there is no address.
    """
    found = account()
    if found is None:
        raise ConflictError("Mail is not set up.")
    recipient = typed or accounts_services.mail_addresses([member.id]).get(member.id)
    if recipient is None:
        raise InvalidInputError(_NO_ADDRESS, fields={"to": [_NO_ADDRESS]})
    append(Action.MAIL_TESTED, now=now, actor=member.id)
    return found, recipient


def note_delivery(now: datetime) -> None:
    """Remember when a mail server last took a letter on."""
    db.session.execute(update(MailSettings).values(delivered_at=now))


def queue_by_the_clock(now: datetime) -> list[Kind]:
    """Queue for the coordinators what ends soon, and once a day the head; returns what was queued.

    Each is said once, also where this runs twice. Nothing is where mail is not set up or no coordinator has an address.
    """
    db.session.execute(delete(MailSaid).where(MailSaid.day < (now - REMEMBERED).date()))
    recipients = list(accounts_services.mail_addresses(accounts_services.members_of(Role.COORDINATOR)))
    if not recipients or not can_send():
        return []
    queued = []
    for each in endings():
        if now < each.ends_at and _say(each.kind, each.day, each.due(now)):
            notices_services.send(each.kind, recipients, now, day=each.day)
            queued.append(each.kind)
    here = now.astimezone(LONDON)
    if here.hour >= EARLIEST and _say(Kind.HEAD, here.date(), [0]):
        notices_services.send(Kind.HEAD, recipients, now)
        queued.append(Kind.HEAD)
    return queued


def _say(kind: Kind, day: date, days_before: Sequence[int]) -> bool:
    """Write down that something is said; False when all of it was."""
    query = select(MailSaid.days_before).where(MailSaid.kind == kind.value, MailSaid.day == day)
    said = set(db.session.scalars(query))
    fresh = [each for each in days_before if each not in said]
    db.session.add_all(MailSaid(kind=kind.value, day=day, days_before=each) for each in fresh)
    db.session.flush()
    return bool(fresh)


def _with_password(given: Account, there: Account | None) -> Account:
    if given.user is None and given.password is not None:
        raise InvalidInputError(_NO_USER, fields={"user": [_NO_USER]})
    if given.user is None or given.password is not None:
        return given
    if there is None or there.password is None or _goes_to(given) != _goes_to(there):
        raise InvalidInputError(_AGAIN, fields={"password": [_AGAIN]})
    return replace(given, password=there.password)


def _goes_to(account: Account) -> tuple[object, ...]:
    """Where a password goes, and how."""
    return account.server, account.port, account.security, account.user
