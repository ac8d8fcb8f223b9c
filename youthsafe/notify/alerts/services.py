"""What is told of what waits for a team while it reads: to whom, and each step once. Nothing here knows what waits.

A report in danger that nobody opens takes three steps; anything else is gathered by the hour. A step is written down
in the transaction that queues its mails, so two machines, or one that was killed, take none twice and leave none out.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from youthsafe.accounts import services as accounts_services
from youthsafe.accounts.openers import openers, teams_of
from youthsafe.accounts.services import SignedIn
from youthsafe.crypto.roster import Role
from youthsafe.extensions import db
from youthsafe.instance import services as instance_services
from youthsafe.instance.reading_hours import ReadingHours
from youthsafe.mailbox import services as mailbox_services
from youthsafe.mailbox import telling
from youthsafe.notices import services as notices_services
from youthsafe.notices.kinds import URGENT, Channel, Kind
from youthsafe.notices.services import Taken
from youthsafe.notify import services
from youthsafe.notify.devices import services as devices_services
from youthsafe.notify.models import WorkTold
from youthsafe.privacy.coarse_time import to_hour

CLOCKS_DIFFER: Final = timedelta(minutes=10)  # at most, on two machines that are both right


@dataclass(frozen=True, slots=True)
class Step:
    """What is told once so much time of reading has passed since a report in danger came."""

    number: int
    after: timedelta
    kind: Kind


STEPS: Final = (
    Step(1, timedelta(), Kind.DANGER_WAITS),
    Step(2, timedelta(minutes=10), Kind.DANGER_WAITS),
    Step(3, timedelta(minutes=15), Kind.DANGER_UNOPENED),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the desk shows: unopened reports in danger and others, the hour of the last alert, whether one is stuck."""

    urgent: int
    others: int
    last: datetime | None
    failing: bool


def shown(member: SignedIn) -> Shown:
    """Return how many reports of a member's teams nobody has opened, and how it stands with alerts."""
    urgent, others = (mailbox_services.count_unopened(member.teams, urgent=urgent) for urgent in (True, False))
    last = notices_services.last_alert()
    return Shown(urgent, others, None if last is None else to_hour(last), notices_services.alert_is_stuck())


def queue_alerts(now: datetime) -> list[Kind]:
    """Queue what is to be told now to who is on duty; returns which kinds. None where nothing can be sent."""
    telling.forget_settled()
    notices_services.blur_alerted(now)
    devices_services.forget_of_strangers()
    if not services.can_send() and not devices_services.is_any():
        return []
    on_duty = {team: hours for team, hours in instance_services.reading_hours().items() if hours.at(now)}
    queued = [each.kind for each in STEPS if _take(each, on_duty, now)]
    return queued + ([Kind.WORK_WAITS] if _tell_of_work(on_duty, now) else [])


def is_moot(taken: Taken) -> bool:
    """Tell whether an urgent notice came too late: everything in danger that its member can read was opened."""
    if taken.kind not in URGENT:
        return False
    unopened = telling.teams_in_danger()
    return not unopened or (taken.kind is Kind.DANGER_WAITS and teams_of(taken.member_id).isdisjoint(unopened))


def _take(step: Step, on_duty: Mapping[bytes, ReadingHours], now: datetime) -> bool:
    """Take a step for the reports that it is time for; returns whether there were any."""
    since = {team: hours.ago(now, step.after) for team, hours in on_duty.items()}
    teams = telling.newly_in_danger(step.number, {team: moment for team, moment in since.items() if moment is not None})
    if teams:
        _alert(step.kind, _recipients(step.kind, teams), now)
    return bool(teams)


def _alert(kind: Kind, member_ids: Collection[bytes], now: datetime) -> None:
    """Queue an alert for members by everything by which each of them can be reached."""
    if services.can_send():
        notices_services.alert(kind, Channel.MAIL, accounts_services.mail_addresses(member_ids), now)
    notices_services.alert(kind, Channel.PUSH, devices_services.of(member_ids), now)


def _recipients(kind: Kind, teams: Collection[bytes]) -> set[bytes]:
    """Return who is told: whoever can open it; at last each team's own coordinators, or all where it has none."""
    if kind is not Kind.DANGER_UNOPENED:
        return set(openers(teams))
    coordinators = set(accounts_services.members_of(Role.COORDINATOR))
    return {each for team in teams for each in coordinators.intersection(openers([team])) or coordinators}


def _tell_of_work(on_duty: Mapping[bytes, ReadingHours], now: datetime) -> bool:
    """Look, when reading begins and with each full hour, what came for a team since the last look.

    One alert, however much came and for however many of somebody's teams.
    """
    looked = {each.team_id: each.looked_at for each in db.session.scalars(select(WorkTold))}
    due = [team for team, hours in on_duty.items() if _is_time_to_look(looked.get(team), hours, now)]
    for team in due:
        db.session.merge(WorkTold(team_id=team, looked_at=now))
    fresh = telling.newly_waiting(due)
    if fresh:
        _alert(Kind.WORK_WAITS, openers(fresh), now)
    return bool(fresh)


def _is_time_to_look(looked_at: datetime | None, hours: ReadingHours, now: datetime) -> bool:
    reading = hours.at(now)
    if reading is None or looked_at is None:
        return reading is not None
    return not max(reading.opens, to_hour(now)) <= looked_at <= now + CLOCKS_DIFFER
