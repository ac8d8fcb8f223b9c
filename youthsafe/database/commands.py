"""`youthsafe db`: bringing a database to the newest schema."""

import click

from youthsafe.config import Config, ConfigError
from youthsafe.database import migrating


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
def upgrade() -> None:
    """Bring YOUTHSAFE_DATABASE_URL to the newest schema; creates a SQLite file that is not there yet."""
    try:
        config = Config.from_environment()
    except ConfigError as error:
        raise click.ClickException(str(error)) from None
    migrating.upgrade(config.database_url)
    click.echo("The database has the newest schema.")
