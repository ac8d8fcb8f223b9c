"""The package's settings, by the name that `gunicorn` looks for in a checkout."""

from youthsafe import gunicorn_conf

globals().update({name: value for name, value in vars(gunicorn_conf).items() if not name.startswith("_")})
