"""The browser half's files: what is served for ever, and what pages say of them."""

import base64
import hashlib
import re

import pytest
from flask.testing import FlaskClient

from youthsafe.resources import assets_folder

NAMED = re.compile(r'<(?:script|link rel="stylesheet")[^>]*?(?:src|href)="/assets/([^"]+)"(?: integrity="([^"]+)")?')


@pytest.mark.parametrize("name", ["SHA256SUMS", "desk_pages.json", "manifest.json"])
def test_a_list_without_a_hash_in_its_name_is_not_served(client: FlaskClient, name: str) -> None:
    assert (assets_folder() / name).exists()
    assert client.get(f"/assets/{name}").status_code == 404


@pytest.mark.parametrize("path", ["/en/", "/en/report/", "/en/replies/", "/en/havens/", "/en/teach/", "/staff/en/"])
def test_a_page_says_what_each_of_its_scripts_and_styles_must_be(client: FlaskClient, path: str) -> None:
    found = NAMED.findall(client.get(path).text)
    assert found
    for name, said in found:
        content = (assets_folder() / name).read_bytes()
        assert said == f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}", (path, name)
