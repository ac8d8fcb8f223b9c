"""/api/openapi.json: everything under /api/, made from what each route declares of itself (OpenAPI 3.1)."""

import json
import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from flask import Flask, Response, current_app
from marshmallow.fields import Field
from werkzeug.routing import Rule

from youthsafe import __version__
from youthsafe.crypto.keys import ID_LENGTH
from youthsafe.limits.policies import POLICIES, Counts
from youthsafe.routing.caching import PAGE
from youthsafe.routing.json_schema import TEXT, base64url, many, whole
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

API = "/api/"


class _Converter(OpenAPIConverter):
    """Lets a field's own metadata go before what apispec makes of its class: it has no words for a format of time."""

    def field2property(self, field: Field[Any]) -> dict[str, Any]:
        """Describe one field."""
        return {**super().field2property(field), **field.metadata}


class _Plugin(MarshmallowPlugin):
    """apispec's plugin with the converter above."""

    Converter = _Converter


_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
_READING = frozenset({"GET"})
_REFUSES = frozenset({Counts.VISITOR, Counts.SIGNED_IN})
_WAITING = {"Retry-After": {"description": "seconds", "schema": whole(1)}}
_PROBLEM = {
    "type": "object",
    "description": "RFC 9457. `fields` says what is wrong by field; nothing that was sent is quoted.",
    "properties": {
        "challenge": {"type": "object", "description": "with 428: the work that is wanted first"},
        "type": {"type": "string", "pattern": "^urn:youthsafe:problem:[a-z-]+$"},
        "title": TEXT,
        "status": whole(400, 599),
        "detail": TEXT,
        "fields": {"type": "object", "additionalProperties": many(TEXT)},
    },
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": False,
}
_ABOUT = (
    "What browsers of reporters and caseworkers send and get. Contents are sealed in the browser: the formats are in "
    "docs/envelope.md. A public body is JSON without white space, keys in the order shown. No public answer sets a "
    "cookie. Another method than those shown gives 405, an address that is not shown 404."
)


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
    marshmallow = _Plugin(schema_name_resolver=lambda _: "")  # each shape stands where it is used
    spec = APISpec("YouthSafe", __version__, "3.1.0", plugins=[marshmallow], info={"description": _ABOUT})
    spec.components.schema("Problem", _PROBLEM)
    cookie = {"type": "apiKey", "in": "cookie", "name": app.config["YOUTHSAFE"].cookie(STAFF_COOKIE)}
    spec.components.security_scheme("session", cookie)
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: each.rule):
        if rule.rule.startswith(API):
            spec.path(address(rule), operations=dict(_operations(app, rule)), parameters=_in_path(rule))
    whole_document: dict[str, Any] = spec.to_dict()
    return whole_document


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
    told, summary = declared.contract, app.view_functions[rule.endpoint].__doc__ or ""
    operation: dict[str, Any] = {
        "operationId": f"{rule.endpoint}",
        "tags": [declared.audience.value],
        "summary": summary.partition("\n")[0],
        "description": _limit(declared),
        "responses": _answers(told) | {str(each): _refusal(each) for each in _refusals(declared, rule, method)},
    }
    parameters: list[dict[str, object]] = [] if told.query is None else [{"in": "query", "schema": told.query}]
    if declared.audience is Audience.STAFF:
        parameters.append(_WHOSE_PAGE)
    if parameters:
        operation["parameters"] = parameters
    if told.body is not None:
        operation["requestBody"] = {"required": True, "content": _json(told.body)}
    if declared.audience is Audience.STAFF:
        operation["security"] = [{"session": []}]
    return operation


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
    return {
        str(status): {"description": HTTPStatus(status).phrase} | ({} if shape is None else {"content": _json(shape)})
        for status, shape in told.answers.items()
    }


def _json(shape: Shape) -> dict[str, Any]:
    return {"application/json": {"schema": shape}}


def _refusals(declared: RoutePolicy, rule: Rule, method: str) -> list[int]:
    """List the refusals of a route: its own, and those that follow from what it declares."""
    told, writes = declared.contract, method not in _READING
    follows = {
        400: (told is not None and (told.body is not None or told.query is not None)) or writes,
        401: declared.audience is Audience.STAFF,
        403: writes or bool(declared.permission),  # from another site's page, or a role that may not
        404: bool(rule.arguments),
        408: told is not None and told.body is not None,
        413: told is not None and told.body is not None,
        429: POLICIES[declared.limit].counts in _REFUSES,
        500: True,
        503: True,  # the database gone, or the instance's own ceiling
    }
    own = set(told.refuses) if told is not None else set()
    return sorted(own | {status for status, holds in follows.items() if holds})


def _refusal(status: int) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    waits = {"headers": _WAITING} if status in (429, 503) else {}
    return {"description": HTTPStatus(status).phrase, "content": problem} | waits
