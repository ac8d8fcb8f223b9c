"""How a route is declared: who it is for, which limit holds, what may be logged, and what JSON it takes and gives.

`tests/house/` walks the URL map and fails on a route that was declared any other way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from flask import Blueprint, Flask, current_app, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from youthsafe.routing.json_schema import JsonSchema

STAFF_COOKIE = "ys_staff"
STAFF_HEADER = "YouthSafe-Member"  # whose page asks

Shape = type[Schema] | JsonSchema
View = Callable[..., ResponseReturnValue]


class Audience(Enum):
    """Whom a route serves. A public route never sets or reads a cookie."""

    PUBLIC = "public"
    STAFF = "staff"  # needs a session
    STAFF_ENTRANCE = "staff entrance"  # on the way to a session: shells and sign-in


class Logs(Enum):
    """What one request may leave in the log; never an address, a path's values or a body."""

    QUIET = "nothing, unless it fails"
    COUNTED = "endpoint and status"
    AUDITED = "endpoint and status; the audit trail holds who"


@dataclass(frozen=True, slots=True)
class ApiContract:
    """What a route under /api/ takes and gives; web/openapi.py makes the public document of it.

    `answers` holds the shape of each good answer by status, None for one without a body. `refuses` names the
    refusals of the use case; those that follow from audience, limit, body and address need no mention.
    """

    answers: Mapping[int, Shape | None]
    body: Shape | None = None
    query: type[Schema] | None = None
    refuses: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class RoutePolicy:
    """The declaration of one route. `limit` names a policy of youthsafe/limits/policies.py."""

    audience: Audience
    limit: str
    logs: Logs
    contract: ApiContract | None = None


def route(
    owner: Blueprint | Flask,
    rule: str,
    *,
    audience: Audience,
    limit: str,
    logs: Logs = Logs.COUNTED,
    contract: ApiContract | None = None,
    methods: Sequence[str] = ("GET",),
    endpoint: str | None = None,
    **options: Any,
) -> Callable[[View], View]:
    """Add a route to a blueprint and declare it; use as a decorator.

    A view behind two rules carries the same declaration for both.
    """

    def declare(view: View) -> View:
        view.__dict__["route_policy"] = RoutePolicy(audience, limit, logs, contract)
        owner.add_url_rule(rule, endpoint=endpoint, view_func=view, methods=list(methods), **options)
        return view

    return declare


def route_policy(app: Flask, endpoint: str | None) -> RoutePolicy | None:
    """Return a route's declaration; none for an unknown endpoint."""
    view = app.view_functions.get(endpoint or "")
    while view is not None and "route_policy" not in view.__dict__:
        view = getattr(view, "__wrapped__", None)
    return None if view is None else view.__dict__["route_policy"]


def current_route_policy() -> RoutePolicy | None:
    """Return the declaration of the route being served; none for an address that leads nowhere."""
    return route_policy(current_app, request.endpoint)
