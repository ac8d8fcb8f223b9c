"""What the sign-in addresses accept, and what they and the key ring give."""

from marshmallow import ValidationError, fields, validate

from youthsafe.crypto.keys import ID_LENGTH, ROOT_LENGTH, SIGNATURE_LENGTH
from youthsafe.crypto.roster import Role
from youthsafe.routing.json_body import BodySchema
from youthsafe.routing.json_fields import Base64, ResponseSchema, Whole


def _plain(text: str) -> None:
    if not text.isprintable():  # half a surrogate pair is refused too: UTF-8 cannot hold it
        raise ValidationError("A name has letters, digits, spaces and signs only.")


NAME = (validate.Length(min=1, max=80), _plain)


class StartSchema(BodySchema):
    """`{"name"}`."""

    name = fields.String(required=True, validate=NAME)


class SignInSchema(BodySchema):
    """`{"name", "proof", "code"}`; the proof has 32 bytes, the code six digits."""

    name = fields.String(required=True, validate=NAME)
    proof = Base64(32, required=True)
    code = fields.String(required=True, validate=(validate.Length(equal=6), validate.Regexp("^[0-9]{6}$")))


class MemberSchema(ResponseSchema):
    """Who is signed in."""

    id = Base64(ID_LENGTH)
    name = fields.String()
    role = fields.Enum(Role, by_value=fields.Integer)


class StretchingSchema(ResponseSchema):
    """How a browser stretches six words for one name; memory in KiB."""

    member = Base64(ID_LENGTH, attribute="member_id")
    salt = Base64(16)
    memory = Whole(1)
    passes = Whole(1)


class SignedInSchema(ResponseSchema):
    """The member whose session was opened."""

    member = fields.Nested(MemberSchema)


class KeyRingSchema(ResponseSchema):
    """The member's sealed keys, and everything signed that the browser checks them against."""

    member = fields.Nested(MemberSchema)
    wraps = fields.List(Base64())
    grants = fields.List(Base64())
    roster = Base64()
    roster_signature = Base64(SIGNATURE_LENGTH)
    bundle = Base64()
    bundle_signature = Base64(SIGNATURE_LENGTH)
    root = Base64(ROOT_LENGTH)
