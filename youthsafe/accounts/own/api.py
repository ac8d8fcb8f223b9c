"""The staff JSON door: a member's own account."""

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from youthsafe import clock
from youthsafe.accounts import challenges, passkeys, security_events
from youthsafe.accounts import services as sign_in_services
from youthsafe.accounts.authentication import current_member, session_token
from youthsafe.accounts.own import services
from youthsafe.accounts.own.schemas import (
    AccountSchema,
    AppSecretSchema,
    AttestationSchema,
    CodeSchema,
    EventsSchema,
    MailSchema,
    NewWordsSchema,
    OpenSessionsSchema,
    PasskeyQuestionSchema,
    RecoveryCodesSchema,
)
from youthsafe.accounts.own.services import NewWords
from youthsafe.accounts.passkeys import Attestation, this_site
from youthsafe.accounts.permissions import Permission
from youthsafe.accounts.schemas import BothFactorsSchema
from youthsafe.accounts.spoken_codes import shown
from youthsafe.database import transaction
from youthsafe.errors import InvalidInputError, NotFoundError
from youthsafe.routing.ids import id_of
from youthsafe.routing.json_body import EmptySchema, read_body
from youthsafe.routing.json_fields import KeptSchema
from youthsafe.routing.routes import ApiContract, Audience, Logs, route, route_defaults

blueprint = Blueprint("own_api", __name__, url_prefix="/api/v1/staff")
route_defaults(
    blueprint,
    audience=Audience.STAFF,
    limit="staff",
    logs=Logs.AUDITED,
    permission=Permission.ACCOUNT_CHANGE,
)

_DONE = ApiContract({204: None}, body=EmptySchema, refuses=(403, 409))


@route(
    blueprint,
    "/account",
    permission=Permission.ACCOUNT_ENROL,
    logs=Logs.COUNTED,
    contract=ApiContract({200: AccountSchema}),
)
def account() -> ResponseReturnValue:
    """Give what a member sees of the own account."""
    return jsonify(AccountSchema().dump(services.account(current_member())))


@route(
    blueprint,
    "/account/confirm",
    methods=("POST",),
    contract=ApiContract({204: None}, body=BothFactorsSchema),
)
def confirm() -> ResponseReturnValue:
    """Take both factors again; for ten minutes keys and factors may be changed then. One 400 whatever was wrong."""
    body, now, member = read_body(BothFactorsSchema()), clock.now(), current_member()
    with transaction():
        right = sign_in_services.confirm(
            session_token(), member.id, body["proof"], body["factor"], now, site=this_site()
        )
    if not right:
        raise InvalidInputError("The words or the code is not right, or the code was used already.")
    return Response(status=204)


@route(
    blueprint,
    "/account/words",
    methods=("POST",),
    contract=ApiContract({204: None}, body=NewWordsSchema, refuses=(403,)),
)
def words() -> ResponseReturnValue:
    """Put the proof and the wrap of new six words in the place of the old ones; every other session ends."""
    new = NewWords(**read_body(NewWordsSchema()))
    with transaction():
        services.change_words(session_token(), current_member(), new, clock.now())
    return Response(status=204)


@route(
    blueprint,
    "/account/app",
    permission=Permission.ACCOUNT_ENROL,
    methods=("POST",),
    contract=ApiContract({200: AppSecretSchema}, body=EmptySchema, refuses=(403,)),
)
def app() -> ResponseReturnValue:
    """Give a new secret for an app; it counts once a code of it was given."""
    read_body(EmptySchema())
    with transaction():
        made = services.begin_app(session_token(), current_member(), clock.now())
    return jsonify(AppSecretSchema().dump(made))


@route(
    blueprint,
    "/account/app/confirm",
    permission=Permission.ACCOUNT_ENROL,
    methods=("POST",),
    contract=ApiContract({204: None}, body=CodeSchema, refuses=(403,)),
)
def confirm_app() -> ResponseReturnValue:
    """Take a code of the new secret: from now on it is the second factor. Every other session ends."""
    code = read_body(CodeSchema())["code"]
    with transaction():
        services.confirm_app(session_token(), current_member(), code, clock.now())
    return Response(status=204)


@route(blueprint, "/account/app/remove", methods=("POST",), contract=_DONE)
def remove_app() -> ResponseReturnValue:
    """Let codes of the app count no more, where there is a passkey."""
    read_body(EmptySchema())
    with transaction():
        services.remove_app(session_token(), current_member(), clock.now())
    return Response(status=204)


@route(
    blueprint,
    "/account/passkeys/question",
    permission=Permission.ACCOUNT_ENROL,
    methods=("POST",),
    logs=Logs.COUNTED,
    contract=ApiContract({200: PasskeyQuestionSchema}, body=EmptySchema),
)
def passkey_question() -> ResponseReturnValue:
    """Give what a passkey is asked with, a new one or one to confirm with."""
    read_body(EmptySchema())
    known = [each.credential_id for each in passkeys.of_member(current_member().id)]
    asked = {"challenge": challenges.new_challenge(clock.now()), "site": this_site().name, "known": known}
    return jsonify(PasskeyQuestionSchema().dump(asked))


@route(
    blueprint,
    "/account/passkeys",
    permission=Permission.ACCOUNT_ENROL,
    methods=("POST",),
    contract=ApiContract({201: KeptSchema}, body=AttestationSchema, refuses=(403, 409)),
)
def add_passkey() -> ResponseReturnValue:
    """Keep a new passkey."""
    made = Attestation(**read_body(AttestationSchema()))
    with transaction():
        passkey = services.add_passkey(session_token(), current_member(), made, clock.now(), site=this_site())
        kept = KeptSchema().dump(passkey)
    return jsonify(kept), 201


@route(
    blueprint,
    "/account/passkeys/<passkey_id>/remove",
    methods=("POST",),
    contract=ApiContract({204: None}, body=EmptySchema, refuses=(403, 404, 409)),
)
def remove_passkey(passkey_id: str) -> ResponseReturnValue:
    """Take a passkey away, unless it is the only second factor."""
    read_body(EmptySchema())
    with transaction():
        services.remove_passkey(session_token(), current_member(), id_of(passkey_id), clock.now())
    return Response(status=204)


@route(
    blueprint,
    "/account/recovery-codes",
    permission=Permission.ACCOUNT_ENROL,
    methods=("POST",),
    contract=ApiContract({200: RecoveryCodesSchema}, body=EmptySchema, refuses=(403,)),
)
def recovery_codes() -> ResponseReturnValue:
    """Make ten recovery codes in the place of earlier ones, and give them this once."""
    read_body(EmptySchema())
    with transaction():
        codes = services.new_recovery_codes(session_token(), current_member(), clock.now())
    return jsonify(RecoveryCodesSchema().dump({"codes": [shown(each) for each in codes]}))


@route(
    blueprint,
    "/account/mail",
    methods=("POST",),
    contract=ApiContract({204: None}, body=MailSchema, refuses=(403,)),
)
def mail() -> ResponseReturnValue:
    """Keep an address of mail, or none; the one before is told."""
    address = read_body(MailSchema())["address"]
    with transaction():
        services.set_mail(session_token(), current_member(), address, clock.now())
    return Response(status=204)


@route(blueprint, "/account/events", logs=Logs.COUNTED, contract=ApiContract({200: EventsSchema}))
def events() -> ResponseReturnValue:
    """Give what happened to the member's keys and factors and was not read yet."""
    return jsonify(EventsSchema().dump({"events": security_events.of_member(current_member().id)}))


@route(
    blueprint,
    "/account/events/<event_id>/read",
    methods=("POST",),
    logs=Logs.COUNTED,
    contract=ApiContract({204: None}, body=EmptySchema, refuses=(404,)),
)
def read_event(event_id: str) -> ResponseReturnValue:
    """Forget an event that its member has read."""
    read_body(EmptySchema())
    with transaction():
        if not security_events.read(current_member().id, id_of(event_id)):
            raise NotFoundError("There is no such event.")
    return Response(status=204)


@route(blueprint, "/sessions", logs=Logs.COUNTED, contract=ApiContract({200: OpenSessionsSchema}))
def sessions() -> ResponseReturnValue:
    """Give where the member is signed in."""
    found = services.sessions(session_token(), current_member(), clock.now())
    return jsonify(OpenSessionsSchema().dump({"sessions": found}))


@route(
    blueprint,
    "/sessions/<session_id>/end",
    methods=("POST",),
    contract=ApiContract({204: None}, body=EmptySchema, refuses=(404,)),
)
def end_session(session_id: str) -> ResponseReturnValue:
    """End one of the member's sessions."""
    read_body(EmptySchema())
    with transaction():
        services.end_session(current_member(), id_of(session_id), clock.now())
    return Response(status=204)


@route(
    blueprint,
    "/sessions/end-others",
    methods=("POST",),
    contract=ApiContract({204: None}, body=EmptySchema),
)
def end_other_sessions() -> ResponseReturnValue:
    """End every session of the member but this one."""
    read_body(EmptySchema())
    with transaction():
        services.end_other_sessions(session_token(), current_member(), clock.now())
    return Response(status=204)
