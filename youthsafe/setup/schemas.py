"""What the addresses of set-up accept and give."""

from marshmallow import fields, validate

from youthsafe.crypto.bundle import TeamKind
from youthsafe.crypto.keys import ID_LENGTH
from youthsafe.routing.json_body import BodySchema
from youthsafe.routing.json_fields import Base64, ResponseSchema, Whole
from youthsafe.setup.link import SECRET_LENGTH

LONGEST_TEXT = 1000


class LinkSchema(BodySchema):
    """`{"secret"}`: what follows the # of the set-up link."""

    secret = Base64(SECRET_LENGTH, required=True)


def _said(longest: int = LONGEST_TEXT) -> fields.String:
    return fields.String(required=True, validate=validate.Length(max=longest))


class ControllerBodySchema(BodySchema):
    """Who runs this instance, in words for everybody; what is not known yet is empty."""

    name = _said(200)
    contact = _said()
    data_protection_officer = _said()
    complaints = _said()
    accessibility = _said()


class TeamsDecidedSchema(BodySchema):
    """`{"one_team"}`: whether worries about adults who work with young people go to the general team too."""

    one_team = fields.Boolean(required=True, truthy={True}, falsy={False})


class ControllerSchema(ResponseSchema):
    """The same as it was written."""

    name = fields.String()
    contact = fields.String()
    data_protection_officer = fields.String()
    complaints = fields.String()
    accessibility = fields.String()


class StepSchema(ResponseSchema):
    """Something to do before the form opens."""

    name = fields.String()
    done = fields.Boolean()


class TeamReadersSchema(ResponseSchema):
    """A team that reads reports, and how many people can open them."""

    id = Base64(ID_LENGTH)
    name = fields.String()
    kind = fields.Enum(TeamKind, by_value=fields.Integer)
    people = Whole()


class StandingSchema(ResponseSchema):
    """How far set-up has come. `open`: whether pupils can send; `enough`: how many people must be able to open."""

    open = fields.Boolean()
    one_team = fields.Boolean()
    enough = Whole(1)
    steps = fields.List(fields.Nested(StepSchema))
    teams = fields.List(fields.Nested(TeamReadersSchema))
    controller = fields.Nested(ControllerSchema)
