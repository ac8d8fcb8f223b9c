"""What the triage addresses accept and give."""

import re
from datetime import UTC, datetime
from typing import Any

from marshmallow import ValidationError, fields, validate

from youthsafe.crypto.acknowledgement import LENGTH, Acknowledged
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.crypto.keys import ID_LENGTH, PUBLIC_KEY_LENGTH
from youthsafe.instance.schemas import StoppedSchema
from youthsafe.mailbox.standing import ReportState
from youthsafe.routing.json_body import BodySchema
from youthsafe.routing.json_fields import Base64, Hour, Moment, ResponseSchema, Whole
from youthsafe.triage.lists import PAGE, PageEnd

LISTS = ("open", "mine", "closed")
AFTER = {
    "type": "string",
    "pattern": r"^[0-3]\.[0-9]{1,10}\.[A-Za-z0-9_-]{21}[AQgw]$",
    "example": f"0.1795996497.{'A' * 22}",
}


class AnswerSchema(BodySchema):
    """`{"after", "envelope", "follow_ups"}`: the digest of the newest answer (zeros for none), the sealed answer, and
    how many follow-ups the member was shown.
    """

    after = Base64(32, required=True)
    envelope = Base64(required=True)
    follow_ups = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))


class AcknowledgementSchema(BodySchema):
    """`{"acknowledgement", "instead_of"}`: what the member's browser says to the reporter, and, if it was given one of
    the same kind that is not true, that one.
    """

    acknowledgement = Base64(LENGTH, required=True)
    instead_of = Base64(LENGTH, load_default=None)


class CloseSchema(BodySchema):
    """`{"follow_ups"}`: how many follow-ups the member was shown."""

    follow_ups = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))


class HandOverSchema(BodySchema):
    """`{"to"}`: the id of the colleague."""

    to = Base64(ID_LENGTH, required=True)


class After(fields.Field[PageEnd]):
    """Where a page ended, as that page said it: whose turn, seconds since 1970, the report."""

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata=AFTER, **options)

    def _serialize(self, value: PageEnd | None, *_: Any, **__: Any) -> str | None:
        return None if value is None else f"{value.rank}.{int(value.at.timestamp())}.{b64(value.id)}"

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> PageEnd:
        found = re.fullmatch(AFTER["pattern"], str(value))
        if found is None:
            raise ValidationError("Not the end of a page.")
        rank, seconds, report_id = found[0].split(".")
        return PageEnd(int(rank), datetime.fromtimestamp(int(seconds), UTC), unb64(report_id, ID_LENGTH))


class ListSchema(BodySchema):
    """`?state=`: which list; `hour=` (2026-11-23T09:00Z) and `step=` leave less of it, `after=` goes on with it."""

    state = fields.String(load_default="open", validate=validate.OneOf(LISTS))
    hour = Hour(load_default=None)
    difficulty = fields.Integer(load_default=None, validate=validate.Range(0, 100), data_key="step")
    after = After(load_default=None)


class ClaimantSchema(ResponseSchema):
    """Whoever claimed a report."""

    id = Base64(ID_LENGTH)
    name = fields.String()


class ReportSummarySchema(ResponseSchema):
    """What a list shows of a report: no content."""

    id = Base64(ID_LENGTH)
    team = Base64(ID_LENGTH, attribute="team_id")
    epoch = Whole(1)
    urgent = fields.Boolean()
    received = Moment(attribute="received_at")
    state = fields.Enum(ReportState, by_value=fields.String)
    claimed_by = fields.Nested(ClaimantSchema, allow_none=True)
    opened = fields.Boolean()
    closed = Hour(attribute="closed_at", allow_none=True)
    answers = Whole()
    follow_ups = Whole()
    entries = Whole()
    unanswered = fields.Boolean()
    withdrawn = fields.Boolean()
    hold = fields.Boolean()
    erased = Moment(attribute="erased_at", allow_none=True)
    work_step = Whole(attribute="difficulty")
    damaged = fields.Boolean()


class TakenBackSchema(ResponseSchema):
    """Urgent reports of one hour that were taken back before anybody opened them."""

    team = Base64(ID_LENGTH, attribute="team_id")
    hour = Hour()
    count = Whole(1)


class ReportListSchema(ResponseSchema):
    """A page of reports; `next` is the `after` of those that follow, `stopped` why and since when none are taken."""

    reports = fields.List(fields.Nested(ReportSummarySchema), validate=validate.Length(max=PAGE))
    next = After(allow_none=True)
    taken_back = fields.List(fields.Nested(TakenBackSchema))
    stopped = fields.Nested(StoppedSchema, allow_none=True)


class SealedMessageSchema(ResponseSchema):
    """One follow-up (direction 1) or answer (direction 2); without an envelope where it is damaged at rest."""

    id = Base64(ID_LENGTH)
    number = Whole(1)
    direction = Whole(1, 2)
    received = Moment(attribute="received_at")
    envelope = Base64(allow_none=True)


class OpenedReportSchema(ReportSummarySchema):
    """One report with its sealed bytes; what is null is damaged at rest. `drill`: the website made it itself."""

    envelope = Base64()
    mailbox_key = Base64(PUBLIC_KEY_LENGTH, allow_none=True)
    messages = fields.List(fields.Nested(SealedMessageSchema))
    acknowledgements = fields.List(Base64(LENGTH), validate=validate.Length(max=len(Acknowledged)))
    tip = Base64(32)
    drill = fields.Boolean()

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """Look for what a list shows in the report's summary."""
        return super().get_attribute(obj if hasattr(obj, attr) else obj.summary, attr, default)
