"""Reading the JSON body of a staff request: one shape for every mistake, and nothing is quoted back."""

import re
from collections.abc import Iterator
from typing import Any, Final

from flask import request
from marshmallow import RAISE, Schema, ValidationError

from youthsafe.crypto.encoding import parse_json
from youthsafe.errors import Fields, InvalidInputError

MAX_BYTES = 32 * 1024
_UNKEPT: Final = re.compile("[\0\ud800-\udfff]")  # UTF-8 has no half of a surrogate pair, PostgreSQL no NUL
_NO_TEXT: Final = "There is a character that is none."


class BodySchema(Schema):
    """A JSON object with the named fields and no others."""

    class Meta:
        """Refuse the others."""

        unknown = RAISE


class EmptySchema(BodySchema):
    """`{}`: a request whose address says everything."""


def read_body(schema: Schema, max_bytes: int = MAX_BYTES) -> dict[str, Any]:
    """Return the request's body, checked; raises InvalidInputError with what is wrong by field."""
    request.max_content_length = max_bytes
    try:
        document = parse_json(request.get_data(cache=False), max_bytes)
    except ValueError:
        raise InvalidInputError("The body is not a JSON document of the expected kind.") from None
    if not isinstance(document, dict):
        raise InvalidInputError("The body must be a JSON object.")
    try:
        _require_text(document)
        checked: dict[str, Any] = schema.load(document)
    except ValidationError as error:
        raise InvalidInputError("Something in the body is not right.", fields=_by_field(error)) from None
    return checked


def _require_text(document: dict[str, object]) -> None:
    """Raise ValidationError for what no database keeps, by the field in which it stands."""
    wrong = [name for name, value in document.items() if any(map(_UNKEPT.search, _texts(name, value)))]
    if wrong:
        raise ValidationError({name: [_NO_TEXT] for name in wrong})


def _texts(*values: object) -> Iterator[str]:
    """Walk every text in values of JSON, however deep; names too."""
    left = list(values)
    while left:
        value = left.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            left += [*value, *value.values()]
        elif isinstance(value, list):
            left += value


def _by_field(error: ValidationError) -> Fields:
    messages = error.messages_dict
    return {str(name): [str(each) for each in found] for name, found in messages.items()}
