"""Gunicorn's settings for production; `gunicorn --bind 0.0.0.0:8000` changes one."""

from dataclasses import replace

from gunicorn.arbiter import Arbiter

from youthsafe.config import Config
from youthsafe.serving import gunicorn_settings

wsgi_app = "wsgi:app"
globals().update(gunicorn_settings("127.0.0.1:8000", Config.from_environment().processes))


def on_starting(server: Arbiter) -> None:
    """Refuse `--workers 2` as YOUTHSAFE_PROCESSES=2 is refused: without a store that all of them share."""
    replace(Config.from_environment(), processes=server.num_workers)
