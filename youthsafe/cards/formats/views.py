"""Pages to print: the cards of a topic in very large letters, and small cards for a pocket. No database, no cookie."""

import re

from flask import Blueprint, render_template, url_for
from flask_babel import lazy_gettext as _
from markupsafe import Markup

from youthsafe.errors import NotFoundError
from youthsafe.helplines.services import directory
from youthsafe.instance.controller import who_runs_it
from youthsafe.pack.services import Service
from youthsafe.pack.texts import Topic
from youthsafe.routing.caching import WRITTEN_HERE, WorkerRule
from youthsafe.routing.routes import Audience, Link, Logs, Place, route, route_defaults
from youthsafe.web import locale
from youthsafe.web.layout import content_pack
from youthsafe.web.own_address import own_address
from youthsafe.web.qr import qr_code

_LINK = re.compile(r"</?a\b[^>]*>")
ON_A_SHEET = 10  # cards of 85 x 55 mm on one sheet of A4

blueprint = Blueprint("formats", __name__, url_prefix="/<locale>", template_folder="../templates")
# Nobody prints without a signal, and together they weigh as much as all cards once more.
route_defaults(
    blueprint,
    audience=Audience.PUBLIC,
    limit="reading",
    logs=Logs.QUIET,
    caching=WRITTEN_HERE,
    worker=WorkerRule.NEVER,
)


@blueprint.app_template_filter()
def without_links(html: Markup) -> Markup:
    """Return the HTML of a card for paper: nobody taps there, and its links are written for another address."""
    return Markup(_LINK.sub("", html))  # noqa: S704 — our own HTML, with less in it


@route(
    blueprint,
    "/formats/",
    worker=WorkerRule.PACK,
    links=(
        Link(Place.FOOTER, 25, _("Other formats")),
        Link(Place.FORMATS, 10, _("Print cards in very large letters, or small ones for a pocket")),
    ),
)
def formats() -> str:
    """List what can be printed of each topic, and say whom to ask for anything else."""
    return render_template("cards/formats.html", topics=content_pack().topics(locale.current()), who=who_runs_it())


@route(blueprint, "/formats/<topic>/large-print/")
def large_print(topic: str) -> str:
    """Show every card of a topic in letters of 24 points, for A4."""
    return _in_large_print(topic, "a4")


@route(blueprint, "/formats/<topic>/large-print/a3/")
def large_print_a3(topic: str) -> str:
    """Show the same as A4 blown up to A3, for whoever needs larger letters still."""
    return _in_large_print(topic, "a3")


# Not kept: it shows the address that it was asked by.
@route(blueprint, "/formats/<topic>/pocket-cards/", caching=WRITTEN_HERE.on_server(None))
def pocket_cards(topic: str) -> str:
    """Show a sheet of small cards whose code leads a phone to the topic; half of them do not name it."""
    found, base = _topic(topic), own_address()
    address = f"{base}{url_for('cards.topic', topic=topic)}" if base else None
    return render_template(
        "cards/pocket_cards.html",
        topic=found,
        count=ON_A_SHEET,
        site=base,
        address=address,
        code=qr_code(address) if address else None,
    )


def _in_large_print(slug: str, paper: str) -> str:
    topic = _topic(slug)
    return render_template("cards/large_print.html", topic=topic, paper=paper, helpers=_helpers(topic))


def _topic(slug: str) -> Topic:
    try:
        return content_pack().topic(locale.current(), slug)
    except KeyError:
        raise NotFoundError("There is no such topic here.") from None


def _helpers(topic: Topic) -> tuple[Service, ...]:
    """Return who is on every screen, and then who helps with any card of the topic."""
    services = directory()
    named = [name for card in topic.cards for name in card.who_helps]
    return services.named(list(dict.fromkeys([*services.always, *named])))
