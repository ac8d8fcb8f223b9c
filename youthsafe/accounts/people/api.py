"""The staff JSON door: who is here, who was invited, and a second factor that was lost."""

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from youthsafe import clock
from youthsafe.accounts.authentication import current_member
from youthsafe.accounts.people import services
from youthsafe.accounts.people.schemas import (
    ColleaguesSchema,
    InvitationsSchema,
    NewInvitationSchema,
    ResetSchema,
)
from youthsafe.accounts.people.services import NewInvitation
from youthsafe.accounts.permissions import Permission
from youthsafe.database import transaction
from youthsafe.routing.ids import id_of
from youthsafe.routing.json_body import EmptySchema, read_body
from youthsafe.routing.json_fields import KeptSchema
from youthsafe.routing.routes import ApiContract, Audience, Logs, route, route_defaults

blueprint = Blueprint("people_api", __name__, url_prefix="/api/v1/staff")
route_defaults(
    blueprint,
    audience=Audience.STAFF,
    limit="staff",
    logs=Logs.AUDITED,
    permission=Permission.MEMBER_INVITE,
)


@route(
    blueprint,
    "/members",
    permission=Permission.MEMBER_READ,
    logs=Logs.COUNTED,
    contract=ApiContract({200: ColleaguesSchema}),
)
def members() -> ResponseReturnValue:
    """Give everybody of the staff, and which second factors they have."""
    return jsonify(ColleaguesSchema().dump({"members": services.colleagues()}))


@route(
    blueprint,
    "/members/<member_id>/reset-second-factor",
    permission=Permission.MEMBER_RESET,
    methods=("POST",),
    contract=ApiContract({200: ResetSchema}, body=EmptySchema, refuses=(404, 409)),
)
def reset(member_id: str) -> ResponseReturnValue:
    """Take a colleague's second factors away and give the code to say to them; both are told."""
    read_body(EmptySchema())
    with transaction():
        made = services.reset_second_factor(current_member(), id_of(member_id), clock.now())
    return jsonify(ResetSchema().dump(made))


@route(
    blueprint,
    "/invitations",
    logs=Logs.COUNTED,
    contract=ApiContract({200: InvitationsSchema}),
)
def invitations() -> ResponseReturnValue:
    """Give the invitations that are good."""
    return jsonify(InvitationsSchema().dump({"invitations": services.invitations(clock.now())}))


@route(
    blueprint,
    "/invitations",
    methods=("POST",),
    contract=ApiContract({201: KeptSchema}, body=NewInvitationSchema, refuses=(409,)),
)
def invite() -> ResponseReturnValue:
    """Keep an invitation."""
    new = NewInvitation(**read_body(NewInvitationSchema()))
    with transaction():
        kept = services.invite(current_member(), new, clock.now())
    return jsonify(KeptSchema().dump({"id": kept})), 201


@route(
    blueprint,
    "/invitations/<invitation_id>/cancel",
    methods=("POST",),
    contract=ApiContract({204: None}, body=EmptySchema, refuses=(404,)),
)
def cancel(invitation_id: str) -> ResponseReturnValue:
    """Let an invitation be good no more; the account of whoever answered it goes with it."""
    read_body(EmptySchema())
    with transaction():
        services.cancel(current_member(), id_of(invitation_id), clock.now())
    return Response(status=204)
