"""What the sign-in addresses accept, and what they and the key ring give."""

from marshmallow import ValidationError, fields, validate

from youthsafe.crypto.keys import ID_LENGTH, ROOT_LENGTH, SIGNATURE_LENGTH
from youthsafe.crypto.roster import Role
from youthsafe.routing.json_body import Base64, BodySchema
from youthsafe.routing.json_schema import TEXT, base64url, many, record, whole


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


MEMBER = record(id=base64url(ID_LENGTH), name=TEXT, role={"type": "integer", "enum": [each.value for each in Role]})
STRETCHING = record(member=base64url(ID_LENGTH), salt=base64url(16), memory=whole(1), passes=whole(1))
KEY_RING = record(
    member=MEMBER,
    wraps=many(base64url()),
    grants=many(base64url()),
    roster=base64url(),
    roster_signature=base64url(SIGNATURE_LENGTH),
    bundle=base64url(),
    bundle_signature=base64url(SIGNATURE_LENGTH),
    root=base64url(ROOT_LENGTH),
)
