"""What the two parts of the offline pack hold, and that worker and server agree about what may be kept."""

import json
import subprocess
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from hatch_build import BROWSER_HALF, NODE
from youthsafe.rooms import rooms
from youthsafe.routing.routes import declared_routes
from youthsafe.web.headers import needs_at, security_headers

Part = dict[str, str]
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
    topics = rooms(app).pack.topics(tag)
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


def test_a_kept_page_is_the_page_itself(client: FlaskClient) -> None:
    pages = _part(client, "en", "pages")
    for path in ("/en/", "/en/cards/bullying/tell-an-adult/", "/en/report/", "/icon.svg"):
        assert pages[path] == client.get(path).text


def _ran(expression: str, *values: object) -> Any:
    """What the worker's rules say, from the sources."""
    script = (
        f"import * as policy from './src/sw/policy.ts'; const given = JSON.parse(process.argv[1]);"
        f"console.log(JSON.stringify({expression}));"
    )
    command = [NODE / "bin/node", "--input-type=module", "--eval", script, json.dumps(values)]
    return json.loads(subprocess.run(command, cwd=BROWSER_HALF, check=True, capture_output=True, text=True).stdout)


def test_the_worker_gives_kept_pages_the_headers_that_the_server_gives_them(client: FlaskClient) -> None:
    origin = "https://youthsafe.example.org"
    wanted = {}
    paths = [*_part(client, "en", "pages"), *_part(client, "en", "places"), "/en/teach/bullying/"]
    assets = [f"/assets/{each}" for each in rooms(client.application).assets.names.values()]
    for path in [*paths, *(each for each in assets if each.endswith((".js", ".css")))]:
        with client.get(path) as answer:
            kind = answer.headers["Content-Type"].replace('"', "")
        wanted[path] = dict(security_headers(path, needs_at(client.application, path), origin)) | {"Content-Type": kind}
    worker = _ran(
        "Object.fromEntries(given[0].map((each) => [each, policy.headersOf(each, given[1])]))", list(wanted), origin
    )
    for path, headers in worker.items():
        assert headers.items() <= wanted[path].items(), path
        missing = set(wanted[path]) - set(headers)
        assert missing <= {"Strict-Transport-Security", "X-Robots-Tag"}, path  # no concern of what lies on a phone


def test_the_worker_works_out_the_name_that_the_server_gives_a_pack(client: FlaskClient) -> None:
    answer = client.get("/ta/offline/pages.json")
    script = (
        "import { createHash } from 'node:crypto'; import { readFileSync } from 'node:fs';"
        "const { pages } = JSON.parse(readFileSync(0, 'utf8'));"
        "console.log(createHash('sha256').update(JSON.stringify({ pages })).digest('hex').slice(0, 32));"
    )
    command = [NODE / "bin/node", "--input-type=module", "--eval", script]
    said = subprocess.run(command, check=True, capture_output=True, input=answer.get_data()).stdout.decode().strip()
    assert answer.headers["ETag"] == f'W/"{said}"'


def test_every_page_of_a_pack_is_one_that_the_worker_takes(client: FlaskClient) -> None:
    for name in ("pages", "places"):
        address, pages = f"/ar/offline/{name}.json", _part(client, "ar", name)
        refused = _ran(
            "Object.entries(given[1]).filter((page) => !policy.belongs(given[0], ...page)).map(([path]) => path)",
            address,
            {path: text[:400] for path, text in pages.items()},
        )
        assert refused == []


def test_a_pack_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/en/offline/pages.json", headers={"Accept-Encoding": "br"})
    again = client.get("/en/offline/pages.json", headers={"If-None-Match": first.headers["ETag"]})
    assert "no-cache" in first.headers["Cache-Control"]
    assert (again.status_code, again.get_data()) == (304, b"")


def test_the_worker_and_the_declarations_agree_about_every_route(app: Flask) -> None:
    paths: dict[str, str] = {}  # the rule of each
    with app.test_request_context():
        for rule, policy in declared_routes(app):
            values = {name: EXAMPLES.get(name, ID) for name in rule.arguments}
            built = rule.build(values)
            assert built is not None
            paths[built[1]] = policy.worker.value
    script = (
        "import { ruleOf } from './src/sw/policy.ts';"
        "const rules = JSON.parse(process.argv[1]).map((path) => [path, ruleOf(path)]);"
        "console.log(JSON.stringify(Object.fromEntries(rules)));"
    )
    command = [NODE / "bin/node", "--input-type=module", "--eval", script, json.dumps(sorted(paths))]
    said = subprocess.run(command, cwd=BROWSER_HALF, check=True, capture_output=True, text=True).stdout
    assert json.loads(said) == paths
