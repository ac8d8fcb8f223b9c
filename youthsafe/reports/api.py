"""The public JSON door: the team bundle, a sealed report and its work, the mailbox. Nobody is identified here."""

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from youthsafe import clock
from youthsafe.crypto import wire
from youthsafe.crypto.encoding import b64
from youthsafe.database import Writing, transaction, write
from youthsafe.database.health import require_accepting
from youthsafe.errors import InvalidInputError
from youthsafe.instance import services as instance_services
from youthsafe.limits import services as limits_services
from youthsafe.limits.counting import count_accepted
from youthsafe.mailbox import services as mailbox_services
from youthsafe.reports import schemas, services
from youthsafe.routing.caching import FRESH, WorkerRule
from youthsafe.routing.json_fields import KeptSchema
from youthsafe.routing.routes import ApiContract, Audience, Clearing, Logs, current_request, route, route_defaults

blueprint = Blueprint("reports_api", __name__, url_prefix="/api/v1")
route_defaults(blueprint, audience=Audience.PUBLIC, limit="sending", logs=Logs.QUIET)

Body = TypeVar("Body")

PROOF_HEADER = "Youthsafe-Work"


@route(
    blueprint,
    "/bundle",
    caching=FRESH,
    worker=WorkerRule.FRESH,
    clearing=Clearing.CACHE,
    contract=ApiContract({200: schemas.SignedBundleSchema, 304: None}, refuses=(404,)),
)
def bundle() -> ResponseReturnValue:
    """Give the root-signed team bundle; 404 while the form is closed or stopped, 503 while no report could be kept.

    Nobody can write without it, so it is part of sending: no network ever asked too often for it.
    """
    require_accepting()
    signed = instance_services.public_bundle()
    given = {"bundle": signed.content, "signature": signed.signature, "root": signed.root}
    return jsonify(schemas.SignedBundleSchema().dump({**given, "root_changes": signed.root_changes}))


@route(
    blueprint,
    "/reports",
    methods=("POST",),
    contract=ApiContract(
        {201: KeptSchema},
        body=schemas.SealedReportSchema,
        headers={PROOF_HEADER: "The work that a 428 asked for, as ALTCHA writes a solution: JSON in base64."},
        refuses=(409, 428),
    ),
)
def send() -> ResponseReturnValue:
    """Keep one sealed report; the same body again gives the same 201, another under its id 409.

    428 with a challenge asks for the same request again with the work's proof in a header; a report that is here
    already costs none, because the answer to it may have been lost.
    """
    body = _parsed(wire.parse_report_body)
    report_id = body.envelope.report_id
    difficulty = limits_services.work_done(report_id, current_request().headers.get(PROOF_HEADER))
    if difficulty is None:
        if mailbox_services.was_accepted(body):
            return _kept(report_id)
        raise limits_services.work_wanted(report_id)
    now = clock.now()
    is_counted = False  # `write` may run it a second time

    def keep(writing: Writing) -> None:
        nonlocal is_counted
        if mailbox_services.accept(writing, body, now, difficulty=difficulty) and not is_counted:
            count_accepted(difficulty)
            is_counted = True

    write(keep)
    return _kept(report_id)


@route(
    blueprint,
    "/work",
    methods=("POST",),
    contract=ApiContract({200: schemas.WorkSchema}, body=schemas.WorkRequestSchema),
)
def work() -> ResponseReturnValue:
    """Give the work that sending one report would cost now; `{"report"}`, its number, is not part of an address."""
    return jsonify(challenge=limits_services.challenge(_parsed(wire.parse_work_request)))


@route(
    blueprint,
    "/mailbox",
    limit="mailbox",
    clearing=Clearing.STORAGE,
    methods=("POST",),
    contract=ApiContract({200: schemas.MailboxPageSchema}, body=schemas.MailboxRequestSchema),
)
def mailbox() -> ResponseReturnValue:
    """Give one mailbox page of fixed length and status, whatever the mailbox holds."""
    page = services.mailbox_page(_parsed(wire.parse_mailbox_request))
    return Response(page, content_type="application/json")


@route(
    blueprint,
    "/mailbox/withdraw",
    limit="mailbox",
    clearing=Clearing.STORAGE,
    methods=("POST",),
    contract=ApiContract({200: schemas.MailboxPageSchema}, body=schemas.MailboxRequestSchema),
)
def withdraw() -> ResponseReturnValue:
    """Take a report back and give its mailbox page as it is then: the same length and status as for reading it."""
    wanted = _parsed(wire.parse_mailbox_request)
    now = clock.now()
    with transaction():
        services.withdraw(wanted, now)
    return Response(services.mailbox_page(wanted), content_type="application/json")


@route(
    blueprint,
    "/mailbox/messages",
    limit="mailbox",
    clearing=Clearing.STORAGE,
    methods=("POST",),
    contract=ApiContract({201: KeptSchema}, body=schemas.FollowUpSchema, refuses=(404, 409)),
)
def write_back() -> ResponseReturnValue:
    """Keep one sealed follow-up; 404 unknown mailbox, 409 when something newer was sent."""
    body = _parsed(wire.parse_message_body)
    now = clock.now()
    with transaction():
        message_id = mailbox_services.write_back(body, now)
    return _kept(message_id)


def _kept(number: bytes) -> Response:
    """Say 201 with the number under which something was kept."""
    return Response(f'{{"id":"{b64(number)}"}}', 201, content_type="application/json")


def _parsed(parse: Callable[[bytes], Body]) -> Body:
    """Parse the request's body; the answer to a bad one says which rule it broke and never quotes it."""
    try:
        return parse(current_request().get_data(cache=False))
    except ValueError as error:
        raise InvalidInputError(f"This cannot be accepted: {error}. Nothing was saved.") from None
