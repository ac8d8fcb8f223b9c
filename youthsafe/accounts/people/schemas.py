"""What the addresses of whoever looks after the staff accept and give."""

from marshmallow import fields, validate

from youthsafe.accounts.schemas import NAME, AnyLength
from youthsafe.crypto.keys import ID_LENGTH, PUBLIC_KEY_LENGTH
from youthsafe.crypto.roster import Role
from youthsafe.routing.json_body import BodySchema
from youthsafe.routing.json_fields import Base64, Moment, ResponseSchema, Whole

MOST_TEAMS = 16
LONGEST_OFFER = 2048
LONGEST_SECRET = 256


class ColleagueSchema(ResponseSchema):
    """Somebody of the staff. `reset`: they have no second factor at the moment, because a colleague took it away."""

    id = Base64(ID_LENGTH)
    name = fields.String()
    role = fields.Enum(Role, by_value=fields.Integer)
    app = fields.Boolean()
    passkeys = Whole(0)
    codes_left = Whole(0)
    reset = fields.Boolean()


class ColleaguesSchema(ResponseSchema):
    """Everybody of the staff, by name."""

    members = fields.List(fields.Nested(ColleagueSchema))


class ResetSchema(ResponseSchema):
    """The code that a colleague says to whoever lost a second factor, and until when it is good."""

    code = fields.String()
    until = Moment()


class NewInvitationSchema(BodySchema):
    """What a coordinator's browser made. `days`: how long the link is good; `token`: what its secret gives of it."""

    token = Base64(32, required=True)
    member = Base64(ID_LENGTH, required=True)
    name = fields.String(required=True, validate=NAME)
    role = fields.Enum(Role, by_value=fields.Integer, required=True)
    teams = fields.List(Base64(ID_LENGTH), required=True, validate=validate.Length(max=MOST_TEAMS))
    offer = AnyLength(LONGEST_OFFER, required=True)
    offer_mac = Base64(32, required=True)
    sealed_secret = AnyLength(LONGEST_SECRET, required=True)
    days = Whole(1, 7, required=True)


class InvitedSchema(ResponseSchema):
    """Somebody who was invited. `answered`: their browser made a key, which a coordinator has to check."""

    id = Base64(ID_LENGTH)
    member = Base64(ID_LENGTH, attribute="member_id")
    name = fields.String()
    role = fields.Enum(Role, by_value=fields.Integer)
    teams = fields.List(Base64(ID_LENGTH))
    made_by = fields.String()
    until = Moment()
    offer = Base64()
    sealed_secret = Base64()
    public_key = Base64(PUBLIC_KEY_LENGTH, allow_none=True)
    proof = Base64(32, allow_none=True)
    answered = fields.Boolean()


class InvitationsSchema(ResponseSchema):
    """The invitations that are good, the newest first."""

    invitations = fields.List(fields.Nested(InvitedSchema))
