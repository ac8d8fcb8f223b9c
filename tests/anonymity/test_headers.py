"""The headers of every route, method and error are those of docs/headers.md: none marks a reader or echoes one."""

from collections.abc import Callable, Iterator
from functools import wraps

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.accounts.office import Office, made, office
from tests.anonymity.canaries import FORWARDED, WORDS, found_in
from tests.conftest import forget_counts
from tests.openapi.witness import Witness
from youthsafe import errors
from youthsafe.routing.routes import caching_of, route_policy
from youthsafe.web.headers import needs_at, security_headers

__all__ = ["made", "office"]

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
CARRIED = {
    "User-Agent": WORDS["agent"],
    "Referer": WORDS["referrer"],
    "Accept-Language": f"{WORDS['language']}, pl;q=0.5",
    "X-Forwarded-For": FORWARDED,
    "If-None-Match": WORDS["tag"],
    "Content-Type": "application/json",
}
ANSWERS: dict[int, Exception | None] = {
    200: None,
    400: errors.InvalidInputError(WORDS["error"]),
    401: errors.NotSignedInError(WORDS["error"]),
    403: errors.NotAllowedError(WORDS["error"]),
    404: errors.NotFoundError(WORDS["error"]),
    409: errors.ConflictError(WORDS["error"]),
    413: RequestEntityTooLarge(WORDS["error"]),
    429: errors.TooManyRequestsError(WORDS["error"], retry_after=5),
    500: RuntimeError(WORDS["error"]),
    503: OperationalError(WORDS["error"], {}, Exception(WORDS["error"])),
}


@pytest.fixture
def rules(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)


@pytest.fixture
def signed_in(office: Office) -> FlaskClient:
    return office.signed_in("demo-coordinator")  # whoever may less is answered as if there were no such address


def address(rule: Rule) -> str:
    return rule.build({name: "en" if name == "locale" else "A" * 22 for name in rule.arguments})[1]


def replace_views(app: Flask, error: Exception | None) -> None:
    """Let every route give the same good answer, or fail in the same way."""
    for endpoint, view in list(app.view_functions.items()):
        app.view_functions[endpoint] = _stand_in(getattr(view, "__wrapped__", view), error)


def _stand_in(view: Callable[..., object], error: Exception | None) -> Callable[..., Response]:
    @wraps(view)
    def answer(**_: object) -> Response:
        if error is not None:
            raise error
        return Response("good")

    return answer


def _asked(client: FlaskClient, rules: list[Rule]) -> Iterator[tuple[Rule, str, TestResponse]]:
    for rule in rules:
        forget_counts(client.application)
        allowed = set(client.application.url_map.bind("localhost").allowed_methods(address(rule)))
        others = allowed - (rule.methods or set())  # of another rule that this address fits as well
        for method in [each for each in METHODS if each in (rule.methods or ()) or each not in others]:
            path = f"{address(rule)}?{WORDS['question']}={WORDS['path']}"
            yield rule, method, client.open(path, method=method, data=WORDS["error"], headers=CARRIED)


def _assert_right(app: Flask, rule: Rule, method: str, answer: TestResponse) -> None:
    names = [name.lower() for name, _ in answer.headers]
    where = (rule.rule, method, answer.status_code)
    for name, value in security_headers(address(rule), needs_at(app, address(rule))):
        assert answer.headers.getlist(name) == [value], where
    assert not {"server", "x-powered-by", "set-cookie"} & set(names), where
    assert found_in(str(answer.headers).encode()) == [], where


@pytest.mark.parametrize("status", ANSWERS)
def test_every_route_and_method_has_these_headers_whatever_it_answers(
    app: Flask, rules: list[Rule], signed_in: FlaskClient, witness: Witness, status: int
) -> None:
    replace_views(app, ANSWERS[status])
    met = set()
    for rule, method, answer in _asked(signed_in, rules):
        _assert_right(app, rule, method, answer)
        known = method in (rule.methods or set())
        assert known or answer.status_code == 405, (rule.rule, method, answer.status_code)
        declared = caching_of(route_policy(app, rule.endpoint)).control
        kept = declared if known and answer.status_code == 200 else "no-store"
        assert answer.headers["Cache-Control"] == kept, (rule.rule, method, answer.status_code)
        met.add(answer.status_code)
    assert met >= {status, 405}
    witness.undocumented.clear()  # the stand-ins answer what no route of their address does


@pytest.mark.parametrize(
    "path", ["/nothing/", "/en/nothing/", "/xx/", "/api/v1/nothing", "/staff/nothing/", "/assets/no.js"]
)
def test_an_address_that_leads_nowhere_has_them_too(client: FlaskClient, path: str) -> None:
    answer = client.get(f"{path}?{WORDS['question']}", headers=CARRIED)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    for name, value in security_headers(path, needs_at(client.application, path)):
        assert answer.headers.getlist(name) == [value]
    assert found_in(str(answer.headers).encode()) == []
