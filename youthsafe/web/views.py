"""The pages that belong to no room: home, about, privacy, accessibility, and the ways in and out."""

from pathlib import Path

from flask import Response, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import lazy_gettext as _

from youthsafe.instance.controller import who_runs_it
from youthsafe.rooms import rooms
from youthsafe.routing.caching import PAGE, WEEK, WRITTEN_HERE, WorkerRule
from youthsafe.routing.routes import Clearing, Link, Place, route
from youthsafe.web import locale
from youthsafe.web.blueprint import localised, unlocalised
from youthsafe.web.contact_text import contact_text
from youthsafe.web.layout import content_pack

ICON = Path(__file__).parent / "icon.svg"
localised.add_app_template_filter(contact_text)


@route(unlocalised, "/")
def choose_locale() -> ResponseReturnValue:
    """Send a browser to home in the best of its languages; nothing is remembered."""
    response = make_response(redirect(url_for("localised.home", locale=locale.wanted())))
    response.vary.add("Accept-Language")
    return response


@route(localised, "/", clearing=Clearing.CACHE)  # browsers that keep nothing and send nothing come here too
def home() -> str:
    """Show on one screen of a phone whom to tell, where to go, whom to talk to, and every topic."""
    return render_template(
        "web/home.html",
        topics=content_pack().topics(locale.current()),
        page_of=lambda name: content_pack().page(locale.current(), name),
    )


@route(
    localised, "/about/", caching=WRITTEN_HERE, shows="page", links=(Link(Place.FOOTER, 10, _("About and privacy")),)
)
def about() -> str:
    """Say what this is, what it keeps and what it cannot do, and who runs it."""
    return _page_of_the_pack("web/about.html", "about")


@route(localised, "/privacy/", caching=WRITTEN_HERE, shows="page", links=(Link(Place.FOOTER, 15, _("Privacy")),))
def privacy() -> str:
    """Say in a child's words and then in an adult's what is kept, for how long, who answers for it and what to ask."""
    in_full = content_pack().page(locale.current(), "privacy-in-full")
    return _page_of_the_pack(
        "web/privacy.html",
        "privacy",
        in_full=in_full,
        kept_for=rooms().kept_for.shown,
        opening_times=rooms().opening_times.shown,
    )


@route(
    localised,
    "/accessibility/",
    caching=WRITTEN_HERE,
    shows="page",
    links=(Link(Place.FOOTER, 20, _("Accessibility")),),
)
def accessibility() -> str:
    """Say who can use this site, what does not work yet, and whom to tell."""
    return _page_of_the_pack("web/accessibility.html", "accessibility")


@route(unlocalised, "/offline", caching=PAGE, worker=WorkerRule.PACK)
def offline() -> str:
    """Show what a phone shows without a signal, in every language at once, because it is kept under one address."""
    words = {tag: _offline_words(tag) for tag in locale.offered()}
    return render_template("web/offline.html", words=words, direction_of=locale.direction)


@route(unlocalised, "/leaving", caching=PAGE, worker=WorkerRule.PACK)
def neutral() -> str:
    """Show a page that says nothing, which an installed app shows while it leaves."""
    return render_template("web/neutral.html")


# It changes once in years, and every page asks for it.
@route(unlocalised, "/icon.svg", caching=WEEK, worker=WorkerRule.PACK)
def icon() -> Response:
    """Give the sign of this site."""
    return Response(ICON.read_bytes(), mimetype="image/svg+xml")


def _page_of_the_pack(template: str, name: str, **more: object) -> str:
    page = content_pack().page(locale.current(), name)
    return render_template(template, page=page, direction_of=locale.direction, who=who_runs_it(), **more)


def _offline_words(tag: str) -> str:
    with force_locale(tag.replace("-", "_")):
        return render_template("web/offline_words.html", tag=tag)
