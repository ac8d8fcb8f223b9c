"""/healthz: whether this instance can do its work, for the machine that watches it."""

from flask import jsonify
from flask.typing import ResponseReturnValue

from youthsafe.database.engine import is_reachable
from youthsafe.web.blueprint import bare
from youthsafe.web.doors import Audience, Logs, door


@door(bare, "/healthz", audience=Audience.PUBLIC, limit="reading", logs=Logs.QUIET)
def healthz() -> ResponseReturnValue:
    """Answer 200 when the database can be written to the file a restart would open, 503 otherwise."""
    reachable = is_reachable()
    return jsonify(status="ok" if reachable else "failing", database=reachable), 200 if reachable else 503
