"""What the addresses about keeping reports accept and give."""

from marshmallow import fields

from youthsafe.retention.settings import CLOSED_DAYS, UNCLAIMED_DAYS
from youthsafe.routing.json_body import BodySchema
from youthsafe.routing.json_fields import Moment, ResponseSchema, Whole


class DaysSchema(ResponseSchema):
    """How many days a report is kept after it was closed, and one that nobody claims after it came."""

    closed = Whole(1)
    unclaimed = Whole(1)


class DaysToForeseeSchema(BodySchema):
    """The same, as somebody would have them."""

    closed = Whole(*CLOSED_DAYS, required=True)
    unclaimed = Whole(*UNCLAIMED_DAYS, required=True)


class RetentionChangeSchema(DaysToForeseeSchema):
    """The same, with how many reports were shown to be erased when it begins to hold."""

    removes = Whole(required=True)


class RemovalSchema(ResponseSchema):
    """How many reports are erased on a day in London, by reason."""

    day = fields.Date()
    closed = Whole()
    unclaimed = Whole()


class ForeseenSchema(ResponseSchema):
    """What days would erase in the next weeks, of all teams: so many when they begin to hold, and day by day."""

    holds_from = Moment()
    removes = Whole()
    removals = fields.List(fields.Nested(RemovalSchema))


class ComingDaysSchema(ResponseSchema):
    """A change that does not hold yet."""

    days = fields.Nested(DaysSchema)
    holds_from = Moment()


class RangeSchema(ResponseSchema):
    """The fewest and the most days that can be set."""

    least = Whole(1)
    most = Whole(1)


class RetentionSchema(ResponseSchema):
    """What holds, what waits to hold, what will be erased so, and what may be set."""

    days = fields.Nested(DaysSchema)
    coming = fields.Nested(ComingDaysSchema, allow_none=True)
    foreseen = fields.Nested(ForeseenSchema)
    closed = fields.Nested(RangeSchema)
    unclaimed = fields.Nested(RangeSchema)
