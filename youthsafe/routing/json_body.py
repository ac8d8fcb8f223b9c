"""Reading the JSON body of a staff request: one shape for every mistake, and nothing is quoted back."""

from typing import Any

from flask import request
from marshmallow import RAISE, Schema, ValidationError, fields

from youthsafe.crypto.encoding import EncodingError, parse_json, unb64
from youthsafe.errors import Fields, InvalidInputError
from youthsafe.routing.json_schema import base64url

MAX_BYTES = 32 * 1024


class Base64(fields.Field[bytes]):
    """Base64url without padding, of a fixed length in bytes where one is given."""

    def __init__(self, length: int | None = None, **options: Any) -> None:
        super().__init__(metadata=base64url(length), **options)
        self.length = length

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bytes:
        try:
            return unb64(value, self.length)
        except (EncodingError, TypeError):  # TypeError: not text at all
            raise ValidationError("Not base64url without padding, or not of the right length.") from None


class BodySchema(Schema):
    """A JSON object with the named fields and no others."""

    class Meta:
        """Refuse the others."""

        unknown = RAISE


class EmptySchema(BodySchema):
    """`{}`: a request whose address says everything."""


def read_body(schema: Schema) -> dict[str, Any]:
    """Return the request's body, checked; raises InvalidInputError with what is wrong by field."""
    try:
        document = parse_json(request.get_data(cache=False), MAX_BYTES)
    except ValueError:
        raise InvalidInputError("The body is not a JSON document of the expected kind.") from None
    if not isinstance(document, dict):
        raise InvalidInputError("The body must be a JSON object.")
    try:
        checked: dict[str, Any] = schema.load(document)
    except ValidationError as error:
        raise InvalidInputError("Something in the body is not right.", fields=_by_field(error)) from None
    return checked


def _by_field(error: ValidationError) -> Fields:
    messages = error.messages_dict
    return {str(name): [str(each) for each in found] for name, found in messages.items()}
