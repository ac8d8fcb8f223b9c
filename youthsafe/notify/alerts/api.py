"""The staff JSON door to alerts: how many reports nobody has opened, for the tab's title and a bar on every page."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from youthsafe.accounts.authentication import current_member
from youthsafe.accounts.permissions import Permission
from youthsafe.notify.alerts import services
from youthsafe.notify.alerts.schemas import AlertsSchema
from youthsafe.routing.routes import ApiContract, Audience, route, route_defaults

blueprint = Blueprint("alerts_api", __name__, url_prefix="/api/v1/staff/alerts")
route_defaults(blueprint, audience=Audience.STAFF, permission=Permission.REPORT_READ, limit="staff")


@route(blueprint, "", contract=ApiContract({200: AlertsSchema, 304: None}))
def alerts() -> ResponseReturnValue:
    """Say how many reports of the member's teams nobody has opened, and how it stands with alerts."""
    answer = jsonify(AlertsSchema().dump(services.shown(current_member())))
    answer.add_etag()
    return answer.make_conditional(request)
