"""What the triage addresses accept and give."""

import re
from datetime import UTC, datetime
from typing import Any

from marshmallow import ValidationError, fields, validate

from youthsafe.crypto.acknowledgement import LENGTH, Acknowledged
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.crypto.keys import ID_LENGTH, PUBLIC_KEY_LENGTH
from youthsafe.routing.json_body import Base64, BodySchema
from youthsafe.routing.json_schema import BOOLEAN, MOMENT, TEXT, base64url, many, one_of, or_null, record, whole
from youthsafe.triage.lists import PAGE, PageEnd

LISTS = ("open", "mine", "closed")
HOUR_FORMAT = "%Y-%m-%dT%H:00Z"
HOUR = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:00Z$", "format": "hour"}
AFTER = {"type": "string", "pattern": r"^[0-3]\.[0-9]{1,10}\.[A-Za-z0-9_-]{21}[AQgw]$"}
_LATEST = datetime(9999, 1, 1, tzinfo=UTC)  # an hour later must still be a valid moment


class Hour(fields.AwareDateTime):
    """A whole hour in UTC, such as `2026-11-23T09:00Z`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            format=HOUR_FORMAT,
            default_timezone=UTC,
            validate=validate.Range(max=_LATEST),
            metadata=HOUR,
            **options,
        )


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


class After(fields.Field[PageEnd]):
    """Where a page ended, as that page said it: whose turn, seconds since 1970, the report."""

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata=AFTER, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> PageEnd:
        found = re.fullmatch(AFTER["pattern"], str(value))
        if found is None:
            raise ValidationError("Not the end of a page.")
        rank, seconds, report_id = found[0].split(".")
        return PageEnd(int(rank), datetime.fromtimestamp(int(seconds), UTC), unb64(report_id, ID_LENGTH))


def after(end: PageEnd) -> str:
    """Return the end of a page as the next request names it."""
    return f"{end.rank}.{int(end.at.timestamp())}.{b64(end.id)}"


class ListSchema(BodySchema):
    """`?state=`: which list; `hour=` (2026-11-23T09:00Z) and `step=` leave less of it, `after=` goes on with it."""

    state = fields.String(load_default="open", validate=validate.OneOf(LISTS))
    hour = Hour(load_default=None)
    difficulty = fields.Integer(load_default=None, validate=validate.Range(0, 100), data_key="step")
    after = After(load_default=None)


ID = base64url(ID_LENGTH)
_FACTS = {
    "id": ID,
    "team": ID,
    "epoch": whole(1),
    "urgent": BOOLEAN,
    "received": MOMENT,
    "state": one_of("new", "open", "closed"),
    "claimed_by": or_null(record(id=ID, name=TEXT)),
    "opened": BOOLEAN,
    "closed": or_null(HOUR),
    "answers": whole(),
    "follow_ups": whole(),
    "unanswered": BOOLEAN,
    "withdrawn": BOOLEAN,
    "hold": BOOLEAN,
    "erased": or_null(MOMENT),
    "work_step": whole(),
    "damaged": BOOLEAN,
}
SUMMARY = record(**_FACTS)
LIST = record(
    reports=many(SUMMARY, PAGE),
    next=or_null(AFTER),
    taken_back=many(record(team=ID, hour=HOUR, count=whole(1))),
)
_MESSAGE = {"id": ID, "number": whole(1), "direction": whole(1, 2), "received": MOMENT}
REPORT = record(  # null: damaged at rest
    **_FACTS,
    envelope=base64url(),
    mailbox_key=or_null(base64url(PUBLIC_KEY_LENGTH)),
    messages=many(record(**_MESSAGE, envelope=or_null(base64url()))),
    acknowledgements=many(base64url(LENGTH), len(Acknowledged)),
    tip=base64url(32),
)
KEPT = record(id=ID)
