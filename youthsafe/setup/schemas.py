"""What the addresses of set-up accept and give."""

import re
from typing import Final

from marshmallow import ValidationError, fields, validate

from youthsafe.crypto.bundle import TeamKind
from youthsafe.crypto.keys import ID_LENGTH, SIGNATURE_LENGTH
from youthsafe.crypto.kit import KIT_WRAP_LENGTH, TOKEN_LENGTH
from youthsafe.notify.schemas import AddressedSchema
from youthsafe.privacy.visible_text import can_be_seen
from youthsafe.routing.json_body import BodySchema
from youthsafe.routing.json_fields import Base64, ResponseSchema, Whole
from youthsafe.setup.link import SECRET_LENGTH

LONGEST_TEXT = 1000
_BETWEEN: Final = re.compile("[\t\r\n\u200e\u200f]")  # what may stand between words, marks of direction too


class LinkSchema(BodySchema):
    """`{"secret"}`: what follows the # of the set-up link."""

    secret = Base64(SECRET_LENGTH, required=True)


class FoundingSchema(BodySchema):
    """Everything that a new instance begins with: the link's secret, the first change, its coordinator, the kit."""

    secret = Base64(SECRET_LENGTH, required=True)
    change = Base64(required=True)
    signature = Base64(SIGNATURE_LENGTH, required=True)
    salt = Base64(16, required=True)
    proof = Base64(32, required=True)
    wrap = Base64(required=True)
    second_factor = Base64(20, required=True)
    code = fields.String(required=True, validate=(validate.Length(equal=6), validate.Regexp("^[0-9]{6}$")))
    kit_token = Base64(TOKEN_LENGTH, required=True)
    kit_wrap = Base64(KIT_WRAP_LENGTH, required=True)


class KitSchema(BodySchema):
    """`{"token"}`: what a recovery kit is known by."""

    token = Base64(TOKEN_LENGTH, required=True)


class RestoringSchema(FoundingSchema):
    """The kit's token, the change that brings one coordinator back, the coordinator's sign-in and the new kit."""

    class Meta(FoundingSchema.Meta):
        """There is no link."""

        exclude = ("secret",)

    token = Base64(TOKEN_LENGTH, required=True)


class NewKitSchema(BodySchema):
    """The change that names a new recovery kit, and what the server keeps of it."""

    change = Base64(required=True)
    signature = Base64(SIGNATURE_LENGTH, required=True)
    kit_token = Base64(TOKEN_LENGTH, required=True)
    kit_wrap = Base64(KIT_WRAP_LENGTH, required=True)


class SealedToKitSchema(ResponseSchema):
    """What the kit opens, and the change in force with its signature."""

    wrap = Base64(KIT_WRAP_LENGTH)
    grants = fields.List(Base64())
    change = Base64()
    signature = Base64(SIGNATURE_LENGTH)


class LinkFoundSchema(ResponseSchema):
    """What a browser must know before it makes keys: whether they are a demonstration's."""

    demo = fields.Boolean()


def _shown(text: str) -> None:
    if not can_be_seen(_BETWEEN.sub(" ", text)):
        raise ValidationError("There is a character that cannot be seen: type the text again.")


def _said(longest: int = LONGEST_TEXT) -> fields.String:
    return fields.String(required=True, validate=(validate.Length(max=longest), _shown))


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
    """How far set-up has come. `open`: whether pupils can send; `enough`: how many people must be able to open.

    `borough`: whose content pack the pages show; `readers`: everybody in a team, whom mail tells what came.
    """

    open = fields.Boolean()
    one_team = fields.Boolean()
    enough = Whole(1)
    borough = fields.String()
    steps = fields.List(fields.Nested(StepSchema))
    teams = fields.List(fields.Nested(TeamReadersSchema))
    readers = fields.Nested(AddressedSchema)
    controller = fields.Nested(ControllerSchema)
