"""What a purge refuses to believe: a clock that jumped, a share that is too large, a database older than its ledger."""

from collections.abc import Container, Mapping
from datetime import datetime, timedelta

from youthsafe.errors import UnavailableError

LONGEST_STEP = timedelta(days=7)
MOST_AT_ONCE = 10  # reports; a run that erases more is refused unless they are a small share of all
LARGEST_SHARE = 0.25
_REMEMBERED = timedelta(days=80)  # tombstones stand for 90
_A_DAY = timedelta(days=1)


class PurgeRefusedError(UnavailableError):
    """Nothing was erased, because it looks wrong; the message says what to look at and how to go on."""


def refuse_a_jump(now: datetime, last: datetime | None) -> None:
    """Raise PurgeRefusedError where the clock is further ahead of the last known moment than a pause would explain."""
    if last is not None and now - last > LONGEST_STEP:
        raise PurgeRefusedError(
            f"The clock says {now:%Y-%m-%d}, {(now - last).days} days after the last that is known ({last:%Y-%m-%d}). "
            "Nothing was erased, because a wrong clock would erase what is to be kept. If the clock is right, run "
            "`youthsafe purge --yes` once."
        )


def refuse_a_large_share(erased: int, kept: int) -> None:
    """Raise PurgeRefusedError where one run would erase more than a quarter of all reports (and more than ten)."""
    if erased > MOST_AT_ONCE and erased > LARGEST_SHARE * kept:
        raise PurgeRefusedError(
            f"{erased} of {kept} reports would be erased at once. Nothing was erased, because that looks like a wrong "
            "clock or a wrong setting. If it is meant, run `youthsafe purge --yes` once."
        )


def refuse_days_to_come(gone: Mapping[bytes, datetime], now: datetime) -> None:
    """Raise PurgeRefusedError where lines of the ledger are of days to come: one of two clocks was wrong."""
    to_come = [at for at in gone.values() if at.date() > now.date()]
    if to_come:
        raise PurgeRefusedError(
            f"{len(to_come)} lines of the ledger are of days to come, from {min(to_come):%Y-%m-%d} on. Nothing was "
            f"erased. If this machine's clock is behind ({now:%Y-%m-%d}), set it. If a purge ran while the clock was "
            "ahead, what it erased by mistake is kept with `youthsafe purge --after-restore --before "
            f"{min(to_come):%Y-%m-%d}`."
        )


def refuse_an_older_database(gone: Mapping[bytes, datetime], remembered: Container[bytes], now: datetime) -> None:
    """Raise PurgeRefusedError where the ledger's newest line names something of which the database knows nothing."""
    recent = {mark: at for mark, at in gone.items() if now - _REMEMBERED <= at <= now + _A_DAY}
    newest = max(recent.values(), default=None)
    if newest is not None and not any(mark in remembered for mark, at in recent.items() if at == newest):
        raise PurgeRefusedError(
            "The ledger names what this database does not know to be erased: a backup was restored, or the ledger is "
            "another instance's. Nothing was erased. After restoring a backup run `youthsafe purge --after-restore`."
        )
