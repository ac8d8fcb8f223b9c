"""The words of each kind of mail, in the language of the instance. Nothing here is about a report."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from flask_babel import format_date
from flask_babel import gettext as _

from youthsafe.audit import services as audit_services
from youthsafe.audit.signed_names import names
from youthsafe.config import settings
from youthsafe.crypto.change import head_in_groups
from youthsafe.crypto.encoding import b64
from youthsafe.instance import services as instance_services
from youthsafe.notices.kinds import Kind
from youthsafe.notify.endings import endings
from youthsafe.privacy.mail_address import domain_of
from youthsafe.rooms import rooms
from youthsafe.web import locale


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter says."""

    subject: str
    paragraphs: tuple[str, ...]


def letter(sender: str, recipient: str, words: Words, number: bytes, now: datetime) -> EmailMessage:
    """Return a letter as it goes out. The same number gives the same Message-ID, by which a second copy is known."""
    brand = rooms().pack.site.brand.in_locale(locale.default()).text
    found = EmailMessage(policy=SMTP)
    found["From"] = Address(brand, addr_spec=sender)
    found["To"] = recipient
    found["Subject"] = f"{brand}: {words.subject}"
    found["Date"] = format_datetime(now)
    found["Message-ID"] = f"<{b64(number)}@{domain_of(sender)}>"
    found["Auto-Submitted"] = "auto-generated"
    found.set_content("\n\n".join([*words.paragraphs, *_last()]) + "\n", cte="quoted-printable")
    return found


def words_of(kind: Kind, day: date | None) -> Words:
    """Return what a mail of a kind says, about a day where it has one; a HEAD says what is so now."""
    return _WORDS[kind]("" if day is None else format_date(day, "long"))


def test_words() -> Words:
    """Return what a test message says."""
    return Words(
        _("A test message"),
        (_("This is a test. If you can read it, mail from this website arrives."),),
    )


def _work_waits(_day: str) -> Words:
    return Words(
        _("Something is waiting at the desk"),
        (_("Something is waiting for you at the desk. This message does not say what, because others may read mail."),),
    )


def _danger_waits(_day: str) -> Words:
    return Words(
        _("Urgent: open the desk now"),
        (
            _("One or more urgent reports wait at the desk, and nobody has opened them. Please open the desk now."),
            _("You are told again after 10 minutes, and coordinators after 15, unless somebody opens them."),
        ),
    )


def _danger_unopened(_day: str) -> Words:
    return Words(
        _("Urgent reports are still unopened"),
        (
            _("One or more urgent reports have waited for 15 minutes of reading time, and nobody has opened them."),
            _("Open them, or ring somebody who can. If you see none at your desk, they are another team’s."),
        ),
    )


def _second_factor_reset(_day: str) -> Words:
    return Words(
        _("Your second factor was reset"),
        (
            _("A colleague reset your second factor. You can sign in again with a new one."),
            _("You did not ask for this? Ring a coordinator now. Use a number that you already have."),
        ),
    )


def _second_factor_reset_by_you(_day: str) -> Words:
    return Words(
        _("You reset the second factor of a colleague"),
        (
            _("The second factor of a colleague was reset under your name. They are told as well."),
            _("That was not you? Ring another coordinator now. Use a number that you already have."),
        ),
    )


def _account_changed(_day: str) -> Words:
    return Words(
        _("Something about your account was changed"),
        (
            _("Something about how you sign in was changed. The desk says what, when you sign in."),
            _("That was not you? Ring a coordinator now. Use a number that you already have."),
        ),
    )


def _mail_changed(_day: str) -> Words:
    return Words(
        _("Your address for mail was changed"),
        (
            _("The address for mail from the desk was changed. If it is not this one, nothing more comes here."),
            _("That was not you? Ring a coordinator now. Use a number that you already have."),
        ),
    )


def _kit_looked(_day: str) -> Words:
    return Words(
        _("Somebody used the recovery kit"),
        (
            _("Somebody typed the recovery kit. With it every report can be opened, and the website taken over."),
            _("That was none of you? Sign in now and make a new kit. Then ring the other coordinators."),
        ),
    )


def _form_closed(_day: str) -> Words:
    return Words(
        _("The form has closed itself"),
        (
            _("Nobody has opened what waits at the desk for too long. So pupils cannot send reports now."),
            _("Sign in and open what waits. Then the form opens again by itself."),
        ),
    )


def _bundle_ends(day: str) -> Words:
    return Words(
        _("The list of teams ends on %(day)s", day=day),
        (
            _("The signed list of teams ends on %(day)s. After that nobody can send a report.", day=day),
            _("A coordinator signs it again at the desk. It takes a minute."),
        ),
    )


def _roster_ends(day: str) -> Words:
    return Words(
        _("The list of people ends on %(day)s", day=day),
        (
            _("The signed list of people ends on %(day)s. After that nobody can open a report.", day=day),
            _("A coordinator signs it again at the desk. It takes a minute."),
        ),
    )


def _head(_day: str) -> Words:
    return Words(
        _("The heads to compare today"),
        (
            *_of_changes(),
            *_of_trail(),
            _("Keep this message. Whoever runs the server can show with it later that nothing was cut off the trail."),
            *(_ends(each.kind, format_date(each.day, "long")) for each in endings()),
        ),
    )


def _ends(kind: Kind, day: str) -> str:
    of_teams: str = _("The list of teams ends on %(day)s.", day=day)
    of_people: str = _("The list of people ends on %(day)s.", day=day)
    return of_teams if kind is Kind.BUNDLE_ENDS else of_people


def _of_changes() -> tuple[str, ...]:
    """The newest signed change as the desk shows it: its number, and the first half of its head."""
    change = instance_services.newest_change()
    if change is None:
        return ()
    return (
        _("Newest signed change: number %(number)s. Its head is:", number=change.number),
        head_in_groups(change.head),
        _("Compare it with a colleague now and then: for one number there is one head."),
        _("They are different? Then one of you is shown something false. Stop work, and ring the other coordinators."),
    )


def _of_trail() -> Iterator[str]:
    """The head of each chain of the audit trail, in two lines; not how long it is: that is nobody's business."""
    known = names()
    yield _("The audit trail has a chain for each team, and one for this website. Their heads are:")
    for head in audit_services.heads():
        whose = _("This website") if head.chain == known.instance else known.of_chain(head.chain)
        yield "\n".join((whose, head.hash[:16].hex(" ", 2), head.hash[16:].hex(" ", 2)))


def _last() -> tuple[str, ...]:
    """What stands at the end of every letter."""
    found = (_("Do not answer this message. Nobody reads what is sent to its sender."),)
    address = settings().public_url
    return found if address is None else (_("The desk: %(address)s", address=f"{address}/staff/"), *found)


_WORDS: Final[Mapping[Kind, Callable[[str], Words]]] = {
    Kind.WORK_WAITS: _work_waits,
    Kind.DANGER_WAITS: _danger_waits,
    Kind.DANGER_UNOPENED: _danger_unopened,
    Kind.SECOND_FACTOR_RESET: _second_factor_reset,
    Kind.SECOND_FACTOR_RESET_BY_YOU: _second_factor_reset_by_you,
    Kind.ACCOUNT_CHANGED: _account_changed,
    Kind.MAIL_CHANGED: _mail_changed,
    Kind.KIT_LOOKED: _kit_looked,
    Kind.FORM_CLOSED: _form_closed,
    Kind.BUNDLE_ENDS: _bundle_ends,
    Kind.ROSTER_ENDS: _roster_ends,
    Kind.HEAD: _head,
}
