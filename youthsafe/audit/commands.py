"""`youthsafe audit`: shows the trail, and checks it."""

from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from youthsafe.audit import services
from youthsafe.audit.models import AuditEntry
from youthsafe.audit.signed_names import Names, names, spelt
from youthsafe.crypto.encoding import b64
from youthsafe.database import snapshot
from youthsafe.mailbox import card_chains

audit = AppGroup("audit", help="Show and check the audit trail.")


class Hash(click.ParamType[bytes]):
    """A SHA-256 in hexadecimal."""

    name = "hash"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> bytes:
        """Return the 32 bytes."""
        try:
            found = bytes.fromhex(str(value))
        except ValueError:
            found = b""
        if len(found) != 32:
            self.fail("a head has 64 hexadecimal digits", param, ctx)
        return found


@audit.command("list")
@click.option("--team", help="Only the chain of this team, by its name or id.")
def show(team: str | None) -> None:
    """Print one line for each entry, the oldest first: number, time, chain, what was done, by whom and to what."""
    known = names()
    chain = None if team is None else known.chain(team)
    if team is not None and chain is None:
        raise click.UsageError("There is no team of this name or id.")
    for entry in services.entries(chain):
        click.echo("\t".join(_cells(entry, known)))


def _cells(entry: AuditEntry, known: Names) -> tuple[str, ...]:
    subject = "-" if entry.subject is None else spelt(entry.subject)
    who = known.of_member(entry.actor)
    return str(entry.sequence), _time(entry.at), known.of_chain(entry.chain), str(entry.action), who, subject


def _time(at: int) -> str:
    try:
        return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (TypeError, ValueError, OverflowError, OSError):  # no moment: somebody changed it, and `verify` says so
        return str(at)


@audit.command("verify")
@click.option("--head", "noted", type=Hash(), multiple=True, help="A head that was noted; may be given again.")
def verify(noted: tuple[bytes, ...]) -> None:
    """Recompute every hash of every chain and case card; ends with status 1 at the first entry that does not fit.

    A head that was noted earlier must still be part of its chain: then nothing up to it was cut off.
    """
    with snapshot():
        fault = services.verify()
        if fault is not None:
            raise click.ClickException(_in_words(fault, names()))
        _require_whole_cards()
        for head in noted:
            if not services.contains(head):
                raise click.ClickException(f"The audit trail is broken: the head {head.hex()} is no longer part of it.")
        _say_whole(services.heads(), names())


def _require_whole_cards() -> None:
    fault = card_chains.first_fault(services.card_entries())
    if fault is not None:
        card = f"The case card of report {b64(fault.report_id)}"
        raise click.ClickException(f"{card} is broken: entry {fault.number} was changed, moved or removed.")


def _in_words(fault: services.Fault, known: Names) -> str:
    chain = "" if fault.chain is None else f" in the chain of {known.of_chain(fault.chain)}"
    return f"The audit trail is broken: entry {fault.sequence}{chain} was changed, moved or removed."


def _say_whole(heads: list[services.Head], known: Names) -> None:
    click.echo(f"The audit trail is whole: {services.count()} entries in {len(heads)} chains.")
    click.echo("The case cards are whole, and the trail names each of their entries.")
    for head in heads:
        click.echo(f"Head of {known.of_chain(head.chain)}: {head.hash.hex()}")
    click.echo("Note the heads elsewhere: `youthsafe audit verify --head HEAD` then shows that nothing was cut off.")
