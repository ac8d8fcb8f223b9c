"""Requests made from the OpenAPI document, right and wrong ones: no 5xx, and no answer that is not in the document."""

import json
from collections import Counter

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import (
    FailureGroup,
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.accounts.office import Office, made, office
from tests.conftest import forget_counts
from tests.long_runs import LongRun
from tests.openapi.material import COORDINATOR, FIRST, Material
from youthsafe.accounts.authentication import COOKIE
from youthsafe.crypto.encoding import b64
from youthsafe.routing.routes import STAFF_HEADER

__all__ = ["made", "office"]

# Not whether what is right by its shape was accepted: a report to an unknown team has every letter in its place.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
PLAIN = {"Accept-Encoding": "identity"}  # the checks read an answer as it comes
COUNTS_LIVE_FOR = 40  # cases; so each operation is asked both within its limit and beyond it


@schemathesis.serializer("application/json")
def compact(_context: schemathesis.SerializationContext, value: object) -> bytes:
    """Write JSON in the one form that the public door accepts."""
    return value if isinstance(value, bytes) else json.dumps(value, separators=(",", ":")).encode()


class Run:
    """Sends the cases and counts the answers by operation and status."""

    def __init__(self, app: Flask, material: Material) -> None:
        self.material = material
        self.bodies = material.bodies()
        self.answers: Counter[tuple[str, int]] = Counter()
        schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
        self.operations: list[APIOperation] = [each.ok() for each in schema.get_all_operations()]

    @property
    def sent(self) -> int:
        return self.answers.total()

    def statuses(self, operation: str) -> set[int]:
        return {status for name, status in self.answers if name == operation}

    def fuzz(self, operation: APIOperation, mode: GenerationMode, times: int) -> None:
        """Ask one operation for so many cases, or for as many different ones as there are."""

        @settings(
            max_examples=times,
            phases=[Phase.generate],
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy(mode), st.data())
        def ask(case: Case, data: st.DataObject) -> None:
            if mode is GenerationMode.POSITIVE:
                self._make_true(case, data)
            self._send(case, data.draw(st.sampled_from([FIRST, COORDINATOR])))

        ask()

    def fuzz_true_bodies(self, operation: APIOperation, times: int) -> None:
        """As `fuzz`, for bodies of so many letters that they are taken from the material and spoilt."""

        @settings(max_examples=times, phases=[Phase.generate], database=None, deadline=None)
        @given(self.bodies[_name(operation)], st.integers(0), st.sampled_from(["", "!", "A", '"', "\u00e9", "}"]))
        def ask(body: object, at: int, spoilt: str) -> None:
            text = json.dumps(body, separators=(",", ":"))
            at %= len(text)
            case = operation.Case(body=(text[:at] + spoilt + text[at + len(spoilt) :]).encode())
            self._send(case, FIRST)

        ask()

    def _make_true(self, case: Case, data: st.DataObject) -> None:
        """Put true values where a generated one would only ever meet the first check."""
        if case.path_parameters:
            case.path_parameters["report_id"] = data.draw(self.material.ids())
        if _name(case.operation) in self.bodies:
            case.body = data.draw(self.bodies[_name(case.operation)])

    def _send(self, case: Case, member: str) -> None:
        if self.sent % COUNTS_LIVE_FOR == 0:
            forget_counts(self.material.office.app)
        cookies = {COOKIE: self.material.cookie(member)} if case.operation.tags == ["staff"] else {}
        named = {STAFF_HEADER: b64(self.material.office.person(member).id)} if cookies else {}
        answer = case.call(cookies=cookies, headers=PLAIN | named)
        self.answers[_name(case.operation), answer.status_code] += 1
        if _name(case.operation) == "accounts_api.sign_out":
            self.material.forget(member)
        case.validate_response(answer, checks=CHECKS)


def _name(operation: APIOperation) -> str:
    return str(operation.definition.raw["operationId"])


def _asks_for_something(operation: APIOperation) -> bool:
    return bool(operation.body or operation.query or operation.path_parameters)


def _is_long(operation: APIOperation) -> bool:
    """Whether the body has more letters than a generator can choose one by one."""
    return _name(operation) in {"reports_api.send", "reports_api.write_back"}


@pytest.fixture
def run(app: Flask, office: Office) -> Run:
    return Run(app, Material(office))


def test_no_request_meets_a_5xx_or_an_answer_that_is_not_in_the_document(run: Run, long_run: LongRun) -> None:
    wanted = long_run.times(2_000, soak=20_000)
    each = wanted * 11 // (20 * sum(map(_asks_for_something, run.operations))) + 1  # a tenth more: some have few cases
    for operation in run.operations:
        if _is_long(operation):
            run.fuzz_true_bodies(operation, 2 * each)
            continue
        run.fuzz(operation, GenerationMode.POSITIVE, each)
        if _asks_for_something(operation):
            run.fuzz(operation, GenerationMode.NEGATIVE, each)
    by_status = Counter[int]()
    for (_, status), count in run.answers.items():
        by_status[status] += count
    long_run.found(
        "requests made from /api/openapi.json",
        cases=run.sent,
        operations=len(run.operations),
        answers=", ".join(f"{count} x {status}" for status, count in sorted(by_status.items())),
        server_errors=sum(count for status, count in by_status.items() if status >= 500),
    )
    assert run.sent >= wanted
    assert max(by_status) < 500
    assert {200, 201, 204, 400, 401, 404, 409, 429} <= set(by_status)


def test_a_server_error_in_one_operation_would_be_found(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("youthsafe.reports.services.messages_of", None)
    [mailbox] = [each for each in run.operations if _name(each) == "reports_api.mailbox"]
    with pytest.raises(FailureGroup, match="Server error"):
        run.fuzz(mailbox, GenerationMode.POSITIVE, 5)
