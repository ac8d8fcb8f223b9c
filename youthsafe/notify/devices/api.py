"""The staff JSON door to devices: the browsers in which a member wants to be woken when something waits."""

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from youthsafe import clock
from youthsafe.accounts.authentication import current_member
from youthsafe.accounts.permissions import Permission
from youthsafe.database import transaction
from youthsafe.notify.devices import services
from youthsafe.notify.devices.schemas import DeviceSchema, DevicesSchema, PushKeySchema, WokenSchema
from youthsafe.notify.devices.waking import ask
from youthsafe.routing.json_body import EmptySchema, read_body
from youthsafe.routing.routes import ApiContract, Audience, Logs, route, route_defaults

blueprint = Blueprint("devices_api", __name__, url_prefix="/api/v1/staff/devices")
route_defaults(blueprint, audience=Audience.STAFF, permission=Permission.REPORT_READ, limit="staff")


@route(blueprint, "", contract=ApiContract({200: DevicesSchema}))
def devices() -> ResponseReturnValue:
    """Give the addresses of the browsers in which the member is woken."""
    member = current_member()
    found = services.of([member.id]).get(member.id, [])
    return jsonify(DevicesSchema().dump({"endpoints": [each.endpoint for each in found]}))


@route(blueprint, "/key", methods=("POST",), contract=ApiContract({200: PushKeySchema}, body=EmptySchema))
def key() -> ResponseReturnValue:
    """Give what a browser binds itself to; made when somebody asks for the first time."""
    read_body(EmptySchema())
    with transaction():
        found = services.public_key()
    return jsonify(PushKeySchema().dump({"key": found}))


@route(
    blueprint,
    "",
    logs=Logs.AUDITED,
    methods=("POST",),
    endpoint="add",
    contract=ApiContract({204: None}, body=DeviceSchema, refuses=(409,)),
)
def add() -> ResponseReturnValue:
    """Wake the member in a browser from now on."""
    endpoint, now = read_body(DeviceSchema())["endpoint"], clock.now()
    with transaction():
        services.add(current_member(), endpoint, now)
    return Response(status=204)


@route(
    blueprint,
    "/remove",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({204: None}, body=DeviceSchema),
)
def remove() -> ResponseReturnValue:
    """Wake the member in a browser no more."""
    endpoint, now = read_body(DeviceSchema())["endpoint"], clock.now()
    with transaction():
        services.remove(current_member(), endpoint, now)
    return Response(status=204)


@route(
    blueprint,
    "/test",
    limit="mail-test",
    methods=("POST",),
    contract=ApiContract({200: WokenSchema}, body=DeviceSchema),
)
def test() -> ResponseReturnValue:
    """Wake one of the member's browsers as a test, and say whether its push service took it."""
    endpoint, member = read_body(DeviceSchema())["endpoint"], current_member()
    mine = [each for each in services.of([member.id]).get(member.id, []) if each.endpoint == endpoint]
    found = ask(mine, services.key(), services.contact(), clock.now)
    return jsonify(WokenSchema().dump(found))
