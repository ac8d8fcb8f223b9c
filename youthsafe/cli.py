"""The `youthsafe` command: collects the rooms' commands."""

import click
from flask.cli import ScriptInfo

from youthsafe import __version__
from youthsafe.app import COMMANDS, create_app
from youthsafe.backups.commands import restore
from youthsafe.config import Config
from youthsafe.console import Commands
from youthsafe.demo.commands import demo
from youthsafe.release.commands import verify_site
from youthsafe.serving import serve as serve_until_stopped


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


# `flask` has no others: these make an application of their own, or want that nobody has the database open.
for command in (*COMMANDS, demo, restore, verify_site):
    main.add_command(command)
