"""Where a place lies on a drawing: degrees become whole units, so that paths stay short."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from youthsafe.maps.plane import METRES_PER_DEGREE, Box, Point

WIDTH: Final = 1000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A window of the borough, drawn 1,000 units wide and as high as the same scale makes it; y grows southwards."""

    box: Box

    @property
    def units_per_degree(self) -> float:
        """The scale along a meridian."""
        return WIDTH / ((self.box.east - self.box.west) * self._narrowing)

    @property
    def metres_per_unit(self) -> float:
        """How many metres on the ground one unit is."""
        return METRES_PER_DEGREE / self.units_per_degree

    @property
    def height(self) -> int:
        """The height in units."""
        return round((self.box.north - self.box.south) * self.units_per_degree)

    def place(self, point: Point) -> tuple[int, int]:
        """Return the x and y of a point."""
        x = (point[0] - self.box.west) * self._narrowing * self.units_per_degree
        y = (self.box.north - point[1]) * self.units_per_degree
        return round(x), round(y)

    def path(self, points: Sequence[Point], *, closed: bool) -> str:
        """Return the `d` of a line or ring, with relative steps, which are shorter."""
        places = [self.place(point) for point in points]
        steps = [(x - x0, y - y0) for (x0, y0), (x, y) in pairwise(places)]
        moves = "".join(f"{dx} {dy} ".replace(" -", "-") for dx, dy in steps if (dx, dy) != (0, 0))
        return f"M{places[0][0]} {places[0][1]}l{moves.strip()}{'z' if closed else ''}"

    def shows(self, points: Sequence[Point]) -> bool:
        """Tell whether the box around some points touches this window."""
        lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
        apart = min(lons) > self.box.east or max(lons) < self.box.west
        return not (apart or min(lats) > self.box.north or max(lats) < self.box.south)

    @property
    def _narrowing(self) -> float:
        """How much shorter a degree of longitude is than one of latitude."""
        return math.cos(math.radians(self.box.centre[1]))
