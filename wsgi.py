"""The application, by the name that `flask --app wsgi` and `gunicorn` look for in a checkout."""

from youthsafe.wsgi import app

__all__ = ["app"]
