"""What the addresses about taking reports give."""

from marshmallow import fields

from youthsafe.instance.schemas import StoppedSchema
from youthsafe.routing.json_fields import ResponseSchema


class FormSchema(ResponseSchema):
    """Since when the form takes no reports, and why; null while it takes them."""

    stopped = fields.Nested(StoppedSchema, allow_none=True)


class BankHolidaySchema(ResponseSchema):
    """A day and what it is called in English."""

    day = fields.Date()
    name = fields.String()


class CalendarSchema(ResponseSchema):
    """The bank holidays of a nation, from today to `last`."""

    nation = fields.String()
    last = fields.Date()
    holidays = fields.List(fields.Nested(BankHolidaySchema))
