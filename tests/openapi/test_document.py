"""The document at /api/openapi.json is complete, true to the routes and to the formats, and can be kept."""

import json
import re

import jsonschema_rs
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.openapi.witness import answers_of
from tests.sealing import SealedInstance
from youthsafe.crypto.encoding import EncodingError, b64, unb64
from youthsafe.routing.json_schema import base64url
from youthsafe.web import openapi

Document = dict[str, dict[str, dict[str, dict[str, dict[str, object]]]]]


@pytest.fixture
def document(client: FlaskClient) -> Document:
    found: Document | None = client.get("/api/openapi.json").json
    assert found is not None
    return found


def test_every_route_under_api_is_in_the_document_and_the_reverse(app: Flask, document: Document) -> None:
    routes = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule), method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert set(answers_of(document)) == routes
    assert len(routes) > 10


def test_a_route_that_says_nothing_of_itself_stops_the_document(app: Flask) -> None:
    app.add_url_rule("/api/v1/silent", "silent", lambda: "")
    with pytest.raises(LookupError, match="/api/v1/silent does not describe"):
        openapi.document(app)


def test_every_operation_has_a_summary_its_limit_and_a_good_answer(document: Document) -> None:
    for address, operations in document["paths"].items():
        for method, operation in operations.items():
            if method == "parameters":
                continue
            assert operation["summary"], address
            assert re.search(r"(^|\n\n)Limit `", operation["description"]), address
            assert {int(status) // 100 for status in operation["responses"]} >= {2, 5}, address


def test_what_is_for_staff_needs_a_session_and_nothing_else_does(document: Document) -> None:
    for address, operations in document["paths"].items():
        for method, operation in operations.items():
            if method == "parameters":
                continue
            needs = operation.get("security") == [{"session": []}]
            assert needs == (operation["tags"] == ["staff"]) == ("401" in operation["responses"] and needs), address


def test_what_is_for_staff_may_name_the_member_whose_page_asks(document: Document) -> None:
    for address, operations in document["paths"].items():
        for method, operation in operations.items():
            if method != "parameters":
                named = {each.get("name") for each in operation.get("parameters", [])}
                assert ("YouthSafe-Member" in named) == (operation["tags"] == ["staff"]), address


def contents(document: Document) -> list[dict[str, object]]:
    """Everything that a request or an answer may hold."""
    return [
        content
        for operations in document["paths"].values()
        for method, operation in operations.items()
        if method != "parameters"
        for holder in (operation.get("requestBody", {}), *operation["responses"].values())
        for content in holder.get("content", {}).values()
    ]


def whole(shape: object, document: Document) -> dict[str, object]:
    """A shape with the named ones that it refers to."""
    assert isinstance(shape, dict)
    return {**shape, "components": document["components"], "$schema": "https://json-schema.org/draft/2020-12/schema"}


def test_every_shape_is_json_schema_and_has_a_name(document: Document) -> None:
    shapes = [content["schema"] for content in contents(document)]
    assert len(shapes) > 50
    for shape in shapes:
        jsonschema_rs.meta.validate(whole(shape, document))
        assert shape == {"type": "object"} or str(shape["$ref"]).startswith("#/components/schemas/")


def test_every_body_and_good_answer_has_an_example_of_its_shape(document: Document) -> None:
    shown = [
        content for content in contents(document) if "Problem" not in str(content) and "Wanted" not in str(content)
    ]
    refusals = [each for each in contents(document) if re.search("/(Problem|WorkWanted)'", str(each["schema"]))]
    assert len(shown) + len(refusals) == len(contents(document))
    for content in shown:
        jsonschema_rs.validator_for(whole(content["schema"], document)).validate(content["example"])


def test_the_work_that_a_report_costs_is_described_as_it_is_asked_for(
    app: Flask, document: Document, instance: SealedInstance, client: FlaskClient
) -> None:
    send = document["paths"]["/api/v1/reports"]["post"]
    assert "Youthsafe-Work" in {each["name"] for each in send["parameters"]}
    challenge = client.post(
        "/api/v1/work",
        data=json.dumps({"report": b64(bytes(16))}, separators=(",", ":")),
        content_type="application/json",
    ).json
    described = send["responses"]["428"]["content"]["application/problem+json"]["schema"]
    problem = {"type": "urn:youthsafe:problem:work-wanted", "title": "x", "status": 428, "detail": "x", **challenge}
    jsonschema_rs.validator_for(whole(described, document)).validate(problem)


def test_cookies_and_what_is_kept_of_an_answer_are_described(document: Document) -> None:
    for address, operations in document["paths"].items():
        for method, operation in operations.items():
            if method == "parameters":
                continue
            headers = {name for answer in operation["responses"].values() for name in answer.get("headers", {})}
            cookies = address in {"/api/v1/staff/sign-in", "/api/v1/staff/sign-out"}
            assert ("Set-Cookie" in headers) == cookies, address
            asked = "If-None-Match" in {each["name"] for each in operation.get("parameters", [])}
            assert ("ETag" in headers) == asked == ("304" in operation["responses"]), address


def test_a_second_client_learns_whose_the_document_is_and_where_to_ask(document: Document) -> None:
    assert document["info"]["license"]["identifier"] == "MIT"
    assert document["info"]["contact"]
    assert "Sec-Fetch-Site" in document["info"]["description"]
    assert document["servers"] == [{"url": "/", "description": "The instance that gives this document."}]
    used = {
        tag
        for paths in document["paths"].values()
        for name, each in paths.items()
        if name != "parameters"
        for tag in each["tags"]
    }
    assert {tag["name"] for tag in document["tags"] if tag["description"]} == used


def test_a_sealed_report_and_its_answers_have_the_shapes_that_are_shown(
    document: Document, instance: SealedInstance, client: FlaskClient
) -> None:
    operation = document["paths"]["/api/v1/reports"]["post"]
    shape = operation["requestBody"]["content"]["application/json"]["schema"]
    report = instance.report()
    body = jsonschema_rs.validator_for(whole(shape, document))
    assert body.is_valid(json.loads(report.body))
    assert not body.is_valid(json.loads(report.body.replace(b'"note":"', b'"note":"A')))
    shapes = document["components"]["schemas"]
    assert list(shapes["SealedReport"]["properties"]) == ["envelope", "mailbox"]
    assert list(shapes["NewMailbox"]["properties"]) == ["id", "verifier", "key", "note"]  # in the order sent


@pytest.mark.parametrize("length", [0, 1, 2, 3, 16, 32, 65])
def test_base64url_of_a_length_is_described_as_it_is_read(length: int) -> None:
    described = jsonschema_rs.validator_for(base64url(length))
    right = b64(bytes(range(length)))
    wrong = [right + "A", right[:-1] + "!", right[:-1] + "B", right + "=", right + "\n"]
    assert described.is_valid(right)
    for text in wrong:
        assert described.is_valid(text) == _is_read(text, length), text


def test_the_document_is_kept_and_asked_for_again_costs_nothing(client: FlaskClient) -> None:
    first = client.get("/api/openapi.json")
    assert first.headers["Cache-Control"].startswith("public, max-age=")
    again = client.get("/api/openapi.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def _is_read(text: str, length: int) -> bool:
    try:
        unb64(text, length)
    except EncodingError:
        return False
    return True
