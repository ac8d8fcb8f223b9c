"""The staff JSON door of set-up: the link's check, what is left to do, and opening the form."""

from typing import Any

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from youthsafe import clock
from youthsafe.accounts.authentication import current_member
from youthsafe.accounts.permissions import Permission
from youthsafe.config import settings
from youthsafe.crypto.change import MOST_BYTES
from youthsafe.database import transaction
from youthsafe.rooms import rooms
from youthsafe.routing.json_body import EmptySchema, read_body
from youthsafe.routing.routes import ApiContract, Audience, Logs, route, route_defaults
from youthsafe.setup import founding, link, recovering, schemas, services
from youthsafe.setup.kept_kit import PaperKit
from youthsafe.setup.steps import ENOUGH_PEOPLE

blueprint = Blueprint("setup_api", __name__, url_prefix="/api/v1/staff")
route_defaults(blueprint, audience=Audience.STAFF, permission=Permission.INSTANCE_SET_UP, limit="staff")

_LARGEST = MOST_BYTES * 4 // 3 + 8192  # a change in base64url, with the rest of its body
_DONE = {200: schemas.StandingSchema}


@route(
    blueprint,
    "/set-up/link",
    audience=Audience.STAFF_ENTRANCE,
    permission="",
    limit="sign-in",
    methods=("POST",),
    contract=ApiContract({200: schemas.LinkFoundSchema}, body=schemas.LinkSchema, refuses=(404,)),
)
def check_link() -> ResponseReturnValue:
    """Tell whether a set-up link would set this instance up now; 404 for every other, whatever is wrong with it."""
    link.require(read_body(schemas.LinkSchema())["secret"], clock.now())
    return jsonify(schemas.LinkFoundSchema().dump({"demo": settings().demo}))


@route(
    blueprint,
    "/set-up",
    audience=Audience.STAFF_ENTRANCE,
    permission="",
    limit="sign-in",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({204: None}, body=schemas.FoundingSchema, refuses=(404, 409)),
)
def found() -> ResponseReturnValue:
    """Set the instance up, all of it or nothing; 404 for a link that is not good, 409 for a code that is not."""
    body, now = read_body(schemas.FoundingSchema()), clock.now()
    signed, account = _sent(body)
    with transaction():
        founding.found(body["secret"], signed, account, PaperKit(body["kit_token"], body["kit_wrap"]), now)
    return Response(status=204)


@route(
    blueprint,
    "/recovery",
    audience=Audience.STAFF_ENTRANCE,
    permission="",
    limit="sign-in",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({200: schemas.SealedToKitSchema}, body=schemas.KitSchema, refuses=(404,)),
)
def look_by_kit() -> ResponseReturnValue:
    """Give what is sealed to the recovery kit to whoever has it, and tell the coordinators; 404 for any other."""
    token, now = read_body(schemas.KitSchema())["token"], clock.now()
    with transaction():
        found = recovering.look(token, now)
    given = {"wrap": found.wrap, "grants": found.grants}
    given |= {"change": found.change.content, "signature": found.change.signature}
    return jsonify(schemas.SealedToKitSchema().dump(given))


@route(
    blueprint,
    "/recovery/restore",
    audience=Audience.STAFF_ENTRANCE,
    permission="",
    limit="sign-in",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({204: None}, body=schemas.RestoringSchema, refuses=(404, 409)),
)
def restore() -> ResponseReturnValue:
    """Bring one coordinator back, all of it or nothing; the kit is used up. 409 for a code that is not good."""
    body, now = read_body(schemas.RestoringSchema(), _LARGEST), clock.now()
    signed, account = _sent(body)
    with transaction():
        recovering.restore(body["token"], signed, account, PaperKit(body["kit_token"], body["kit_wrap"]), now)
    return Response(status=204)


@route(blueprint, "/getting-started", contract=ApiContract(_DONE))
def getting_started() -> ResponseReturnValue:
    """Tell what is done and what still keeps the form closed."""
    return _standing()


@route(
    blueprint,
    "/getting-started/controller",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract(_DONE, body=schemas.ControllerBodySchema),
)
def write_controller() -> ResponseReturnValue:
    """Write down who runs this instance."""
    said, now = read_body(schemas.ControllerBodySchema()), clock.now()
    with transaction():
        services.write_controller(current_member(), {name: text.strip() for name, text in said.items()}, now)
    rooms().following.look_now()
    return _standing()


@route(
    blueprint,
    "/getting-started/teams",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract(_DONE, body=schemas.TeamsDecidedSchema),
)
def decide_teams() -> ResponseReturnValue:
    """Write down whether the general team reads worries about adults who work with young people too."""
    one_team, now = read_body(schemas.TeamsDecidedSchema())["one_team"], clock.now()
    with transaction():
        services.do_without_smaller_team(current_member(), now, without=one_team)
    return _standing()


@route(
    blueprint,
    "/getting-started/kit",
    permission=Permission.TEAM_SIGN,
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({204: None}, body=schemas.NewKitSchema, refuses=(409,)),
)
def replace_kit() -> ResponseReturnValue:
    """Put a new recovery kit in force with the change that names it, all or nothing; the old one is dead."""
    body, now = read_body(schemas.NewKitSchema(), _LARGEST), clock.now()
    signed = founding.SignedBytes(body["change"], body["signature"])
    with transaction():
        recovering.replace_kit(current_member(), signed, PaperKit(body["kit_token"], body["kit_wrap"]), now)
    return Response(status=204)


@route(
    blueprint,
    "/getting-started/open",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract(_DONE, body=EmptySchema, refuses=(409,)),
)
def open_form() -> ResponseReturnValue:
    """Let pupils send from now on; 409 while something is missing."""
    read_body(EmptySchema())
    now = clock.now()
    with transaction():
        services.open_form(current_member(), now)
    return _standing()


def _sent(body: dict[str, Any]) -> tuple[founding.SignedBytes, founding.Account]:
    account = founding.Account(*(body[name] for name in ("salt", "proof", "wrap", "second_factor", "code")))
    return founding.SignedBytes(body["change"], body["signature"]), account


def _standing() -> Response:
    found = services.standing()
    given = {
        "open": found.open,
        "one_team": found.controller.one_team,
        "enough": ENOUGH_PEOPLE,
        "borough": rooms().pack.site.borough.original.text,
        "steps": found.steps,
        "teams": found.teams,
        "readers": found.readers,
        "controller": found.controller,
    }
    return jsonify(schemas.StandingSchema().dump(given))
