"""The form closes itself when nobody reads, and opens by itself when somebody does.

Two things close it: a drill that lies unopened for longer than its limit of reading time, and a day's reading in which
nobody of the team was at the desk. Neither can be brought about by what a stranger sends.
"""

from datetime import datetime, timedelta

from youthsafe.accounts import services as accounts_services
from youthsafe.accounts.openers import openers
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.config import settings
from youthsafe.crypto.roster import Role
from youthsafe.drills import services
from youthsafe.instance import services as instance_services
from youthsafe.instance.models import StopReason
from youthsafe.instance.services import Readers
from youthsafe.notices import services as notices_services
from youthsafe.notices.kinds import Kind


def look(now: datetime) -> str:
    """Close the form or open it again, as it stands now; returns in words what was done.

    Everybody who can do something about it is told once by mail, however long it stays closed. While a coordinator
    stops it, all stays as it was.
    """
    if instance_services.is_stopped_by_member():
        return ""
    readers = instance_services.readers()
    why = None if readers is None else _why(readers, now)
    standing = instance_services.own_stop()
    if standing is not None and why is not None:
        standing.reason = why
    elif standing is not None:
        standing.ended_at = now
        append(Action.FORM_OPENED_ITSELF, now=now, subject=standing.id)
        return "The form is open again."
    elif readers is not None and why is not None:
        append(Action.FORM_CLOSED_ITSELF, now=now, subject=instance_services.begin_stop(why, now))
        told = {*openers([readers.team.id]), *accounts_services.members_of(Role.COORDINATOR)}
        notices_services.send(Kind.FORM_CLOSED, accounts_services.mail_addresses(told), now)
        return f"The form closed itself: {why}."
    return ""


def _why(readers: Readers, now: datetime) -> StopReason | None:
    if not instance_services.is_form_open():
        return None
    if _lies_unread(readers, now):
        return StopReason.UNREAD
    return StopReason.NOBODY if _nobody_came(readers, now) else None


def _lies_unread(readers: Readers, now: datetime) -> bool:
    """Tell whether a drill has lain unopened for all of its limit, counted while the team reads."""
    drill = services.oldest_unopened(readers.team.id)
    latest = readers.hours.ago(now, timedelta(minutes=settings().drill_limit))
    return drill is not None and latest is not None and drill.made_at <= latest


def _nobody_came(readers: Readers, now: datetime) -> bool:
    """Tell whether nobody of the team was at the desk from the beginning of the last whole stretch of reading on.

    A stretch counts that was signed before it began, and in which the form took reports.
    """
    last = readers.hours.last(now)
    if last is None or last.opens < readers.since or not instance_services.took_reports(last.opens, last.closes):
        return False
    seen = instance_services.last_seen(readers.team.id)
    return seen is None or seen < last.opens
