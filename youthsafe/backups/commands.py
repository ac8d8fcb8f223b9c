"""`youthsafe backup` and `youthsafe restore`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import click
from flask.cli import ScriptInfo

from youthsafe.backups import postgres, sqlite
from youthsafe.backups.services import KEPT, back_up, make, sqlite_file
from youthsafe.config import Config
from youthsafe.database import migrating
from youthsafe.database.file_owner import refuse_root_on_the_file
from youthsafe.database.idle import nobody_else
from youthsafe.extensions import db

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NO_LEDGER = (
    "There is no ledger (YOUTHSAFE_LEDGER): what was erased after this backup was made is back, and nothing can tell "
    "what that was."
)


@click.command("backup")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@click.option("--keep", default=KEPT, show_default=True, type=click.IntRange(1), help="Keep the newest so many.")
def backup(directory: Path, keep: int) -> None:
    """Copy the database into DIRECTORY, beside a running server, and delete the oldest copies."""
    config = Config.from_environment()
    refuse_root_on_the_file(config)
    click.echo(back_up(config, directory, keep))


@click.command("restore")
@click.argument("file", type=_FILE)
@click.pass_context
def restore(context: click.Context, file: Path) -> None:
    """Put the backup FILE in the database's place, while no server runs, and erase again what the ledger names."""
    config = Config.from_environment()
    refuse_root_on_the_file(config)
    now = datetime.now(UTC)
    database = sqlite_file(config)
    if database is not None:
        before = sqlite.put_back(file, database, config, now)
    else:
        with nobody_else(config.database_url):
            before = make(config, file.parent)
            postgres.put_back(file, config)
    migrating.upgrade(config.database_url)
    click.echo(f"{file} is in place.")
    if before is not None:
        click.echo(f"The database before is kept as {before}: it holds what was erased since. Delete it when you can.")
    if config.ledger is None or not config.ledger.exists():
        click.echo(_NO_LEDGER, err=True)
        return
    _purge(context, config.ledger)


def _purge(context: click.Context, ledger: Path) -> None:
    root = context.find_root()
    purge = cast("click.Group", root.command).get_command(context, "purge")
    context.invoke(
        cast("click.Command", purge), ledger=ledger, before=None, dry_run=False, after_restore=True, yes=False
    )
    with root.ensure_object(ScriptInfo).load_app().app_context():
        db.engine.dispose()
