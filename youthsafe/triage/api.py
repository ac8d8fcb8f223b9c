"""The staff JSON door to reports: lists, one report, and what a caseworker does with it."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from youthsafe import clock
from youthsafe.accounts.authentication import current_member
from youthsafe.accounts.permissions import Permission
from youthsafe.accounts.services import SignedIn
from youthsafe.crypto.encoding import EncodingError, unb64
from youthsafe.crypto.keys import ID_LENGTH
from youthsafe.database import transaction
from youthsafe.errors import InvalidInputError, NotFoundError
from youthsafe.instance import services as instance_services
from youthsafe.routing.json_body import EmptySchema, read_body
from youthsafe.routing.json_fields import KeptSchema
from youthsafe.routing.routes import ApiContract, Audience, Logs, route, route_defaults
from youthsafe.triage import lists, schemas, services
from youthsafe.triage.schemas import AcknowledgementSchema, AnswerSchema, CloseSchema, HandOverSchema, ListSchema
from youthsafe.triage.summaries import ReportSummary

blueprint = Blueprint("triage_api", __name__, url_prefix="/api/v1/staff/reports")
route_defaults(blueprint, audience=Audience.STAFF, permission=Permission.REPORT_ANSWER, limit="staff")

_ACTION = ApiContract({200: schemas.ReportSummarySchema}, body=EmptySchema, refuses=(409,))
_LIST_FIELDS = {
    "state": "One of open, mine, closed.",
    "hour": "An hour, such as 2026-11-23T09:00Z.",
    "step": "A step of work, from 0.",
    "after": "Where a page ended, as it said.",
}

Act = Callable[[SignedIn, bytes, datetime], ReportSummary]


@route(
    blueprint,
    "",
    permission=Permission.REPORT_READ,
    contract=ApiContract({200: schemas.ReportListSchema, 304: None}, query=ListSchema),
)
def reports() -> ResponseReturnValue:
    """List the reports of the member's teams; `?state=` open, mine or closed, `hour=` and `step=` of work.

    At most 200 at a time; `next` is the `after=` of those that follow. A browser that has the same already is told no
    more than that, because every one of them asks twice a minute.
    """
    try:
        wanted = ListSchema().load(request.args.to_dict())
    except ValidationError as error:
        wrong = {name: [_LIST_FIELDS.get(name, "Not known.")] for name in error.messages_dict}
        raise InvalidInputError("The list is not known.", fields=wrong) from None
    member = current_member()
    found = lists.page(member, **wanted)
    first = wanted["state"] == "open" and wanted["after"] is None
    given = {
        "reports": found.summaries,
        "next": found.end,
        "taken_back": lists.taken_back(member) if first else (),
        "stopped": instance_services.stopped(),
    }
    answer = jsonify(schemas.ReportListSchema().dump(given))
    answer.add_etag()
    return answer.make_conditional(request)


@route(
    blueprint,
    "/<report_id>",
    permission=Permission.REPORT_READ,
    contract=ApiContract({200: schemas.ReportSummarySchema}),
)
def report(report_id: str) -> ResponseReturnValue:
    """Give how one report stands, without content; what is sealed comes by `opened` only."""
    return _summary(services.facts(current_member(), _id(report_id)))


@route(
    blueprint,
    "/<report_id>/opened",
    permission=Permission.REPORT_READ,
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({200: schemas.OpenedReportSchema}, body=EmptySchema),
)
def opened(report_id: str) -> ResponseReturnValue:
    """Give one report's sealed bytes with its messages, and write down that the member had them."""
    read_body(EmptySchema())
    now = clock.now()
    with transaction():
        found = services.open_report(current_member(), _id(report_id), now)
    return jsonify(schemas.OpenedReportSchema().dump(found))


@route(
    blueprint,
    "/<report_id>/drill/done",
    permission=Permission.REPORT_READ,
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({204: None}, body=EmptySchema, refuses=(409,)),
)
def drill_done(report_id: str) -> ResponseReturnValue:
    """Take away a drill that somebody opened; 409 for any other report."""
    read_body(EmptySchema())
    now = clock.now()
    with transaction():
        services.finish_drill(current_member(), _id(report_id), now)
    return Response(status=204)


@route(
    blueprint,
    "/<report_id>/acknowledgements",
    methods=("POST",),
    contract=ApiContract({204: None}, body=AcknowledgementSchema, refuses=(409,)),
)
def acknowledge(report_id: str) -> ResponseReturnValue:
    """Keep what the member's browser says to the reporter; 409 for what did not happen, or was said otherwise before.

    Where it takes the place of `instead_of`, the trail says so.
    """
    body, now = read_body(AcknowledgementSchema()), clock.now()
    said, before = body["acknowledgement"], body["instead_of"]
    with transaction():
        services.acknowledge(current_member(), _id(report_id), said, instead_of=before, now=now)
    return Response(status=204)


@route(
    blueprint,
    "/<report_id>/claim",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=_ACTION,
)
def claim(report_id: str) -> ResponseReturnValue:
    """Claim the report; 409 when another did."""
    return _summary(_act(services.claim, report_id))


@route(
    blueprint,
    "/<report_id>/release",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=_ACTION,
)
def release(report_id: str) -> ResponseReturnValue:
    """End the claim; 409 when another claimed the report."""
    return _summary(_act(services.release, report_id))


@route(
    blueprint,
    "/<report_id>/hand-over",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({200: schemas.ReportSummarySchema}, body=HandOverSchema, refuses=(409,)),
)
def hand_over(report_id: str) -> ResponseReturnValue:
    """Let a colleague of the team have the member's claim; 409 unless the member claimed it."""
    to, now = read_body(HandOverSchema())["to"], clock.now()
    with transaction():
        summary = services.hand_over(current_member(), _id(report_id), now, to=to)
    return _summary(summary)


@route(
    blueprint,
    "/<report_id>/close",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({200: schemas.ReportSummarySchema}, body=CloseSchema, refuses=(409,)),
)
def close(report_id: str) -> ResponseReturnValue:
    """Close the report; 409 unless the member claimed it."""
    seen = read_body(CloseSchema())["follow_ups"]
    now = clock.now()
    with transaction():
        summary = services.close(current_member(), _id(report_id), now, follow_ups=seen)
    return _summary(summary)


@route(
    blueprint,
    "/<report_id>/reopen",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=_ACTION,
)
def reopen(report_id: str) -> ResponseReturnValue:
    """Open a closed report again and claim it."""
    return _summary(_act(services.reopen, report_id))


@route(
    blueprint,
    "/<report_id>/hold",
    permission=Permission.REPORT_HOLD,
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=_ACTION,
)
def hold(report_id: str) -> ResponseReturnValue:
    """Keep every timer from the report; 409 while nobody has opened it."""
    return _summary(_act(services.hold, report_id))


@route(
    blueprint,
    "/<report_id>/lift",
    permission=Permission.REPORT_HOLD,
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=_ACTION,
)
def lift(report_id: str) -> ResponseReturnValue:
    """Let the timers run again."""
    return _summary(_act(services.lift, report_id))


@route(
    blueprint,
    "/<report_id>/messages",
    logs=Logs.AUDITED,
    methods=("POST",),
    contract=ApiContract({201: KeptSchema}, body=AnswerSchema, refuses=(409,)),
)
def answer(report_id: str) -> ResponseReturnValue:
    """Keep one sealed answer; 409 when `after` is not the newest answer or the member did not claim the report."""
    body, now = read_body(AnswerSchema()), clock.now()
    with transaction():
        kept = services.reply(current_member(), _id(report_id), now=now, **body)
    return jsonify(KeptSchema().dump({"id": kept})), 201


def _act(use_case: Act, report_id: str) -> ReportSummary:
    """Run one use case on one report in one transaction."""
    read_body(EmptySchema())
    now = clock.now()
    with transaction():
        return use_case(current_member(), _id(report_id), now)


def _id(text: str) -> bytes:
    try:
        return unb64(text, ID_LENGTH)
    except EncodingError:
        raise NotFoundError("There is no such report for you.") from None


def _summary(summary: ReportSummary) -> Response:
    return jsonify(schemas.ReportSummarySchema().dump(summary))
