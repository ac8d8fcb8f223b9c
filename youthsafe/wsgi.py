"""The application for a WSGI server and for the `flask` command: `youthsafe.wsgi:app`."""

import sys

from youthsafe.app import create_app
from youthsafe.config import ConfigError
from youthsafe.pack.faults import ContentError

_NEVER_STARTS = 3  # with this status gunicorn gives up, instead of starting the worker again and again

try:
    app = create_app()
except (ConfigError, ContentError) as error:
    sys.stderr.write(f"Error: {error}\n")
    sys.exit(_NEVER_STARTS)
