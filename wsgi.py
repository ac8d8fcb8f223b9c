"""The application for a WSGI server: `gunicorn` reads gunicorn.conf.py, which names this."""

from youthsafe.app import create_app

app = create_app()
