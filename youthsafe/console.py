"""Groups of commands that tell an expected failure in one line, under `youthsafe` and under `flask` alike."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from youthsafe.config import ConfigError
from youthsafe.database.failures import in_words, kind_of
from youthsafe.errors import YouthsafeError
from youthsafe.pack.faults import ContentError


class Commands(AppGroup):
    """The rooms' commands; a refused setting, pack or use case is told in one line, without a traceback."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, and tell how it failed when the context ends: `flask` never invokes the group itself."""
        ctx.with_resource(_in_one_line())
        return super().get_command(ctx, cmd_name)


@contextmanager
def _in_one_line() -> Iterator[None]:
    try:
        yield
    except (ConfigError, ContentError, YouthsafeError) as error:
        raise click.ClickException(str(error)) from None
    except DBAPIError as error:  # never its text, which may quote a password
        raise click.ClickException(in_words(kind_of(error))) from None
