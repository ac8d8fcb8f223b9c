"""`youthsafe db`, Alembic's commands on the database of the settings, and `youthsafe secret`; `flask` has both."""

import click
from flask import has_app_context
from flask.cli import with_appcontext
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from youthsafe import extensions
from youthsafe.config import Config, settings
from youthsafe.database import instance_check, migrating
from youthsafe.database.idle import nobody_else
from youthsafe.database.rotating import WAIT, Rotating
from youthsafe.database.secret_versions import SecretVersions


@click.group()
def db() -> None:
    """Look after the database's schema."""


@db.command()
def current() -> None:
    """Show the revision that the database stands at."""
    migrating.current(_config().database_url)


@db.command()
def history() -> None:
    """List the revisions, the newest first."""
    migrating.history()


@db.command()
def check() -> None:
    """End with status 1 unless the database is at the newest revision and fits the models."""
    migrating.check(_config().database_url)


@db.command()
@click.option("--message", "-m", required=True, help="What changes, in a few words.")
@click.option("--empty", is_flag=True, help="Compare nothing; for a migration of rows.")
def revision(message: str, *, empty: bool) -> None:
    """Write the next migration, from what the models have and the database has not."""
    migrating.write(_config().database_url, message, empty=empty)


@db.command()
@click.argument("target", metavar="[REVISION]", default="head")
def upgrade(target: str) -> None:
    """Bring the database to the newest schema, or to REVISION; creates a SQLite file that is not there yet."""
    config = _config()
    migrating.upgrade(config.database_url, target)
    if target != "head":
        click.echo(f"The database stands at {target}.")
        return
    engine = create_engine(config.database_url, poolclass=NullPool, hide_parameters=True)
    with engine.begin() as connection:
        instance_check.write_down(connection, config, SecretVersions(config))
    click.echo("The database has the newest schema.")


@db.command()
@click.argument("target", metavar="REVISION")
@click.option("--yes", is_flag=True, help="Do not ask.")
def downgrade(target: str, *, yes: bool) -> None:
    """Take the schema back to REVISION (`base`: to nothing), with everything that only newer tables hold.

    Refused while a server or another command has the database open.
    """
    config = _config()
    if not yes:
        click.confirm("What only newer tables and columns hold is lost. Go on?", abort=True)
    if has_app_context():  # as under `flask`, whose application has it open itself
        extensions.db.engine.dispose()
    with nobody_else(config.database_url):
        migrating.downgrade(config.database_url, target)
    click.echo(f"The database stands at {target}.")


def _config() -> Config:
    """Return the application's settings, or the environment's where no application runs.

    Raises ConfigError, also for the database of another instance: nothing of it is changed.
    """
    config = settings() if has_app_context() else Config.from_environment()
    instance_check.refuse_at_start(config)
    return config


@click.group()
def secret() -> None:
    """Look after the server secret."""


@secret.command()
@with_appcontext
def add() -> None:
    """Put a new version into the secret's file and change nothing else, so that it can be copied to other machines."""
    Rotating(settings(), click.echo).add()


@secret.command()
@click.option(
    "--wait",
    default=WAIT,
    show_default=True,
    type=click.FloatRange(0),
    help="How many seconds every server gets to see that there is a new version.",
)
@click.option("--leave-damaged", is_flag=True, help="Leave values that no version opens as they are.")
@with_appcontext
def rotate(wait: float, *, leave_damaged: bool) -> None:
    """Change the server secret while the servers run; a run that was cut short is taken up again."""
    Rotating(settings(), click.echo, wait).run(leave_damaged=leave_damaged)
