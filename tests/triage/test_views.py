"""The staff app's pages: the same for everybody, because what they show comes sealed."""

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


@pytest.mark.parametrize("path", ["/staff/xx/", "/staff/en/reports/short/"])
def test_an_address_that_is_none_of_the_apps_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
