"""The staff JSON door to how long reports are kept."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from youthsafe import clock
from youthsafe.accounts.authentication import current_member
from youthsafe.accounts.permissions import Permission
from youthsafe.database import transaction
from youthsafe.retention import schemas, settings
from youthsafe.retention.settings import CLOSED_DAYS, UNCLAIMED_DAYS, Days
from youthsafe.rooms import rooms
from youthsafe.routing.json_body import read_body
from youthsafe.routing.routes import ApiContract, Audience, Logs, route, route_defaults

blueprint = Blueprint("retention_api", __name__, url_prefix="/api/v1/staff/retention")
route_defaults(blueprint, audience=Audience.STAFF, permission=Permission.RETENTION_SET, limit="staff")


@route(blueprint, "", contract=ApiContract({200: schemas.RetentionSchema}))
def retention() -> ResponseReturnValue:
    """Tell how long reports are kept, which change waits, and what may be set."""
    return _retention()


@route(
    blueprint,
    "/foresee",
    methods=("POST",),
    contract=ApiContract({200: schemas.ForeseenSchema}, body=schemas.DaysToForeseeSchema),
)
def foresee() -> ResponseReturnValue:
    """Count what days that are set now would erase in the next 60 days, if nothing happens to any report."""
    body = read_body(schemas.DaysToForeseeSchema())
    return jsonify(schemas.ForeseenSchema().dump(settings.foresee(Days(**body), clock.now())))


@route(
    blueprint,
    "",
    logs=Logs.AUDITED,
    methods=("POST",),
    endpoint="change",
    contract=ApiContract({200: schemas.RetentionSchema}, body=schemas.RetentionChangeSchema, refuses=(409,)),
)
def change() -> ResponseReturnValue:
    """Keep reports for so many days; 409 where it would erase another number of them than was shown.

    What gets longer holds at once, what gets shorter from the end of the next day in London.
    """
    body, now = read_body(schemas.RetentionChangeSchema()), clock.now()
    with transaction():
        settings.change(current_member(), Days(body["closed"], body["unclaimed"]), body["removes"], now)
    rooms().following.look_now()
    return _retention()


def _retention() -> ResponseReturnValue:
    now = clock.now()
    given = {
        "days": settings.in_force(now),
        "coming": settings.coming(now),
        "foreseen": settings.foreseen(now),
        "closed": dict(zip(("least", "most"), CLOSED_DAYS, strict=True)),
        "unclaimed": dict(zip(("least", "most"), UNCLAIMED_DAYS, strict=True)),
    }
    return jsonify(schemas.RetentionSchema().dump(given))
