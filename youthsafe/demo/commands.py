"""`youthsafe demo`: one command from nothing to a working demonstration."""

import shlex
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from pyotp import TOTP

from youthsafe.accounts.second_factor import ISSUER
from youthsafe.app import create_app
from youthsafe.config import Config, content_folder
from youthsafe.database import migrating, transaction
from youthsafe.demo import ceremony, services, words
from youthsafe.demo.data_folder import Folder, FolderError
from youthsafe.errors import ConflictError
from youthsafe.extensions import db
from youthsafe.pack import pack
from youthsafe.serving import serve
from youthsafe.setup import link
from youthsafe.setup.link import lines_of

_data_dir = click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var"),
    show_default=True,
    help="Where keys, sign-ins and the database are kept.",
)
_BAR = "=" * 78
_LINK_LIFE = timedelta(hours=24)
_EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104  # only to print an address that can be opened


@click.group(invoke_without_command=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option("--empty", is_flag=True, help="Begin with the set-up: nobody and nothing is made.")
@click.option("--prepare-only", is_flag=True, help="Make the data, print the sign-in and stop.")
@_data_dir
@click.pass_context
def demo(context: click.Context, host: str, port: int, data_dir: Path, *, empty: bool, prepare_only: bool) -> None:
    """Serve a demonstration with made-up keys, sign-ins and havens; its data is made at the first start."""
    if context.invoked_subcommand is not None:
        return
    folder, now = Folder(data_dir), datetime.now(UTC)
    try:
        config = prepare_empty(folder) if empty else prepare(folder, now)
    except FolderError as error:
        raise click.ClickException(str(error)) from None
    click.echo(_welcome_empty(config, host, port, now) if empty else _welcome(folder, host, port))
    if not prepare_only:
        serve(config, host=host, port=port)


@demo.command("code")
@click.argument("name")
@_data_dir
def code(name: str, data_dir: Path) -> None:
    """Print the six-digit code that NAME's authenticator app would show now."""
    try:
        people = {each.name: each for each in Folder(data_dir).read_sign_ins()}
    except FileNotFoundError:
        raise click.ClickException(
            f"There is no demonstration in {data_dir}. Start one with `youthsafe demo`."
        ) from None
    if name not in people:
        raise click.ClickException(f"There is no such name. The names are: {', '.join(people)}.")
    click.echo(TOTP(people[name].totp).now())


def prepare(folder: Folder, now: datetime) -> Config:
    """Make the demonstration unless it is there, bring its database up to date, and return its configuration.

    Raises FolderError for a folder that holds a part of a demonstration or something else.
    """
    if folder.is_ready:
        migrating.upgrade(folder.database_url)
    else:
        _make(folder, now)
    config = _config(folder, folder.read_secret())
    _within(config, lambda: services.refresh(now, folder.read_root()))
    return config


def prepare_empty(folder: Folder) -> Config:
    """Make an empty database and a server secret unless they are there, and return the configuration.

    Raises FolderError for a folder that holds a demonstration with sign-ins of its own.
    """
    if folder.is_ready_empty:
        migrating.upgrade(folder.database_url)
    else:
        part = folder.begin()
        part.new_secret()
        part.database.touch(mode=0o600)
        migrating.upgrade(part.database_url)
        folder.finish()
    return _config(folder, folder.read_secret())


def _make(folder: Folder, now: datetime) -> None:
    click.echo("Making keys and sign-ins for the demonstration (a few seconds, the first time only)")
    made = ceremony.hold(now, words.word_list(), pack.load(content_folder()).site.nation)
    part = folder.begin()
    config = _config(part, part.new_secret())
    part.write_sign_ins(made.people)
    part.write_kit(made.kit)
    part.database.touch(mode=0o600)
    migrating.upgrade(config.database_url)
    _within(config, lambda: services.store(made, now))
    folder.finish()


def _config(folder: Folder, secret: bytes) -> Config:
    return Config(database_url=folder.database_url, server_secret=secret, demo=True, content=content_folder())


def _within(config: Config, use_case: Callable[[], None]) -> None:
    """Run one use case in a transaction of an application that is then closed, so that no connection is left over."""
    with create_app(config).app_context():
        try:
            with transaction():
                use_case()
        finally:
            db.session.remove()
            db.engine.dispose()


def _welcome_empty(config: Config, host: str, port: int, now: datetime) -> str:
    """Say where setting up begins; once somebody has, where the desk is."""
    address = _address(host, port)
    made: list[bytes] = []
    with suppress(ConflictError):
        _within(config, lambda: made.append(link.make(now, _LINK_LIFE)))
    where = [f"Staff         {address}/staff/"]
    if made:
        page, secret = lines_of(address, made[0])
        where = [f"Set up        {page}", f"Paste there   {secret}"]
    lines = (_BAR, "DEMONSTRATION. Never for a real report.", _BAR, f"Pupils        {address}/", *where, _BAR)
    return "\n".join(lines)


def _address(host: str, port: int) -> str:
    return f"http://{_EVERY_ADDRESS.get(host, f'[{host}]' if ':' in host else host)}:{port}"


def _welcome(folder: Folder, host: str, port: int) -> str:
    address = _address(host, port)
    people = folder.read_sign_ins()
    first = people[0]
    next_code = shlex.join([sys.argv[0], "demo", "code", first.name, "--data-dir", str(folder.path)])
    lines = (
        _BAR,
        "DEMONSTRATION. Keys, sign-ins and havens are made up. Never for a real report.",
        _BAR,
        f"Pupils        {address}/",
        f"Staff         {address}/staff/",
        f"Sign in as    {first.name}",
        f"Six words     {first.words}",
        f"Code          {TOTP(first.totp).now()}",
        f"Next code     {next_code}",
        f"Or in an app  {TOTP(first.totp).provisioning_uri(name=first.name, issuer_name=ISSUER)}",
        f"Others        {', '.join(each.name for each in people[1:])}: see {folder.sign_ins}",
        _BAR,
    )
    return "\n".join(lines)
