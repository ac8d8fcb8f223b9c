"""What the addresses against floods accept and give."""

from typing import Any

from marshmallow import fields, post_load, validate

from youthsafe.crypto.keys import ID_LENGTH
from youthsafe.routing.json_body import BodySchema
from youthsafe.routing.json_fields import Base64, Hour, Moment, ResponseSchema, Whole
from youthsafe.triage.floods.services import Group

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


class BusiestSchema(ResponseSchema):
    """The hour from which most reports wait."""

    hour = Hour()
    count = Whole(1)


class FloodThresholdsSchema(ResponseSchema):
    """How many of an hour or a day make a flood, how few never do, and for how many hours what was opened is read."""

    hour = Whole(1)
    day = Whole(1)
    few = Whole(1)
    reading = Whole(1)


class ClosedGroupSchema(ResponseSchema):
    """A group that was closed as junk, under the id by which that is undone."""

    id = Base64(ID_LENGTH)
    at = Hour(attribute="closed_at")
    hour = Hour(attribute="group.hour")
    step = Whole(attribute="group.difficulty")
    urgent = fields.Boolean(attribute="group.urgent")
    opened = fields.Boolean(attribute="group.opened")
    count = Whole(1, attribute="group.count")


class JunkedSchema(ResponseSchema):
    """The id by which closing a group is undone, and how many of its kind stay open because they are on hold."""

    id = Base64(ID_LENGTH)
    held = Whole()


class MinimumUntilSchema(ResponseSchema):
    """The work that everybody is asked for, and until when."""

    step = Whole(1, attribute="difficulty")
    until = Moment(attribute="ends_at")


class WorkAskedSchema(ResponseSchema):
    """The work that everybody is asked for, and the highest step that there is."""

    work = fields.Nested(MinimumUntilSchema, allow_none=True)
    highest = Whole(1)


class FloodsSchema(ResponseSchema):
    """What nobody took on in a flood, what was closed as junk, and the work that everybody is asked for."""

    groups = fields.List(fields.Nested(GroupSchema))
    busiest = fields.Nested(BusiestSchema, allow_none=True)
    flood = fields.Nested(FloodThresholdsSchema)
    closed = fields.List(fields.Nested(ClosedGroupSchema))
    work = fields.Nested(MinimumUntilSchema, allow_none=True)
    highest = Whole(1)


class CountSchema(ResponseSchema):
    """How many there were."""

    count = Whole()
