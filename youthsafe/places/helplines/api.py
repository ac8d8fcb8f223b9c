"""The staff JSON door to helplines: who was tried when, an alert, and what differs from the pack here."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from youthsafe import clock
from youthsafe.accounts.authentication import current_member
from youthsafe.accounts.permissions import Permission
from youthsafe.accounts.services import SignedIn
from youthsafe.database import transaction
from youthsafe.helplines.local import Differing, LocalFault
from youthsafe.pack.services import Service
from youthsafe.places.helplines import schemas, services
from youthsafe.places.helplines.services import Helpline
from youthsafe.rooms import rooms
from youthsafe.routing.json_body import EmptySchema, read_body
from youthsafe.routing.routes import ApiContract, Audience, Logs, route, route_defaults

blueprint = Blueprint("helplines_api", __name__, url_prefix="/api/v1/staff/helplines")
route_defaults(blueprint, audience=Audience.STAFF, permission=Permission.HELPLINE_CHECK, limit="staff")

_CHANGED = {200: schemas.HelplineChangedSchema}
_BARE = ApiContract(_CHANGED, body=EmptySchema, refuses=(409,))


@route(blueprint, "", contract=ApiContract({200: schemas.HelplineListSchema}))
def helplines() -> ResponseReturnValue:
    """List the helplines of the content pack with what is known of them here."""
    given = {"helplines": [_shown(each) for each in services.every_helpline(clock.now())]}
    return jsonify(schemas.HelplineListSchema().dump(given))


@route(
    blueprint,
    "/<service_id>/checked",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract(_CHANGED, body=schemas.HelplineTriedSchema, refuses=(409,)),
)
def checked(service_id: str) -> ResponseReturnValue:
    """Write down that the member tried a helpline and was answered, which ends an alert."""
    word = read_body(schemas.HelplineTriedSchema())
    return _act(service_id, lambda by, it, now: services.check(by, it, word["way"], word["on"], now))


@route(blueprint, "/<service_id>/alert", logs=Logs.AUDITED, methods=("POST",), contract=_BARE)
def alert(service_id: str) -> ResponseReturnValue:
    """Tell pupils at once that nobody answers at the moment."""
    read_body(EmptySchema())
    return _act(service_id, services.alert)


@route(blueprint, "/<service_id>/alert/end", logs=Logs.AUDITED, methods=("POST",), contract=_BARE)
def end_alert(service_id: str) -> ResponseReturnValue:
    """Tell pupils that no longer."""
    read_body(EmptySchema())
    return _act(service_id, services.end_alert)


@route(
    blueprint,
    "/<service_id>/change",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract(_CHANGED, body=schemas.HelplineChangeSchema, refuses=(409,)),
)
def change(service_id: str) -> ResponseReturnValue:
    """Show pupils something else than the pack has, or say what is wrong with it."""
    differing = Differing(**read_body(schemas.HelplineChangeSchema()))
    wrong: list[tuple[str, LocalFault]] = []
    return _act(service_id, lambda by, it, now: wrong.extend(services.change(by, it, differing, now)), wrong)


@route(blueprint, "/<service_id>/change/end", logs=Logs.AUDITED, methods=("POST",), contract=_BARE)
def restore(service_id: str) -> ResponseReturnValue:
    """Show pupils the pack's entry again."""
    read_body(EmptySchema())
    return _act(service_id, services.restore)


def _act(
    service_id: str,
    use_case: Callable[[SignedIn, str, datetime], None],
    wrong: list[tuple[str, LocalFault]] | None = None,
) -> ResponseReturnValue:
    with transaction():
        use_case(current_member(), service_id, clock.now())
    rooms().following.look_now()
    faults = [{"field": field, "fault": fault} for field, fault in wrong or ()]
    given = {"helpline": _shown(services.one(service_id, clock.now())), "faults": faults}
    return jsonify(schemas.HelplineChangedSchema().dump(given))


def _shown(found: Helpline) -> dict[str, Any]:
    local = found.local
    given = {name: getattr(found, name) for name in ("fixed", "may_be_tried", "due")}
    known = {name: getattr(local, name) for name in ("changed_on", "silent_since", "checked_by", "checked_how")}
    return given | known | {
        "id": found.pack.id,
        "name": found.pack.name.original.text,
        "ways": found.shown.ways,
        "pack": _of_pack(found.pack),
        "local": local.differing,
        "differs": not local.differing.is_empty,
        "checked_on": found.shown.verified_on,
    }  # fmt: skip


def _of_pack(service: Service) -> Differing:
    text, hours_text = service.text, service.hours_text
    to, say = (text.to, text.say) if text else (None, None)
    return Differing(service.phone, to, say, service.hours, hours_text.original.text if hours_text else None)
