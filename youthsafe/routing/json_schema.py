"""What the values of our JSON look like, in JSON Schema: what marshmallow has no words for."""

from typing import Any

JsonSchema = dict[str, Any]

MOMENT: JsonSchema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\dZ$", "example": "2026-11-23T09:00Z"}
HOUR: JsonSchema = {
    "type": "string",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:00Z$",
    "format": "hour",
    "example": "2026-11-23T09:00Z",
}
_LETTERS = "[A-Za-z0-9_-]*"
# By bytes modulo 3: how many letters a last group has, and which may be its last, because unused bits are zero.
_LAST_GROUP = ((0, ""), (2, "[AQgw]"), (3, "[AEIMQUYcgkosw048]"))


def base64url(length: int | None = None) -> JsonSchema:
    """Describe base64url without padding, of so many bytes where a number is given."""
    if length is None:
        return {"type": "string", "pattern": f"^{_LETTERS}$"}
    rest, last = _LAST_GROUP[length % 3]
    letters = length // 3 * 4 + rest
    return {
        "type": "string",
        "description": f"{length} bytes in base64url without padding",
        "minLength": letters,
        "maxLength": letters,
        "pattern": f"^{_LETTERS}{last}$",
    }
