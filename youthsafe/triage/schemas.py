"""What the triage addresses accept."""

from datetime import UTC

from marshmallow import Schema, fields, validate

from youthsafe.accounts.body import Base64

LISTS = ("open", "mine", "closed")
HOUR_FORMAT = "%Y-%m-%dT%H:00Z"


class AnswerSchema(Schema):
    """`{"after", "envelope"}`: the digest of the newest answer (zeros for none), and the sealed answer."""

    after = Base64(32, required=True)
    envelope = Base64(required=True)


class CloseSchema(Schema):
    """`{"follow_ups"}`: how many follow-ups the member was shown."""

    follow_ups = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))


class ListSchema(Schema):
    """`?state=`: which list; `hour=` (2026-11-23T09:00Z) and `step=` leave less of it."""

    state = fields.String(load_default="open", validate=validate.OneOf(LISTS))
    hour = fields.AwareDateTime(load_default=None, format=HOUR_FORMAT, default_timezone=UTC)
    step = fields.Integer(load_default=None, validate=validate.Range(0, 100))
