"""Gunicorn's settings for production; `gunicorn --bind 0.0.0.0:8000` changes one."""

from youthsafe.config import Config
from youthsafe.serving import gunicorn_settings

wsgi_app = "wsgi:app"
globals().update(gunicorn_settings("127.0.0.1:8000", Config.from_environment().processes))
