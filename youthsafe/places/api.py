"""The staff JSON door to Safe Havens: lists, one place, what people say of it, and importing a file."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from youthsafe import clock
from youthsafe.accounts.authentication import current_member
from youthsafe.accounts.permissions import Permission
from youthsafe.clock import LONDON
from youthsafe.crypto.encoding import EncodingError, unb64
from youthsafe.crypto.keys import ID_LENGTH
from youthsafe.database import transaction
from youthsafe.errors import InvalidInputError, NotFoundError
from youthsafe.havens import services as havens_services
from youthsafe.havens.approvals import Person, role_in
from youthsafe.havens.models import Haven
from youthsafe.havens.records import Record
from youthsafe.havens.services import Trust, trust
from youthsafe.havens.writing import columns_of, values_of
from youthsafe.places import haven_lists, schemas, services
from youthsafe.places.people import person
from youthsafe.routing.json_body import EmptySchema, read_body
from youthsafe.routing.json_fields import KeptSchema
from youthsafe.routing.routes import ApiContract, Audience, Logs, route, route_defaults

blueprint = Blueprint("places_api", __name__, url_prefix="/api/v1/staff/havens")
route_defaults(blueprint, audience=Audience.STAFF, permission=Permission.HAVEN_READ, limit="staff")

_DETAIL = {200: schemas.HavenDetailSchema}
_KEPT = ApiContract({200: schemas.HavenKeptSchema}, body=schemas.HavenColumnsSchema, refuses=(409,))
_BARE = ApiContract(_DETAIL, body=EmptySchema, refuses=(409,))
_WORD = ApiContract(_DETAIL, body=schemas.HavenWordSchema, refuses=(409,))

Act = Callable[[bytes, Person, datetime], Haven]


@route(blueprint, "", contract=ApiContract({200: schemas.HavenListSchema}, query=schemas.HavensWantedSchema))
def havens() -> ResponseReturnValue:
    """List havens by name: `?list=` candidate, active, paused, withdrawn or due for checking, at most 100 at a time."""
    try:
        wanted = schemas.HavensWantedSchema().load(request.args.to_dict())
    except ValidationError as error:
        raise InvalidInputError(
            "The list is not known.", fields={name: ["Not known."] for name in error.messages_dict}
        ) from None
    now = clock.now()
    page = haven_lists.page(wanted["list"], now, wanted["after"])
    given = {"havens": [_line(each, now) for each in page.havens], "next": page.end, "counts": haven_lists.counts(now)}
    return jsonify(schemas.HavenListSchema().dump(given))


@route(
    blueprint,
    "",
    permission=Permission.HAVEN_PROPOSE,
    logs=Logs.AUDITED,
    methods=("POST",),
    endpoint="propose",
    contract=_KEPT,
)
def propose() -> ResponseReturnValue:
    """Add one place as a candidate."""
    return _keep(lambda record, now: havens_services.propose(record, person(current_member()), now))


@route(blueprint, "/<haven_id>", contract=ApiContract(_DETAIL))
def haven(haven_id: str) -> ResponseReturnValue:
    """Give one place with its columns and who has approved it."""
    return _detail(havens_services.one(_id(haven_id)))


@route(
    blueprint,
    "/<haven_id>/edit",
    permission=Permission.HAVEN_PROPOSE,
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=_KEPT,
)
def edit(haven_id: str) -> ResponseReturnValue:
    """Change what is known of a place; it leaves the list until two people approve it again."""
    found = _id(haven_id)
    return _keep(lambda record, now: havens_services.edit(found, record, person(current_member()), now))


@route(
    blueprint,
    "/<haven_id>/approve",
    permission=Permission.HAVEN_APPROVE,
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=_WORD,
)
def approve(haven_id: str) -> ResponseReturnValue:
    """Write down that the member made sure of a place; two different people must, one of them after a visit."""
    word = read_body(schemas.HavenWordSchema())
    return _act(haven_id, lambda it, by, now: havens_services.approve(it, by, word["method"], word["on"], now))


@route(
    blueprint,
    "/<haven_id>/checked",
    permission=Permission.HAVEN_APPROVE,
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=_WORD,
)
def checked(haven_id: str) -> ResponseReturnValue:
    """Write down that the member made sure again of a place on the list."""
    word = read_body(schemas.HavenWordSchema())
    return _act(haven_id, lambda it, by, now: havens_services.check(it, by, word["method"], word["on"], now))


@route(
    blueprint,
    "/<haven_id>/take-back",
    permission=Permission.HAVEN_APPROVE,
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=_BARE,
)
def take_back(haven_id: str) -> ResponseReturnValue:
    """Take back the member's own approval of a place that is not active yet."""
    read_body(EmptySchema())
    return _act(haven_id, havens_services.take_back)


@route(
    blueprint,
    "/<haven_id>/flag",
    permission=Permission.HAVEN_PAUSE,
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract(_DETAIL, body=schemas.HavenDoubtSchema, refuses=(409,)),
)
def flag(haven_id: str) -> ResponseReturnValue:
    """Say what is doubted about a place, which pauses it at once."""
    doubt = read_body(schemas.HavenDoubtSchema())["doubt"]
    return _act(haven_id, lambda it, by, now: havens_services.flag(it, by, doubt, now))


@route(
    blueprint,
    "/<haven_id>/pause",
    permission=Permission.HAVEN_PAUSE,
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=_BARE,
)
def pause(haven_id: str) -> ResponseReturnValue:
    """Take a place off the list until two people approve it again."""
    read_body(EmptySchema())
    return _act(haven_id, havens_services.pause)


@route(
    blueprint,
    "/<haven_id>/withdraw",
    permission=Permission.HAVEN_PAUSE,
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=_BARE,
)
def withdraw(haven_id: str) -> ResponseReturnValue:
    """Take a place off the list for good."""
    read_body(EmptySchema())
    return _act(haven_id, havens_services.withdraw)


@route(
    blueprint,
    "/imports",
    permission=Permission.HAVEN_PROPOSE,
    methods=("POST",),
    contract=ApiContract({200: KeptSchema}, body=schemas.ImportBeginSchema),
)
def begin_import() -> ResponseReturnValue:
    """Begin to import a file, in the place of one that the member began before."""
    geojson = read_body(schemas.ImportBeginSchema())["format"] == "geojson"
    with transaction():
        begun = services.begin_import(current_member(), geojson=geojson, now=clock.now())
    return jsonify(KeptSchema().dump({"id": begun}))


@route(
    blueprint,
    "/imports/<import_id>/text",
    permission=Permission.HAVEN_PROPOSE,
    methods=("POST",),
    contract=ApiContract({204: None}, body=schemas.ImportPieceSchema, refuses=(409,)),
)
def add_piece(import_id: str) -> ResponseReturnValue:
    """Keep a piece of the file's text for a day at most."""
    piece = read_body(schemas.ImportPieceSchema())
    with transaction():
        services.add_piece(current_member(), _id(import_id), piece["number"], piece["text"])
    return Response(status=204)


@route(
    blueprint,
    "/imports/<import_id>/difference",
    permission=Permission.HAVEN_PROPOSE,
    methods=("POST",),
    contract=ApiContract({200: schemas.DifferenceSchema}, body=EmptySchema),
)
def difference(import_id: str) -> ResponseReturnValue:
    """Say what the file would change, or what is to mend in it; nothing is saved."""
    read_body(EmptySchema())
    looked = services.look(current_member(), _id(import_id), clock.now())
    return jsonify(schemas.DifferenceSchema().dump(looked))


@route(
    blueprint,
    "/imports/<import_id>/apply",
    permission=Permission.HAVEN_PROPOSE,
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({200: schemas.ImportedSchema}, body=schemas.ImportDigestSchema, refuses=(409,)),
)
def take_in(import_id: str) -> ResponseReturnValue:
    """Save exactly the difference that was looked at; 409 where anything changed since, and nothing is saved."""
    digest = read_body(schemas.ImportDigestSchema())["digest"]
    with transaction():
        found = services.take_in(current_member(), _id(import_id), digest, clock.now())
        given = {"new": len(found.new), "changed": len(found.changed)}
    return jsonify(schemas.ImportedSchema().dump(given))


def _keep(use_case: Callable[[Record, datetime], Haven]) -> ResponseReturnValue:
    now = clock.now()
    record = services.read_columns(read_body(schemas.HavenColumnsSchema())["columns"], now)
    if not isinstance(record, Record):
        return jsonify(schemas.HavenKeptSchema().dump({"id": None, "refusals": record}))
    with transaction():
        kept = use_case(record, now).id
    return jsonify(schemas.HavenKeptSchema().dump({"id": kept, "refusals": []}))


def _act(haven_id: str, use_case: Act) -> ResponseReturnValue:
    with transaction():
        changed = use_case(_id(haven_id), person(current_member()), clock.now()).id
    return _detail(havens_services.one(changed))


def _detail(found: Haven) -> ResponseReturnValue:
    mine = person(current_member()).mark
    given = {
        "haven": _line(found, clock.now()),
        "columns": columns_of(values_of(found)),
        "approvals": [
            {"role": role_in(each.approver), "method": each.method, "on": each.done_on, "mine": each.approver == mine}
            for each in havens_services.approvals_of(found.id)
        ],
    }
    return jsonify(schemas.HavenDetailSchema().dump(given))


def _line(found: Haven, now: datetime) -> dict[str, Any]:
    today = now.astimezone(LONDON).date()
    line = {name: getattr(found, name) for name in ("id", "name", "address", "verified_on", "method", "doubt", "demo")}
    due = haven_lists.is_due(found, today)
    expired = due and trust(found.verified_on, today) is Trust.PAUSED
    of_kind = {"kind": found.kind, "status": found.status}
    return line | of_kind | {"verified_by": found.verified_by_role, "due": due, "expired": expired}


def _id(text: str) -> bytes:
    try:
        return unb64(text, ID_LENGTH)
    except EncodingError:
        raise NotFoundError("There is no such place here.") from None
