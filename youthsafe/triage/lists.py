"""The desk's lists, a page at a time.

Only the facts that a line shows are read, from the indexes that mailbox/models.py made for them: no list opens an
envelope or decrypts a column, and none reads more rows than it gives.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, false, func, literal_column, select, true, tuple_

from youthsafe.accounts.services import SignedIn
from youthsafe.database import DAMAGED, readable_moment
from youthsafe.extensions import db
from youthsafe.mailbox.models import Report
from youthsafe.mailbox.standing import CLOSED, HIDDEN, WAITING, ReportState
from youthsafe.triage.summaries import ReportSummary, columns, summaries

PAGE = 200
_HOUR = timedelta(hours=1)
# Whose turn it is comes first: what waits for the team, in danger before the rest, then what waits for its reporter.
_RANKS = ((True, True), (True, False), (False, True), (False, False))  # unanswered, urgent
_LINE = columns()


@dataclass(frozen=True, slots=True)
class PageEnd:
    """Where a page ends: the next begins after this report. `rank` counts from 0 in the order of whose turn it is."""

    rank: int
    at: datetime
    id: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """At most PAGE lines of a list, and where the next page goes on; none after the last."""

    summaries: list[ReportSummary]
    end: PageEnd | None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Reports of one hour that said that somebody is in danger, and were taken back before anybody opened them."""

    team_id: bytes
    hour: datetime
    count: int


def page(
    member: SignedIn,
    state: str,
    *,
    hour: datetime | None = None,
    difficulty: int | None = None,
    after: PageEnd | None = None,
) -> Page:
    """Return a page of the reports of the member's teams: `open`, `mine` (open, claimed by the member) or `closed`.

    Open ones by whose turn it is, then the oldest first; closed ones the newest first. `hour` and `difficulty` leave
    only what came in that hour, and cost that much work. A closed report whose reporter wrote again waits for somebody,
    so it is among the open ones too.
    """
    only: list[ColumnElement[bool]] = []
    if hour is not None:
        only += [Report.received_at >= hour, Report.received_at < hour + _HOUR]
    if difficulty is not None:
        only += [Report.difficulty == difficulty]
    if state == "closed":
        return _closed(member, only, after)
    if state == "mine":
        only += [Report.claimed_by == member.id]
    return _waiting(member, only, after)


def taken_back(member: SignedIn) -> list[TakenBack]:
    """Return what the team is to know of reports in danger that nobody opened and nobody will: that they came."""
    hours = (Report.team_id, readable_moment(Report.withdrawn_at))
    kinds = (Report.team_id, Report.withdrawn_at)
    of_teams = (Report.team_id.in_(member.teams), _is(Report.urgent, True), _rows(HIDDEN))
    rows = db.session.execute(select(*hours, func.count()).where(*of_teams).group_by(*kinds).order_by(*kinds[::-1]))
    return [TakenBack(team_id, hour, count) for team_id, hour, count in rows if hour not in (None, DAMAGED)]


def _waiting(member: SignedIn, only: list[ColumnElement[bool]], after: PageEnd | None) -> Page:
    found: list[Row[Any]] = []
    for rank in range(0 if after is None else after.rank, len(_RANKS)):
        unanswered, urgent = _RANKS[rank]
        of_rank = [_is(Report.unanswered, unanswered), _is(Report.urgent, urgent), _rows(WAITING), *only]
        if after is not None and rank == after.rank:
            of_rank += [tuple_(Report.received_at, Report.id) > (after.at, after.id)]
        in_order = select(*_LINE).where(*of_rank).order_by(Report.received_at, Report.id)
        rows = sorted(_of_each_team(member, in_order), key=lambda row: (row.received_at, row.id))
        found += islice(rows, PAGE + 1 - len(found))
        if len(found) > PAGE:
            break
    last = found[PAGE - 1] if len(found) > PAGE else None
    end = last and PageEnd(_RANKS.index((last.unanswered, last.urgent)), last.received_at, last.id)
    return Page(summaries(found[:PAGE]), end)


def _closed(member: SignedIn, only: list[ColumnElement[bool]], after: PageEnd | None) -> Page:
    wanted = [_rows(CLOSED), Report.state == ReportState.CLOSED, *only]
    if after is not None:
        wanted += [tuple_(Report.closed_at, Report.id) < (after.at, after.id)]
    in_order = select(*_LINE).where(*wanted).order_by(Report.closed_at.desc(), Report.id.desc())
    rows = sorted(_of_each_team(member, in_order), key=lambda row: (row.closed_at, row.id), reverse=True)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(summaries(rows[:PAGE]), last and PageEnd(0, last.closed_at, last.id))


def _of_each_team(member: SignedIn, query: Select[Any]) -> list[Row[Any]]:
    """Ask team by team, because only then an index gives the rows in order and no more of them than fit on a page."""
    queries = [query.where(Report.team_id == team_id).limit(PAGE + 1) for team_id in member.teams]
    return [row for each in queries for row in db.session.execute(each)]


def _rows(rule: str) -> ColumnElement[bool]:
    """Ask for the rows that an index holds in the words that it is known by."""
    return literal_column(rule)


def _is(flag: Any, value: bool) -> ColumnElement[bool]:
    found: ColumnElement[bool] = flag == (true() if value else false())
    return found
