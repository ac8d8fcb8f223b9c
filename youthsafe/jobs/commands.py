"""`youthsafe purge`: erases what its time has come for."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import click
from flask.cli import with_appcontext

from youthsafe import clock
from youthsafe.config import settings
from youthsafe.crypto.bundle import parse_bundle
from youthsafe.database import clean, transaction
from youthsafe.errors import NotFoundError
from youthsafe.jobs import services
from youthsafe.jobs.ledger import Ledger
from youthsafe.jobs.services import Due, Marks
from youthsafe.mailbox import services as mailbox_services
from youthsafe.privacy.retention import Ages

_AT_ONCE = 50  # reports in one transaction: whoever sends meanwhile waits for no more than that
_SAYS = {
    "withdrawn": "taken back by the reporter",
    "closed": "closed long enough",
    "unclaimed": "claimed by nobody, and its team was told",
    "ledger": "erased before, and brought back by a backup",
    "alert": "to be erased unless somebody claims it: its team is told now",
}
_NO_LEDGER = (
    "There is no ledger: a restored backup would bring back what was erased. Set YOUTHSAFE_LEDGER to a file beside "
    "the backups."
)


@click.command("purge")
@click.option("--dry-run", is_flag=True, help="Only count what would be erased.")
@click.option(
    "--ledger",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Instead of YOUTHSAFE_LEDGER; a file that is there, because a mistyped name would bring reports back.",
)
@with_appcontext
def purge(ledger: Path | None, *, dry_run: bool) -> None:
    """Erase reports whose time has come, and what ran out. Run it every hour; it can run at any time."""
    config, now = settings(), clock.now()
    ages = Ages(timedelta(days=config.keep_closed), timedelta(days=config.keep_unclaimed))
    path = ledger or config.ledger
    book = Ledger(path) if path is not None else None
    marks = book.marks() if book is not None else {}
    planned = services.due(ages, now, marks)
    if dry_run:
        _tell(planned.counts(), "Nothing is erased: this is a dry run.")
        return
    if book is not None:
        book.prepare()
    try:
        done = _erase(planned, ages, now, marks, book)
        with transaction():
            ran_out = services.tidy(now, marks)
            _write_down(book, now)
        _tell(done, f"Sessions and tombstones that ran out: {ran_out}.")
        if book is None:
            click.echo(_NO_LEDGER, err=True)
    finally:
        clean()


def _erase(planned: Due, ages: Ages, now: datetime, marks: Marks, book: Ledger | None) -> Counter[tuple[bytes, str]]:
    done: Counter[tuple[bytes, str]] = Counter()
    ids = planned.ids()
    for start in range(0, len(ids), _AT_ONCE):
        with transaction():
            done += services.carry_out(ids[start : start + _AT_ONCE], ages, now, marks).counts()
            _write_down(book, now)
    return done


def _write_down(book: Ledger | None, now: datetime) -> None:
    """Name in the ledger what goes, before the transaction ends: a full disk then erases nothing that no line names."""
    if book is not None:
        book.add(services.to_write_down(now))


def _tell(counts: Counter[tuple[bytes, str]], last: str) -> None:
    names = _team_names()
    for (team, what), count in sorted(counts.items()):
        click.echo(f"{names.get(team, 'A team that is not in the signed list')}: {count} {_SAYS[what]}")
    if not counts:
        click.echo("No report is due.")
    click.echo(last)


def _team_names() -> dict[bytes, str]:
    try:
        bundle = parse_bundle(mailbox_services.current_bundle().content)
    except NotFoundError:
        return {}
    return {team.id: team.name for team in bundle.teams}
