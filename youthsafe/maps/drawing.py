"""A base map and its pins as one inline SVG. No style attribute and no colour: those are the style sheet's.

The sketch is one picture (`role="img"`) with a title and a description. The pins stand beside it, because what lies
inside a picture cannot be reached by keyboard or screen reader.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from youthsafe.maps.basemap import Basemap, Feature
from youthsafe.maps.pins import Cluster, Pin, clusters
from youthsafe.maps.plane import Box
from youthsafe.maps.sheet import Sheet

_CLOSE_UP_METRES_PER_UNIT = 3.0  # below this there is room for names of stations, parks and rivers
_ROOM = 34  # units between a place and the middle of its name
_SVG = "http://www.w3.org/2000/svg"
_LETTER = 17  # units that a letter is wide on a phone
# The mark of where the reader is. The page's script moves it there; until then the style sheet hides it.
_HERE = '<g class="here" aria-hidden="true"><circle class="around" r="58"/><circle class="spot" r="24"/></g>'


@dataclass(frozen=True, slots=True)
class Words:
    """What a map says in the reader's language: a title, a description, and the names of areas by id."""

    title: str
    description: str
    areas: Mapping[str, str]


def draw(basemap: Basemap, words: Words, pins: Sequence[Pin] = (), window: Box | None = None) -> str:
    """Return the SVG of a window, or of the whole borough with a little room around it."""
    sheet = Sheet(window or basemap.box.widened(150))
    found = clusters(pins, sheet)
    parts = (
        f'<svg class="map" viewBox="0 0 1000 {sheet.height}" data-box="{_degrees(sheet.box)}" xmlns="{_SVG}">',
        '<g role="img" aria-labelledby="map-title map-description">',
        f'<title id="map-title">{escape(words.title)}</title>',
        f'<desc id="map-description">{escape(words.description)}</desc>',
        *_ground(basemap, sheet),
        '<g translate="no">',
        *_names(basemap, words, sheet, found),
        "</g>",
        "</g>",
        *_pins(found),
        _HERE,
        "</svg>",
    )
    return "".join(parts)


def _degrees(box: Box) -> str:
    """West, south, east and north of a window, to a metre, from which the page works out where the reader is."""
    return " ".join(f"{each:.5f}" for each in (box.west, box.south, box.east, box.north))


def _ground(basemap: Basemap, sheet: Sheet) -> Iterator[str]:
    outline = "".join(sheet.path(ring, closed=True) for ring in basemap.outline)
    yield f'<path class="land" d="{outline}"/>'
    for layer in ("park", "water", "river", "road"):
        features = [each for each in basemap.on(layer) if sheet.shows(each.points)]
        for name, drawn in (
            (layer, [each for each in features if not each.main]),
            ("main road", [each for each in features if each.main]),
        ):
            if drawn:
                path = "".join(sheet.path(each.points, closed=layer in ("park", "water")) for each in drawn)
                yield f'<path class="{name}" d="{path}"/>'
    yield f'<path class="border" d="{outline}"/>'
    for station in basemap.on("station"):
        if sheet.shows(station.points):
            x, y = sheet.place(station.points[0])
            yield f'<circle class="station" cx="{x}" cy="{y}" r="9"/>'


def _names(basemap: Basemap, words: Words, sheet: Sheet, pins: Sequence[Cluster]) -> Iterator[str]:
    """Names, as many as there is room for: one that would lie on another is left out."""
    close_up = sheet.metres_per_unit < _CLOSE_UP_METRES_PER_UNIT
    taken: list[tuple[int, int, float]] = []  # x and y of the middle, half the width
    layers = ("station", "road", "park", "river") if close_up else ("area", "road")
    for feature in (each for layer in layers for each in basemap.on(layer)):
        if feature.layer == "road" and not (feature.main or close_up):
            continue
        text = words.areas.get(feature.id, feature.name)
        where = _place_of_name(feature, sheet, pins)
        half = len(text) * _LETTER / 2
        if where and all(abs(where[1] - y) > _ROOM or abs(where[0] - x) > half + wide for x, y, wide in taken):
            taken.append((*where, half))
            yield f'<text class="{feature.layer}-name" x="{where[0]}" y="{where[1]}">{escape(text)}</text>'


def _place_of_name(feature: Feature, sheet: Sheet, pins: Sequence[Cluster]) -> tuple[int, int] | None:
    """The middle of a name: at the middle of what is visible, beside a station, above an area or under its pin."""
    visible = [point for point in _anchor(feature) if point in sheet.box]
    if not visible:
        return None
    x, y = sheet.place(visible[len(visible) // 2])
    if feature.layer == "station":
        return x, y + _ROOM
    if feature.layer == "area":
        return x, y + (2 * _ROOM if any(_covers(pin, (x, y)) for pin in pins) else -_ROOM)
    return x, y


def _covers(pin: Cluster, place: tuple[int, int]) -> bool:
    """Tell whether a pin would stand on a name above a place."""
    return abs(pin.x - place[0]) < 3 * _ROOM and -2.5 * _ROOM < pin.y - place[1] < _ROOM


def _anchor(feature: Feature) -> Sequence[tuple[float, float]]:
    """Where a name may stand: along a line, at a point, in the middle of a surface."""
    if feature.layer in ("park", "water"):
        lons, lats = zip(*feature.points, strict=True)
        return [((min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2)]
    return feature.points


def _pins(found: Sequence[Cluster]) -> Iterator[str]:
    for cluster in found:
        first = cluster.pins[0]
        shape = (
            f'<rect class="head" x="{cluster.x - 34}" y="{cluster.y - 34}" width="68" height="68" rx="12"/>'
            if first.shape == "square"
            else f'<circle class="head" cx="{cluster.x}" cy="{cluster.y}" r="38"/>'
        )
        yield (
            f'<a class="pin" href="{escape(first.href)}" aria-label="{escape(cluster.name)}">'
            f'<circle class="reach" cx="{cluster.x}" cy="{cluster.y}" r="62"/>{shape}'
            f'<text x="{cluster.x}" y="{cluster.y}" aria-hidden="true">{cluster.label}</text></a>'
        )
