import re
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthsafe.maps.basemap import Basemap, BasemapError, parse_basemap
from youthsafe.maps.drawing import Words, draw
from youthsafe.maps.pins import TOO_CLOSE, Pin, clusters
from youthsafe.maps.plane import Box, contains, metres_between, metres_from
from youthsafe.maps.sheet import Sheet

SQUARE = [[-0.05, 51.42], [0.0, 51.42], [0.0, 51.46], [-0.05, 51.46], [-0.05, 51.42]]
WORDS = Words("Map & more", 'Roads, "parks"', {"mid": "<Middle>"})
SVG = "{http://www.w3.org/2000/svg}"


def feature(layer: str, kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"layer": layer, "name": f"A {layer}"} | properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def collection(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "sketch": True, "features": list(features)}


OUTLINE = feature("outline", "Polygon", [SQUARE])


@pytest.fixture
def basemap() -> Basemap:
    return parse_basemap(
        collection(
            OUTLINE,
            feature("park", "Polygon", [SQUARE]),
            feature("river", "LineString", [[-0.04, 51.43], [-0.03, 51.45]]),
            feature("road", "LineString", [[-0.05, 51.44], [-0.02, 51.44], [0.0, 51.44]], main=True, name="A2"),
            feature("station", "Point", [-0.01, 51.43]),
            feature("area", "Point", [-0.025, 51.44], id="mid"),
        )
    )


def pin(number: int, lon: float, lat: float, **more: str) -> Pin:
    return Pin(number, f"Place {number}", f"/en/havens/{number}/", (lon, lat), **more)


def test_the_map_is_well_formed_and_without_style(basemap: Basemap) -> None:
    svg = draw(basemap, WORDS, [pin(1, -0.01, 51.45), pin(2, -0.04, 51.43, shape="square")])
    ET.fromstring(svg)
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|\sfill=|\sstroke=", svg)


def test_the_picture_has_a_title_and_a_description_and_holds_no_link(basemap: Basemap) -> None:
    root = ET.fromstring(draw(basemap, WORDS, [pin(1, -0.01, 51.45)]))
    picture = root.find(f"{SVG}g[@role='img']")
    assert picture is not None
    assert picture.attrib["aria-labelledby"] == "map-title map-description"
    assert [each.text for each in picture[:2]] == ["Map & more", 'Roads, "parks"']
    assert picture.find(f".//{SVG}a") is None


def test_every_pin_is_a_link_with_the_number_and_name_of_the_list(basemap: Basemap) -> None:
    root = ET.fromstring(draw(basemap, WORDS, [pin(1, -0.01, 51.45), pin(2, -0.04, 51.43, shape="square")]))
    links = root.findall(f"{SVG}a")
    assert [link.attrib["href"] for link in links] == ["/en/havens/1/", "/en/havens/2/"]
    assert [link.attrib["aria-label"] for link in links] == ["1. Place 1", "2. Place 2"]
    assert links[0].find(f"{SVG}rect") is None
    assert links[1].find(f"{SVG}rect") is not None


def test_names_are_escaped_and_in_the_readers_language(basemap: Basemap) -> None:
    svg = draw(basemap, WORDS, [Pin(1, '<b onclick="x">', '/?a="&b', (-0.01, 51.45))])
    assert "&lt;Middle&gt;" in svg
    assert "<b" not in svg
    ET.fromstring(svg)


def test_a_close_up_names_stations_and_leaves_out_what_is_elsewhere(basemap: Basemap) -> None:
    near_station = Box(-0.015, 51.425, -0.005, 51.435)
    svg = draw(basemap, WORDS, [pin(1, -0.01, 51.43), pin(2, -0.04, 51.45)], near_station)
    assert "A station" in svg
    assert "/en/havens/1/" in svg
    assert "/en/havens/2/" not in svg
    assert "A river" not in svg
    assert "A station" not in draw(basemap, WORDS)


def test_pins_that_would_cover_each_other_become_one(basemap: Basemap) -> None:
    svg = draw(basemap, WORDS, [pin(3, -0.01, 51.45), pin(7, -0.0101, 51.4501), pin(9, -0.04, 51.43)])
    assert svg.count('class="pin"') == 2
    assert 'aria-label="3. Place 3, 7. Place 7"' in svg
    assert ">3+<" in svg


@given(st.lists(st.tuples(st.floats(-0.05, 0.0), st.floats(51.42, 51.46)), max_size=40))
def test_every_pin_in_the_window_is_in_exactly_one_cluster(points: list[tuple[float, float]]) -> None:
    sheet = Sheet(Box(-0.05, 51.42, 0.0, 51.46))
    found = clusters([pin(number, *point) for number, point in enumerate(points, 1)], sheet)
    assert sorted(each.number for cluster in found for each in cluster.pins) == list(range(1, len(points) + 1))
    for index, one in enumerate(found):
        for other in found[index + 1 :]:
            assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 >= TOO_CLOSE**2


def test_a_kilometre_is_as_long_across_as_it_is_down() -> None:
    sheet = Sheet(Box(-0.05, 51.42, 0.0, 51.46))
    (x1, y1), (x2, _), (_, y2) = (sheet.place(each) for each in [(-0.04, 51.44), (-0.0256, 51.44), (-0.04, 51.4310)])
    across, down = metres_between((-0.04, 51.44), (-0.0256, 51.44)), metres_between((-0.04, 51.44), (-0.04, 51.4310))
    assert (x2 - x1) / across == pytest.approx((y2 - y1) / down, rel=0.01)
    assert across / (x2 - x1) == pytest.approx(sheet.metres_per_unit, rel=0.01)


def test_distance_and_inside_are_what_they_are_on_paper() -> None:
    ring = tuple((lon, lat) for lon, lat in SQUARE)
    assert contains(ring, (-0.02, 51.44))
    assert not contains(ring, (0.01, 51.44))
    assert metres_from(ring, (0.01, 51.44)) == pytest.approx(693, abs=2)
    assert all(metres_from(ring, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)) < 0.1 for a, b in pairwise(ring))


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ([], "FeatureCollection"),
        (collection(), "outline"),
        (collection(OUTLINE, feature("motorway", "Point", [0, 51])), "feature 2: there is no layer “motorway”"),
        (collection(OUTLINE, feature("road", "Point", [0, 51])), "holds features of type LineString"),
        (collection(OUTLINE, feature("area", "Point", [0, 51])), "feature 2: “id” is missing"),
        (collection(OUTLINE, feature("station", "Point", [51, 200])), "longitude, then latitude"),
        (collection(feature("outline", "Polygon", [SQUARE[:-1]])), "the last of them the first again"),
        (collection(feature("outline", "LineString", SQUARE)), "a boundary is a Polygon"),
        (collection(OUTLINE, feature("road", "LineString", [[0, 51]])), "at least two points"),
        (collection(OUTLINE, 3), "feature 2"),
    ],
)
def test_a_base_map_that_cannot_be_drawn_says_which_feature_is_wrong(broken: Any, words: str) -> None:
    with pytest.raises(BasemapError, match=re.escape(words)):
        parse_basemap(broken)
