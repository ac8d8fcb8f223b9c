"""Everything that a mail can say. None of it is about a report."""

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """A kind of mail; its words are in `notify/letters.py`. A value stands in the queue: never change one."""

    WORK_WAITS = "work-waits"
    DANGER_WAITS = "danger-waits"  # to who can open it and is on duty
    DANGER_UNOPENED = "danger-unopened"  # to coordinators: nobody opened it
    SECOND_FACTOR_RESET = "second-factor-reset"  # to whose it was
    SECOND_FACTOR_RESET_BY_YOU = "second-factor-reset-by-you"  # to the colleague who did it
    ACCOUNT_CHANGED = "account-changed"  # anything else about how a member signs in: the desk says what
    MAIL_CHANGED = "mail-changed"  # to the new address, and to the one before
    KIT_LOOKED = "kit-looked"  # to coordinators: whoever has the recovery kit was given what it opens
    FORM_CLOSED = "form-closed"  # it closed itself: to who can open what waits, and to coordinators
    BUNDLE_ENDS = "bundle-ends"  # on the notice's day
    ROSTER_ENDS = "roster-ends"  # on the notice's day
    HEAD = "head"  # every day, to coordinators


class Channel(StrEnum):
    """By what a notice goes out. A value stands in the queue: never change one."""

    MAIL = "mail"
    PUSH = "push"  # only alerts


URGENT: Final = frozenset({Kind.DANGER_WAITS, Kind.DANGER_UNOPENED})
"""Kinds that wait minutes and not an hour for the next try, and are not sent once everything was opened."""
ALERTS: Final = URGENT | {Kind.WORK_WAITS}
"""Kinds of which a member gets one in ten minutes at most, however much there is to tell."""


class Problem(StrEnum):
    """Why a mail was not delivered: a closed list, so that nothing a mail server says is kept or shown."""

    NO_ADDRESS = "no-address"  # the member gave none, or is no member any more
    NO_SUCH_SERVER = "no-such-server"  # its name leads nowhere
    CANNOT_CONNECT = "cannot-connect"
    TIMED_OUT = "timed-out"
    NOT_SMTP = "not-smtp"  # something else answers there
    BROKEN_OFF = "broken-off"
    TLS_MISSING = "tls-missing"
    TLS_FAILED = "tls-failed"
    CERTIFICATE = "certificate"
    SIGN_IN_NOT_OFFERED = "sign-in-not-offered"
    SIGN_IN_WANTED = "sign-in-wanted"
    WRONG_PASSWORD = "wrong-password"  # noqa: S105  # the name of a problem
    SENDER_REFUSED = "sender-refused"
    RECIPIENT_REFUSED = "recipient-refused"
    REFUSED = "refused"
    TRY_LATER = "try-later"
