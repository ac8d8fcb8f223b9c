"""The sketch that the content pack ships, held against the borough's published boundary."""

import json
from pathlib import Path

import pytest

import youthsafe
from tests.maps.edge import paced_out
from youthsafe.maps.basemap import Basemap, read_basemap, rings_of
from youthsafe.maps.dissolving import dissolve
from youthsafe.maps.plane import Ring, metres_from, steps

ROOT = Path(__file__).parents[2]
BOUNDARY = ROOT.parent / "shared/data/lewisham-wards-2022.geojson"
FARTHEST = 250  # metres
PACED_TO = 20  # metres


@pytest.fixture(scope="module")
def sketch() -> Basemap:
    return read_basemap(Path(youthsafe.__file__).parent / "content/basemap.geojson")


def published() -> Ring:
    """The outline of the wards, dissolved. London Borough of Lewisham, Open Government Licence v3."""
    wards = json.loads(BOUNDARY.read_text(encoding="utf-8"))["features"]
    outline, *others = dissolve(ring for ward in wards for ring in rings_of(ward["geometry"]))
    assert others == []
    return outline


@pytest.fixture(scope="module")
def boundary() -> Ring:
    """The council's boundary where its file lies beside the project, and else the edge as it was paced out from it."""
    if not BOUNDARY.exists():
        return paced_out()
    outline = published()
    assert max(metres_from(outline, place) for place in paced_out()) < PACED_TO
    return outline


def test_the_sketch_is_never_more_than_250_metres_off_the_boundary(sketch: Basemap, boundary: Ring) -> None:
    (outline,) = sketch.outline
    assert max(metres_from(boundary, point) for point in steps(outline, 25)) <= FARTHEST
    assert max(metres_from(outline, point) for point in steps(boundary, 25)) <= FARTHEST


def test_the_sketch_is_drawn_and_not_copied(sketch: Basemap, boundary: Ring) -> None:
    corners = {(round(lon, 4), round(lat, 4)) for lon, lat in boundary}
    (outline,) = sketch.outline
    assert len(corners & set(outline)) <= 2


def test_the_sketch_says_that_it_is_one_and_names_what_people_know(sketch: Basemap) -> None:
    assert sketch.sketch
    assert {road.name for road in sketch.on("road") if road.main} >= {"A2", "A20", "A21", "A205", "A212"}
    assert {river.name for river in sketch.on("river")} >= {"River Ravensbourne", "River Quaggy", "Deptford Creek"}
    assert {water.name for water in sketch.on("water")} == {"River Thames"}
    assert len(sketch.on("station")) >= 20
    assert len(sketch.on("park")) >= 15


def test_every_place_of_the_sketch_is_in_the_borough_or_at_its_edge(sketch: Basemap) -> None:
    (outline,) = sketch.outline
    for feature in (*sketch.on("station"), *sketch.on("area"), *sketch.on("park")):
        for point in feature.points:
            assert sketch.holds(point) or metres_from(outline, point) < FARTHEST, feature.name


def test_the_sketch_keeps_to_the_edge_as_it_was_paced_out(sketch: Basemap) -> None:
    (outline,) = sketch.outline
    assert max(metres_from(outline, place) for place in paced_out()) <= FARTHEST
