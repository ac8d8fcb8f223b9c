"""Plane geometry over a borough: short distances, where the Earth may be taken for flat.

A point is (longitude, latitude) in degrees (WGS 84), as in GeoJSON. A ring is closed: its first point is also its last.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]
Ring = tuple[Point, ...]
METRES_PER_DEGREE = 111_195.0  # of latitude, on a sphere of 6,371 km


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle between two meridians and two parallels, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def __contains__(self, point: Point) -> bool:
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north

    @property
    def centre(self) -> Point:
        """The point in its middle."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    def widened(self, metres: float) -> "Box":
        """Return a box that is larger by so many metres on every side."""
        high = metres / METRES_PER_DEGREE
        wide = high / math.cos(math.radians(self.centre[1]))
        return Box(self.west - wide, self.south - high, self.east + wide, self.north + high)


def box_around(points: Iterable[Point]) -> Box:
    """Return the smallest box around some points; raises ValueError for none."""
    west_east, south_north = zip(*points, strict=True)
    return Box(min(west_east), min(south_north), max(west_east), max(south_north))


def metres_between(one: Point, other: Point) -> float:
    """Return the distance of two points."""
    east, north = _metres(one, other)
    return math.hypot(east, north)


def contains(ring: Sequence[Point], point: Point) -> bool:
    """Tell whether a point lies inside a ring (even-odd rule)."""
    lon, lat = point
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


def metres_from(line: Sequence[Point], point: Point) -> float:
    """Return the distance from a point to the nearest place on a line or ring."""
    return min(_to_segment(point, start, end) for start, end in pairwise(line))


def steps(line: Sequence[Point], metres: float) -> Iterator[Point]:
    """Walk along a line: its points, and points between them no further apart than so many metres."""
    for start, end in pairwise(line):
        count = max(1, math.ceil(metres_between(start, end) / metres))
        for step in range(count):
            part = step / count
            yield start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
    yield line[-1]


def _metres(origin: Point, point: Point) -> Point:
    north = (point[1] - origin[1]) * METRES_PER_DEGREE
    east = (point[0] - origin[0]) * METRES_PER_DEGREE * math.cos(math.radians(origin[1]))
    return east, north


def _to_segment(point: Point, start: Point, end: Point) -> float:
    """Distance in metres from a point to a stretch of a straight line."""
    (x1, y1), (x2, y2) = _metres(point, start), _metres(point, end)
    along = (x2 - x1, y2 - y1)
    length = along[0] ** 2 + along[1] ** 2
    part = 0.0 if length == 0 else max(0.0, min(1.0, -(x1 * along[0] + y1 * along[1]) / length))
    return math.hypot(x1 + part * along[0], y1 + part * along[1])
