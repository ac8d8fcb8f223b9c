"""What every application of a run would make anew, to the same result: builders of routes, templates, files, texts.

They took nine tenths of an application's start and first page, and a run starts some two thousand of them. A hundred
packs that differ in one line from the shipped one have their other texts in common with it.
"""

from collections.abc import Callable, Iterator
from functools import cache
from os import stat_result
from types import CodeType
from typing import Any

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule
from whitenoise import WhiteNoise
from whitenoise.responders import StaticFile

from youthsafe.pack import prose


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


def remembered_files() -> Callable[..., StaticFile]:
    """Return a `WhiteNoise.get_static_file` that looks at each file once; one that was written since is another one."""
    get_static_file = WhiteNoise.get_static_file
    files: dict[tuple[Any, ...], StaticFile] = {}

    def static_file(self: WhiteNoise, path: str, url: str, stat_cache: dict[str, stat_result]) -> StaticFile:
        found = stat_cache[path]
        key = path, url, self.max_age, self.allow_all_origins, found.st_ino, found.st_mtime_ns, found.st_size
        if key not in files:
            files[key] = get_static_file(self, path, url, stat_cache=stat_cache)
        return files[key]

    return static_file


@pytest.fixture(scope="session", autouse=True)
def what_is_the_same_is_made_once() -> Iterator[None]:
    """Every application of the run shares what was made for another."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", remembered_builders())
        patch.setattr(prose._MARKDOWN, "parse", cache(prose._MARKDOWN.parse))
        patch.setattr(WhiteNoise, "get_static_file", remembered_files())
        patch.setattr(Flask, "jinja_options", {**Flask.jinja_options, "bytecode_cache": RememberedTemplates()})
        yield
