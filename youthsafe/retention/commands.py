"""`youthsafe purge`: erases what its time has come for."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from youthsafe import clock
from youthsafe.config import settings
from youthsafe.retention.ledger import Ledger
from youthsafe.retention.purge import NO_LEDGER, Purge


@click.command("purge")
@click.option("--dry-run", is_flag=True, help="Only count what would be erased.")
@click.option(
    "--ledger",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Instead of YOUTHSAFE_LEDGER; a file that is there, because a mistyped name would bring reports back.",
)
@click.option("--after-restore", is_flag=True, help="Erase again what the ledger names, and nothing else.")
@click.option(
    "--before",
    type=click.DateTime(["%Y-%m-%d"]),
    help="With --after-restore: what the ledger names from that day on was erased by mistake; strike it out.",
)
@click.option("--yes", is_flag=True, help="Erase although the clock jumped, or although it is much at once.")
@with_appcontext
def purge(ledger: Path | None, before: datetime | None, *, dry_run: bool, after_restore: bool, yes: bool) -> None:
    """Erase reports whose time has come, and what ran out. Run it every hour; it can run at any time."""
    path = ledger or settings().ledger
    run = Purge(Ledger(path) if path is not None else None, clock.now(), click.echo, pretend=dry_run)
    if after_restore:
        if path is None:
            raise click.UsageError("There is no ledger: name it with --ledger or YOUTHSAFE_LEDGER.")
        run.after_restore(None if before is None else before.replace(tzinfo=UTC))
    elif before is not None:
        raise click.UsageError("--before needs --after-restore.")
    else:
        run.of_the_hour(sure=yes)
        if path is None and not dry_run:
            click.echo(NO_LEDGER, err=True)
