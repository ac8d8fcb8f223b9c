"""What the sign-in addresses accept, and what they and the key ring give."""

import re
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from youthsafe.accounts.names import LONGEST, REFUSAL, is_name
from youthsafe.accounts.passkeys import LONGEST_ID, Assertion
from youthsafe.accounts.spoken_codes import ALPHABET, LENGTH
from youthsafe.crypto.keys import ID_LENGTH, ROOT_LENGTH, SIGNATURE_LENGTH
from youthsafe.crypto.roster import Role
from youthsafe.routing.json_body import BodySchema
from youthsafe.routing.json_fields import Base64, ResponseSchema, Whole


def plain(text: str) -> None:
    """Refuse what cannot be shown: control characters, and half a surrogate pair, which UTF-8 cannot hold."""
    if not text.isprintable():
        raise ValidationError("A code has letters and digits only.")


def _a_name(text: str) -> None:
    if not is_name(text):
        raise ValidationError(REFUSAL)


NAME = (validate.Length(min=1, max=LONGEST), _a_name)


class StartSchema(BodySchema):
    """`{"name"}`."""

    name = fields.String(required=True, validate=NAME)


class AnyLength(Base64):
    """Base64url of 1 byte to so many."""

    def __init__(self, longest: int, **options: Any) -> None:
        super().__init__(validate=self._check, **options)
        self.longest = longest

    def _check(self, value: bytes) -> None:
        if not 1 <= len(value) <= self.longest:  # of bytes: a validator of length would be described as one of letters
            raise ValidationError("Not of the right length.")


SPOKEN = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
_CODE = (validate.Regexp(f"^([0-9]{{6}}|{SPOKEN.pattern})$"), plain)  # which refuses a line's end, unlike $
_LONGEST_PART = 4096  # of what an authenticator says; an attestation is not asked for


class AssertionSchema(BodySchema):
    """What a passkey signed (WebAuthn): its id, and the three parts that are signed or sign."""

    id = AnyLength(LONGEST_ID, required=True)
    client_data = AnyLength(_LONGEST_PART, required=True)
    authenticator_data = AnyLength(_LONGEST_PART, required=True)
    signature = AnyLength(_LONGEST_PART, required=True)

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> Assertion:
        return Assertion(**data)


class BothFactorsSchema(BodySchema):
    """`{"proof", "code"}` or `{"proof", "passkey"}`; the proof has 32 bytes.

    A code has six digits from an app, or ten letters and digits: a recovery code, or one that a colleague says.
    """

    proof = Base64(32, required=True)
    code = fields.String(validate=_CODE, metadata={"example": "123456"})
    passkey = fields.Nested(AssertionSchema)

    @validates_schema(skip_on_field_errors=False)
    def _one_second_factor(self, data: dict[str, Any], **_: Any) -> None:
        if ("code" in data) == ("passkey" in data):
            raise ValidationError("A code, or what a passkey signed.", "code")

    @post_load
    def _factor(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        factor = data.pop("code", None) or data.pop("passkey", None)
        return {**data, "factor": factor}


class SignInSchema(BothFactorsSchema):
    """`{"name", "proof", "code"}`, or `{"name", "proof", "passkey"}`, as for both factors."""

    name = fields.String(required=True, validate=NAME)


class MemberSchema(ResponseSchema):
    """Who is signed in."""

    id = Base64(ID_LENGTH)
    name = fields.String()
    role = fields.Enum(Role, by_value=fields.Integer)


class StretchingSchema(ResponseSchema):
    """How a browser stretches six words for one name, memory in KiB; and what a passkey would sign, whoever it is."""

    member = Base64(ID_LENGTH, attribute="member_id")
    salt = Base64(16)
    memory = Whole(1)
    passes = Whole(1)
    challenge = Base64()
    site = fields.String()


class SignedInSchema(ResponseSchema):
    """The member whose session was opened. `enrol`: it may do nothing before a new second factor is enrolled."""

    member = fields.Nested(MemberSchema)
    enrol = fields.Boolean()


class SignedChangeSchema(BodySchema):
    """A change that the root signed (docs/envelope.md 5.3)."""

    change = Base64(required=True)
    signature = Base64(SIGNATURE_LENGTH, required=True)


class AfterSchema(BodySchema):
    """`?after=`: a change's number; those after it are given, and without it the newest one."""

    after = fields.Integer(load_default=None, validate=validate.Range(0, 2**32 - 1))


class ChangeSchema(ResponseSchema):
    """The same, as it is given."""

    change = Base64(attribute="content")
    signature = Base64(SIGNATURE_LENGTH)


class ChangesSchema(ResponseSchema):
    """Signed changes, oldest first."""

    changes = fields.List(fields.Nested(ChangeSchema))


class AppliedChangeSchema(ResponseSchema):
    """The number and the head of the change that is now in force."""

    number = Whole(1)
    head = Base64(32)


class KeyRingSchema(ResponseSchema):
    """The member's sealed keys, and everything signed that the browser checks them against."""

    member = fields.Nested(MemberSchema)
    wraps = fields.List(Base64())
    grants = fields.List(Base64())
    root_grant = Base64(allow_none=True)
    roster = Base64()
    roster_signature = Base64(SIGNATURE_LENGTH)
    bundle = Base64()
    bundle_signature = Base64(SIGNATURE_LENGTH)
    root = Base64(ROOT_LENGTH)
    root_changes = fields.List(Base64())
