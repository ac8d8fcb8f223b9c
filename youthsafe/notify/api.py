"""The staff JSON door to mail: its settings, a test message, and how it stands with the queue."""

import secrets
from typing import Final

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from youthsafe import clock
from youthsafe.accounts.authentication import current_member
from youthsafe.accounts.permissions import Permission
from youthsafe.database import transaction
from youthsafe.notify import schemas, services
from youthsafe.notify.letters import letter, test_words
from youthsafe.notify.mailer import DeliveryError, hand_over
from youthsafe.routing.json_body import EmptySchema, read_body
from youthsafe.routing.routes import ApiContract, Audience, Logs, route, route_defaults

SECONDS: Final = 12.0  # a request holds one of sixteen threads for so long at most

blueprint = Blueprint("mail_api", __name__, url_prefix="/api/v1/staff/mail")
route_defaults(blueprint, audience=Audience.STAFF, permission=Permission.MAIL_SET, limit="staff")


@route(blueprint, "", contract=ApiContract({200: schemas.OutgoingMailSchema}))
def mail() -> ResponseReturnValue:
    """Say how mail goes out, what waits, and what was not delivered; never the password."""
    return jsonify(schemas.OutgoingMailSchema().dump(services.mail(current_member())))


@route(
    blueprint,
    "",
    logs=Logs.AUDITED,
    methods=("PUT",),
    endpoint="save",
    contract=ApiContract({204: None}, body=schemas.MailAccountSchema),
)
def save() -> ResponseReturnValue:
    """Use a mail server from now on; what waits is tried at once."""
    given, now = read_body(schemas.MailAccountSchema())["account"], clock.now()
    with transaction():
        services.save(current_member(), given, now)
    return Response(status=204)


@route(
    blueprint,
    "/remove",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({204: None}, body=EmptySchema, refuses=(409,)),
)
def remove() -> ResponseReturnValue:
    """Send no mail any more, and forget the server and its password."""
    read_body(EmptySchema())
    now = clock.now()
    with transaction():
        services.remove(current_member(), now)
    return Response(status=204)


@route(
    blueprint,
    "/test",
    limit="mail-test",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({200: schemas.MailTestedSchema}, body=schemas.MailTestSchema, refuses=(409,)),
)
def send_test() -> ResponseReturnValue:
    """Send a test message to the member's own address or another, and say what came of it.

    It takes 12 seconds at most.
    """
    typed, now = read_body(schemas.MailTestSchema())["to"], clock.now()
    with transaction():
        account, recipient = services.begin_test(current_member(), typed, now)
    written = letter(account.sender, recipient, test_words(), secrets.token_bytes(16), now)
    try:
        reached = hand_over(account, written, recipient, SECONDS)
    except DeliveryError as error:
        found = {"reached": error.reached, "problem": error.problem, "code": error.code}
    else:
        found = {"reached": reached, "problem": None, "code": 0}
        with transaction():
            services.note_delivery(now)
    return jsonify(schemas.MailTestedSchema().dump(found))
