"""The staff JSON door: signing in and out, and the key ring."""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from youthsafe import clock
from youthsafe.accounts import challenges, services
from youthsafe.accounts.authentication import COOKIE, COOKIE_PATH, current_member, session_token
from youthsafe.accounts.passkeys import this_site
from youthsafe.accounts.permissions import Permission
from youthsafe.accounts.schemas import (
    AfterSchema,
    AppliedChangeSchema,
    ChangesSchema,
    KeyRingSchema,
    SignedChangeSchema,
    SignedInSchema,
    SignInSchema,
    StartSchema,
    StretchingSchema,
)
from youthsafe.config import settings
from youthsafe.crypto.change import MOST_BYTES, ChangeError
from youthsafe.crypto.encoding import b64
from youthsafe.database import transaction
from youthsafe.errors import InvalidInputError, NotSignedInError
from youthsafe.instance import services as instance_services
from youthsafe.limits import known_browsers
from youthsafe.limits.counting import visitor_for_sign_in
from youthsafe.routing.json_body import EmptySchema, read_body
from youthsafe.routing.routes import ApiContract, Audience, Logs, route, route_defaults

_REFUSED = "The name, the words or the code is not right, or the code was used already. Wait for the next code."
_COOKIES = (
    "The session's cookie, for /api/v1/staff, and that of a known browser, for this address alone: both Secure, "
    "HttpOnly and SameSite=Strict."
)
_MOST_BYTES = MOST_BYTES * 4 // 3 + 1024  # a change in base64url, with the rest of its body

blueprint = Blueprint("accounts_api", __name__, url_prefix="/api/v1/staff")
route_defaults(blueprint, audience=Audience.STAFF, limit="staff")


@route(
    blueprint,
    "/sign-in/start",
    audience=Audience.STAFF_ENTRANCE,
    limit="sign-in",
    methods=("POST",),
    contract=ApiContract({200: StretchingSchema}, body=StartSchema),
)
def start() -> ResponseReturnValue:
    """Give what a browser needs to turn six words into a proof; the same shape for an unknown name."""
    found = services.start(read_body(StartSchema())["name"])
    asked = {"challenge": challenges.new_challenge(clock.now()), "site": this_site().name}
    return jsonify(StretchingSchema().dump(asdict(found) | asked))


@route(
    blueprint,
    "/sign-in",
    audience=Audience.STAFF_ENTRANCE,
    limit="sign-in",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({200: SignedInSchema}, body=SignInSchema, refuses=(401,), sets_cookies=_COOKIES),
)
def sign_in() -> ResponseReturnValue:
    """Open a session; one and the same 401 whatever was wrong."""
    body, now, visitor = read_body(SignInSchema()), clock.now(), visitor_for_sign_in()
    with transaction():
        opened = services.sign_in(body["name"], body["proof"], body["factor"], now, visitor=visitor, site=this_site())
    if opened is None:
        raise NotSignedInError(_REFUSED)
    member, token = opened
    response = jsonify(SignedInSchema().dump({"member": member, "enrol": member.enrolling}))
    _set_cookie(response, token)
    known_browsers.remember(response)
    return response


@route(
    blueprint,
    "/sign-out",
    permission=Permission.SESSION_END,
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({204: None}, body=EmptySchema, sets_cookies="The session's cookie, emptied and over."),
)
def sign_out() -> ResponseReturnValue:
    """End this session and forget its cookie."""
    read_body(EmptySchema())
    with transaction():
        services.sign_out(session_token(), current_member(), clock.now())
    response = Response(status=204)
    response.delete_cookie(
        settings().cookie(COOKIE), path=COOKIE_PATH, secure=settings().secure_cookies, httponly=True, samesite="Strict"
    )
    return response


@route(
    blueprint,
    "/key-ring",
    permission=Permission.KEYS_READ,
    contract=ApiContract({200: KeyRingSchema}, refuses=(404,)),
)
def key_ring() -> ResponseReturnValue:
    """Give the member's sealed keys and everything signed that the browser checks them against."""
    member = current_member()
    ring, bundle = services.key_ring(member), instance_services.current_bundle()
    given = {
        "member": member,
        "wraps": ring.wraps,
        "grants": ring.grants,
        "root_grant": ring.root_grant,
        "roster": ring.roster,
        "roster_signature": ring.roster_signature,
        "bundle": bundle.content,
        "bundle_signature": bundle.signature,
        "root": bundle.root,
        "root_changes": bundle.root_changes,
    }
    return jsonify(KeyRingSchema().dump(given))


@route(
    blueprint,
    "/changes",
    permission=Permission.KEYS_READ,
    contract=ApiContract({200: ChangesSchema}, query=AfterSchema),
)
def changes() -> ResponseReturnValue:
    """Give what the root signed after a change, oldest first and a few at a time, so that a browser sees each."""
    try:
        wanted = AfterSchema().load(request.args.to_dict())
    except ValidationError:
        raise InvalidInputError("The changes are not known.", fields={"after": ["A change's number."]}) from None
    return jsonify(ChangesSchema().dump({"changes": instance_services.changes(wanted["after"])}))


@route(
    blueprint,
    "/changes",
    permission=Permission.TEAM_SIGN,
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({200: AppliedChangeSchema}, body=SignedChangeSchema, refuses=(409,)),
)
def apply_change() -> ResponseReturnValue:
    """Put people, teams and keys in force as the root signed them, all or nothing.

    Another recovery key comes with a kit of its own, which this address does not take.
    """
    body = read_body(SignedChangeSchema(), _MOST_BYTES)
    with transaction():
        before = instance_services.newest_change()
        try:
            applied = services.apply_change(body["change"], body["signature"], clock.now(), current_member().id)
        except ChangeError as error:
            raise InvalidInputError(f"This change cannot be: {error}. Nothing was saved.") from None
        if before is not None and before.roster.recovery_key != applied.roster.recovery_key:
            raise InvalidInputError("This change cannot be: its recovery kit is missing. Nothing was saved.")
    return jsonify(AppliedChangeSchema().dump(applied))


def _set_cookie(response: Response, token: bytes) -> None:
    """Set a cookie that ends with the browser, which is sooner than the session does."""
    response.set_cookie(
        settings().cookie(COOKIE),
        b64(token),
        path=COOKIE_PATH,
        secure=settings().secure_cookies,
        httponly=True,
        samesite="Strict",
    )
