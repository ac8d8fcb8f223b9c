"""The pages of the reporter's browser half: shells without content, the same for everybody.

What is typed or opened on them never comes here: `src/report` of the browser half seals it, `src/replies` opens it.
"""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from youthsafe.helplines.services import directory
from youthsafe.pack.risk_phrases import carried_phrases
from youthsafe.reports.code_lists import FIRST, code_list, file_of, languages
from youthsafe.rooms import rooms
from youthsafe.routing.caching import FORM, WorkerRule
from youthsafe.routing.routes import Audience, Link, Logs, Need, Place, route, route_defaults
from youthsafe.web.layout import content_pack
from youthsafe.web.locale import current

blueprint = Blueprint("reports", __name__, url_prefix="/<locale>", template_folder="templates")
# Forms that are ready without a signal. Whose key they seal to is asked for anew each time.
route_defaults(
    blueprint,
    audience=Audience.PUBLIC,
    limit="reading",
    logs=Logs.QUIET,
    caching=FORM,
    worker=WorkerRule.PACK,
    needs=frozenset({Need.WASM}),
)


_LINKS = (
    Link(Place.NAVIGATION, 10, _("Tell"), picture="tell"),
    Link(Place.DOORS, 10, _("Tell someone"), _("You can skip any question."), "tell"),
    Link(Place.SHORTCUTS, 20, _("Tell us about a worry")),
)


@route(blueprint, "/report/", limit="sending", links=_LINKS)
def form() -> ResponseReturnValue:
    """Give the report form: its first question, and the promise under it."""
    return _form("reports/form.html", _code_list())


@route(blueprint, "/report/practice/", worker=WorkerRule.OPENED)
def practice() -> ResponseReturnValue:
    """Give the form to try out in a lesson: it never seals and never sends."""
    return _form("reports/practice.html", FIRST if _code_list() else None)  # words that are in no list are English


@route(
    blueprint,
    "/replies/",
    limit="mailbox",
    links=(Link(Place.ROWS, 10, _("I have a reply code"), _("See if someone has answered you"), "key"),),
)
def replies() -> ResponseReturnValue:
    """Give the page where a receipt code opens its mailbox."""
    here = directory()
    own, others = _code_list(), languages(rooms().assets.names)
    lists = sorted(others, key=lambda language: language != own)  # its own first
    return render_template(
        "reports/replies.html",
        helpers=here.at_once(),
        to_sign_up=here.to_sign_up(),
        code_list=own,
        code_lists=[rooms().assets.url(file_of(language)) for language in lists],
    )


def _code_list() -> str | None:
    return code_list(current(), rooms().assets.names)


def _form(template: str, words: str | None) -> str:
    here = directory()
    return render_template(
        template,
        helpers=here.at_once(),
        to_sign_up=here.to_sign_up(),
        risk=carried_phrases(content_pack().site),
        code_list=words,
        opening_times=rooms().opening_times.shown,
    )
