import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import SettableClock
from youthsafe.config import Config
from youthsafe.crypto.encoding import b64
from youthsafe.database import transaction
from youthsafe.havens import services
from youthsafe.havens.models import Haven
from youthsafe.pack.faults import ContentError
from youthsafe.rooms import rooms

UNKNOWN = b64(bytes(16))


@pytest.fixture
def havens(app: Flask, clock: SettableClock) -> dict[str, Haven]:
    with app.app_context(), transaction():
        services.load_demo(clock())
    with app.app_context():
        return {haven.name: haven for haven in services.active_havens()}


def address(havens: dict[str, Haven], part: str) -> str:
    return next(f"/en/havens/{b64(haven.id)}/" for name, haven in havens.items() if part in name)


def forget_pages(app: Flask) -> None:
    rooms(app).page_cache.forget()


@pytest.mark.usefixtures("havens")
def test_the_list_names_every_haven_and_what_to_do_when_nobody_helps(client: FlaskClient) -> None:
    page = client.get("/en/havens/").text
    assert page.count('class="card stack haven"') == 5
    assert "another busy place" in page
    assert "Open now, until" in page
    assert "We have not checked this lately" in page


def test_an_empty_list_says_where_to_go_instead(client: FlaskClient) -> None:
    page = client.get("/en/havens/").text
    assert "There are no Safe Havens on our list right now." in page
    assert "tel:999" in page


def test_a_haven_says_where_when_and_what_happens_there(client: FlaskClient, havens: dict[str, Haven]) -> None:
    page = client.get(address(havens, "Moonbeam")).text
    for text in ("1 Pretend Parade", "front desk", "18:00", "another busy place", "tel:999", "11 November 2026"):
        assert text in page


def test_a_haven_speaks_the_readers_language_where_it_can(client: FlaskClient, havens: dict[str, Haven]) -> None:
    page = client.get(address(havens, "Moonbeam").replace("/en/", "/ar/")).text
    assert "المكتب الأمامي" in page
    assert '<html lang="ar" dir="rtl"' in page


def test_unknown_hours_are_said_and_not_guessed(client: FlaskClient, havens: dict[str, Haven]) -> None:
    page = client.get(address(havens, "Paper Boat")).text
    assert "We do not know if it is open" in page
    assert "We do not know the opening times." in page


@pytest.mark.usefixtures("havens")
def test_the_list_says_until_when_a_copy_of_it_is_good(client: FlaskClient) -> None:
    page = client.get("/en/havens/").text
    assert 'data-read-at="2026-11-23T09:30:15+00:00"' in page
    assert 'data-valid-until="2026-11-24T09:30:15+00:00"' in page


@pytest.mark.usefixtures("havens")
def test_a_copy_is_not_good_beyond_the_day_on_which_a_haven_pauses(client: FlaskClient, clock: SettableClock) -> None:
    clock.move(days=59)  # the chip shop was verified 120 days before
    assert 'data-valid-until="2027-01-22T00:00:00+00:00"' in client.get("/en/havens/").text


@pytest.mark.usefixtures("havens")
def test_offices_for_hate_crime_are_shown_only_to_whoever_asks_and_keep_their_numbers(client: FlaskClient) -> None:
    havens = client.get("/en/havens/").text
    sites = client.get("/en/havens/kind/hate-crime-site/").text
    assert 'href="/en/havens/kind/hate-crime-site/"' in havens
    assert 'id="place-6"' not in havens
    assert sites.count('class="card stack haven"') == 1
    assert 'id="place-6"' in sites
    assert "Here people help you report it" in sites
    assert client.get("/en/havens/kind/safe-haven/").text.count('class="card stack haven"') == 5


@pytest.mark.usefixtures("havens")
def test_a_part_of_the_borough_shows_what_is_in_it(client: FlaskClient) -> None:
    page = client.get("/en/havens/area/catford/").text
    assert "<h1>Catford</h1>" in page
    assert "DEMO Moonbeam Library" in page
    assert "Chip Shop" not in page
    assert "Storybook" not in client.get("/en/havens/area/deptford/").text, "an office for reports is no haven"
    assert "There is no place on our list in this part." in client.get("/en/havens/area/grove-park/").text


@pytest.mark.parametrize("path", ["kind/castle/", "area/atlantis/", "area/%2e%2e/"])
def test_a_kind_or_a_part_that_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"/en/havens/{path}").status_code == 404


@pytest.mark.parametrize(
    ("kind", "words"),
    [("safe-haven", "There are no Safe Havens"), ("hate-crime-site", "There is no place to report hate crime")],
)
def test_an_empty_list_of_one_kind_says_what_to_do(client: FlaskClient, kind: str, words: str) -> None:
    page = client.get(f"/en/havens/kind/{kind}/").text
    assert words in page
    assert "tel:999" in page


@pytest.mark.usefixtures("havens")
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_map_and_list_have_the_same_places_with_the_same_numbers(client: FlaskClient, locale: str) -> None:
    page = client.get(f"/{locale}/havens/").text
    pins = re.findall(r'<a class="pin" href="([^"]+)" aria-label="(\d+)\. ([^"]+)"', page)
    rows = re.findall(r'pin-number[^>]*>(\d+)</span> <a href="([^"]+)"><bdi>([^<]+)', page)
    assert sorted(pins) == sorted((href, number, name) for number, href, name in rows)
    assert len(pins) == 5


@pytest.mark.usefixtures("havens")
def test_open_places_come_first_unknown_ones_next_and_closed_ones_are_folded_away(client: FlaskClient) -> None:
    page = client.get("/en/havens/").text
    states = re.findall(r'data-state="(\w+)"', page)
    assert states == ["open"] * 3 + ["unknown", "closed"]
    shown, folded = page.split('<details class="closed-places"', 1)
    assert shown.count('class="card stack haven"') == 4
    assert "Chip Shop" in folded.split("</details>", 1)[0]
    assert shown.index("data-nearest") < shown.index('<svg class="map"')


@pytest.mark.usefixtures("havens")
def test_when_nothing_is_open_the_list_says_where_to_go_instead(client: FlaskClient, clock: SettableClock) -> None:
    clock.move(hours=-6)  # half past three at night: one place whose hours nobody knows is left
    page = client.get("/en/havens/").text
    assert 'data-state="open"' not in page
    assert page.count('data-state="closed"') == 4


def test_a_haven_has_a_map_and_a_way_into_the_phones_own_maps(client: FlaskClient, havens: dict[str, Haven]) -> None:
    page = client.get(address(havens, "Moonbeam")).text
    assert page.count('<a class="pin"') == 1
    assert 'href="geo:51.4452,-0.0208?q=51.4452,-0.0208(DEMO%20Moonbeam%20Library)"' in page
    assert "The company that makes it then learns which place you look for." in page
    assert "Walking time: about" in page


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/en/havens/", "(self)"),
        ("/ar/havens/area/deptford/", "(self)"),
        ("/en/", "()"),
        ("/en/report/", "()"),
        ("/staff/", "()"),
        ("/en/nowhere/havens/", "()"),
        ("/healthz", "()"),
    ],
)
def test_a_phone_may_be_asked_where_it_is_on_pages_about_havens_only(
    client: FlaskClient, address: str, place: str
) -> None:
    assert f"geolocation={place}" in client.get(address).headers["Permissions-Policy"].split(", ")


@pytest.mark.usefixtures("havens")
def test_the_page_is_small_on_the_wire(client: FlaskClient) -> None:
    response = client.get("/ar/havens/", headers={"Accept-Encoding": "br"})
    assert response.headers["Content-Encoding"] == "br"
    assert len(response.data) < 15_000


def test_a_pack_without_a_map_has_the_list_alone(
    config: Config, make_app: Callable[[Config], Flask], tmp_path: Path, clock: SettableClock
) -> None:
    app = _with_basemap(config, make_app, tmp_path, None)
    with app.app_context(), transaction():
        services.load_demo(clock())
    client = app.test_client()
    page = client.get("/en/havens/").text
    assert "DEMO Moonbeam Library" in page
    assert '<svg class="map"' not in page
    assert client.get("/en/havens/poster/").status_code == 200
    assert client.get("/en/havens/area/deptford/").status_code == 404


def test_a_broken_map_stops_the_start_and_says_where(
    config: Config, make_app: Callable[[Config], Flask], tmp_path: Path
) -> None:
    with pytest.raises(ContentError, match=r"basemap.geojson:1: .*outline.* — mend the feature"):
        _with_basemap(config, make_app, tmp_path, '{"type": "FeatureCollection", "features": []}')


def _with_basemap(config: Config, make_app: Callable[[Config], Flask], folder: Path, basemap: str | None) -> Flask:
    """An application whose pack has another base map, or none."""
    pack = folder / "pack"
    shutil.copytree(config.content, pack)
    (pack / "basemap.geojson").unlink()
    if basemap is not None:
        (pack / "basemap.geojson").write_text(basemap, encoding="utf-8")
    return make_app(replace(config, content=pack))


@pytest.mark.parametrize("haven_id", [UNKNOWN, "short", "not*base64*but*22*long", "%D8%A3"])
def test_an_address_without_a_haven_is_not_found(client: FlaskClient, haven_id: str) -> None:
    response = client.get(f"/en/havens/{haven_id}/")
    assert response.status_code == 404
    assert "tel:999" in response.text


def test_a_haven_nobody_verified_for_half_a_year_has_no_page(
    app: Flask, client: FlaskClient, havens: dict[str, Haven], clock: SettableClock
) -> None:
    place = address(havens, "Moonbeam")
    clock.move(days=168)
    assert client.get(place).status_code == 404


@pytest.mark.usefixtures("havens")
def test_the_last_list_is_shown_while_the_database_is_away(
    app: Flask, client: FlaskClient, database_path: Path, clock: SettableClock
) -> None:
    client.get("/en/havens/")
    database_path.unlink()
    forget_pages(app)
    clock.move(hours=3)
    response = client.get("/en/havens/")
    assert response.status_code == 200
    assert "We could not check for changes just now." in response.text
    assert "DEMO Moonbeam Library" in response.text


@pytest.mark.usefixtures("havens")
def test_a_copy_older_than_a_day_is_not_trusted(
    app: Flask, client: FlaskClient, database_path: Path, clock: SettableClock
) -> None:
    client.get("/en/havens/")
    database_path.unlink()
    forget_pages(app)
    clock.moment += timedelta(hours=24, seconds=1)
    assert client.get("/en/havens/").status_code == 503


def test_without_database_and_copy_the_page_says_so_with_help(client: FlaskClient, database_path: Path) -> None:
    database_path.unlink()
    response = client.get("/ar/havens/")
    assert response.status_code == 503
    assert "tel:999" in response.text
    assert "tel:08001111" in response.text
