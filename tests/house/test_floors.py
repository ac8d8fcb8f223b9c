"""The house has floors: what docs/tour.md draws is what the imports say, and what the import contract holds."""

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
Imports = Mapping[str, set[str]]


def drawn() -> list[set[str]]:
    """The floors of docs/tour.md, the top one first."""
    block = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8").split("## Floors\n")[1].split("```")[1]
    floors = block.split("youthsafe/\n", 1)[1].split("\n\n")
    return [set(re.findall(r"^  (\w+)(?:\.py|/) ", floor, re.MULTILINE)) for floor in floors]


def held() -> list[set[str]]:
    """The floors of the import contract, the top one first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["type"] == "layers")
    return [set(layer.split(" | ")) for layer in layers]


@pytest.fixture(scope="module")
def imports() -> Imports:
    """Which rooms each room imports. What is named for its type only does not count."""
    graph = grimp.build_graph("youthsafe", exclude_type_checking_imports=True)
    found: dict[str, set[str]] = {child.split(".")[1]: set() for child in graph.find_children("youthsafe")}
    for module in graph.modules - {"youthsafe"}:
        room = module.split(".")[1]
        names = graph.find_modules_directly_imported_by(module) - {"youthsafe"}
        found[room] |= {name.split(".")[1] for name in names} - {room}
    return found


def as_the_imports_say(imports: Imports) -> str:
    """Draw the lowest floor on which each room can stand; raises CycleError for two that import each other."""
    level: dict[str, int] = {}
    for room in TopologicalSorter(imports).static_order():
        level[room] = 1 + max((level[below] for below in imports[room]), default=-1)
    floors = (
        sorted(room for room in level if level[room] == floor) for floor in sorted({*level.values()}, reverse=True)
    )
    return "\n".join("  ".join(floor) for floor in floors)


def test_no_two_rooms_import_each_other(imports: Imports) -> None:
    sys.stdout.write(as_the_imports_say(imports))  # shown with -s


def test_the_tour_draws_every_room_on_the_floor_where_the_contract_holds_it(imports: Imports) -> None:
    assert drawn() == held()
    assert set().union(*drawn()) == set(imports)


def test_a_room_stands_above_everything_it_imports(imports: Imports) -> None:
    floor = {room: number for number, rooms in enumerate(drawn()) for room in rooms}
    turned_back = [f"{room} -> {below}" for room in imports for below in imports[room] if floor[below] <= floor[room]]
    assert turned_back == [], f"as the imports say:\n{as_the_imports_say(imports)}"


def test_types_of_other_rooms_are_named_without_importing_them_in_one_module_only() -> None:
    sources = (path for path in (ROOT / "youthsafe").rglob("*.py") if "node_modules" not in path.parts)
    found = [path.name for path in sources if "TYPE_CHECKING" in path.read_text(encoding="utf-8")]
    assert found == ["rooms.py"]


LAYERS = {"__init__", "api", "commands", "models", "schemas", "services", "views"}


def test_no_two_files_bear_the_same_name_for_different_things() -> None:
    """The layers of each room do, and a job bears the name of what it starts."""
    folders = ("static", "schedule")
    files = [path for path in (ROOT / "youthsafe").rglob("*.py") if not set(folders) & set(path.parts)]
    names = Counter(path.stem for path in files if path.stem not in LAYERS)
    assert [name for name, count in names.items() if count > 1] == []
    assert not {"utils", "helpers", "misc"} & names.keys()
