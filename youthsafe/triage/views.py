"""The staff app's pages: one shell without content for every address. What it shows comes sealed from `triage.api`."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from youthsafe.errors import NotFoundError
from youthsafe.rooms import rooms
from youthsafe.routing.caching import NEVER, STAFF_SHELL
from youthsafe.routing.routes import Audience, Link, Logs, Need, Place, route, route_defaults
from youthsafe.web import locale

blueprint = Blueprint("triage", __name__, url_prefix="/staff", template_folder="templates")
route_defaults(
    blueprint,
    audience=Audience.STAFF_ENTRANCE,
    limit="reading",
    logs=Logs.QUIET,
    caching=STAFF_SHELL,
    needs=frozenset({Need.WASM}),
)


@route(blueprint, "/", caching=NEVER, links=(Link(Place.FOOTER, 60, _("For staff"), rel="nofollow"),))
def entrance() -> ResponseReturnValue:
    """Send a browser to the staff app in the best of its languages."""
    return redirect(url_for("triage.shell", locale=locale.wanted()))


@route(blueprint, "/<locale>/inbox/")
@route(blueprint, "/<locale>/")
def shell() -> ResponseReturnValue:
    """Give the app without content: signing in and the inbox are views of it."""
    return render_template("triage/desk.html")


@route(blueprint, "/<locale>/<page>/", caching=STAFF_SHELL.on_server(None))
def page_shell(page: str) -> ResponseReturnValue:
    """Give the same page for each folder of `static/pwa/src/desk/pages/`; 404 for another."""
    if page not in rooms().assets.desk_addresses:
        raise NotFoundError("The desk has no such page.")
    return render_template("triage/desk.html")


@route(
    blueprint,
    "/<locale>/reports/<string(length=22):report_id>/",
    caching=STAFF_SHELL.on_server(None),
)
def report_shell(**_address: str) -> ResponseReturnValue:
    """Give the same page: the app reads its own address. Not kept by the page cache, which any id would make grow."""
    return render_template("triage/desk.html")
