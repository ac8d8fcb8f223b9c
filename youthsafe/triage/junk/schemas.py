"""What the addresses against floods accept."""

from datetime import UTC
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from youthsafe.triage.junk.services import Group
from youthsafe.triage.schemas import HOUR_FORMAT

HIGHEST_COUNT = 10**9


class GroupSchema(Schema):
    """`{"hour", "step", "urgent", "count"}`: a group as it was shown."""

    hour = fields.AwareDateTime(required=True, format=HOUR_FORMAT, default_timezone=UTC)
    step = fields.Integer(required=True, strict=True, validate=validate.Range(0, 100))
    urgent = fields.Boolean(required=True, truthy={True}, falsy={False})
    count = fields.Integer(required=True, strict=True, validate=validate.Range(1, HIGHEST_COUNT))

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> dict[str, Group]:
        """Return the group under a name, as every schema gives a dictionary."""
        return {"group": Group(**data)}


class FloorSchema(Schema):
    """`{"step", "hours"}`: how much work everybody is asked for, and for how long."""

    step = fields.Integer(required=True, strict=True, validate=validate.Range(1, 100))
    hours = fields.Integer(required=True, strict=True, validate=validate.Range(1, 24))
