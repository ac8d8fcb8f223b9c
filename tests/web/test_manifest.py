"""What Chromium asks of an app that can be installed, and the worker's address."""

from struct import unpack

import pytest
from flask import Flask
from flask.testing import FlaskClient

from youthsafe.resources import assets_folder
from youthsafe.rooms import rooms
from youthsafe.web.manifest import _screenshots

MANIFESTS = [("/manifest.webmanifest", "en"), ("/en/manifest.webmanifest", "en"), ("/ar/manifest.webmanifest", "ar")]


@pytest.mark.parametrize(("address", "tag"), MANIFESTS)
def test_an_app_starts_in_the_language_it_was_installed_in(
    app: Flask, client: FlaskClient, address: str, tag: str
) -> None:
    answer = client.get(address)
    manifest = answer.get_json(force=True)
    assert answer.mimetype == "application/manifest+json"
    assert manifest["start_url"] == f"/{tag}/"
    assert (manifest["lang"], manifest["dir"]) == (tag, rooms(app).pack.site.locale(tag).direction)
    assert (manifest["scope"], manifest["id"], manifest["display"]) == ("/", "/", "standalone")
    assert manifest["name"] == "YouthSafe"
    assert len(manifest["short_name"]) <= 12
    assert [each["url"] for each in manifest["shortcuts"]] == [f"/{tag}/support/", f"/{tag}/report/"]
    for each in manifest["shortcuts"]:
        assert client.get(each["url"]).status_code == 200


def test_the_words_of_a_manifest_are_in_its_language(client: FlaskClient) -> None:
    english, arabic = (client.get(f"/{tag}/manifest.webmanifest").get_json(force=True) for tag in ("en", "ar"))
    assert english["description"] == "Help with staying safe, for young people."
    assert arabic["description"] != english["description"]
    assert arabic["shortcuts"][0]["name"] != english["shortcuts"][0]["name"]


@pytest.mark.parametrize(("address", "tag"), MANIFESTS)
def test_every_picture_is_there_and_as_large_as_the_manifest_says(client: FlaskClient, address: str, tag: str) -> None:
    manifest = client.get(address).get_json(force=True)
    pictures = [*manifest["icons"], *manifest["screenshots"], *(each["icons"][0] for each in manifest["shortcuts"])]
    assert {each["sizes"] for each in manifest["icons"]} == {"192x192", "512x512", "any"}
    assert {each["purpose"] for each in manifest["icons"] if "purpose" in each} == {"any", "maskable"}
    assert {each["form_factor"] for each in manifest["screenshots"]} == {"narrow", "wide"}
    for picture in pictures:
        with client.get(picture["src"]) as answer:
            assert (answer.status_code, answer.mimetype) == (200, picture["type"]), picture
            if picture["type"] == "image/png":
                assert picture["sizes"] == _size(answer.get_data())


def test_a_language_has_screenshots_of_its_own_and_one_without_shows_those_in_english(app: Flask) -> None:
    with app.test_request_context():
        own, none = ([each["src"].split("/")[-1] for each in _screenshots(tag)] for tag in ("ar", "cy"))
    assert [name.rpartition("-")[0] for name in own] == ["narrow-ar", "wide-ar"]
    assert [name.rpartition("-")[0] for name in none] == ["narrow-en", "wide-en"]


@pytest.mark.parametrize("address", ["/en/", "/ar/cards/", "/en/report/", "/offline", "/ar/nowhere/"])
def test_every_page_names_its_manifest_and_the_worker(client: FlaskClient, address: str) -> None:
    tag = "ar" if address.startswith("/ar") else "en"
    page = client.get(address).text
    assert f'<link rel="manifest" href="/{tag}/manifest.webmanifest">' in page
    assert 'data-worker="/sw.js"' in page


def test_the_staff_rooms_and_the_page_of_leaving_start_no_worker(client: FlaskClient) -> None:
    for address in ("/staff/", "/leaving"):
        assert "data-worker" not in client.get(address, follow_redirects=True).text, address


def test_the_worker_is_served_from_the_root_and_asked_for_each_time(client: FlaskClient, app: Flask) -> None:
    answer = client.get("/sw.js")
    assert (answer.status_code, answer.mimetype) == (200, "text/javascript")
    assert "no-cache" in answer.headers["Cache-Control"]
    assert "connect-src 'self'" in answer.headers["Content-Security-Policy"]
    name = rooms(app).assets.names["sw.js"]
    assert answer.get_data() == (assets_folder() / name).read_bytes()


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_page_about_the_app_warns_that_others_can_see_it(client: FlaskClient, tag: str) -> None:
    page = client.get(f"/{tag}/app/").text
    assert page.count('<details class="card"') == 2  # iPhone, Android
    assert "data-keep" in page
    assert "data-remove" in page
    assert 'class="notice warn"' in page


def _size(png: bytes) -> str:
    width, height = unpack(">II", png[16:24])
    return f"{width}x{height}"
