"""Use cases of taking reports: what the calendar proposes as closed days, stopping at once, and starting again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from youthsafe.accounts.services import SignedIn
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.clock import day_in_london
from youthsafe.instance import services as instance_services
from youthsafe.pack.nations import Nation, bank_holidays
from youthsafe.rooms import rooms

AHEAD: Final = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class BankHoliday:
    """A day on which the borough's nation has a bank holiday, or the substitute for one."""

    day: date
    name: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The bank holidays of the borough's nation from today on, as far ahead as a bundle should name closed days."""

    nation: Nation
    last: date
    holidays: list[BankHoliday]


def calendar(now: datetime) -> Calendar:
    """Return the bank holidays to come."""
    nation, today = rooms().pack.site.nation, day_in_london(now)
    found = bank_holidays(nation, today, today + AHEAD)
    return Calendar(nation, today + AHEAD, [BankHoliday(day, name) for day, name in found.items()])


def stop(member: SignedIn, now: datetime) -> None:
    """Close the form for everybody from now on; once it is closed so, nothing happens.

    What was sealed before still comes in: a child was told that it would.
    """
    stop_id = instance_services.stop_taking_reports(now)
    if stop_id is not None:
        append(Action.FORM_STOPPED, now=now, actor=member.id, subject=stop_id)


def take_again(member: SignedIn, now: datetime) -> None:
    """End the stop; without one nothing happens."""
    for stop_id in instance_services.take_reports_again(now):
        append(Action.FORM_TAKEN_UP, now=now, actor=member.id, subject=stop_id)
