"""Gunicorn's settings for production: `gunicorn --config python:youthsafe.gunicorn_conf --bind 0.0.0.0:8000`."""

from dataclasses import replace

from gunicorn.arbiter import Arbiter

from youthsafe.config import Config, ConfigError
from youthsafe.database.instance_check import refuse_at_start
from youthsafe.serving import gunicorn_settings

wsgi_app = "youthsafe.wsgi:app"
try:
    globals().update(gunicorn_settings("127.0.0.1:8000", Config.from_environment().processes))
except ConfigError as error:
    raise SystemExit(f"Error: {error}") from None


def on_starting(server: Arbiter) -> None:
    """Refuse what `youthsafe serve` refuses: `--workers 2` without what that needs, and another's database."""
    try:
        refuse_at_start(replace(Config.from_environment(), processes=server.num_workers))
    except ConfigError as error:
        raise SystemExit(f"Error: {error}") from None
