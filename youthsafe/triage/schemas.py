"""What the triage addresses accept and give."""

from datetime import UTC, datetime
from typing import Any

from marshmallow import fields, validate

from youthsafe.accounts.body import Base64, BodySchema
from youthsafe.crypto.keys import ID_LENGTH, PUBLIC_KEY_LENGTH
from youthsafe.web.shapes import BOOLEAN, MOMENT, TEXT, base64url, many, one_of, or_null, record, whole

LISTS = ("open", "mine", "closed")
HOUR_FORMAT = "%Y-%m-%dT%H:00Z"
HOUR = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:00Z$", "format": "hour"}
_LATEST = datetime(9999, 1, 1, tzinfo=UTC)  # what comes an hour later must be an hour too


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


class CloseSchema(BodySchema):
    """`{"follow_ups"}`: how many follow-ups the member was shown."""

    follow_ups = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))


class ListSchema(BodySchema):
    """`?state=`: which list; `hour=` (2026-11-23T09:00Z) and `step=` leave less of it."""

    state = fields.String(load_default="open", validate=validate.OneOf(LISTS))
    hour = Hour(load_default=None)
    step = fields.Integer(load_default=None, validate=validate.Range(0, 100))


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
    "answers": whole(),
    "follow_ups": whole(),
    "unanswered": BOOLEAN,
    "withdrawn": BOOLEAN,
    "hold": BOOLEAN,
    "erased": or_null(MOMENT),
    "work_step": whole(),
}
STUB = record(**_FACTS)
LIST = record(reports=many(STUB))
_MESSAGE = {"id": ID, "number": whole(1), "direction": whole(1, 2), "received": MOMENT}
REPORT = record(  # null: damaged at rest
    **_FACTS,
    envelope=base64url(),
    mailbox_key=or_null(base64url(PUBLIC_KEY_LENGTH)),
    messages=many(record(**_MESSAGE, envelope=or_null(base64url()))),
    tip=base64url(32),
)
KEPT = record(id=ID)
