"""The staff JSON door: joining, before there is a session."""

from dataclasses import asdict

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from youthsafe import clock
from youthsafe.accounts import challenges
from youthsafe.accounts.joining import services
from youthsafe.accounts.joining.schemas import InvitationAnswerSchema, InvitationTokenSchema, OfferedSchema
from youthsafe.accounts.joining.services import Answer
from youthsafe.accounts.own.schemas import RecoveryCodesSchema
from youthsafe.accounts.own.services import NewWords
from youthsafe.accounts.passkeys import Attestation, this_site
from youthsafe.accounts.spoken_codes import shown
from youthsafe.database import transaction
from youthsafe.routing.json_body import read_body
from youthsafe.routing.routes import ApiContract, Audience, Logs, route, route_defaults

blueprint = Blueprint("joining_api", __name__, url_prefix="/api/v1/staff/join")
route_defaults(blueprint, audience=Audience.STAFF_ENTRANCE, limit="sign-in")


@route(
    blueprint,
    "/start",
    methods=("POST",),
    contract=ApiContract({200: OfferedSchema}, body=InvitationTokenSchema, refuses=(404, 409)),
)
def look() -> ResponseReturnValue:
    """Give what was offered to whoever has the link."""
    token, now = read_body(InvitationTokenSchema())["token"], clock.now()
    with transaction():
        found = services.look(token, now)
    asked = {"challenge": challenges.new_challenge(now), "site": this_site().name}
    return jsonify(OfferedSchema().dump(asdict(found) | asked))


@route(
    blueprint,
    "",
    methods=("POST",),
    logs=Logs.AUDITED,
    contract=ApiContract({200: RecoveryCodesSchema}, body=InvitationAnswerSchema, refuses=(404, 409)),
)
def answer() -> ResponseReturnValue:
    """Keep what an invited browser made, and give ten recovery codes this once; a coordinator checks it then."""
    body = read_body(InvitationAnswerSchema())
    passkey = body["passkey"] and Attestation(**body["passkey"])
    given = Answer(body["public_key"], body["proof"], NewWords(**body["words"]), body["code"], passkey)
    with transaction():
        codes = services.answer(body["token"], given, clock.now(), site=this_site())
    return jsonify(RecoveryCodesSchema().dump({"codes": [shown(each) for each in codes]}))
