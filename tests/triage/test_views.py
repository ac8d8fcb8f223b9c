"""The staff app's pages: the same for everybody, because what they show comes sealed."""

import re

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(("asked", "given"), [("ar", "ar"), ("en-GB, ar;q=0.5", "en"), ("xx", "en")])
def test_the_staff_address_leads_to_the_best_language(client: FlaskClient, asked: str, given: str) -> None:
    answer = client.get("/staff/", headers={"Accept-Language": asked})
    assert answer.status_code == 302
    assert answer.location == f"/staff/{given}/"


@pytest.mark.parametrize("path", ["/staff/en/", "/staff/en/inbox/", f"/staff/en/reports/{'A' * 22}/"])
def test_every_address_of_the_app_gives_the_shell_without_a_cookie(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert 'data-base="/staff/en/"' in answer.text
    assert "Set-Cookie" not in answer.headers


def test_a_report_that_does_not_exist_gives_the_same_page_as_any_other(client: FlaskClient) -> None:
    first, second = (client.get(f"/staff/en/reports/{letter * 22}/").text for letter in "AB")
    assert first.replace("A" * 22, "") == second.replace("B" * 22, "")


def test_what_a_caseworker_types_has_no_name_that_a_form_could_send(client: FlaskClient) -> None:
    page = client.get("/staff/en/").text
    assert " name=" not in page.split("<main", 1)[1]
    assert "form-action 'none'" in client.get("/staff/en/").headers["Content-Security-Policy"]


def test_no_field_of_the_desk_invites_a_browser_to_keep_what_is_typed(client: FlaskClient) -> None:
    page = client.get("/staff/en/").text.split("<main", 1)[1]
    fields = re.findall(r"<(?:input|textarea|select)\b[^>]*>", page)
    assert len(fields) > 6
    kept = [each for each in fields if 'autocomplete="off"' not in each and 'autocomplete="one-time-code"' not in each]
    assert kept == []
    assert 'type="password"' not in page, "browsers offer to keep a password, and send it to their maker"


def test_who_is_refused_at_sign_in_is_always_told_how_long_five_wrong_tries_wait(client: FlaskClient) -> None:
    refused = client.get("/staff/en/").text.split('data-phrase="trouble-refused"', 1)[1].split("</span>", 1)[0]
    assert "wait 15 minutes" in refused


@pytest.mark.parametrize("path", ["/staff/xx/", "/staff/en/reports/short/"])
def test_an_address_that_is_none_of_the_apps_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
