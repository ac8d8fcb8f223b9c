"""A base map made from boundary files: their union is the outline, each area's name stands inside it."""

import re
from collections.abc import Sequence
from typing import Any, Final

from youthsafe.maps.basemap import BasemapError, parse_basemap, rings_of
from youthsafe.maps.dissolving import dissolve
from youthsafe.maps.plane import Ring, box_around

_DIGITS: Final = 5  # of a degree: about a metre
_NAME_FIELDS: Final = ("name", "NAME", "Name", "WD22NM", "WD23NM", "WD24NM", "LAD22NM", "LAD23NM", "LAD24NM")


def build(collections: Sequence[Any], name: str) -> dict[str, Any]:
    """Return a base map as GeoJSON.

    A feature without a `layer` is an area of the borough (Polygon or MultiPolygon, longitude and latitude): neighbours
    must share their corners. A feature with a `layer`, such as a road of an older base map, is kept; an outline
    is made anew. Raises BasemapError or DissolvingError.
    """
    areas: list[dict[str, Any]] = []
    kept: list[dict[str, Any]] = []
    for feature in _features(collections):
        layer = (feature.get("properties") or {}).get("layer")
        if layer is None:
            areas.append(feature)
        elif layer != "outline":
            kept.append(feature)
    if not areas:
        raise BasemapError("there is no boundary in these files: give Polygon features without a “layer”")
    rings = [_rounded(ring) for area in areas for ring in _rings(area)]
    ids = {feature["properties"].get("id") for feature in kept if feature["properties"]["layer"] == "area"}
    named = [feature for feature in map(_name, areas) if feature["properties"]["id"] not in ids]
    made = {
        "type": "FeatureCollection",
        "sketch": any(collection.get("sketch") is True for collection in collections) and bool(kept),
        "features": [_outline(dissolve(rings), name), *kept, *named],
    }
    parse_basemap(made)
    return made


def _features(collections: Sequence[Any]) -> list[dict[str, Any]]:
    found = []
    for collection in collections:
        if not isinstance(collection, dict) or not isinstance(collection.get("features"), list):
            raise BasemapError("a boundary file is a GeoJSON FeatureCollection")
        for number, feature in enumerate(collection["features"], 1):
            if not isinstance(feature, dict) or not isinstance(feature.get("geometry"), dict):
                raise BasemapError(f"feature {number} has no geometry")
            found.append(feature)
    return found


def _outline(rings: Sequence[Ring], name: str) -> dict[str, Any]:
    polygons = [[[list(point) for point in ring]] for ring in rings]
    return {
        "type": "Feature",
        "properties": {"layer": "outline", "name": name},
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
    }


def _name(area: dict[str, Any]) -> dict[str, Any]:
    properties = area.get("properties") or {}
    name = next((str(properties[each]) for each in _NAME_FIELDS if properties.get(each)), "")
    if not name:
        raise BasemapError("an area needs a “name” in its properties")
    middle = box_around(point for ring in _rings(area) for point in ring).centre
    return {
        "type": "Feature",
        "properties": {"layer": "area", "name": name, "id": re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")},
        "geometry": {"type": "Point", "coordinates": [round(each, _DIGITS) for each in middle]},
    }


def _rings(area: dict[str, Any]) -> list[Ring]:
    try:
        return rings_of(area["geometry"])
    except (KeyError, TypeError, ValueError) as error:
        raise BasemapError(f"a boundary cannot be read: {error}") from None


def _rounded(ring: Ring) -> Ring:
    return tuple((round(lon, _DIGITS), round(lat, _DIGITS)) for lon, lat in ring)
