"""The two blueprints of the layout: pages under a locale, and addresses without one."""

from flask import Blueprint

from youthsafe.routing.caching import PAGE, WorkerRule
from youthsafe.routing.routes import Audience, Logs, route_defaults

localised = Blueprint("localised", __name__, url_prefix="/<locale>", template_folder="templates")
route_defaults(
    localised, audience=Audience.PUBLIC, limit="reading", logs=Logs.QUIET, caching=PAGE, worker=WorkerRule.PACK
)
unlocalised = Blueprint("unlocalised", __name__)
route_defaults(unlocalised, audience=Audience.PUBLIC, limit="reading", logs=Logs.QUIET)
