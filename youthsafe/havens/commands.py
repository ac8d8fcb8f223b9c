"""`youthsafe havens`: taking in places, and saying that one is what it seems."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from youthsafe import clock
from youthsafe.clock import LONDON
from youthsafe.crypto.encoding import EncodingError, b64, unb64
from youthsafe.database import transaction
from youthsafe.havens import borough_map, services
from youthsafe.havens.approvals import numbered, role_in, was_at_desk
from youthsafe.havens.difference import Difference
from youthsafe.havens.import_file import ImportFile, read_import
from youthsafe.havens.models import Haven, HavenApproval, Method, Status
from youthsafe.havens.rows import Row

_LONG = 500  # rows from which progress is worth a line

havens = AppGroup("havens", help="Look after Safe Havens and places to report hate crime.")


class HavenId(click.ParamType[bytes]):
    """The id of a haven, as `youthsafe havens list` prints it."""

    name = "id"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> bytes:
        """Return the 16 bytes."""
        try:
            return unb64(str(value), 16)
        except EncodingError:
            self.fail("an id has 22 letters and digits, as `youthsafe havens list` prints it", param, ctx)


class Day(click.ParamType[date]):
    """A day such as 2026-11-23."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail("write a day like 2026-11-23", param, ctx)


_TAKES_ID = {"ignore_unknown_options": True}  # one id in 64 begins with a dash
_id = click.argument("haven_id", metavar="ID", type=HavenId())
_by = click.option("--by", required=True, help="Who, by role and number: coordinator-1. Never a name.")


@havens.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
def import_(file: Path, *, dry_run: bool) -> None:
    """Take in places from FILE (.csv or .geojson); all of it or nothing. They wait as candidates for approval."""
    read = _read(file, clock.now())
    with transaction():
        _show(services.compare(read.records) if dry_run else services.take_in(read.records, clock.now()))
    if dry_run:
        click.echo("This was a dry run: nothing was saved.")
        return
    click.echo("Saved. New and changed places are candidates: `youthsafe havens approve` makes one active.")
    _say_unless_audited()


@havens.command("list")
@click.option("--status", type=click.Choice([each.value for each in Status]), help="Only these.")
def list_(status: str | None) -> None:
    """List the places with their ids, who approved them, and when they were verified."""
    for haven in services.every_haven():
        if status in (None, haven.status):
            click.echo(_line(haven))


@havens.command(context_settings=_TAKES_ID)
@_id
@_by
@click.option("--method", type=click.Choice([each.value for each in Method]), required=True, help="How they made sure.")
@click.option("--on", type=Day(), help="The day they did.  [default: today]")
def approve(haven_id: bytes, by: str, method: str, on: date | None) -> None:
    """Write down that somebody made sure of a place. Two people must, one of them after a visit."""
    now = clock.now()
    with transaction():
        haven = services.approve(haven_id, numbered(by), Method(method), on or now.astimezone(LONDON).date(), now)
        click.echo(_line(haven))
        if haven.status != Status.ACTIVE:
            click.echo("Not active yet: it needs two different people, and one of them must have visited.")
    _say_unless_audited()


@havens.command(context_settings=_TAKES_ID)
@_id
@_by
def pause(haven_id: bytes, by: str) -> None:
    """Take a place off the list at once, when anybody doubts it."""
    with transaction():
        click.echo(_line(services.pause(haven_id, numbered(by), clock.now())))
    _say_unless_audited()


@havens.command(context_settings=_TAKES_ID)
@_id
@_by
def withdraw(haven_id: bytes, by: str) -> None:
    """Take a place off the list for good."""
    with transaction():
        click.echo(_line(services.withdraw(haven_id, numbered(by), clock.now())))
    _say_unless_audited()


def _read(file: Path, now: datetime) -> ImportFile:
    """Read a file, or show everything that is wrong with it and stop."""
    geojson = file.suffix.lower() in {".geojson", ".json"}
    read = read_import(
        file.read_bytes(),
        geojson=geojson,
        today=now.astimezone(LONDON).date(),
        in_borough=borough_map.is_in_borough,
        progress=_watched,
    )
    for refusal in read.refusals:
        click.echo(refusal.told(read.unit))
    if read.refusals:
        raise click.ClickException(f"{len(read.refusals):,} to mend in {file.name}. Nothing was saved.")
    return read


def _watched(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows, with progress shown where there are many."""
    if len(rows) < _LONG:
        yield from rows
        return
    with click.progressbar(rows, label=f"Checking {len(rows):,} places", file=sys.stderr) as bar:
        yield from bar


def _show(found: Difference) -> None:
    for record in found.new:
        click.echo(f"new      {record.values['name']}")
    for change in found.changed:
        warning = "; leaves the list until it is approved again" if change.was == Status.ACTIVE else ""
        click.echo(f"changed  {change.name}: {', '.join(change.fields)}{warning}")
    for haven in found.gone:
        click.echo(f"gone     {haven.name} (not in the file; stays {haven.status}: withdraw it by hand)")
    click.echo(
        f"{len(found.new)} new, {len(found.changed)} changed, {len(found.same)} the same, "
        f"{len(found.gone)} gone from the file but not removed."
    )


def _line(haven: Haven) -> str:
    verified = f"verified {haven.verified_on} by {haven.verified_by_role}, {haven.method}" if haven.verified_on else ""
    words = ", ".join(map(_word, services.approvals_of(haven.id)))
    parts = (b64(haven.id), f"{haven.status:<9}", haven.name, verified, f"approved by {words}" if words else "")
    return "  ".join(part for part in parts if part)


def _word(approval: HavenApproval) -> str:
    mark = approval.approver
    by = f"{role_in(mark)} at the desk" if was_at_desk(mark) else mark
    return f"{by} ({approval.method} {approval.done_on})"


def _say_unless_audited() -> None:
    if not services.is_audited():
        click.echo("The audit trail begins when the instance is set up: this is not in it.")
