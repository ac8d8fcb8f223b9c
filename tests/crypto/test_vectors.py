"""The shared vectors, read by the reference implementation and by the parsers that the server uses."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.crypto.operations import OPERATIONS, on_words
from tests.crypto.reference_primitives import OpenError
from youthsafe.crypto import wire
from youthsafe.crypto.encoding import EncodingError, unb64

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent.parent / "vectors/v1.json").read_text(encoding="utf-8"))
RUN = {**OPERATIONS, **on_words(VECTORS["words"].split())}
REFUSALS = (EncodingError, OpenError)
PARSERS: dict[str, Callable[[bytes], object]] = {
    "report-body": wire.parse_report_body,
    "message-body": wire.parse_message_body,
    "mailbox-request": wire.parse_mailbox_request,
}


def value(written: Any) -> Any:
    """Read a value of the file: bytes, named objects with edits, lists, and whatever stands for itself."""
    if isinstance(written, list):
        return [value(each) for each in written]
    if not isinstance(written, dict):
        return written
    if "b64" in written:
        return unb64(written["b64"])
    if "object" in written:
        return edited(unb64(VECTORS["objects"][written["object"]]), written.get("edits", []))
    return {key: value(each) for key, each in written.items()}


def edited(data: bytes, edits: list[list[Any]]) -> bytes:
    """Apply flip, keep, add, put and copy in their order."""
    changed = bytearray(data)
    for kind, *given in edits:
        if kind == "flip":
            changed[given[0]] ^= given[1]
        elif kind == "keep":
            del changed[given[0] :]
        elif kind == "add":
            changed += unb64(given[0])
        else:
            at, piece = placed(kind, given)
            changed[at : at + len(piece)] = piece
    return bytes(changed)


def placed(kind: str, given: list[Any]) -> tuple[int, bytes]:
    """Where a put or a copy writes, and what."""
    if kind == "put":
        return given[0], unb64(given[1])
    name, start, end, at = given
    return at, unb64(VECTORS["objects"][name])[start:end]


def object_of(written: Any) -> str | None:
    """The named object that a value is, if it is one."""
    return written.get("object") if isinstance(written, dict) else None


def named(case: dict[str, Any]) -> str:
    """The name that pytest shows."""
    return str(case["name"])


@pytest.mark.parametrize("case", VECTORS["good"], ids=named)
def test_a_good_object_opens_to_what_was_sealed(case: dict[str, Any]) -> None:
    found, wanted = RUN[case["op"]](value(case["inputs"])), value(case["gives"])
    assert {key: found[key] for key in wanted} == wanted


@pytest.mark.parametrize("case", VECTORS["refused"], ids=named)
def test_a_bad_object_is_refused(case: dict[str, Any]) -> None:
    inputs = value(case["inputs"])
    with pytest.raises(REFUSALS):
        RUN[case["op"]](inputs)


@pytest.mark.parametrize("case", VECTORS["wire"], ids=named)
def test_a_body_has_one_form(case: dict[str, Any]) -> None:
    body = case["body"]
    for name in ("report", "follow-up", "answer"):
        body = body.replace(f"<{name}>", VECTORS["objects"][name])
    parse = PARSERS[case["op"]]
    if case["why"]:
        with pytest.raises(EncodingError):
            parse(body.encode())
    else:
        parse(body.encode())


def test_at_least_sixty_different_objects_are_refused() -> None:
    assert len({json.dumps([case["op"], case["inputs"]]) for case in VECTORS["refused"]}) >= 60


def test_every_refused_object_has_a_name_and_a_reason_of_its_own() -> None:
    names = [case["name"] for case in VECTORS["refused"]]
    assert len(set(names)) == len(names)
    assert all(case["why"] for case in VECTORS["refused"])


def test_objects_of_the_browser_are_among_the_good_ones() -> None:
    inputs = [case["inputs"].values() for case in VECTORS["good"]]
    opened = {object_of(each) for values in inputs for each in values}
    sealed = {name for name in VECTORS["objects"] if name.startswith("browser ")}
    assert sealed <= opened
    assert len(sealed) == 15
