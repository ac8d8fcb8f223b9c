"""One log line a request, as its route's declaration allows: endpoint and status, nothing of the visitor."""

import logging

from flask import Flask, Response, request

from youthsafe.routing.routes import Logs, current_route_policy

_log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Log after each answer."""

    @app.after_request
    def log(response: Response) -> Response:
        declared = current_route_policy()
        failed = response.status_code >= 500
        if failed or (declared is not None and declared.logs is not Logs.QUIET):
            _log.info(
                "answered",
                extra={"endpoint": request.endpoint, "method": request.method, "status": response.status_code},
            )
        return response
