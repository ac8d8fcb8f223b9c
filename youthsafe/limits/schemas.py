"""The work that is asked of a sender, in the shape in which ALTCHA's libraries read it."""

from marshmallow import fields, validate

from youthsafe.crypto.keys import ID_LENGTH
from youthsafe.routing.json_fields import Base64, ResponseSchema, Whole

_HEX = validate.Regexp("^[0-9a-f]+$")


class ChallengeDataSchema(ResponseSchema):
    """What the work is good for: one report, and how dear it is."""

    report = Base64(ID_LENGTH)
    step = Whole(1)


class ChallengeParametersSchema(ResponseSchema):
    """Find the counter whose derived key begins with `keyPrefix`; `expiresAt` in seconds since 1970."""

    algorithm = fields.String(validate=validate.Equal("PBKDF2/SHA-256"))
    nonce = fields.String(validate=_HEX)
    salt = fields.String(validate=_HEX)
    cost = Whole(1)
    keyLength = Whole(1)  # noqa: N815  # ALTCHA's own names
    keyPrefix = fields.String(validate=_HEX)  # noqa: N815
    keySignature = fields.String(validate=_HEX)  # noqa: N815
    expiresAt = Whole(1)  # noqa: N815
    data = fields.Nested(ChallengeDataSchema)


class ChallengeSchema(ResponseSchema):
    """A signed ALTCHA challenge; its solution goes into the header `Youthsafe-Work`, as ALTCHA writes it in base64."""

    parameters = fields.Nested(ChallengeParametersSchema)
    signature = fields.String(validate=_HEX)
