"""`youthsafe-recover`: every report of a database copy as text, by the recovery kit, with no server."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from youthsafe.app import create_app
from youthsafe.config import Config, ConfigError
from youthsafe.crypto.encoding import b64
from youthsafe.crypto.envelope import Direction
from youthsafe.extensions import db
from youthsafe.recovery import database_copy
from youthsafe.recovery.database_copy import EntryRow, MessageRow, ReportRow
from youthsafe.recovery.paper import KitError, read_kit, word_list

_FIELDS = {
    1: "In danger now",
    2: "Who is hurt",
    3: "What about",
    4: "What happened",
    5: "Where",
    6: "Area",
    7: "When",
    8: "Still happening",
    9: "What would help",
    10: "Who they are",
    11: "Who does it",
    12: "Safe tonight",
    13: "School or age",
    14: "May we talk to their school",
}
_ON_A_CARD = {
    1: "Level",
    2: "Categories",
    3: "Summary",
    4: "Next step",
    5: "On",
    6: "Wait until",
    7: "Handed over to, by id",
    8: "Referrals, with the receipt of each",
    9: "The same as, by id",
    10: "Outcome",
    32: "Note",
    33: "Second signature under entry",
}
_OF_ONE_ENTRY = {32, 33}  # what an entry says and does not leave behind
_PRIVATE = 0o600


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--kit",
    "kit_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the kit's words or its line; else they are asked for.",
)
def main(folder: Path, kit_file: Path | None) -> None:
    """Open every report of the database that the settings name, and write each into a file of FOLDER.

    The settings are those of the server: YOUTHSAFE_DATABASE_URL names a copy of the database, and
    YOUTHSAFE_SECRET_FILE the server secret. Whoever reads the folder reads what children wrote: delete it afterwards.
    """
    asked = "The 24 words of the kit, or its line"
    typed = kit_file.read_text(encoding="utf-8") if kit_file else click.prompt(asked, hide_input=True)
    try:
        secret = read_kit(typed, word_list())
        config = Config.from_environment()
        with create_app(config).app_context():
            try:
                _write_all(folder, secret)
            finally:
                db.session.remove()
                db.engine.dispose()
    except (ConfigError, KitError, ValueError) as error:
        raise click.ClickException(str(error)) from None


def _write_all(folder: Path, secret: bytes) -> None:
    seeds = database_copy.seeds_under(secret)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    opened = sealed = 0
    for report in database_copy.every_report(seeds):
        if report.opened is None:
            sealed += 1
            click.echo(f"Does not open: {b64(report.id)}", err=True)
            continue
        opened += 1
        _write(folder / f"{report.received_at:%Y-%m-%d-%H}-{b64(report.id)}.txt", "\n".join(_lines(report)) + "\n")
    click.echo(f"Reports opened: {opened}. Not opened: {sealed}. They are in {folder}: delete it when it was read.")


def _write(path: Path, text: str) -> None:
    """Write a file that only its owner can read; refuses to overwrite."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "w", encoding="utf-8") as file:
        file.write(text)


def _lines(report: ReportRow) -> Iterator[str]:
    opened = report.opened
    if opened is None:
        return
    yield f"Report        {b64(report.id)}"
    yield f"Team          {report.team}"
    yield f"State         {report.state}"
    yield f"Received      {report.received_at:%Y-%m-%d %H:%M} UTC"
    yield f"Written       {_hour(opened.hour)}, language {opened.locale}"
    for field, text in opened.answers:
        yield f"\n{_FIELDS.get(field, f'Field {field}')}\n{text}"
    for message in report.messages:
        yield "\n" + "\n".join(_message_lines(message))
    before: dict[int, str] = {}
    for entry in report.card:
        yield "\n" + "\n".join(_entry_lines(entry, before))
        before = dict(entry.opened.fields) if entry.opened else before


def _message_lines(message: MessageRow) -> Iterator[str]:
    by = "the reporter" if message.direction is Direction.TO_TEAM else "the team"
    yield f"Message of {by}, received {message.received_at:%Y-%m-%d %H:%M} UTC"
    if message.opened is None:
        yield "It does not open."
        return
    if not message.opened.genuine:
        yield "ITS MAC IS WRONG: it may not be theirs."
    yield f"Written {_hour(message.opened.hour)}, language {message.opened.locale}"
    yield message.opened.text


def _entry_lines(entry: EntryRow, before: dict[int, str]) -> Iterator[str]:
    """Say what an entry says of its own, and what it changed of how the case stood before it."""
    yield f"Entry of the case card, received {entry.received_at:%Y-%m-%d %H:%M} UTC"
    if entry.opened is None:
        yield "It does not open."
        return
    if not entry.opened.genuine:
        yield "ITS MAC IS WRONG: it may not be the team's."
    if not entry.follows:
        yield "WHAT STOOD BEFORE IT IS MISSING OR WAS CHANGED."
    yield f"Written {_hour(entry.opened.hour)} by {entry.opened.name}"
    said = dict(entry.opened.fields)
    for field in sorted(said.keys() | before.keys()):
        if field in _OF_ONE_ENTRY or said.get(field) != before.get(field):
            yield from _field_lines(field, said.get(field))


def _field_lines(field: int, text: str | None) -> Iterator[str]:
    if text is not None:
        yield f"{_ON_A_CARD.get(field, f'Field {field}')}: {text}"
    elif field not in _OF_ONE_ENTRY:
        yield f"{_ON_A_CARD.get(field, f'Field {field}')}: not any more"


def _hour(hours: int) -> str:
    """Return an hour since 1970 as text."""
    try:
        return f"{datetime.fromtimestamp(0, UTC) + timedelta(hours=hours):%Y-%m-%d %H:00} UTC"
    except OverflowError:
        return "at an hour that no calendar has"


if __name__ == "__main__":
    main()
