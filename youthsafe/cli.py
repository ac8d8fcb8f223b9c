"""The `youthsafe` command: collects the rooms' commands."""

from typing import Any

import click
from flask.cli import ScriptInfo
from sqlalchemy.exc import DBAPIError

from youthsafe import __version__
from youthsafe.app import create_app
from youthsafe.audit.commands import audit
from youthsafe.backups.commands import backup, restore
from youthsafe.config import Config, ConfigError
from youthsafe.database.commands import db
from youthsafe.database.failures import in_words, kind_of
from youthsafe.demo.commands import demo
from youthsafe.errors import YouthsafeError
from youthsafe.havens.commands import havens
from youthsafe.jobs.commands import jobs
from youthsafe.maps.commands import basemap
from youthsafe.pack.commands import content
from youthsafe.pack.faults import ContentError
from youthsafe.release.commands import verify_site
from youthsafe.retention.commands import purge
from youthsafe.serving import serve as serve_until_stopped


class Commands(click.Group):
    """A group that tells an expected failure in one line, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a refused setting or use case becomes a ClickException."""
        try:
            return super().invoke(ctx)
        except (ConfigError, ContentError, YouthsafeError) as error:
            raise click.ClickException(str(error)) from None
        except DBAPIError as error:  # never its text, which may quote a password
            raise click.ClickException(in_words(kind_of(error))) from None


@click.group(cls=Commands)
@click.version_option(__version__)
@click.pass_context
def main(ctx: click.Context) -> None:
    """YouthSafe: safety information, and sealed reports for youth workers."""
    ctx.obj = ctx.obj or ScriptInfo(create_app=create_app)  # made when a command first asks for it


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
def serve(host: str, port: int) -> None:
    """Serve the instance that the environment describes."""
    serve_until_stopped(Config.from_environment(), host=host, port=port)


for room in (audit, backup, basemap, content, db, demo, havens, jobs, purge, restore, verify_site):
    main.add_command(room)
