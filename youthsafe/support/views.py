"""The pages of services and of people who can help. No database: help must be there when nothing else is."""

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _

from youthsafe import clock
from youthsafe.helplines.services import directory
from youthsafe.pack.phrases import Words
from youthsafe.pack.services import Directory
from youthsafe.pack.texts import Page
from youthsafe.routing.caching import PAGE, WRITTEN_HERE, WorkerRule
from youthsafe.routing.routes import Audience, Link, Logs, Place, route, route_defaults
from youthsafe.web import locale
from youthsafe.web.layout import content_pack

blueprint = Blueprint("support", __name__, url_prefix="/<locale>", template_folder="templates")
route_defaults(
    blueprint, audience=Audience.PUBLIC, limit="reading", logs=Logs.QUIET, caching=PAGE, worker=WorkerRule.PACK
)


_LINKS = (
    Link(Place.NAVIGATION, 30, _("Talk"), picture="talk"),
    Link(Place.DOORS, 30, _("Talk to someone"), picture="talk"),
    Link(Place.HELP, 10),
    Link(Place.SHORTCUTS, 10, _("Who can help")),
)
_HOUR = 3600.0  # shows how long ago services were checked, which changes every day


@route(blueprint, "/support/", caching=WRITTEN_HERE.on_server(_HOUR), links=_LINKS)
def services() -> str:
    """List who can help a pupil, and apart from them who can help an adult."""
    here, today = directory(), clock.now().date()
    return render_template(
        "support/services.html",
        roles=_roles(),
        layers=here.layers(),
        adults=here.for_adults(),
        today=today,
        untried=any(service.stale(today) for service in here.services),
        unsure=_unsure(here),
    )


@route(blueprint, "/people/", shows="page", links=(Link(Place.ROWS, 20, picture="people", page="people"),))
def people() -> str:
    """Say whose job it is to help, by role: a name would be out of date, and is nobody's business."""
    return render_template("support/people.html", page=_roles())


def _roles() -> Page:
    return content_pack().page(locale.current(), "people")


def _unsure(here: Directory) -> Words | None:
    """Return the first words on the page that no person has checked in the reader's language."""
    phrases = (*(need.name for need in here.needs), *(each for one in here.services for each in one.phrases))
    words = (phrase.in_locale(locale.current()) for phrase in phrases)
    return next((each for each in words if not each.translation.checked), None)
