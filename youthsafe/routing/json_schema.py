"""What JSON looks like, in JSON Schema: the few words in which a route describes what it takes and gives."""

from typing import Any

JsonSchema = dict[str, Any]

BOOLEAN: JsonSchema = {"type": "boolean"}
TEXT: JsonSchema = {"type": "string"}
MOMENT: JsonSchema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\dZ$", "example": "2026-11-23T09:00Z"}
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


def whole(lowest: int = 0, highest: int | None = None) -> JsonSchema:
    """Describe a whole number."""
    return {"type": "integer", "minimum": lowest} | ({} if highest is None else {"maximum": highest})


def one_of(*values: str) -> JsonSchema:
    """Describe one of a few words."""
    return {"type": "string", "enum": list(values)}


def record(**properties: JsonSchema) -> JsonSchema:
    """Describe an object with exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def many(each: JsonSchema, at_most: int | None = None) -> JsonSchema:
    """Describe a list."""
    return {"type": "array", "items": each} | ({} if at_most is None else {"maxItems": at_most})


def or_null(shape: JsonSchema) -> JsonSchema:
    """Describe something that may be missing."""
    return {"anyOf": [shape, {"type": "null"}]}
