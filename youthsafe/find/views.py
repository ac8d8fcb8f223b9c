"""The page where pupils search. No database, no cookie, and no request while somebody types."""

from flask import Blueprint, render_template

from youthsafe.find.entries import parts
from youthsafe.pack.risk_phrases import backwards, carried_phrases
from youthsafe.routing.caching import WRITTEN_HERE, WorkerRule
from youthsafe.routing.routes import Audience, Logs, route, route_defaults
from youthsafe.web import locale
from youthsafe.web.layout import content_pack

blueprint = Blueprint("find", __name__, url_prefix="/<locale>", template_folder="templates")
route_defaults(
    blueprint, audience=Audience.PUBLIC, limit="reading", logs=Logs.QUIET, caching=WRITTEN_HERE, worker=WorkerRule.PACK
)
blueprint.add_app_template_filter(backwards)


@route(blueprint, "/find/")
def search() -> str:
    """Give everything that can be found as one list, which the phone searches by itself."""
    return render_template(
        "find/find.html",
        parts=parts(),
        topics=content_pack().topics(locale.current()),
        ignored=content_pack().search_words[locale.current()].ignored,
        risk=carried_phrases(content_pack().site),
    )
