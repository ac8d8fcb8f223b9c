"""A base map: GeoJSON features, each on one layer, read and checked.

Every feature has `layer` and `name` in its properties. Layers: `outline` (Polygon or MultiPolygon), `park`, `water`
(Polygon), `river`, `road` (LineString; `main` roads are drawn wider), `station` and `area` (Point; areas have an `id`).
The collection says `"sketch": true` when it was drawn by hand.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from youthsafe.maps.plane import Box, Point, Ring, box_around, contains

FILE: Final = "basemap.geojson"  # in a content pack
SURFACES: Final = ("park", "water")
LINES: Final = ("river", "road")
POINTS: Final = ("station", "area")


class BasemapError(ValueError):
    """A base map that cannot be drawn; the message says what it needs, `line` where, and `feature` counts from 1."""

    def __init__(self, what: str, *, line: int = 1, feature: int | None = None) -> None:
        super().__init__(what)
        self.line, self.feature = line, feature


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing on the map: a closed ring, a line, or a single point. `main` is for wide roads, `id` for areas."""

    layer: str
    name: str
    points: tuple[Point, ...]
    main: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class Basemap:
    """A borough's map: the rings of its outline and everything inside, by layer in drawing order."""

    outline: tuple[Ring, ...]
    features: tuple[Feature, ...]
    sketch: bool
    box: Box = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "box", box_around(point for ring in self.outline for point in ring))

    def on(self, layer: str) -> tuple[Feature, ...]:
        """Return the features of a layer, in the order of the file."""
        return tuple(each for each in self.features if each.layer == layer)

    def holds(self, point: Point) -> bool:
        """Tell whether a point is inside the outline; a ring inside a ring is a hole."""
        return sum(contains(ring, point) for ring in self.outline) % 2 == 1

    @property
    def areas(self) -> dict[str, Feature]:
        """The areas by their id."""
        return {each.id: each for each in self.on("area")}


def read_basemap(path: Path) -> Basemap:
    """Read a base map's file; raises BasemapError with the line."""
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        return parse_basemap(json.loads(text))
    except (OSError, ValueError) as error:
        raise BasemapError(f"{path.name}: {error}", line=_line_of(error, text)) from None


def parse_basemap(collection: Any) -> Basemap:
    """Read a parsed GeoJSON FeatureCollection; raises BasemapError."""
    if not isinstance(collection, dict) or not isinstance(collection.get("features"), list):
        raise BasemapError("a base map is a GeoJSON FeatureCollection")
    outline: list[Ring] = []
    features: list[Feature] = []
    for number, raw in enumerate(collection["features"], 1):
        try:
            layer = raw["properties"]["layer"]
            if layer == "outline":
                outline += rings_of(raw["geometry"])
            else:
                features.append(_feature(layer, raw["properties"], raw["geometry"]))
        except (KeyError, TypeError, ValueError) as error:
            raise BasemapError(f"feature {number}: {_said(error)}", feature=number) from None
    if not outline:
        raise BasemapError("there is no feature on the layer “outline”")
    return Basemap(tuple(outline), tuple(features), sketch=collection.get("sketch") is True)


def rings_of(geometry: Any) -> list[Ring]:
    """Return every ring of a GeoJSON Polygon or MultiPolygon; raises BasemapError."""
    if geometry["type"] not in {"Polygon", "MultiPolygon"}:
        raise BasemapError("a boundary is a Polygon or a MultiPolygon")
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [_ring(ring) for polygon in polygons for ring in polygon]


def _feature(layer: str, properties: dict[str, Any], geometry: dict[str, Any]) -> Feature:
    kind, read = _shape_of(layer)
    if geometry["type"] != kind:
        raise BasemapError(f"the layer “{layer}” holds features of type {kind}")
    return Feature(
        layer=layer,
        name=str(properties["name"]),
        points=tuple(read(geometry["coordinates"])),
        main=properties.get("main") is True,
        id=str(properties["id"]) if layer == "area" else "",
    )


def _shape_of(layer: str) -> tuple[str, Callable[[Any], Sequence[Point]]]:
    if layer in SURFACES:
        return "Polygon", lambda coordinates: _ring(coordinates[0])
    if layer in LINES:
        return "LineString", _line
    if layer in POINTS:
        return "Point", lambda coordinates: [_point(coordinates)]
    raise BasemapError(f"there is no layer “{layer}”")


def _ring(coordinates: Any) -> Ring:
    ring = _line(coordinates)
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise BasemapError("a ring has at least four points, the last of them the first again")
    return ring


def _line(coordinates: Any) -> tuple[Point, ...]:
    line = tuple(_point(each) for each in coordinates)
    if len(line) < 2:
        raise BasemapError("a line has at least two points")
    return line


def _point(coordinates: Any) -> Point:
    lon, lat = (float(each) for each in coordinates[:2])
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise BasemapError("a point is longitude, then latitude, in degrees")
    return lon, lat


def _said(error: Exception) -> str:
    return f"“{error.args[0]}” is missing" if isinstance(error, KeyError) else str(error)


def _line_of(error: Exception, text: str) -> int:
    """Return where a fault stands: what json says, or the line on which its feature begins."""
    if isinstance(error, json.JSONDecodeError):
        return error.lineno
    if isinstance(error, BasemapError) and error.feature:
        begins = [found.start() for found in re.finditer(r'"Feature"', text)]
        return text.count("\n", 0, begins[error.feature - 1]) + 1 if len(begins) >= error.feature else 1
    return 1
