"""The borough's map with the havens on it, in the reader's language."""

from collections.abc import Sequence
from typing import Final

from flask import url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from markupsafe import Markup

from youthsafe.crypto.encoding import b64
from youthsafe.errors import NotFoundError
from youthsafe.havens.models import Kind
from youthsafe.havens.services import Place
from youthsafe.maps.basemap import Basemap
from youthsafe.maps.drawing import Words, draw
from youthsafe.maps.pins import Pin
from youthsafe.maps.plane import Box, box_around
from youthsafe.pack.basemap_file import map_of
from youthsafe.rooms import rooms
from youthsafe.web import locale
from youthsafe.web.layout import content_pack

AREA_METRES: Final = 1000  # from an area's middle to the edge of its window
AROUND_METRES: Final = 900  # from one place to the edge of its window: some twelve minutes on foot


def load(state: BlueprintSetupState) -> None:
    """Read the content pack's base map when the application starts; raises ContentError.

    A pack without one has a list of havens and no map.
    """
    rooms(state.app).basemap = map_of(state.app.config["YOUTHSAFE"].content)


def basemap() -> Basemap | None:
    """Return the base map of the pack, if it has one."""
    return rooms().basemap


def area_names() -> dict[str, str]:
    """Return the areas that are on the map, by id, in the reader's language and the pack's order."""
    drawn = basemap()
    here = drawn.areas if drawn else {}
    named = {each.id: each.name.in_locale(locale.current()).text for each in content_pack().site.areas}
    return {area: name for area, name in named.items() if area in here}


def window_of(area: str) -> Box:
    """Return the window around an area; raises NotFoundError."""
    drawn = basemap()
    if drawn is None or area not in area_names():
        raise NotFoundError("There is no such part of the map.")
    return box_around(drawn.areas[area].points).widened(AREA_METRES)


def window_around(place: Place) -> Box:
    """Return the window around one place."""
    return box_around([(place.haven.lon, place.haven.lat)]).widened(AROUND_METRES)


def picture(places: Sequence[Place], title: str, window: Box | None = None) -> Markup:
    """Return the map as inline SVG, with a pin for each place; empty where the pack has no map."""
    drawn = basemap()
    if drawn is None:
        return Markup()
    words = Words(
        title=title,
        description=_("Roads, stations, parks and rivers. Every place on the map is in the list too, with its number."),
        areas=area_names(),
    )
    return Markup(draw(drawn, words, [_pin(place) for place in places], window))  # noqa: S704  # draw() escapes every text


def is_sketch() -> bool:
    """Tell whether the map was drawn by hand, which the page says."""
    drawn = basemap()
    return drawn is not None and drawn.sketch


def is_in_borough(lon: float, lat: float) -> bool:
    """Tell whether a place lies inside the outline; where the pack has no map, any place does."""
    drawn = basemap()
    return drawn is None or drawn.holds((lon, lat))


def _pin(place: Place) -> Pin:
    haven = place.haven
    return Pin(
        number=place.number,
        name=haven.name,
        href=url_for("havens.haven", haven_id=b64(haven.id)),
        point=(haven.lon, haven.lat),
        shape="square" if haven.kind == Kind.HATE_CRIME_SITE else "round",
    )
