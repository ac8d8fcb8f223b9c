"""What the addresses of one's own account accept and give."""

from marshmallow import fields, validate

from youthsafe.accounts.own.services import SESSION_ID_BYTES
from youthsafe.accounts.passkeys import LONGEST_ID
from youthsafe.accounts.schemas import AnyLength, MemberSchema, plain
from youthsafe.accounts.security_events import EventKind
from youthsafe.crypto.keys import ID_LENGTH
from youthsafe.routing.json_body import BodySchema
from youthsafe.routing.json_fields import Base64, Moment, ResponseSchema, Whole

LONGEST_WRAP = 512
_LONGEST_ATTESTATION = 16 * 1024
SIX_DIGITS = (validate.Regexp("^[0-9]{6}$"), plain)


class NewWordsSchema(BodySchema):
    """`{"proof", "salt", "wrap"}`: what a browser made of new six words."""

    proof = Base64(32, required=True)
    salt = Base64(16, required=True)
    wrap = AnyLength(LONGEST_WRAP, required=True)


class CodeSchema(BodySchema):
    """`{"code"}`: six digits of an app."""

    code = fields.String(required=True, validate=SIX_DIGITS)


class AttestationSchema(BodySchema):
    """A new passkey as its authenticator describes it, what its member calls it, and a wrap that its PRF opens."""

    id = AnyLength(LONGEST_ID, required=True)
    client_data = AnyLength(_LONGEST_ATTESTATION, required=True)
    attestation = AnyLength(_LONGEST_ATTESTATION, required=True)
    label = fields.String(required=True, validate=(validate.Length(min=1, max=40), plain))
    wrap = AnyLength(LONGEST_WRAP, allow_none=True, load_default=None)


class MailSchema(BodySchema):
    """`{"address"}`: an address of mail, or null for none."""

    address = fields.String(required=True, allow_none=True, validate=validate.Length(max=254))


class PasskeySchema(ResponseSchema):
    """A passkey as its member knows it; `opens_keys`: it can open the keys in the place of the words."""

    id = Base64(ID_LENGTH)
    label = fields.String()
    made = Moment(attribute="made_at")
    opens_keys = fields.Function(lambda passkey: passkey.wrap is not None, metadata={"type": "boolean"})


class AccountSchema(ResponseSchema):
    """What a member sees of the own account."""

    member = fields.Nested(MemberSchema)
    app = fields.Boolean()
    passkeys = fields.List(fields.Nested(PasskeySchema))
    codes_left = Whole(0)
    mail = fields.String(allow_none=True)
    confirmed = fields.Boolean()


class AppSecretSchema(ResponseSchema):
    """A secret for an app: in base32, and as the address that an app reads from a QR code."""

    secret = fields.String()
    address = fields.String()


class PasskeyQuestionSchema(ResponseSchema):
    """What a new passkey is made with: a challenge, the site that it is for, and passkeys that are here already."""

    challenge = Base64()
    site = fields.String()
    known = fields.List(Base64())


class RecoveryCodesSchema(ResponseSchema):
    """Ten codes, as people read them. They are given once."""

    codes = fields.List(fields.String())


class OpenSessionSchema(ResponseSchema):
    """A browser where the member is signed in. `here`: the one that asks."""

    id = Base64(SESSION_ID_BYTES)
    begun = Moment()
    seen = Moment()
    here = fields.Boolean()


class OpenSessionsSchema(ResponseSchema):
    """Where the member is signed in, the newest first."""

    sessions = fields.List(fields.Nested(OpenSessionSchema))


class EventSchema(ResponseSchema):
    """Something that happened to the member's keys or factors; `other`: the name of the other person of it."""

    id = Base64(ID_LENGTH)
    kind = fields.Enum(EventKind, by_value=True)
    other = fields.String(allow_none=True)
    at = Moment()


class EventsSchema(ResponseSchema):
    """What the member has not read yet, the newest first."""

    events = fields.List(fields.Nested(EventSchema))
