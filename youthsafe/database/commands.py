"""`youthsafe db`: bringing a database to the newest schema."""

import click
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from youthsafe.config import Config, ConfigError
from youthsafe.database import belonging, migrating
from youthsafe.database.ownership import refuse_root_on_the_file


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
def upgrade() -> None:
    """Bring YOUTHSAFE_DATABASE_URL to the newest schema; creates a SQLite file that is not there yet."""
    try:
        config = Config.from_environment()
        refuse_root_on_the_file(config)
    except ConfigError as error:
        raise click.ClickException(str(error)) from None
    migrating.upgrade(config.database_url)
    engine = create_engine(config.database_url, poolclass=NullPool, hide_parameters=True)
    with engine.begin() as connection:
        belonging.write_down(connection, config)
    click.echo("The database has the newest schema.")
