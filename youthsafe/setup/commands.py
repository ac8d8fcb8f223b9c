"""`youthsafe setup-link`: where setting an instance up begins."""

from datetime import timedelta

import click
from flask.cli import with_appcontext

from youthsafe import clock
from youthsafe.config import settings
from youthsafe.database import transaction
from youthsafe.setup import link

LONGEST_HOURS = 7 * 24


@click.command("setup-link")
@click.option(
    "--hours",
    type=click.IntRange(1, LONGEST_HOURS),
    default=24,
    show_default=True,
    help="For how many hours the link is good.",
)
@with_appcontext
def setup_link(hours: int) -> None:
    """Print the link by which the first coordinator sets this instance up; it replaces any made before."""
    now, life = clock.now(), timedelta(hours=hours)
    with transaction():
        secret = link.make(now, life)
    click.echo("\n".join(link.lines_of(settings().public_url or "https://YOUR-SITE", secret)))
    click.echo(
        f"Open the address, and paste the line below it there. It works once, until {now + life:%Y-%m-%d %H:%M} UTC. "
        "Give it to the first coordinator only.",
        err=True,
    )
    if settings().public_url is None:
        click.echo("Put your site in the place of YOUR-SITE, or set YOUTHSAFE_PUBLIC_URL.", err=True)
