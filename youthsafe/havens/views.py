"""The pages about havens: map and list, a part of the borough, one haven, the poster."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Blueprint, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import get_locale, lazy_gettext
from flask_babel import gettext as _

from youthsafe import clock
from youthsafe.clock import LONDON
from youthsafe.crypto.encoding import EncodingError, b64, unb64
from youthsafe.errors import NotFoundError
from youthsafe.havens import borough_map, services
from youthsafe.havens.hours import Hours, Span, State
from youthsafe.havens.last_good import LastGood, Listing
from youthsafe.havens.models import Kind
from youthsafe.havens.records import WRITTEN_IN
from youthsafe.maps.plane import Box
from youthsafe.rooms import rooms
from youthsafe.routing.caching import FRESH, WorkerRule
from youthsafe.routing.routes import Audience, Link, Logs, Need, Place, route, route_defaults
from youthsafe.web import locale
from youthsafe.web.own_address import own_address
from youthsafe.web.qr import qr_code

ID_BYTES = 16
_OPEN_FIRST = {State.OPEN: 0, State.UNKNOWN: 1, State.CLOSED: 2}

blueprint = Blueprint("havens", __name__, url_prefix="/<locale>", template_folder="templates")
# Havens open, close and are withdrawn.
route_defaults(
    blueprint,
    audience=Audience.PUBLIC,
    limit="reading",
    logs=Logs.QUIET,
    caching=FRESH,
    worker=WorkerRule.FRESH,
    needs=frozenset({Need.GEOLOCATION}),
)
blueprint.add_app_template_global(b64, "haven_address")


@blueprint.record_once
def begin(state: BlueprintSetupState) -> None:
    """Read the base map, and keep the last list that could be read."""
    borough_map.load(state)
    rooms(state.app).listed_havens = LastGood()


@dataclass(frozen=True, slots=True)
class Shown:
    """A list as it is shown: where it comes from, how long a copy of it is good, and what is on it."""

    listing: Listing
    valid_until: datetime
    places: tuple[services.Place, ...]


_LINKS = (
    Link(Place.NAVIGATION, 20, lazy_gettext("Safe place"), picture="place"),
    Link(Place.DOORS, 20, lazy_gettext("Find a safe place"), picture="place"),
)


@route(
    blueprint,
    "/havens/",
    logs=Logs.COUNTED,
    links=_LINKS,
)
def haven_list() -> str:
    """Show the Safe Havens that are on the list now: open ones first, on the map and beside it.

    Offices that take reports of hate crime have a page of their own: a child who runs is not sent to one.
    """
    return _page(_shown(clock.now(), _is_haven))


@route(blueprint, "/havens/kind/<kind>/")
def of_kind(kind: str) -> str:
    """Show the places of one kind."""
    if kind not in {each.value for each in Kind}:
        raise NotFoundError("There is no such kind of place.")
    return _page(_shown(clock.now(), lambda place: place.haven.kind == kind), kind=kind)


@route(blueprint, "/havens/area/<area>/")
def area(area: str) -> str:
    """Show one part of the borough, closer."""
    window = borough_map.window_of(area)
    shown = _shown(clock.now(), lambda place: _is_haven(place) and (place.haven.lon, place.haven.lat) in window)
    return _page(shown, window=window, area=area)


# Not kept: it shows the address that it was asked by.
@route(blueprint, "/havens/poster/", caching=FRESH.on_server(None), worker=WorkerRule.NEVER)
def poster() -> str:
    """One A3 sheet: map, numbered list, and a code that leads a phone here."""
    base = own_address()
    address = f"{base}{url_for('havens.haven_list')}" if base else None
    shown = _shown(clock.now())
    return render_template(
        "havens/poster.html",
        shown=shown,
        map=borough_map.picture(shown.places, _("Map of Safe Havens")),
        sketch=borough_map.is_sketch(),
        address=address,
        code=qr_code(address) if address else None,
        today=clock.now().astimezone(LONDON).date(),
    )


@route(blueprint, "/havens/<haven_id>/")
def haven(haven_id: str) -> str:
    """Show one place: where, when, what happens there."""
    now = clock.now()
    shown = _shown(now)
    place = services.find(shown.places, _id(haven_id))
    return render_template(
        "havens/haven.html",
        shown=shown,
        place=place,
        map=borough_map.picture([place], place.haven.name, borough_map.window_around(place)),
        sketch=borough_map.is_sketch(),
        **_details(place, now),
    )


def _is_haven(place: services.Place) -> bool:
    return place.haven.kind == Kind.SAFE_HAVEN


def _page(shown: Shown, *, kind: str | None = None, area: str | None = None, window: Box | None = None) -> str:
    areas = borough_map.area_names()
    open_first = sorted(shown.places, key=lambda place: _OPEN_FIRST[place.opening.state])
    closed = [place for place in open_first if place.opening.state is State.CLOSED]
    title = _("Map of %(area)s", area=areas[area]) if area else _("Map of Safe Havens")
    return render_template(
        "havens/list.html",
        shown=shown,
        places=open_first[: len(open_first) - len(closed)],
        closed=closed,
        kind=kind,
        area=area,
        areas=areas,
        map=borough_map.picture(shown.places, title, window),
        sketch=borough_map.is_sketch(),
    )


def _shown(now: datetime, wanted: Callable[[services.Place], bool] = lambda _: True) -> Shown:
    listing = rooms().listed_havens.read(services.active_havens, now)
    every = services.places(listing.havens, now)
    until = services.valid_until(every, listing.read_at)
    return Shown(listing, until, tuple(place for place in every if wanted(place)))


def _details(place: services.Place, now: datetime) -> dict[str, object]:
    """What a template cannot work out itself."""
    texts = place.haven.what_to_expect
    tag = locale.current() if locale.current() in texts else WRITTEN_IN
    return {
        "expect": texts[tag],
        "expect_locale": tag,
        "languages": [get_locale().languages.get(each, each) for each in place.haven.languages],
        "week": _week(place.hours, now.astimezone(LONDON).date()) if place.hours else [],
    }


def _week(hours: Hours, today: date) -> list[tuple[date, tuple[Span, ...] | None]]:
    """The next seven days with their spans, exceptions included."""
    days = [today + timedelta(days=offset) for offset in range(7)]
    return [(day, hours.on(day)) for day in days]


def _id(text: str) -> bytes:
    try:
        return unb64(text, ID_BYTES)
    except EncodingError:
        raise NotFoundError("There is no Safe Haven at this address.") from None
