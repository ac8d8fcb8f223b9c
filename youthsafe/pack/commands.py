"""`youthsafe content`: what a borough does with its pack before it is shown to children."""

from pathlib import Path

import click
from flask.cli import ScriptInfo

from youthsafe.config import ConfigError, content_folder, settings
from youthsafe.pack.braille import BrailleError, topic_in_braille
from youthsafe.pack.check import Health, examine
from youthsafe.pack.faults import ContentError, Fault
from youthsafe.pack.pack import Pack, load
from youthsafe.pack.services import Service
from youthsafe.pack.texts import Topic


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


@content.command()
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_context
def braille(context: click.Context, directory: Path, folder: Path | None) -> None:
    """Write the cards of a pack into DIRECTORY as files for Braille printers: a folder a language, a file a topic.

    The pack is the one in FOLDER, or the one that is shown here. Its site.yaml says which languages have Braille.
    """
    try:
        count = _write_braille(load(folder or _shown(context)), directory)
    except (ContentError, BrailleError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{count} files are in {directory}.")


def _write_braille(pack: Pack, directory: Path) -> int:
    tables = {locale.tag: locale.braille for locale in pack.site.locales if locale.braille}
    texts = {
        directory / tag / f"{topic.slug}.brf": topic_in_braille(topic, _helpers(pack, topic), tables)
        for tag in tables
        for topic in pack.topics(tag)
        if topic.locale in tables
    }
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="ascii", newline="")
    return len(texts)


def _helpers(pack: Pack, topic: Topic) -> tuple[Service, ...]:
    named = [name for card in topic.cards for name in card.who_helps]
    return pack.services.named(list(dict.fromkeys([*pack.services.always, *named])))


def _shown(context: click.Context) -> Path:
    try:
        with context.ensure_object(ScriptInfo).load_app().app_context():
            return settings().content
    except ConfigError:
        return content_folder()  # a writer's checkout has no instance


def _list(notes: tuple[Fault, ...]) -> None:
    for note in notes:
        click.echo(f"note: {note}")
