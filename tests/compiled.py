"""What every application of a run would compile anew, to the same result: the builders of its routes, its templates.

Both took four fifths of an application's start and first page, and a run starts some two thousand of them.
"""

from collections.abc import Callable, Iterator
from types import CodeType
from typing import Any

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule


class RememberedTemplates(BytecodeCache):
    """Keeps the code of templates; a template that reads otherwise is another one."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code
        self._codes[bucket.key, bucket.checksum] = bucket.code


def remembered_builders() -> Callable[[Rule, bool], Any]:
    """Return a `Rule._compile_builder` that compiles each rule once; what it returns is bound to a rule by Werkzeug."""
    compile_builder = Rule._compile_builder  # nothing public is as late
    builders: dict[tuple[Any, ...], Any] = {}

    def builder(rule: Rule, append_unknown: bool = True) -> Any:
        key = rule.rule, append_unknown, tuple(rule._trace), repr(rule.defaults), repr(sorted(rule._converters))
        if key not in builders:
            builders[key] = compile_builder(rule, append_unknown)
        return builders[key]

    return builder


@pytest.fixture(scope="session", autouse=True)
def routes_and_templates_are_compiled_once() -> Iterator[None]:
    """Every application of the run shares what was compiled for another."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", remembered_builders())
        patch.setattr(Flask, "jinja_options", {**Flask.jinja_options, "bytecode_cache": RememberedTemplates()})
        yield
