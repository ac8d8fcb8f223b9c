"""/api/openapi.json: everything under /api/, made from what each route declares of itself (OpenAPI 3.1)."""

import json
import re
from collections.abc import Iterator
from http import HTTPStatus
from inspect import cleandoc
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.common import resolve_schema_cls
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from flask import Flask, Response, current_app
from marshmallow import Schema, missing
from marshmallow.fields import Field
from werkzeug.routing import Rule

from youthsafe import __version__
from youthsafe.config import Config
from youthsafe.crypto.keys import ID_LENGTH
from youthsafe.limits.policies import POLICIES, Counts
from youthsafe.limits.schemas import ChallengeSchema
from youthsafe.routing.caching import PAGE
from youthsafe.routing.json_schema import base64url
from youthsafe.routing.routes import (
    STAFF_COOKIE,
    STAFF_HEADER,
    ApiContract,
    Audience,
    RoutePolicy,
    Shape,
    route,
    route_policy,
)
from youthsafe.web.blueprint import unlocalised
from youthsafe.web.openapi_examples import add_examples

API = "/api/"


class _Converter(OpenAPIConverter):
    """Lets a field's own metadata go before what apispec makes of its class: it has no words for a format of time.

    What may be null is written as one of two shapes, and what is missing when nothing is said has no default.
    """

    def schema2jsonschema(self, schema: Any) -> dict[str, Any]:
        """Describe one object, in the words of its class."""
        shape: dict[str, Any] = super().schema2jsonschema(schema)  # type: ignore[no-untyped-call]
        return {"description": " ".join(cleandoc(type(schema).__doc__ or "").split()), **shape}

    def field2property(self, field: Field[Any]) -> dict[str, Any]:
        """Describe one field."""
        nullable, field.allow_none = field.allow_none, False
        described = {**super().field2property(field), **field.metadata}
        field.allow_none = nullable
        shape = {name: value for name, value in described.items() if value is not None}
        return {"anyOf": [shape, {"type": "null"}]} if nullable and field.load_default is missing else shape


class _Plugin(MarshmallowPlugin):
    """apispec's plugin with the converter above."""

    Converter = _Converter


_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
_READING = frozenset({"GET"})
_REFUSES = frozenset({Counts.VISITOR, Counts.SIGNED_IN})
_WAITING = {"Retry-After": {"description": "seconds", "schema": {"type": "integer", "minimum": 1}}}
_TEXT = {"type": "string"}
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457. `fields` says what is wrong by field; nothing that was sent is quoted.",
    "properties": {
        "type": {"type": "string", "pattern": "^urn:youthsafe:problem:[a-z-]+$"},
        "title": _TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": _TEXT,
        "fields": {"type": "object", "additionalProperties": {"type": "array", "items": _TEXT}},
    },
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": False,
}
_WORK_WANTED = {
    **_PROBLEM,
    "description": "A problem with the work that is wanted first.",
    "properties": {**_PROBLEM["properties"], "challenge": {"$ref": "#/components/schemas/Challenge"}},
    "required": [*_PROBLEM["required"], "challenge"],
}
_ETAG = {"type": "string", "pattern": '^(W/)?"[0-9a-f]+"$'}
_IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "description": "The ETag of an answer that is still there: 304 when it is the same.",
    "schema": _ETAG,
}
_ABOUT = (
    "What browsers of reporters and caseworkers send and get. Contents are sealed in the browser: the formats are in "
    "docs/envelope.md. A public body is JSON without white space, keys in the order shown. No public answer sets a "
    "cookie. Another method than those shown gives 405, an address that is not shown 404. Whoever writes sends "
    "`Content-Type: application/json`, else 400. What a page of another site sends is refused with 403: where the "
    "browser says `Sec-Fetch-Site`, it must be `same-origin`, else an `Origin` must be this site's. So a client that "
    "is no browser sends neither. What a member may not do is answered as an address that is not there."
)
_TAGS = {
    Audience.PUBLIC: "Reporters, who are never identified. No cookie is set or read.",
    Audience.STAFF_ENTRANCE: "The way to a session: a name, a proof made of six words, a code of six digits.",
    Audience.STAFF: "Caseworkers with a session: the cookie that signing in sets.",
}
_REASONS = {
    400: "The body or the question is not as described, or not application/json.",
    401: "Nobody is signed in, or somebody else than the page shows.",
    403: "From a page of another site, or both factors must be given again first.",
    428: "A little work is wanted first: the same request again with its proof in `Youthsafe-Work`.",
}


@route(
    unlocalised,
    "/api/openapi.json",
    caching=PAGE,
    contract=ApiContract({200: {"type": "object"}, 304: None}),
)
def openapi() -> Response:
    """Give this document."""
    return Response(json.dumps(document(current_app)), content_type="application/json")


def document(app: Flask) -> dict[str, Any]:
    """Describe every route under /api/; raises LookupError for one that declares nothing."""
    site: Config = app.config["YOUTHSAFE"]
    spec = APISpec(
        "YouthSafe",
        __version__,
        "3.1.0",
        plugins=[_Plugin(schema_name_resolver=_name)],
        info={
            "description": _ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
            "contact": {"name": "YouthSafe contributors: see SECURITY.md and CONTRIBUTING.md of the source"},
        },
        servers=[{"url": "/", "description": "The instance that gives this document."}],
        tags=[{"name": audience.value, "description": text} for audience, text in _TAGS.items()],
    )
    spec.components.schema("Problem", _PROBLEM)
    spec.components.schema("Challenge", schema=ChallengeSchema)
    spec.components.schema("WorkWanted", _WORK_WANTED)
    cookie = {"type": "apiKey", "in": "cookie", "name": site.cookie(STAFF_COOKIE)}
    spec.components.security_scheme("session", cookie)
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: each.rule):
        if rule.rule.startswith(API):
            spec.path(address(rule), operations=dict(_operations(app, rule)), parameters=_in_path(rule))
    whole: dict[str, Any] = spec.to_dict()
    add_examples(whole)
    return whole


def _name(schema: type[Schema]) -> str:
    """Name a schema's shape: ReportSummarySchema is `ReportSummary`."""
    found = resolve_schema_cls(schema)
    name: str = getattr(found, "__name__", "")
    return name.removesuffix("Schema")


def address(rule: Rule) -> str:
    """Write a route's address as OpenAPI does: `/reports/{report_id}`."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)


def _operations(app: Flask, rule: Rule) -> Iterator[tuple[str, dict[str, Any]]]:
    for method in sorted(_METHODS & (rule.methods or set())):
        yield method.lower(), _operation(app, rule, method)


def _operation(app: Flask, rule: Rule, method: str) -> dict[str, Any]:
    declared = route_policy(app, rule.endpoint)
    if declared is None or declared.contract is None:
        raise LookupError(
            f"{rule.rule} does not describe what it takes and gives: see ApiContract in routing/routes.py"
        )
    told = declared.contract
    summary, _, more = cleandoc(app.view_functions[rule.endpoint].__doc__ or "").partition("\n\n")
    operation: dict[str, Any] = {
        "operationId": f"{rule.endpoint}",
        "tags": [declared.audience.value],
        "summary": " ".join(summary.split()),
        "description": "\n\n".join(filter(None, [" ".join(more.split()), _limit(declared)])),
        "responses": _answers(told) | {str(each): _refusal(each) for each in _refusals(declared, rule, method)},
        "security": [{"session": []}] if declared.audience is Audience.STAFF else [],
    }
    parameters = list(_parameters(declared, told))
    if parameters:
        operation["parameters"] = parameters
    if told.body is not None:
        operation["requestBody"] = {"required": True, "content": _json(told.body)}
    return operation


def _parameters(declared: RoutePolicy, told: ApiContract) -> Iterator[dict[str, Any]]:
    if told.query is not None:
        yield {"in": "query", "schema": told.query}
    if declared.audience is Audience.STAFF:
        yield _WHOSE_PAGE
    if HTTPStatus.NOT_MODIFIED in told.answers:
        yield _IF_NONE_MATCH
    for name, description in told.headers.items():
        yield {"in": "header", "name": name, "description": description, "schema": _TEXT}


def _in_path(rule: Rule) -> list[dict[str, Any]]:
    """Describe what stands in an address: always an id."""
    names = sorted(rule.arguments)
    return [{"in": "path", "name": name, "required": True, "schema": base64url(ID_LENGTH)} for name in names]


_WHOSE_PAGE: dict[str, object] = {
    "in": "header",
    "name": STAFF_HEADER,
    "description": "The member whom the page shows; 401 when the session is another's.",
    "schema": base64url(ID_LENGTH),
}


def _limit(declared: RoutePolicy) -> str:
    policy = POLICIES[declared.limit]
    counted = f"{policy.rate}, counting {policy.counts.value}" if policy.rate else "none"
    return f"Limit `{declared.limit}`: {counted}."


def _answers(told: ApiContract) -> dict[str, dict[str, Any]]:
    return {str(status): _answer(told, status, shape) for status, shape in told.answers.items()}


def _answer(told: ApiContract, status: int, shape: Shape | None) -> dict[str, Any]:
    headers: dict[str, Any] = {"ETag": {"schema": _ETAG}} if HTTPStatus.NOT_MODIFIED in told.answers else {}
    if told.sets_cookies:
        headers["Set-Cookie"] = {"description": told.sets_cookies, "schema": _TEXT}
    answer: dict[str, Any] = {"description": HTTPStatus(status).phrase}
    if headers:
        answer["headers"] = headers
    if shape is not None:
        answer["content"] = _json(shape)
    return answer


def _json(shape: Shape) -> dict[str, Any]:
    return {"application/json": {"schema": shape}}


def _refusals(declared: RoutePolicy, rule: Rule, method: str) -> list[int]:
    """List the refusals of a route: its own, and those that follow from what it declares."""
    told, writes = declared.contract, method not in _READING
    follows = {
        400: (told is not None and (told.body is not None or told.query is not None)) or writes,
        401: declared.audience is Audience.STAFF,
        403: writes,  # from another site's page
        404: bool(rule.arguments) or bool(declared.permission),  # a role that may not is told the same
        408: told is not None and told.body is not None,
        413: told is not None and told.body is not None,
        429: POLICIES[declared.limit].counts in _REFUSES,
        500: True,
        503: True,  # the database gone, or the instance's own ceiling
    }
    own = set(told.refuses) if told is not None else set()
    return sorted(own | {status for status, holds in follows.items() if holds})


def _refusal(status: int) -> dict[str, Any]:
    shape = "WorkWanted" if status == HTTPStatus.PRECONDITION_REQUIRED else "Problem"
    problem = {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{shape}"}}}
    waits = {"headers": _WAITING} if status in (429, 503) else {}
    return {"description": _REASONS.get(status, HTTPStatus(status).phrase), "content": problem} | waits
