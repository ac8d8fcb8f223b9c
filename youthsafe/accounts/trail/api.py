"""The staff JSON door to the audit trail."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from youthsafe.accounts.authentication import current_member
from youthsafe.accounts.permissions import Permission
from youthsafe.accounts.trail import services
from youthsafe.accounts.trail.schemas import TrailQuerySchema, TrailSchema
from youthsafe.database import snapshot
from youthsafe.errors import InvalidInputError
from youthsafe.routing.routes import ApiContract, Audience, route

blueprint = Blueprint("trail_api", __name__, url_prefix="/api/v1/staff")


@route(
    blueprint,
    "/trail",
    audience=Audience.STAFF,
    permission=Permission.TRAIL_READ,
    limit="staff",
    contract=ApiContract({200: TrailSchema}, query=TrailQuerySchema, refuses=(404,)),
)
def trail() -> ResponseReturnValue:
    """Give entries of the trail, the newest first; at most 100 at a time, `before=` goes on where a page ended.

    They are of the member's teams and of what is of no team; an auditor reads every team's. `chain=` leaves one.
    """
    try:
        asked = TrailQuerySchema().load(request.args.to_dict())
    except ValidationError:
        raise InvalidInputError("The page is not known.", fields={"before": ["Where a page ended."]}) from None
    with snapshot():
        given = TrailSchema().dump(services.page(current_member(), **asked))
    return jsonify(given)
