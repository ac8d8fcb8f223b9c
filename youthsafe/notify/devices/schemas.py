"""What the addresses of devices accept and give."""

from marshmallow import fields, validate

from youthsafe.notices.kinds import Problem
from youthsafe.routing.json_body import BodySchema
from youthsafe.routing.json_fields import Base64, ResponseSchema

LONGEST = 1024


class DeviceSchema(BodySchema):
    """`{"endpoint"}`: the address that a browser's push service gave it."""

    endpoint = fields.String(required=True, validate=validate.Length(1, LONGEST))


class DevicesSchema(ResponseSchema):
    """The addresses of the browsers in which the member is woken."""

    endpoints = fields.List(fields.String())


class PushKeySchema(ResponseSchema):
    """What a browser binds itself to."""

    key = Base64(65)


class WokenSchema(ResponseSchema):
    """Whether a push service took a test, and what kept another from it."""

    woken = fields.Boolean()
    problem = fields.Enum(Problem, by_value=fields.String, allow_none=True)
