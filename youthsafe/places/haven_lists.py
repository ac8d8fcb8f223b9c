"""The desk's list of havens, a page at a time, by name."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_

from youthsafe.clock import LONDON
from youthsafe.extensions import db
from youthsafe.havens.models import Haven, Status
from youthsafe.havens.services import MARKED_AFTER_DAYS

PAGE: Final = 100
DUE: Final = "due"
LISTS: Final = (*Status, DUE)


@dataclass(frozen=True, slots=True)
class Page:
    """At most PAGE havens, and the last of them where more follow."""

    havens: list[Haven]
    end: bytes | None


def page(wanted: str, now: datetime, after: bytes | None = None) -> Page:
    """Return havens of one status, or those that are due for checking, after one of them or from the first."""
    query = select(Haven).where(_is(wanted, now.astimezone(LONDON).date()))
    last = None if after is None else db.session.get(Haven, after)
    if last is not None:
        query = query.where(tuple_(Haven.name, Haven.id) > (last.name, last.id))
    found = list(db.session.scalars(query.order_by(Haven.name, Haven.id).limit(PAGE + 1)))
    return Page(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def counts(now: datetime) -> dict[str, int]:
    """Return how many havens each list holds."""
    today = now.astimezone(LONDON).date()
    statement = select(*(func.count().filter(_is(each, today)).label(each) for each in LISTS)).select_from(Haven)
    row = db.session.execute(statement).one()
    return {each: getattr(row, each) for each in LISTS}


def is_due(haven: Haven, today: date) -> bool:
    """Tell whether a haven on the list was not verified lately."""
    lately = haven.verified_on is not None and today - haven.verified_on < timedelta(days=MARKED_AFTER_DAYS)
    return haven.status == Status.ACTIVE and not lately


def _is(wanted: str, today: date) -> ColumnElement[bool]:
    if wanted != DUE:
        return Haven.status == wanted
    long_ago = Haven.verified_on <= today - timedelta(days=MARKED_AFTER_DAYS)
    return and_(Haven.status == Status.ACTIVE, or_(Haven.verified_on.is_(None), long_ago))
