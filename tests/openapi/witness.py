"""Compares every answer that any test gets from /api/ with what the OpenAPI document says of it."""

from functools import cache

from flask import Flask, Response, current_app, request

from youthsafe.web import openapi

Answers = dict[tuple[str, str], set[int]]


class Witness:
    """Remembers the answers whose status the document does not name."""

    def __init__(self) -> None:
        self.undocumented: list[tuple[str, str, int]] = []

    def watch(self, app: Flask) -> None:
        """Look at the answers of one application."""
        app.after_request(self._look)

    def _look(self, response: Response) -> Response:
        rule = request.url_rule
        if rule is not None and rule.rule.startswith(openapi.API) and request.method not in {"HEAD", "OPTIONS"}:
            asked = (openapi.address(rule), request.method)
            if response.status_code not in _documented().get(asked, set()):
                self.undocumented.append((*asked, response.status_code))
        return response


@cache
def _documented() -> Answers:
    """The statuses by address and method; every application of a run has the same routes."""
    return answers_of(openapi.document(current_app))


def answers_of(document: dict[str, dict[str, dict[str, dict[str, object]]]]) -> Answers:
    return {
        (address, method.upper()): {int(status) for status in operation["responses"]}
        for address, operations in document["paths"].items()
        for method, operation in operations.items()
        if method != "parameters"
    }
