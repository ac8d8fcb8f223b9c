"""The layout, the content pack and the service worker know no other room: not by endpoint, address or name.

What they must know of one stands in its routes' declarations, or in a file that is made from these.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from scripts import generated
from youthsafe.routing.patterns import pattern_of
from youthsafe.routing.routes import declared_routes

PACKAGE = Path(generated.ROOT / "youthsafe")
OWN = {"localised", "unlocalised"}  # the layout's own blueprints
OF_A_PACK = {"cards", "people", "you-said"}  # names that a content pack itself gives to its folders and pages
SOURCES = sorted(
    path
    for path in [
        *PACKAGE.glob("web/**/*.py"),
        *PACKAGE.glob("web/**/*.html"),
        *PACKAGE.glob("pack/**/*.py"),
        *PACKAGE.glob("static/pwa/src/sw/*.ts"),
    ]
    if path not in generated.FILES
)


def _others(app: Flask) -> tuple[set[str], set[str]]:
    """The endpoints of other rooms; their names, as their addresses begin, with the whole of those under /api/."""
    others = [rule for rule, _ in declared_routes(app) if rule.endpoint.split(".")[0] not in OWN]
    addresses = [pattern_of(rule).strip("/").removeprefix("*/") for rule in others]
    names = {each if each.startswith("api/") else each.partition("/")[0] for each in addresses}
    return {rule.endpoint for rule in others}, names


def _texts(path: Path) -> Iterator[str]:
    """What a file says to the machine: strings without prose, expressions of TypeScript, the links of a template."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        tree = ast.parse(source)
        prose = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
                yield node.value
    elif path.suffix == ".html":
        code = re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)
        yield from re.findall(r"(?:url_for|to)\(['\"]([^)'\"]*)", code)
        yield from re.findall(r"href=\"([^\"{]*)\"", code)
    else:
        code = re.sub(
            r"/\*.*?\*/|^\s*//[^\n]*|^(?:import|\} from|export \{)[^\n]*", "", source, flags=re.DOTALL | re.MULTILINE
        )
        yield from (text for _, text in re.findall(r"([\"'`])(.*?)\1", code))
        yield from re.findall(r"= (/.+?/)[a-z]*[;.]", code)


def _named(text: str, endpoints: set[str], names: set[str]) -> set[str]:
    """The endpoints, addresses and names of rooms in one text."""
    found = {each for each in endpoints if re.search(rf"(?<![\w.]){re.escape(each)}(?![\w.])", text)}
    found |= {name for name in names if re.search(rf"/{re.escape(name)}(?![\w-])|(?<![\w-]){re.escape(name)}/", text)}
    return found | ({text} & (names - OF_A_PACK))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_endpoint_address_or_name_of_another_room_stands_here(app: Flask, path: Path) -> None:
    endpoints, names = _others(app)
    assert {text: named for text in _texts(path) if (named := _named(text, endpoints, names))} == {}


@pytest.mark.parametrize(
    "text", ["havens.haven_list", "/havens/", "report/practice/", "havens", "/api/v1/bundle", "/{}/teach/"]
)
def test_each_of_these_would_be_found(app: Flask, text: str) -> None:
    assert _named(text, *_others(app))
