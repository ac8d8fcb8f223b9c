"""The staff JSON door to taking reports: bank holidays, stopping at once, and taking reports again."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from youthsafe import clock
from youthsafe.accounts.authentication import current_member
from youthsafe.accounts.permissions import Permission
from youthsafe.database import transaction
from youthsafe.instance import services as instance_services
from youthsafe.intake import schemas, services
from youthsafe.routing.json_body import EmptySchema, read_body
from youthsafe.routing.routes import ApiContract, Audience, Logs, route, route_defaults

blueprint = Blueprint("intake_api", __name__, url_prefix="/api/v1/staff")
route_defaults(blueprint, audience=Audience.STAFF, permission=Permission.FORM_STOP, limit="staff")


@route(
    blueprint,
    "/holidays",
    permission=Permission.HOURS_SET,
    contract=ApiContract({200: schemas.CalendarSchema}),
)
def holidays() -> ResponseReturnValue:
    """List the bank holidays to come, which the desk proposes as closed days of the bundle that it signs."""
    return jsonify(schemas.CalendarSchema().dump(services.calendar(clock.now())))


@route(blueprint, "/form", contract=ApiContract({200: schemas.FormSchema}))
def form() -> ResponseReturnValue:
    """Tell whether the form takes reports, or since when it does not, and why."""
    return _form()


@route(
    blueprint,
    "/form/stop",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({200: schemas.FormSchema}, body=EmptySchema),
)
def stop() -> ResponseReturnValue:
    """Stop taking reports at once: `GET /api/v1/bundle` answers 404 until they are taken again."""
    read_body(EmptySchema())
    now = clock.now()
    with transaction():
        services.stop(current_member(), now)
    return _form()


@route(
    blueprint,
    "/form/take-again",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({200: schemas.FormSchema}, body=EmptySchema),
)
def take_again() -> ResponseReturnValue:
    """Take reports again."""
    read_body(EmptySchema())
    now = clock.now()
    with transaction():
        services.take_again(current_member(), now)
    return _form()


def _form() -> ResponseReturnValue:
    return jsonify(schemas.FormSchema().dump({"stopped": instance_services.stopped()}))
