"""One run of the purge: a few reports at a time, each named in the ledger before it is erased and again after."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from youthsafe.crypto.bundle import parse_bundle
from youthsafe.database import batches, clean, transaction
from youthsafe.errors import NotFoundError
from youthsafe.instance import services as instance_services
from youthsafe.mailbox import erasing, tombstones
from youthsafe.retention import plausibility, services, settings
from youthsafe.retention.ledger import Entry, Ledger, LedgerError
from youthsafe.retention.services import Due, Judge

Say = Callable[[str], object]

_AT_ONCE = 25  # reports in one transaction: whoever sends meanwhile waits for no more than that
_ROWS_AT_ONCE = 1_000  # tombstones in one transaction
_SAYS = {
    "withdrawn": "taken back by the reporter",
    "closed": "closed long enough",
    "unclaimed": "claimed by nobody, and its team was told",
    "ledger": "erased before, and brought back by a backup",
    services.ALERT: "to be erased unless somebody claims it: its team is told now",
    services.ON_HOLD: "erased before, but on hold in this backup, so kept",
}
NO_LEDGER = (
    "There is no ledger: a restored backup would bring back what was erased. Set YOUTHSAFE_LEDGER to a file beside "
    "the backups."
)


class Purge:
    """One run; `say` is given lines that hold counts and never an id."""

    def __init__(self, ledger: Ledger | None, now: datetime, say: Say, *, pretend: bool = False) -> None:
        self._ledger = ledger
        self._now = now
        self._say = say
        self._pretend = pretend

    def of_the_hour(self, *, sure: bool) -> None:
        """Erase what is due by age; raises PurgeRefusedError where that looks wrong and nobody is sure."""
        ages = settings.ages(self._now)
        standing, hidden = tombstones.every(), erasing.hidden_marks()
        if self._ledger is not None:
            plausibility.refuse_an_older_database(self._ledger.gone(), standing.keys() | hidden, self._now)
        planned = services.due(ages, self._now)
        if self._pretend:
            self._tell(planned.counts(), "Nothing is erased: this is a dry run.")
            return
        if not sure:
            plausibility.refuse_a_jump(self._now, self._last_known())
            surprising = max(0, planned.surprising() - settings.confirmed(self._now))
            plausibility.refuse_a_large_share(surprising, erasing.count())
        if self._ledger is not None:
            self._ledger.prepare()
            self._settle(self._ledger, standing, hidden)
        self._carry_out(planned, services.by_age(ages, self._now))

    def after_restore(self, before: datetime | None) -> None:
        """Erase what the ledger names, but for what it names from a day on; raises PurgeRefusedError, LedgerError."""
        ledger = self._ledger
        if ledger is None:
            raise LedgerError("There is no ledger: name it with --ledger or YOUTHSAFE_LEDGER.")
        mistaken = {mark for mark, at in ledger.gone().items() if before is not None and at >= before}
        gone = {mark: at for mark, at in ledger.gone().items() if mark not in mistaken}
        plausibility.refuse_days_to_come(gone, self._now)
        judge = services.by_ledger(gone)
        planned = services.brought_back(gone)
        if self._pretend:
            self._tell(planned.counts(), "Nothing is erased: this is a dry run.")
            return
        ledger.prepare()
        ledger.strike(mistaken, self._now)
        self._settle(ledger, tombstones.every(), erasing.hidden_marks())
        held = {tombstones.mark(report.id) for report, what in planned.reports if what == services.ON_HOLD}
        ledger.strike(held, self._now)
        self._put_tombstones_back({mark: at for mark, at in gone.items() if mark not in held})
        self._carry_out(planned, judge)

    def _last_known(self) -> datetime | None:
        """Return the last moment that is known to have been: of a run or a line, else of a report."""
        days = [] if self._ledger is None else list(self._ledger.gone().values())
        known = [each for each in (services.last_run(services.PURGE), *days) if each is not None]
        return max(known) if known else erasing.newest_moment()

    def _settle(self, ledger: Ledger, standing: dict[bytes, datetime], hidden: set[bytes]) -> None:
        """Say of everything what became of it: a run that was cut short could not."""
        ledger.write(Entry.GONE, dict.fromkeys(hidden, self._now) | standing)
        ledger.strike(ledger.intended(), self._now)

    def _carry_out(self, planned: Due, judge: Judge) -> None:
        try:
            done = self._erase(planned, judge)
            ran_out = self._tidy()
            self._tell(done, f"Sessions and tombstones that ran out: {ran_out}.")
        finally:
            clean("report", "message")

    def _erase(self, planned: Due, judge: Judge) -> Counter[tuple[bytes, str]]:
        """Erase a few at a time: named in the ledger, erased, and then named as gone.

        A transaction that fails leaves lines that say nothing for certain, and the next run strikes them out.
        """
        done: Counter[tuple[bytes, str]] = Counter()
        erased = {report.id for report, _ in planned.erased()}
        for some in batches(planned.ids(), _AT_ONCE):
            if self._ledger is not None:  # before the transaction, so that nobody waits meanwhile
                marks = erasing.marks_of([each for each in some if each in erased])
                self._ledger.write(Entry.INTENDED, dict.fromkeys(marks, self._now))
            with transaction():
                found, marks = services.carry_out(some, judge, self._now)
                lines = dict.fromkeys(marks, self._now)
                if self._ledger is not None:  # messages that came since the marks were read
                    self._ledger.write(Entry.INTENDED, lines)
            if self._ledger is not None:
                self._ledger.write(Entry.GONE, lines)
            done += found.counts()
        return done

    def _put_tombstones_back(self, gone: dict[bytes, datetime]) -> None:
        standing = tombstones.every()
        missing = [mark for mark, at in gone.items() if self._now - at < tombstones.LIFE and mark not in standing]
        for some in batches(missing, _ROWS_AT_ONCE):
            with transaction():
                tombstones.bury(some, self._now)

    def _tidy(self) -> int:
        """Take away what ran out, a little at a time, and write down that the run ended well."""
        ran_out, more = 0, _ROWS_AT_ONCE
        while more >= _ROWS_AT_ONCE:
            with transaction():
                more = services.tidy(self._now, _ROWS_AT_ONCE)
                services.note_run(services.PURGE, self._now)
            ran_out += more
        return ran_out

    def _tell(self, counts: Counter[tuple[bytes, str]], last: str) -> None:
        names = _team_names()
        for (team, what), count in sorted(counts.items()):
            self._say(f"{names.get(team, 'A team that is not in the signed list')}: {count} {_SAYS[what]}")
        if not counts:
            self._say("No report is due.")
        self._say(last)


def _team_names() -> dict[bytes, str]:
    try:
        bundle = parse_bundle(instance_services.current_bundle().content)
    except NotFoundError:
        return {}
    return {team.id: team.name for team in bundle.teams}
