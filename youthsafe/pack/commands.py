"""`youthsafe content`: what a borough does with its pack before it is shown to children."""

from pathlib import Path

import click
from flask.cli import ScriptInfo

from youthsafe.config import ConfigError, content_folder, settings
from youthsafe.pack.check import Health, examine
from youthsafe.pack.faults import ContentError, Fault
from youthsafe.pack.pack import load


@click.group()
def content() -> None:
    """Look after the content pack."""


@content.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--notes", is_flag=True, help="Also list what waits for a translation or for a person's check.")
@click.pass_context
def check(context: click.Context, folder: Path | None, notes: bool) -> None:
    """Check a content pack: the one in FOLDER, or the one that is shown here."""
    try:
        health = examine(load(folder or _shown(context)))
    except ContentError as error:
        health = Health(error.faults, ())
    for fault in health.faults:
        click.echo(str(fault))
    if notes:
        _list(health.notes)
    click.echo(f"{len(health.faults)} to mend, {len(health.notes)} to translate or check.")
    context.exit(1 if health.faults else 0)


def _shown(context: click.Context) -> Path:
    try:
        with context.ensure_object(ScriptInfo).load_app().app_context():
            return settings().content
    except ConfigError:
        return content_folder()  # a writer's checkout has no instance


def _list(notes: tuple[Fault, ...]) -> None:
    for note in notes:
        click.echo(f"note: {note}")
