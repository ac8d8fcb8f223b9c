"""The page of services says what is known, and never makes the unknown look safe."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from youthsafe.config import PACKAGED_CONTENT, Config

SAFE_BILL = "does not show on a phone bill"


def page(client: FlaskClient, locale: str = "en") -> str:
    response = client.get(f"/{locale}/support/")
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    return response.get_data(as_text=True)


def entry(text: str, service: str) -> str:
    start = text.index(f'id="{service}"')
    return text[start : text.find('class="service"', start + 1)]


def test_each_way_to_reach_a_service_is_a_link(client: FlaskClient) -> None:
    text = page(client)
    assert 'href="tel:08001111"' in entry(text, "childline")
    assert 'href="sms:85258?&amp;body=SHOUT"' in entry(text, "shout")
    assert 'href="https://www.kooth.com" rel="noreferrer"' in entry(text, "kooth")


def test_an_unknown_bill_is_never_shown_as_safe(client: FlaskClient) -> None:
    text = page(client)
    assert SAFE_BILL not in text
    assert "It may show on a phone bill. We do not know." in entry(text, "shout")


def test_a_website_says_nothing_about_bills(client: FlaskClient) -> None:
    assert "phone bill" not in entry(page(client), "kooth")


def test_what_could_not_be_checked_says_so(client: FlaskClient) -> None:
    text = page(client)
    assert text.count("We have not checked this lately.") == text.count('class="service"')
    assert "not checked yet" in entry(text, "stop-hate-uk")
    assert "not checked yet" not in entry(text, "childline")


def test_a_known_bill_and_a_fresh_check_are_told(
    tmp_path: Path, config: Config, make_app: Callable[[Config], Flask]
) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(PACKAGED_CONTENT, folder)
    services = folder / "services.yaml"
    text = services.read_text(encoding="utf-8").replace(
        "verified_on: null\n    status: unknown", "verified_on: 2026-11-01\n    status: live", 1
    )
    services.write_text(text.replace("shows_on_bill: unknown", 'shows_on_bill: "no"', 1), encoding="utf-8")
    shown = entry(page(make_app(replace(config, content=folder)).test_client()), "emergency")
    assert SAFE_BILL in shown
    assert "2026-11-01" in shown
    assert "not checked this lately" not in shown


def test_adults_have_their_own_part_at_the_end(client: FlaskClient) -> None:
    text = page(client)
    assert text.index('id="childline"') < text.index('id="adults"') < text.index('id="mash"')


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_every_number_is_isolated(client: FlaskClient, locale: str) -> None:
    text = page(client, locale)
    main = text[text.index("<main") : text.index("</main>")]
    visible = re.sub(r"<svg.*?</svg>|<bdi dir=\"ltr\">.*?</bdi>|<[^>]*>|HOPELINE247|&#\d+;", "", main)
    assert re.search(r"\d", visible) is None


def test_arabic_keeps_the_english_beside_it(client: FlaskClient) -> None:
    text = page(client, "ar")
    assert 'class="translation-note"' in text
    assert "Talk about anything that worries you." in entry(text, "childline")


def test_help_is_there_when_the_database_is_gone(
    config: Config, make_app: Callable[[Config], Flask], database_path: Path
) -> None:
    client = make_app(config).test_client()
    database_path.unlink()
    assert 'href="tel:08001111"' in page(client)
