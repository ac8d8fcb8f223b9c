import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from youthsafe.cli import main
from youthsafe.maps.basemap import parse_basemap, read_basemap
from youthsafe.maps.building import build
from youthsafe.maps.dissolving import DissolvingError, dissolve
from youthsafe.maps.plane import Ring, contains

cells = st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1)


def cell(x: int, y: int) -> Ring:
    return ((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y))


def ward(name: str, x: int, y: int) -> dict[str, Any]:
    corners = [[lon / 100, 51 + lat / 100] for lon, lat in cell(x, y)]
    return {
        "type": "Feature",
        "properties": {"name": name},
        "geometry": {"type": "Polygon", "coordinates": [corners]},
    }


def wards(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


@given(cells)
def test_the_union_of_cells_holds_exactly_their_middles(chosen: set[tuple[int, int]]) -> None:
    rings = dissolve(cell(*each) for each in chosen)
    for x in range(6):
        for y in range(6):
            inside = sum(contains(ring, (x + 0.5, y + 0.5)) for ring in rings) % 2 == 1
            assert inside == ((x, y) in chosen)


@given(cells)
def test_every_ring_of_a_union_is_closed_and_no_edge_is_walked_twice(chosen: set[tuple[int, int]]) -> None:
    rings = dissolve(cell(*each) for each in chosen)
    edges = [frozenset(edge) for ring in rings for edge in pairwise(ring)]
    assert all(ring[0] == ring[-1] for ring in rings)
    assert len(edges) == len(set(edges))


def test_neighbours_that_do_not_share_their_corners_are_refused() -> None:
    with pytest.raises(DissolvingError):
        dissolve([cell(0, 0), ((1, 0), (2, 0), (2, 1), (1, 1), (1, 1.5), (1, 0))[:-1]])


def test_two_wards_become_one_outline_with_their_names_inside() -> None:
    basemap = parse_basemap(build([wards(ward("North End", 0, 1), ward("South End", 0, 0))], "A borough"))
    (outline,) = basemap.outline
    assert len(outline) == 7
    assert set(basemap.areas) == {"north-end", "south-end"}
    assert not basemap.sketch


def test_roads_of_an_older_map_are_kept_and_its_outline_is_made_anew(tmp_path: Path) -> None:
    road = {
        "type": "Feature",
        "properties": {"layer": "road", "name": "A1", "main": True},
        "geometry": {"type": "LineString", "coordinates": [[0, 51], [0.01, 51.01]]},
    }
    old = wards(road, {**ward("x", 5, 5), "properties": {"layer": "outline", "name": "old"}})
    for name, content in (("wards.geojson", wards(ward("One", 0, 0))), ("old.geojson", old)):
        (tmp_path / name).write_text(json.dumps(content))
    out = tmp_path / "basemap.geojson"
    files = [str(tmp_path / "wards.geojson"), str(tmp_path / "old.geojson")]
    result = CliRunner().invoke(main, ["basemap", "build", *files, "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert "(2 of 2)" in result.output
    basemap = read_basemap(out)
    assert [each.name for each in basemap.on("road")] == ["A1"]
    assert basemap.holds((0.005, 51.005))
    assert not basemap.holds((0.055, 51.055))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "cannot be read as GeoJSON"),
        ("[]", "FeatureCollection"),
        (json.dumps(wards()), "there is no boundary"),
        (json.dumps(wards({**ward("", 0, 0)})), "needs a “name”"),
        (json.dumps(wards({"properties": {"name": "x"}, "geometry": {"type": "Point"}})), "a boundary is a Polygon"),
        (json.dumps(wards({"properties": {"name": "x"}})), "feature 1 has no geometry"),
        (json.dumps(wards(3)), "feature 1 has no geometry"),
    ],
)
def test_a_file_that_is_no_boundary_is_refused_and_nothing_is_written(tmp_path: Path, content: str, words: str) -> None:
    file, out = tmp_path / "in.geojson", tmp_path / "out.geojson"
    file.write_text(content)
    result = CliRunner().invoke(main, ["basemap", "build", str(file), "-o", str(out)])
    assert result.exit_code == 1
    assert words in result.output
    assert not out.exists()
