"""/healthz: whether this instance can do its work, for the machine that watches it."""

from flask import jsonify
from flask.typing import ResponseReturnValue

from youthsafe.database.failures import in_words
from youthsafe.database.health import failure_now
from youthsafe.routing.routes import route
from youthsafe.web.blueprint import unlocalised


@route(unlocalised, "/healthz")
def healthz() -> ResponseReturnValue:
    """Answer 200 when a report could be accepted now, 503 with what is wrong otherwise."""
    failure = failure_now()
    if failure is None:
        return jsonify(status="ok", database=True), 200
    return jsonify(status="failing", database=False, problem=failure, means=in_words(failure)), 503
