"""How a route is declared: whom it serves, which limit holds, what may be logged and kept, and its JSON.

Everything that must know of a route reads its declaration: limits, log, caches, headers, the service worker's rules,
the offline pack, the app's manifest, docs/headers.md and OpenAPI. `tests/house/` walks the URL map and fails on a route
that was declared any other way.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, TypedDict, Unpack

from flask import Blueprint, Flask, Request, current_app, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from werkzeug.routing import Rule

from youthsafe.routing.caching import NEVER, Caching, WorkerRule
from youthsafe.routing.json_schema import JsonSchema

STAFF_API = "/api/v1/staff/"
STAFF_COOKIE = "ys_staff"
STAFF_HEADER = "YouthSafe-Member"  # names the member whose page asks

Shape = type[Schema] | JsonSchema
View = Callable[..., ResponseReturnValue]


class Audience(Enum):
    """Whom a route serves. A public route never sets or reads a cookie."""

    PUBLIC = "public"
    STAFF = "staff"  # needs a session, and a permission
    STAFF_ENTRANCE = "staff entrance"  # on the way to a session: shells and sign-in


class Logs(Enum):
    """What one request may leave in the log; never an address, a path's values or a body."""

    QUIET = "nothing, unless it fails"
    COUNTED = "endpoint and status"
    AUDITED = "endpoint and status; the audit trail holds who"


class Need(Enum):
    """What a page may do that others may not; its headers allow it."""

    WASM = "WebAssembly"  # Argon2id, on pages that seal or open
    GEOLOCATION = "the phone's place"  # nearest first is worked out on the phone


class Clearing(Enum):
    """What an answer makes browsers throw away after a break-in (docs/operate.md)."""

    NOTHING = "nothing"
    CACHE = "cache"
    STORAGE = "cache and storage"  # only where waiting reports have been sent before


class Place(Enum):
    """Where the layout offers a page."""

    NAVIGATION = "navigation"  # the four ways that stand on every page, in one word each
    DOORS = "doors"  # the same, as the first page says them at length
    ROWS = "rows"  # at the end of the first page
    UNSURE = "unsure"  # beside the topics, for who does not know which
    CHECK = "check"  # what a pupil does alone
    HELP = "help"  # in the strip of every page, and on every error
    FOOTER = "footer"
    FORMATS = "formats"  # beside the words about other formats
    SHORTCUTS = "shortcuts"  # of an installed app


@dataclass(frozen=True, slots=True)
class Link:
    """How a page is offered in one place, in order from low to high.

    `title` and `line` are lazy texts; where `page` is named, that page of the content pack gives both. `shown` says
    whether there is such a page now.
    """

    place: Place
    order: int
    title: object = ""
    line: object = ""
    picture: str = ""
    page: str = ""
    rel: str = ""
    shown: Callable[[], bool] | None = None


@dataclass(frozen=True, slots=True)
class ApiContract:
    """What a route under /api/ takes and gives; web/openapi.py makes the public document of it.

    `answers` holds the shape of each good answer by status, None for one without a body. `headers` says what a request
    may carry, `sets_cookies` which cookies a good answer sets. `refuses` names the
    refusals of the use case; those that follow from audience, limit, body and address need no mention.
    """

    answers: Mapping[int, Shape | None]
    body: Shape | None = None
    query: type[Schema] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    sets_cookies: str = ""
    refuses: Sequence[int] = ()


class Declared(TypedDict, total=False):
    """The words of a declaration, at a route or as defaults of its blueprint."""

    audience: Audience
    permission: str
    limit: str
    logs: Logs
    caching: Caching
    worker: WorkerRule
    needs: frozenset[Need]
    clearing: Clearing
    links: tuple[Link, ...]
    shows: str
    contract: ApiContract | None


@dataclass(frozen=True, slots=True)
class RoutePolicy:
    """The declaration of one route; what it does not say is closed.

    `limit` names a policy of youthsafe/limits/policies.py, and `permission` what a member needs for a staff route
    (youthsafe/accounts/permissions.py). `links` say where the layout offers the page. `shows` names the kind of text
    of the content pack that the page shows.
    """

    audience: Audience
    limit: str
    permission: str = ""
    logs: Logs = Logs.COUNTED
    caching: Caching = NEVER
    worker: WorkerRule = WorkerRule.NEVER
    needs: frozenset[Need] = frozenset()
    clearing: Clearing = Clearing.NOTHING
    links: tuple[Link, ...] = ()
    shows: str = ""
    contract: ApiContract | None = None


def route_defaults(blueprint: Blueprint, **declared: Unpack[Declared]) -> None:
    """Declare what holds for every route of a blueprint that does not say otherwise."""
    blueprint.__dict__["route_defaults"] = declared


def route(
    owner: Blueprint | Flask,
    rule: str,
    *,
    methods: Sequence[str] = ("GET",),
    endpoint: str | None = None,
    **declared: Unpack[Declared],
) -> Callable[[View], View]:
    """Add a route to a blueprint and declare it; use as a decorator. Raises TypeError without audience or limit.

    A view behind two rules carries the same declaration for both, or ValueError is raised.
    """
    defaults: Declared = owner.__dict__.get("route_defaults", {})
    words: dict[str, Any] = {**defaults, **declared}

    def declare(view: View) -> View:
        policy = RoutePolicy(**words)
        if view.__dict__.setdefault("route_policy", policy) != policy:
            raise ValueError(f"{rule} is declared otherwise than another address of the same view")
        owner.add_url_rule(rule, endpoint=endpoint, view_func=view, methods=list(methods))
        return view

    return declare


def route_policy(app: Flask, endpoint: str | None) -> RoutePolicy | None:
    """Return a route's declaration; none for an unknown endpoint."""
    view = app.view_functions.get(endpoint or "")
    while view is not None and "route_policy" not in view.__dict__:
        view = getattr(view, "__wrapped__", None)
    return None if view is None else view.__dict__["route_policy"]


class DeclaredRequest(Request):
    """A request that knows its route's declaration, for which half a dozen rooms ask."""

    @cached_property
    def route_policy(self) -> RoutePolicy | None:
        """The declaration; none for an address that leads nowhere."""
        return route_policy(current_app._get_current_object(), self.endpoint)  # type: ignore[attr-defined]  # noqa: SLF001


def current_request() -> DeclaredRequest:
    """Return the request being served itself; what every request asks of it takes far longer through Flask's proxy."""
    found: DeclaredRequest = request._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    return found


def current_route_policy() -> RoutePolicy | None:
    """Return the declaration of the route being served; none for an address that leads nowhere."""
    return current_request().route_policy


def declared_routes(app: Flask) -> Iterator[tuple[Rule, RoutePolicy]]:
    """Yield every address with its declaration, in the order in which they were added."""
    for rule in app.url_map.iter_rules():
        policy = route_policy(app, rule.endpoint)
        if policy is not None:
            yield rule, policy


def caching_of(policy: RoutePolicy | None) -> Caching:
    """Return what may be kept of an answer; nothing of an address that leads nowhere."""
    return NEVER if policy is None else policy.caching
