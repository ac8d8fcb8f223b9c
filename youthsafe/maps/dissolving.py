"""The outline around neighbouring areas: an edge that two of them share is inside and goes."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

from youthsafe.maps.plane import Point, Ring

Edge = tuple[Point, Point]


class DissolvingError(ValueError):
    """The areas' edges do not close to rings: neighbours do not share their corners exactly."""


def dissolve(rings: Iterable[Ring]) -> tuple[Ring, ...]:
    """Return the outer and inner rings of the union of areas that share their edges, the longest first.

    Raises DissolvingError where what is left over does not close.
    """
    edges = [edge for ring in rings for edge in pairwise(ring) if edge[0] != edge[1]]
    times = Counter(frozenset(edge) for edge in edges)
    onward: defaultdict[Point, list[Point]] = defaultdict(list)
    for start, end in edges:
        if times[frozenset((start, end))] == 1:
            onward[start].append(end)
            onward[end].append(start)
    if any(len(neighbours) % 2 for neighbours in onward.values()):
        raise DissolvingError("the areas do not meet at the same corners, so that their outline has gaps")
    found = []
    while onward:
        found.append(_walk(onward))
    return tuple(sorted(found, key=len, reverse=True))


def _walk(onward: defaultdict[Point, list[Point]]) -> Ring:
    """Follow edges from any corner until they return to it, taking each out."""
    start = min(onward)
    ring = [start]
    while len(ring) == 1 or ring[-1] != start:
        here = ring[-1]
        there = onward[here].pop()
        onward[there].remove(here)
        for corner in (here, there):
            if not onward[corner]:
                del onward[corner]
        ring.append(there)
    return tuple(ring)
