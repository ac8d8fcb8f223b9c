from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import SettableClock
from youthsafe.crypto.encoding import b64
from youthsafe.database import transaction
from youthsafe.havens import services
from youthsafe.havens.models import Haven

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
    app.extensions["youthsafe.page_cache"].forget()


@pytest.mark.usefixtures("havens")
def test_the_list_names_every_haven_and_what_to_do_when_nobody_helps(client: FlaskClient) -> None:
    page = client.get("/en/havens/").text
    assert page.count("DEMO ") >= 6
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
