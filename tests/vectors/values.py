"""How a value is written in v1.json: bytes as base64url, or as a named object with edits."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.vectors.world import Json, text

Edit = list[object]


def raw(data: bytes) -> Json:
    """Bytes as they are."""
    return {"b64": text(data)}


def flip(at: int, mask: int = 1) -> Edit:
    """Turn over the bits of `mask` in one byte; a negative place counts from the end."""
    return ["flip", at, mask]


def keep(count: int) -> Edit:
    """Keep only the first bytes."""
    return ["keep", count]


def add(data: bytes) -> Edit:
    """Append bytes."""
    return ["add", text(data)]


def put(at: int, data: bytes) -> Edit:
    """Write bytes over those at a place."""
    return ["put", at, text(data)]


def copy(name: str, start: int, end: int, at: int) -> Edit:
    """Write bytes `start` to `end` of another object over those at a place."""
    return ["copy", name, start, end, at]


@dataclass
class Vectors:
    """What v1.json holds, as it is collected."""

    objects: dict[str, str] = field(default_factory=dict)
    good: list[Json] = field(default_factory=list)
    refused: list[Json] = field(default_factory=list)
    wire: list[Json] = field(default_factory=list)

    def name(self, name: str, data: bytes) -> Json:
        """Keep an object under a name, and refer to it."""
        if name in self.objects:
            raise KeyError(name)
        self.objects[name] = text(data)
        return self.of(name)

    def of(self, name: str, *edits: Edit) -> Json:
        """Refer to an object, edited."""
        if name not in self.objects:
            raise KeyError(name)
        return {"object": name, "edits": list(edits)} if edits else {"object": name}

    def accept(self, name: str, op: str, inputs: Json, gives: Json) -> None:
        """Add a case that must work."""
        self.good.append({"name": name, "op": op, "inputs": inputs, "gives": gives})

    def refuse(self, name: str, op: str, inputs: Json, why: str) -> None:
        """Add a case that must be refused, with the reason."""
        self.refused.append({"name": name, "op": op, "inputs": inputs, "why": why})

    def refuse_each(self, op: str, base: Json, key: str, cases: Sequence[tuple[str, object]]) -> None:
        """Add cases that differ from `base` in one input and say why by themselves."""
        for why, value in cases:
            self.refuse(f"{op}: {why}", op, {**base, key: value}, why)
