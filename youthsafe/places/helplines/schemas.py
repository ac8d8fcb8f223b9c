"""What the addresses of helplines accept and give."""

from marshmallow import fields, validate

from youthsafe.helplines.local import LONGEST_TEXT, LocalFault
from youthsafe.pack.services import HOURS, WAYS
from youthsafe.routing.json_body import BodySchema
from youthsafe.routing.json_fields import ResponseSchema

_NUMBER = validate.Length(1, 24)


class HelplineTriedSchema(BodySchema):
    """`{"way", "on"}`: how somebody tried a helpline, and on which day."""

    way = fields.String(required=True, validate=validate.OneOf(WAYS))
    on = fields.Date(required=True, format="%Y-%m-%d")


class HelplineChangeSchema(BodySchema):
    """What differs from the pack here; null is as the pack has it."""

    phone = fields.String(required=True, allow_none=True, validate=_NUMBER)
    text_to = fields.String(required=True, allow_none=True, validate=_NUMBER)
    text_say = fields.String(required=True, allow_none=True, validate=_NUMBER)
    hours = fields.String(required=True, allow_none=True, validate=validate.OneOf(HOURS))
    hours_text = fields.String(required=True, allow_none=True, validate=validate.Length(1, LONGEST_TEXT))


class DifferingSchema(ResponseSchema):
    """What differs from the pack here; null is as the pack has it."""

    phone = fields.String(allow_none=True)
    text_to = fields.String(allow_none=True)
    text_say = fields.String(allow_none=True)
    hours = fields.String(allow_none=True)
    hours_text = fields.String(allow_none=True)


class HelplineSchema(ResponseSchema):
    """One helpline. `fixed`: it stands on every screen and cannot differ. `due`: nobody tried it lately.

    `pack` is what the pack says, in the same form as what differs here; `checked_on` is what pupils are told.
    """

    id = fields.String()
    name = fields.String()
    ways = fields.List(fields.String(validate=validate.OneOf(WAYS)))
    fixed = fields.Boolean()
    may_be_tried = fields.Boolean()
    due = fields.Boolean()
    pack = fields.Nested(DifferingSchema)
    local = fields.Nested(DifferingSchema)
    differs = fields.Boolean()
    changed_on = fields.Date(allow_none=True, format="%Y-%m-%d")
    silent_since = fields.Date(allow_none=True, format="%Y-%m-%d")
    checked_on = fields.Date(allow_none=True, format="%Y-%m-%d")
    checked_by = fields.String(allow_none=True)
    checked_how = fields.String(allow_none=True)


class HelplineListSchema(ResponseSchema):
    """Every helpline, in the pack's order."""

    helplines = fields.List(fields.Nested(HelplineSchema))


class HelplineFaultSchema(ResponseSchema):
    """What is wrong with a field; an empty field is the whole."""

    field = fields.String()
    fault = fields.String(validate=validate.OneOf([each.value for each in LocalFault]))


class HelplineChangedSchema(ResponseSchema):
    """The helpline as it is now, and what is wrong: then nothing was changed."""

    helpline = fields.Nested(HelplineSchema)
    faults = fields.List(fields.Nested(HelplineFaultSchema))
