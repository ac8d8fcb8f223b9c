"""`youthsafe audit`: checks the trail."""

import click
from flask.cli import AppGroup

from youthsafe.audit import services

audit = AppGroup("audit", help="Check the audit trail.")


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


@audit.command("verify")
@click.option("--noted", type=Hash(), help="A head that was printed earlier; it must still be part of the trail.")
def verify(noted: bytes | None) -> None:
    """Recompute every hash; ends with status 1 at the first entry that is not as it was written."""
    broken = services.verify()
    if broken is not None:
        raise click.ClickException(f"The audit trail is broken: entry {broken} was changed, moved or removed.")
    if noted is not None and not services.contains(noted):
        raise click.ClickException("The audit trail is broken: the noted head is no longer part of it.")
    head = services.head()
    click.echo(f"The audit trail is whole: {head.sequence} entries.")
    click.echo(f"Head: {head.hash.hex()}")
    click.echo("Note the head elsewhere: `youthsafe audit verify --noted HEAD` then shows that nothing was cut off.")
