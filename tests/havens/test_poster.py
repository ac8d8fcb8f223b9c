"""The poster through Chromium's own print: one tagged A3 sheet whose code leads to this site's list."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests import prints
from tests.packs import packaged
from youthsafe.config import Config

OFFERED = [locale.tag for locale in packaged().site.locales]
A3 = (297.0, 420.0)  # millimetres


def poster(page: Page, site: str, locale: str, folder: Path) -> Path:
    page.goto(f"{site}/{locale}/havens/poster/")
    return prints.printed(page, folder, background=True)


def assert_one_a3_sheet(pdf: Path) -> None:
    found = prints.facts(pdf)
    assert found["Pages"] == "1"
    assert prints.paper(pdf) == pytest.approx(A3, abs=0.5)
    assert found["Tagged"] == "yes"


@pytest.mark.journey
def test_the_poster_is_one_tagged_a3_sheet_in_every_language_whose_code_leads_to_the_list(
    phone: Page, site: str, tmp_path: Path
) -> None:
    assert {"ar", "ta"} < set(OFFERED)
    for locale in OFFERED:
        pdf = poster(phone, site, locale, tmp_path)
        assert_one_a3_sheet(pdf)
        prints.assert_every_letter(pdf, phone.locator(".poster").inner_text())
        assert prints.codes(pdf) == prints.codes(pdf, grey=True) == f"{site}/{locale}/havens/"
        assert prints.text(pdf).count("Nowhere") == 6, locale


@pytest.mark.journey
@pytest.mark.parametrize("count", [0, 25, 80, 140])
def test_many_places_still_fit_on_the_sheet(
    phone: Page, site: str, crowd: Callable[[int], None], tmp_path: Path, count: int
) -> None:
    crowd(count)
    pdf = poster(phone, site, "en", tmp_path)
    assert_one_a3_sheet(pdf)
    text = prints.text(pdf)
    assert len(re.findall(r"Place \d{3}", text)) == count
    assert text.count("A Street") == (count if count <= 90 else 0)  # then the code leads to the addresses
    visible = "el => { const { bottom } = el.getBoundingClientRect(); return bottom; }"
    phone.emulate_media(media="print")
    phone.set_viewport_size({"width": 1123, "height": 1588})
    footer, sheet = (phone.locator(each).evaluate(visible) for each in (".poster footer", ".poster"))
    assert footer <= sheet
    map_height = phone.locator(".poster-map").evaluate("el => el.getBoundingClientRect().height")
    assert map_height > 300
    assert prints.codes(pdf) == f"{site}/en/havens/"


def test_the_code_of_a_real_instance_leads_to_its_public_address(
    config: Config, make_app: Callable[[Config], Flask]
) -> None:
    real = make_app(replace(config, public_url="https://youthsafe.example.org"))
    page = real.test_client().get("/en/havens/poster/", headers={"Host": "evil.example"}).text
    assert "youthsafe.example.org/en/havens/" in page
    assert "evil.example" not in page


def test_without_a_public_address_a_real_instance_prints_no_code(app: Flask) -> None:
    page = app.test_client().get("/en/havens/poster/", headers={"Host": "evil.example"}).text
    assert 'class="qr"' not in page
    assert "has not been told its own address" in page
    assert "evil.example" not in page
