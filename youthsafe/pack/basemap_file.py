"""A pack's base map: optional, and refused as every other file is where it cannot be used."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from youthsafe.maps.basemap import FILE, Basemap, BasemapError, read_basemap
from youthsafe.pack.faults import ContentError, Fault
from youthsafe.pack.site import Area


def map_of(root: Path) -> Basemap | None:
    """Return the base map in a pack's folder, or None where there is none; raises ContentError."""
    path = root / FILE
    try:
        return read_basemap(path) if path.exists() else None
    except BasemapError as error:
        fix = "mend the feature, or make the file again with `youthsafe basemap build`"
        raise ContentError([Fault(FILE, error.line, str(error), fix)]) from None


def map_faults(root: Path, areas: Iterable[Area]) -> Iterator[Fault]:
    """Find what is wrong with the base map, or which areas of site.yaml are not on it."""
    try:
        drawn = map_of(root)
    except ContentError as error:
        yield from error.faults
        return
    for area in areas:
        if drawn and area.id not in drawn.areas:
            fix = f"add a Point with that id on the layer “area” of {FILE}"
            yield Fault("site.yaml", area.name.original.line, f"the area “{area.id}” is not on the map", fix)
