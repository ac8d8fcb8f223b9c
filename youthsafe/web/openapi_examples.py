"""Examples of the OpenAPI document: one of every body and good answer, made from its shape."""

from collections.abc import Iterator
from typing import Any

_LONG = 1_000  # letters: of a list whose items are longer than this the example is empty
_DAY = "2026-11-23"
_WORDS = {"^0*$": "000", "^[0-9]{6}$": "123456", "^[0-9a-f]+$": "0a1b"}


def add_examples(document: dict[str, Any]) -> None:
    """Put an example beside every shape of a body or good answer, in place."""
    shapes = document["components"]["schemas"]
    for media in _media(document):
        media["example"] = _example(media["schema"], shapes)


def _media(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for operations in document["paths"].values():
        for method, operation in operations.items():
            if method == "parameters":
                continue
            contents = [operation.get("requestBody", {}).get("content", {})]
            contents += [answer.get("content", {}) for answer in operation["responses"].values()]
            yield from (content["application/json"] for content in contents if "application/json" in content)


def _example(shape: dict[str, Any], shapes: dict[str, Any]) -> Any:
    shape = _resolved(shape, shapes)
    if "example" in shape or "enum" in shape:
        return shape.get("example", shape.get("enum", [None])[0])
    if "anyOf" in shape:
        return None if _is_long(shape["anyOf"][0], shapes) else _example(shape["anyOf"][0], shapes)
    if shape.get("type") == "object":
        return {name: _example(each, shapes) for name, each in shape.get("properties", {}).items()}
    if shape.get("type") == "array":
        return [] if _is_long(shape["items"], shapes) else [_example(shape["items"], shapes)]
    if shape.get("type") == "string":
        return _text(shape)
    return {"boolean": False, "integer": shape.get("minimum", 0)}.get(shape["type"])


def _text(shape: dict[str, Any]) -> str:
    if shape.get("format") == "date":
        return _DAY
    letters = shape.get("minLength", 0) or ("maxLength" not in shape) * 4
    return _WORDS.get(shape.get("pattern", ""), "A" * letters)


def _is_long(shape: dict[str, Any], shapes: dict[str, Any]) -> bool:
    """Whether an example would have a text of many letters in it."""
    shape = _resolved(shape, shapes)
    inner = [*shape.get("properties", {}).values(), *([shape["items"]] if "items" in shape else [])]
    return bool(shape.get("minLength", 0) > _LONG) or any(_is_long(each, shapes) for each in inner)


def _resolved(shape: dict[str, Any], shapes: dict[str, Any]) -> dict[str, Any]:
    reference = shape.get("$ref")
    found: dict[str, Any] = shape if reference is None else shapes[reference.rpartition("/")[2]]
    return found
