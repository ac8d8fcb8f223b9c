"""What the addresses of an invited person accept and give."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from youthsafe.accounts.own.schemas import SIX_DIGITS, AppSecretSchema, AttestationSchema, NewWordsSchema
from youthsafe.crypto.keys import ID_LENGTH, PUBLIC_KEY_LENGTH
from youthsafe.routing.json_body import BodySchema
from youthsafe.routing.json_fields import Base64, Moment, ResponseSchema, Whole


class InvitationTokenSchema(BodySchema):
    """`{"token"}`: what the secret of a link gives of it, 32 bytes."""

    token = Base64(32, required=True)


class OfferedSchema(ResponseSchema):
    """What was offered, with its mac; how words are stretched, memory in KiB; and what a second factor is made with."""

    member = Base64(ID_LENGTH, attribute="member_id")
    offer = Base64()
    offer_mac = Base64(32)
    memory = Whole(1)
    passes = Whole(1)
    until = Moment()
    app = fields.Nested(AppSecretSchema)
    challenge = Base64()
    site = fields.String()


class InvitationAnswerSchema(BodySchema):
    """What an invited browser made: a key, the proof of it, its words, and a code of the app or a passkey."""

    token = Base64(32, required=True)
    public_key = Base64(PUBLIC_KEY_LENGTH, required=True)
    proof = Base64(32, required=True)
    words = fields.Nested(NewWordsSchema, required=True)
    code = fields.String(allow_none=True, load_default=None, validate=SIX_DIGITS)
    passkey = fields.Nested(AttestationSchema, allow_none=True, load_default=None)

    @validates_schema
    def _one_second_factor(self, data: dict[str, Any], **_: Any) -> None:
        if (data["code"] is None) == (data["passkey"] is None):
            raise ValidationError("A code of an app, or a passkey.", "code")
