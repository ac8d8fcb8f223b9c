"""Pins on a map; those that would cover each other become one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from youthsafe.maps.plane import Point
from youthsafe.maps.sheet import Sheet

TOO_CLOSE: Final = 90  # units: as wide as a fingertip on the narrowest phone


@dataclass(frozen=True, slots=True)
class Pin:
    """One numbered place. `shape` is `round` or `square`, so that kinds differ by more than colour."""

    number: int
    name: str
    href: str
    point: Point
    shape: str = "round"


@dataclass(frozen=True, slots=True)
class Cluster:
    """Pins that are drawn as one, at the first one's place (units)."""

    pins: tuple[Pin, ...]
    x: int
    y: int

    @property
    def label(self) -> str:
        """The number to draw; a plus says that there are more."""
        return f"{self.pins[0].number}{'+' if len(self.pins) > 1 else ''}"

    @property
    def name(self) -> str:
        """The numbers and names to read out."""
        return ", ".join(f"{pin.number}. {pin.name}" for pin in self.pins)


def clusters(pins: Sequence[Pin], sheet: Sheet) -> list[Cluster]:
    """Gather the pins that lie in a window, each at the first pin that it would cover."""
    found: list[Cluster] = []
    for pin in pins:
        if pin.point not in sheet.box:
            continue
        x, y = sheet.place(pin.point)
        for index, other in enumerate(found):
            if (x - other.x) ** 2 + (y - other.y) ** 2 < TOO_CLOSE**2:
                found[index] = Cluster((*other.pins, pin), other.x, other.y)
                break
        else:
            found.append(Cluster((pin,), x, y))
    return found
