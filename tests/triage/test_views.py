"""The staff app's pages: the same for everybody, because what they show comes sealed."""

import base64
import hashlib
import json
import re
from itertools import chain
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.packs import packaged
from youthsafe.resources import assets_folder


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


def test_the_desk_has_one_address_for_each_of_its_pages(client: FlaskClient) -> None:
    folder = Path(__file__).parents[2] / "youthsafe/static/pwa/src/desk/pages"
    pages = sorted(each.name.replace("_", "-") for each in folder.iterdir() if each.is_dir())
    assert len(pages) >= 3
    shells = {client.get(f"/staff/en/{page}/").text.replace(f"/{page}/", "/") for page in pages}
    assert len(shells) == 1, "the HTML is the same for every page but for the links to other languages"


def test_the_server_draws_no_form_and_asks_for_no_words(client: FlaskClient) -> None:
    page = client.get("/staff/en/")
    assert re.findall(r"<(?:form|input|textarea|select|button|template)\b", page.text) == []
    assert "form-action 'none'" in page.headers["Content-Security-Policy"]


def test_the_html_says_what_each_file_of_a_page_must_be(client: FlaskClient) -> None:
    [written] = re.findall(r"data-files='([^']+)'", client.get("/staff/en/").text)
    files = json.loads(written)
    assert set(files) >= {"floods", "report"}, "the inbox, which everybody sees first, comes with the desk itself"
    for address, integrity in chain.from_iterable(files.values()):
        content = (assets_folder() / address.removeprefix("/assets/")).read_bytes()
        assert integrity == f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"


@pytest.mark.parametrize("locale", [each.tag for each in packaged().site.locales])
def test_the_html_names_the_translations_of_its_language_and_what_they_must_be(
    client: FlaskClient, locale: str
) -> None:
    named = re.findall(
        r'data-catalogue="/assets/([^"]+)"\s+data-catalogue-integrity="([^"]+)"', client.get(f"/staff/{locale}/").text
    )
    assert len(named) == (0 if locale == "en" else 1)
    for file, integrity in named:
        content = (assets_folder() / file).read_bytes()
        assert integrity == f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"


@pytest.mark.parametrize("path", ["/staff/xx/", "/staff/en/reports/short/", "/staff/en/nothing/"])
def test_an_address_that_is_none_of_the_apps_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
