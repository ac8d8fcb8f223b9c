"""The pages about havens: the list, and one haven."""

from datetime import date, datetime, timedelta

from flask import Blueprint, current_app, render_template
from flask_babel import get_locale

from youthsafe import clock
from youthsafe.crypto.encoding import EncodingError, b64, unb64
from youthsafe.errors import NotFoundError
from youthsafe.havens import services
from youthsafe.havens.hours import LONDON, Hours, Span
from youthsafe.havens.last_good import LastGood, Listing
from youthsafe.web import locale
from youthsafe.web.doors import Audience, Logs, door

ID_BYTES = 16
KEPT = "youthsafe.havens"

blueprint = Blueprint("havens", __name__, url_prefix="/<locale>", template_folder="templates")
blueprint.add_app_template_global(b64, "haven_address")


@door(blueprint, "/havens/", audience=Audience.PUBLIC, limit="reading", logs=Logs.COUNTED)
def haven_list() -> str:
    """List the places that are on the list now."""
    now = clock.now()
    listing = _listing(now)
    return render_template("havens/list.html", listing=listing, places=services.places(listing.havens, now))


@door(blueprint, "/havens/<haven_id>/", audience=Audience.PUBLIC, limit="reading", logs=Logs.QUIET)
def haven(haven_id: str) -> str:
    """Show one place: where, when, what happens there."""
    now = clock.now()
    listing = _listing(now)
    place = services.find(services.places(listing.havens, now), _id(haven_id))
    return render_template("havens/haven.html", listing=listing, place=place, **_shown(place, now))


def _shown(place: services.Place, now: datetime) -> dict[str, object]:
    """What a template cannot work out itself."""
    texts = place.haven.what_to_expect
    tag = locale.current() if locale.current() in texts else locale.DEFAULT
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


def _listing(now: datetime) -> Listing:
    kept: LastGood = current_app.extensions.setdefault(KEPT, LastGood())
    return kept.read(services.active_havens, now)


def _id(text: str) -> bytes:
    try:
        return unb64(text, ID_BYTES)
    except EncodingError:
        raise NotFoundError("There is no Safe Haven at this address.") from None
