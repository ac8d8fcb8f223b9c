"""The pages of the cards. No database, no cookie."""

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _

from youthsafe.errors import NotFoundError
from youthsafe.helplines.services import directory
from youthsafe.pack.english import plain
from youthsafe.pack.prose import isolate_numbers
from youthsafe.pack.texts import Card, Topic
from youthsafe.routing.caching import PAGE, WRITTEN_HERE, WorkerRule
from youthsafe.routing.routes import Audience, Link, Logs, Place, route, route_defaults
from youthsafe.web import locale
from youthsafe.web.layout import content_pack

blueprint = Blueprint("cards", __name__, url_prefix="/<locale>", template_folder="templates")
route_defaults(
    blueprint, audience=Audience.PUBLIC, limit="reading", logs=Logs.QUIET, caching=PAGE, worker=WorkerRule.PACK
)
blueprint.add_app_template_filter(isolate_numbers, "numbers")
blueprint.add_app_template_filter(plain)


@blueprint.app_template_global()
def direction_of(tag: str) -> str:
    """Return `ltr` or `rtl` for a locale of the pack."""
    return content_pack().site.locale(tag).direction


@blueprint.app_template_global()
def has_you_said() -> bool:
    """Return whether this pack tells what young people asked for."""
    return content_pack().you_said(locale.current()) is not None


@route(
    blueprint,
    "/cards/",
    links=(Link(Place.NAVIGATION, 40, _("Topics"), picture="topics"),),
)
def topics() -> str:
    """List the topics."""
    return render_template("cards/topics.html", topics=content_pack().topics(locale.current()))


@route(blueprint, "/cards/<topic>/", endpoint="topic", shows="topic")
def one_topic(topic: str) -> str:
    """List a topic's cards."""
    return render_template("cards/topic.html", topic=_topic(topic))


@route(blueprint, "/cards/<topic>/<slug>/", endpoint="card", caching=WRITTEN_HERE, shows="card")
def one_card(topic: str, slug: str) -> str:
    """Show one card, its neighbours, and who can help."""
    found = _topic(topic)
    slugs = [card.slug for card in found.cards]
    if slug not in slugs:
        raise NotFoundError("There is no such card here.")
    card, place = found.card(slug), slugs.index(slug)
    return render_template(
        "cards/card.html",
        topic=found,
        card=card,
        english=content_pack().original_card(card),
        previous=_at(found, place - 1),
        next=_at(found, place + 1),
        helpers=directory().named(card.who_helps),
    )


@route(
    blueprint, "/you-said/", shows="page", links=(Link(Place.FOOTER, 40, _("You said, we did"), shown=has_you_said),)
)
def you_said() -> str:
    """Show what young people asked for, and what they were told."""
    said, page = content_pack().you_said(locale.current()), content_pack().find_page(locale.current(), "you-said")
    if said is None:
        raise NotFoundError("There is no such page here.")
    return render_template("cards/you_said.html", said=said, page=page)


def _topic(slug: str) -> Topic:
    try:
        return content_pack().topic(locale.current(), slug)
    except KeyError:
        raise NotFoundError("There is no such topic here.") from None


def _at(topic: Topic, place: int) -> Card | None:
    return topic.cards[place] if 0 <= place < len(topic.cards) else None
