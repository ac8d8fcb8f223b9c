"""What the two parts of the offline pack hold, and that worker and server agree about what may be kept."""

import json
import subprocess
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from hatch_build import BROWSER_HALF, NODE
from youthsafe.web.caching import POLICIES
from youthsafe.web.headers import security_headers

Part = dict[str, dict[str, Any]]
EXAMPLES = {"locale": "en", "kind": "safe-haven", "area": "catford", "topic": "bullying", "slug": "tell-an-adult"}
ID = "A" * 22


def _part(client: FlaskClient, tag: str, name: str) -> Part:
    answer = client.get(f"/{tag}/offline/{name}.json")
    assert answer.status_code == 200
    pages: Part = answer.get_json()["pages"]
    return pages


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_pages_are_every_card_the_services_the_shells_and_the_frame(
    app: Flask, client: FlaskClient, tag: str
) -> None:
    pages = _part(client, tag, "pages")
    topics = app.extensions["youthsafe.pack"].topics(tag)
    cards = {f"/{tag}/cards/{topic.slug}/{card.slug}/" for topic in topics for card in topic.cards}
    assert len(cards) > 30
    assert cards | {f"/{tag}/cards/{topic.slug}/" for topic in topics} <= set(pages)
    frame = {f"/{tag}/{path}" for path in ("", "about/", "accessibility/", "app/", "manifest.webmanifest")}
    assert frame | {f"/{tag}/support/", f"/{tag}/people/", f"/{tag}/report/", f"/{tag}/replies/"} <= set(pages)
    assert {"/offline", "/leaving", "/icon.svg"} <= set(pages)


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_places_are_the_list_and_its_parts(client: FlaskClient, tag: str) -> None:
    places = _part(client, tag, "places")
    assert f"/{tag}/havens/" in places
    assert f"/{tag}/havens/area/catford/" in places
    assert f"/{tag}/havens/poster/" not in places
    assert all(path.startswith(f"/{tag}/havens/") for path in places)


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_nothing_of_the_staff_of_the_api_or_of_another_language_is_in_a_pack(client: FlaskClient, tag: str) -> None:
    for path in _part(client, tag, "pages") | _part(client, tag, "places"):
        assert path.startswith(f"/{tag}/") or path in {"/offline", "/leaving", "/icon.svg"}, path


def test_a_kept_page_is_the_page_itself_with_all_its_headers(client: FlaskClient) -> None:
    pages = _part(client, "en", "pages")
    for path in ("/en/", "/en/cards/bullying/tell-an-adult/", "/en/report/", "/icon.svg"):
        answer = client.get(path)
        assert pages[path]["body"] == answer.text
        assert pages[path]["headers"]["Content-Type"] == answer.headers["Content-Type"]
        assert pages[path]["headers"].items() >= dict(security_headers(path)).items()
    assert "wasm-unsafe-eval" in pages["/en/report/"]["headers"]["Content-Security-Policy"]
    assert "wasm-unsafe-eval" not in pages["/en/"]["headers"]["Content-Security-Policy"]


def test_a_pack_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/en/offline/pages.json", headers={"Accept-Encoding": "br"})
    again = client.get("/en/offline/pages.json", headers={"If-None-Match": first.headers["ETag"]})
    assert "no-cache" in first.headers["Cache-Control"]
    assert (again.status_code, again.get_data()) == (304, b"")


def test_the_worker_and_the_caching_table_agree_about_every_route(app: Flask) -> None:
    paths: dict[str, str] = {}
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            values = {name: EXAMPLES.get(name, ID) for name in rule.arguments}
            built = rule.build(values)
            assert built is not None
            paths[built[1]] = rule.endpoint
    script = (
        "import { ruleOf } from './src/cache-policy.js';"
        "const rules = JSON.parse(process.argv[1]).map((path) => [path, ruleOf(path)]);"
        "console.log(JSON.stringify(Object.fromEntries(rules)));"
    )
    command = [NODE / "bin/node", "--input-type=module", "--eval", script, json.dumps(sorted(paths))]
    said = subprocess.run(command, cwd=BROWSER_HALF, check=True, capture_output=True, text=True).stdout
    assert json.loads(said) == {path: POLICIES[endpoint].worker.value for path, endpoint in paths.items()}
