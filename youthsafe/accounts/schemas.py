"""What the sign-in addresses accept."""

from marshmallow import Schema, ValidationError, fields, validate

from youthsafe.accounts.body import Base64


def _plain(text: str) -> None:
    if not text.isprintable():  # nor half a surrogate pair, which cannot be written down
        raise ValidationError("A name has letters, digits, spaces and signs only.")


NAME = validate.And(validate.Length(min=1, max=80), _plain)


class StartSchema(Schema):
    """`{"name"}`."""

    name = fields.String(required=True, validate=NAME)


class SignInSchema(Schema):
    """`{"name", "proof", "code"}`; the proof has 32 bytes, the code six digits."""

    name = fields.String(required=True, validate=NAME)
    proof = Base64(32, required=True)
    code = fields.String(required=True, validate=validate.Regexp(r"\A[0-9]{6}\Z"))
