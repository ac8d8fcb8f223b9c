"""The staff JSON door to case cards and outcome slips: sealed bytes in, sealed bytes out."""

from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema, ValidationError

from youthsafe import clock
from youthsafe.accounts.authentication import current_member
from youthsafe.accounts.permissions import Permission
from youthsafe.crypto.encoding import EncodingError, unb64
from youthsafe.crypto.keys import ID_LENGTH
from youthsafe.database import transaction
from youthsafe.errors import InvalidInputError, NotFoundError
from youthsafe.pack.vocabulary import everyday_words
from youthsafe.rooms import rooms
from youthsafe.routing.json_body import read_body
from youthsafe.routing.routes import ApiContract, Audience, Logs, route, route_defaults
from youthsafe.triage.case_cards import schemas, services
from youthsafe.triage.case_cards.schemas import (
    CardQuerySchema,
    EntrySchema,
    NewestQuerySchema,
    SlipQuerySchema,
    SlipsSchema,
)

blueprint = Blueprint("case_cards_api", __name__, url_prefix="/api/v1/staff")
_PAGE = "Where a page ended."
route_defaults(blueprint, audience=Audience.STAFF, permission=Permission.REPORT_ANSWER, limit="staff")


@route(
    blueprint,
    "/reports/<report_id>/card",
    permission=Permission.REPORT_READ,
    contract=ApiContract({200: schemas.CardSchema}, query=CardQuerySchema),
)
def card(report_id: str) -> ResponseReturnValue:
    """Give entries of a report's card, the oldest first; at most 100 at a time, those after the number `after=`."""
    found = services.card(current_member(), _id(report_id), **_query(CardQuerySchema(), "after", _PAGE))
    return jsonify(schemas.CardSchema().dump(found))


@route(
    blueprint,
    "/cards",
    permission=Permission.REPORT_READ,
    contract=ApiContract({200: schemas.NewestEntriesSchema}, query=NewestQuerySchema),
)
def newest() -> ResponseReturnValue:
    """Give the newest entry of each card of the reports `of=`, at most 40, as far as they are of the member's teams.

    Each entry says how things stand after it, so a line of a list needs no more.
    """
    asked = _query(NewestQuerySchema(), "of", "Ids of at most 40 reports.")
    found = services.newest(current_member(), asked["of"])
    return jsonify(schemas.NewestEntriesSchema().dump({"entries": found}))


@route(
    blueprint,
    "/reports/<report_id>/card",
    logs=Logs.AUDITED,
    methods=("POST",),
    endpoint="write",
    contract=ApiContract({201: schemas.KeptEntrySchema}, body=EntrySchema, refuses=(409,)),
)
def write(report_id: str) -> ResponseReturnValue:
    """Keep one sealed entry; 409 when it does not follow the newest, or nobody has opened the report."""
    entry, now = read_body(EntrySchema())["entry"], clock.now()
    with transaction():
        number = services.write(current_member(), _id(report_id), entry, now)
    return jsonify(schemas.KeptEntrySchema().dump({"number": number})), 201


@route(blueprint, "/referral-forms", contract=ApiContract({200: schemas.ReferralFormsSchema}))
def referral_forms() -> ResponseReturnValue:
    """Give the pages on which cases are referred; they are filled in the browser."""
    pack = rooms().pack
    found = {"language": pack.site.original.tag, "forms": pack.referrals}
    return jsonify(schemas.ReferralFormsSchema().dump(found))


@route(
    blueprint,
    "/first-look",
    permission=Permission.REPORT_READ,
    contract=ApiContract({200: schemas.FirstLookSchema}),
)
def first_look() -> ResponseReturnValue:
    """Give what the browser covers of a report until somebody chose its level, and which names it does not."""
    found = rooms().pack.first_looks
    covered = {word for each in found for word in each.covered}
    shown = everyday_words().union(*(each.shown for each in found)) - covered
    words = {"covered": sorted(covered), "shown": sorted(shown)}
    return jsonify(schemas.FirstLookSchema().dump(words))


@route(
    blueprint,
    "/slips",
    logs=Logs.AUDITED,
    methods=("POST",),
    endpoint="post_slips",
    contract=ApiContract({204: None}, body=SlipsSchema, refuses=(409,)),
)
def post_slips() -> ResponseReturnValue:
    """Keep the outcome slips of a week, and nothing of whose they are or when they came; 409 under an older key."""
    sent, now = read_body(SlipsSchema())["slips"], clock.now()
    with transaction():
        services.post_slips(current_member(), sent, now)
    return Response(status=204)


@route(
    blueprint,
    "/slips",
    permission=Permission.NUMBERS_READ,
    contract=ApiContract({200: schemas.SlipPageSchema}, query=SlipQuerySchema),
)
def slips() -> ResponseReturnValue:
    """Give the outcome slips of the member's teams, at most 100 at a time; `after=` goes on where a page ended."""
    asked = _query(SlipQuerySchema(), "after", _PAGE)
    return jsonify(schemas.SlipPageSchema().dump(services.slips(current_member(), **asked)))


def _query(schema: Schema, field: str, fix: str) -> dict[str, Any]:
    try:
        asked: dict[str, Any] = schema.load(request.args.to_dict())
    except ValidationError:
        raise InvalidInputError("The page is not known.", fields={field: [fix]}) from None
    return asked


def _id(text: str) -> bytes:
    try:
        return unb64(text, ID_LENGTH)
    except EncodingError:
        raise NotFoundError("There is no such report for you.") from None
