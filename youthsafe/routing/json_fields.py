"""The kinds of values that stand in our JSON, read and written: bytes, moments and hours."""

from datetime import UTC, datetime
from typing import Any, Final

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from youthsafe.crypto.encoding import EncodingError, b64, unb64
from youthsafe.routing.json_schema import HOUR, MOMENT, base64url

HOUR_FORMAT: Final = "%Y-%m-%dT%H:00Z"
MOMENT_FORMAT: Final = "%Y-%m-%dT%H:%MZ"
_LATEST = datetime(9999, 1, 1, tzinfo=UTC)  # an hour later must still be a valid moment


class Base64(fields.Field[bytes]):
    """Base64url without padding, of a fixed length in bytes where one is given."""

    def __init__(self, length: int | None = None, **options: Any) -> None:
        super().__init__(metadata=base64url(length), **options)
        self.length = length

    def _serialize(self, value: bytes | None, *_: Any, **__: Any) -> str | None:
        return None if value is None else b64(value)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bytes:
        try:
            return unb64(value, self.length)
        except (EncodingError, TypeError):  # TypeError: not text at all
            raise ValidationError("Not base64url without padding, or not of the right length.") from None


class Moment(fields.AwareDateTime):
    """A minute in UTC, such as `2026-11-23T09:05Z`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format=MOMENT_FORMAT, default_timezone=UTC, metadata=MOMENT, **options)


class Hour(fields.AwareDateTime):
    """A whole hour in UTC, such as `2026-11-23T09:00Z`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            format=HOUR_FORMAT,
            default_timezone=UTC,
            validate=validate.Range(max=_LATEST),
            metadata=HOUR,
            **options,
        )


class Whole(fields.Integer):
    """A whole number from `lowest` to `highest`."""

    def __init__(self, lowest: int = 0, highest: int | None = None, **options: Any) -> None:
        super().__init__(strict=True, validate=validate.Range(lowest, highest), **options)


class ResponseSchema(Schema):
    """A JSON object that we give: with every named field and no others."""

    class Meta:
        """Name no others."""

        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Require every field: one that may be missing is null."""
        field_obj.required = True


class KeptSchema(ResponseSchema):
    """The id under which something was kept."""

    id = Base64(16)
