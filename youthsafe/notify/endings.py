"""What the root signed ends some day: when, and how long before that it is said."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from youthsafe.clock import day_in_london
from youthsafe.crypto.bundle import parse_bundle
from youthsafe.crypto.roster import parse_roster
from youthsafe.errors import NotFoundError
from youthsafe.instance import services as instance_services
from youthsafe.notices.kinds import Kind

DAYS_BEFORE: Final = (60, 30, 14, 7, 2)


@dataclass(frozen=True, slots=True)
class Ending:
    """A signed list that is in force, from when to when."""

    kind: Kind
    issued_at: datetime
    ends_at: datetime

    @property
    def day(self) -> date:
        """The last day in London."""
        return day_in_london(self.ends_at)

    def due(self, now: datetime) -> list[int]:
        """Return the numbers of days before its end that have come.

        A number that is not shorter than the list's life never comes, so that nobody is warned of what was just signed.
        """
        life, left = self.ends_at - self.issued_at, self.ends_at - now
        return [days for days in DAYS_BEFORE if left <= timedelta(days=days) < life]


def endings() -> Iterator[Ending]:
    """Yield the bundle's and the roster's end; nothing before set-up."""
    with suppress(NotFoundError):
        bundle = parse_bundle(instance_services.current_bundle().content)
        yield Ending(Kind.BUNDLE_ENDS, _moment(bundle.issued_at), _moment(bundle.not_after))
    with suppress(NotFoundError):
        roster = parse_roster(instance_services.current_roster().content)
        yield Ending(Kind.ROSTER_ENDS, _moment(roster.issued_at), _moment(roster.not_after))


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
