"""The last list that could be read, so that a child finds a door while the database is away."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from youthsafe.errors import UnavailableError
from youthsafe.havens.models import Haven

KEPT: Final = timedelta(hours=24)  # so that a withdrawn haven is shown no longer than this


@dataclass(frozen=True, slots=True)
class Listing:
    """Havens as they were at a moment; `current` is False for a copy."""

    havens: tuple[Haven, ...]
    read_at: datetime
    current: bool


class LastGood:
    """One process's copy of the list."""

    def __init__(self) -> None:
        self._kept: Listing | None = None

    def read(self, source: Callable[[], tuple[Haven, ...]], now: datetime) -> Listing:
        """Return today's list, or the last one for a day; raises UnavailableError when there is neither."""
        try:
            havens = source()
        except (SQLAlchemyError, UnavailableError):
            return self._copy(now)
        self._kept = Listing(havens, now, current=False)
        return Listing(havens, now, current=True)

    def _copy(self, now: datetime) -> Listing:
        if self._kept is None or now - self._kept.read_at > KEPT:
            raise UnavailableError("The list of Safe Havens cannot be read at this moment.") from None
        return self._kept
