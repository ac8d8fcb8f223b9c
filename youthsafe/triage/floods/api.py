"""The staff JSON door against floods: what came by hour and step, closing it as junk, and asking for more work."""

from datetime import timedelta

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from youthsafe import clock
from youthsafe.accounts.authentication import current_member
from youthsafe.accounts.permissions import Permission
from youthsafe.crypto.encoding import EncodingError, unb64
from youthsafe.crypto.keys import ID_LENGTH
from youthsafe.database import batches, pause, transaction
from youthsafe.errors import NotFoundError
from youthsafe.limits import services as limits_services
from youthsafe.limits.proof_of_work import HIGHEST
from youthsafe.routing.json_body import EmptySchema, read_body
from youthsafe.routing.routes import ApiContract, Audience, Logs, route, route_defaults
from youthsafe.triage.floods import rates, schemas, services
from youthsafe.triage.floods.schemas import GroupSchema, MinimumSchema

blueprint = Blueprint("floods_api", __name__, url_prefix="/api/v1/staff/junk")
route_defaults(blueprint, audience=Audience.STAFF, permission=Permission.FLOOD_CLOSE, limit="staff")


@route(blueprint, "", permission=Permission.FLOOD_READ, contract=ApiContract({200: schemas.FloodsSchema}))
def junk() -> ResponseReturnValue:
    """List what nobody took on in a flood by hour and step, what was closed as junk, and the work everybody is asked.

    `flood` is how many of an hour, or of a day, make one, how few of a kind never do, and for how many hours nothing
    that somebody opened is closed. Only what can be closed is a group: no few, and nothing that
    somebody opened lately. Without a flood there are none, and `busiest` says how far.
    """
    member, minimum = current_member(), limits_services.minimum(clock.now())
    found = services.floods(member, clock.now())
    given = {
        "groups": found.groups,
        "busiest": found.busiest,
        "flood": {
            "hour": rates.OF_AN_HOUR,
            "day": rates.OF_A_DAY,
            "few": rates.NO_FEW,
            "reading": services.BEING_READ // timedelta(hours=1),
        },
        "closed": services.closed(member),
        "work": minimum,
        "highest": HIGHEST,
    }
    return jsonify(schemas.FloodsSchema().dump(given))


@route(
    blueprint,
    "",
    logs=Logs.AUDITED,
    methods=("POST",),
    endpoint="close",
    contract=ApiContract({200: schemas.JunkedSchema}, body=GroupSchema, refuses=(409,)),
)
def close() -> ResponseReturnValue:
    """Close one group but for what is on hold; 409 when it is not as it was shown.

    409 also where there is no flood, for a few, and for reports in danger that nobody opened.
    """
    member, group, now = current_member(), read_body(GroupSchema())["group"], clock.now()
    flood_id = b""
    for some in batches(services.plan(member, group, now), services.AT_ONCE):
        with transaction():
            if not flood_id:
                flood_id = services.close(member, group, some, now)
            elif not services.close_more(member, group, some, flood_id, now):
                break
    return jsonify(schemas.JunkedSchema().dump({"id": flood_id, "held": services.on_hold(member, group)}))


@route(
    blueprint,
    "/<junk_id>/undo",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({200: schemas.CountSchema}, body=EmptySchema, refuses=(409,)),
)
def undo(junk_id: str) -> ResponseReturnValue:
    """Put a group back among the new reports."""
    read_body(EmptySchema())
    member, closing, now = current_member(), _id(junk_id), clock.now()
    with transaction():
        count = more = services.undo(member, closing, now)
    while more == services.AT_ONCE:
        pause()
        with transaction():
            more = services.undo_more(member, closing)
        count += more
    return jsonify(schemas.CountSchema().dump({"count": count}))


@route(
    blueprint,
    "/work",
    permission=Permission.FLOOD_READ,
    contract=ApiContract({200: schemas.WorkAskedSchema}),
)
def work() -> ResponseReturnValue:
    """Tell which step of work everybody is asked for."""
    given = {"work": limits_services.minimum(clock.now()), "highest": HIGHEST}
    return jsonify(schemas.WorkAskedSchema().dump(given))


@route(
    blueprint,
    "/work",
    permission=Permission.WORK_RAISE,
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({204: None}, body=MinimumSchema),
)
def raise_work() -> ResponseReturnValue:
    """Ask everybody for a step of work for some hours."""
    body, now = read_body(MinimumSchema()), clock.now()
    with transaction():
        services.raise_work(current_member(), body["step"], body["hours"], now)
    return Response(status=204)


@route(
    blueprint,
    "/work/end",
    permission=Permission.WORK_RAISE,
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({204: None}, body=EmptySchema),
)
def lower_work() -> ResponseReturnValue:
    """End that before its time."""
    read_body(EmptySchema())
    now = clock.now()
    with transaction():
        services.lower_work(current_member(), now)
    return Response(status=204)


def _id(text: str) -> bytes:
    try:
        return unb64(text, ID_LENGTH)
    except EncodingError:
        raise NotFoundError("There is nothing here to put back.") from None
