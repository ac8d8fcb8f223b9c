"""What the addresses against floods accept and give."""

from typing import Any

from marshmallow import fields, post_load, validate

from youthsafe.routing.json_body import BodySchema
from youthsafe.routing.json_schema import BOOLEAN, MOMENT, many, or_null, record, whole
from youthsafe.triage.floods.services import Group
from youthsafe.triage.schemas import HOUR, ID, Hour

HIGHEST_COUNT = 10**9


class GroupSchema(BodySchema):
    """`{"hour", "step", "urgent", "opened", "count"}`: a group as it was shown."""

    hour = Hour(required=True)
    difficulty = fields.Integer(required=True, strict=True, validate=validate.Range(0, 100), data_key="step")
    urgent = fields.Boolean(required=True, truthy={True}, falsy={False})
    opened = fields.Boolean(required=True, truthy={True}, falsy={False})
    count = fields.Integer(required=True, strict=True, validate=validate.Range(1, HIGHEST_COUNT))

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> dict[str, Group]:
        """Return the group under a name, as every schema gives a dictionary."""
        return {"group": Group(**data)}


class MinimumSchema(BodySchema):
    """`{"step", "hours"}`: how much work everybody is asked for, and for how long."""

    step = fields.Integer(required=True, strict=True, validate=validate.Range(1, 100))
    hours = fields.Integer(required=True, strict=True, validate=validate.Range(1, 24))


_GROUP = {"hour": HOUR, "step": whole(), "urgent": BOOLEAN, "opened": BOOLEAN, "count": whole(1)}
JUNK = record(
    groups=many(record(**_GROUP)),
    busiest=or_null(record(hour=HOUR, count=whole(1))),
    flood=record(hour=whole(1), day=whole(1), few=whole(1), reading=whole(1)),
    closed=many(record(id=ID, at=HOUR, **_GROUP)),
    work=or_null(record(step=whole(1), until=MOMENT)),
    highest=whole(1),
)
CLOSED = record(id=ID)
COUNT = record(count=whole())
