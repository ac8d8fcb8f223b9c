"""Reading what the recovery kit opens from a copy of the database; nothing is written."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from youthsafe.accounts.restored import kit_grants
from youthsafe.crypto.envelope import Direction
from youthsafe.extensions import db
from youthsafe.instance import services as instance_services
from youthsafe.mailbox.models import CardEntry, Message, Report
from youthsafe.recovery.opening import (
    OpenedEntry,
    OpenedMessage,
    OpenedReport,
    Seeds,
    open_answer,
    open_card_entry,
    open_follow_up,
    open_report,
)
from youthsafe.recovery.paper import KitError, kit_keys, open_grants, require_kit_of
from youthsafe.setup.kept_kit import kept_wrap

_BY = {Direction.TO_TEAM: open_follow_up, Direction.TO_REPORTER: open_answer}


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message as it came and as it opened; none for one that does not open."""

    direction: Direction
    received_at: datetime
    opened: OpenedMessage | None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry of a case card as it came and as it opened; none for one that does not open.

    `follows`: whether it names the entry before it, or as the first one the report's envelope.
    """

    received_at: datetime
    follows: bool
    opened: OpenedEntry | None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report as it came and as it opened, with its messages and its card; none for one that does not open."""

    id: bytes
    team: str
    received_at: datetime
    state: str
    opened: OpenedReport | None
    messages: tuple[MessageRow, ...]
    card: tuple[EntryRow, ...]


def seeds_under(secret: bytes) -> Seeds:
    """Return every team's keys that are sealed to this kit; raises KitError or another ValueError."""
    change, wrap = instance_services.newest_change(), kept_wrap()
    if change is None or wrap is None:
        raise KitError("Nobody has set up the instance of this database.")
    keys = kit_keys(secret)
    require_kit_of(keys, change.roster, change.root, wrap)
    return open_grants(keys, change.roster, kit_grants())


def every_report(seeds: Seeds) -> Iterator[ReportRow]:
    """Yield each report of the database, the oldest first."""
    change = instance_services.newest_change()
    names = {team.id: team.name for team in change.bundle.teams} if change else {}
    for report in db.session.scalars(select(Report).order_by(Report.received_at, Report.id)):
        yield _report(report, seeds, names.get(report.team_id, report.team_id.hex()))
        db.session.expunge(report)


def _report(report: Report, seeds: Seeds, team: str) -> ReportRow:
    try:
        opened = open_report(report.envelope, report.id, seeds)
    except ValueError:
        return ReportRow(report.id, team, report.received_at, report.state, None, (), ())
    messages = tuple(_message(report, each, seeds, opened) for each in report.messages)
    return ReportRow(report.id, team, report.received_at, report.state, opened, messages, tuple(_card(report, seeds)))


def _card(report: Report, seeds: Seeds) -> Iterator[EntryRow]:
    previous = hashlib.sha256(report.envelope).digest()
    entries = select(CardEntry).where(CardEntry.report_id == report.id).order_by(CardEntry.number)
    for entry in db.session.scalars(entries):
        opened = _opened_entry(entry.content, report.id, seeds)
        yield EntryRow(entry.received_at, opened is not None and opened.previous == previous, opened)
        previous = hashlib.sha256(entry.content).digest()


def _opened_entry(content: bytes, report_id: bytes, seeds: Seeds) -> OpenedEntry | None:
    try:
        return open_card_entry(content, report_id, seeds)
    except ValueError:
        return None


def _message(report: Report, message: Message, seeds: Seeds, opened: OpenedReport) -> MessageRow:
    direction = Direction(message.direction)
    try:
        found = _BY[direction](message.envelope, report.id, seeds, opened, report.mailbox_key)
    except ValueError:
        return MessageRow(direction, message.received_at, None)
    return MessageRow(direction, message.received_at, found)
