"""The poster through Chromium's own print: one tagged A3 sheet whose code leads to this site's list."""

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from youthsafe.config import Config

A3 = (297.0, 420.0)  # millimetres
MM_PER_POINT = 25.4 / 72


def printed(page: Page, address: str, folder: Path) -> Path:
    page.goto(address)
    path = folder / "poster.pdf"
    page.pdf(path=str(path), prefer_css_page_size=True, tagged=True, print_background=True)
    return path


def facts(pdf: Path) -> dict[str, str]:
    said = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    return {name: value.strip() for name, _, value in (line.partition(":") for line in said.splitlines())}


def assert_one_a3_sheet(pdf: Path) -> None:
    found = facts(pdf)
    assert found["Pages"] == "1"
    width, height = (float(each) * MM_PER_POINT for each in found["Page size"].split(" pts")[0].split(" x "))
    assert (width, height) == pytest.approx(A3, abs=0.5)
    assert found["Tagged"] == "yes"


def codes(pdf: Path, *, grey: bool = False) -> str:
    """What a scanner reads from the sheet."""
    picture = pdf.with_name("sheet")
    colours = ["-gray"] if grey else ["-png"]
    subprocess.run(["pdftoppm", "-r", "100", "-singlefile", *colours, str(pdf), str(picture)], check=True)
    (made,) = (each for each in pdf.parent.glob("sheet.*"))
    return subprocess.run(["zbarimg", "--quiet", "--raw", str(made)], capture_output=True, text=True, check=True).stdout


@pytest.mark.journey
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_the_poster_is_one_tagged_a3_sheet_whose_code_leads_to_the_list(
    phone: Page, site: str, tmp_path: Path, locale: str
) -> None:
    pdf = printed(phone, f"{site}/{locale}/havens/poster/", tmp_path)
    assert_one_a3_sheet(pdf)
    assert codes(pdf, grey=True).strip() == f"{site}/{locale}/havens/"
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    assert text.count("Nowhere") == 6
    assert "DEMO" in text


@pytest.mark.journey
@pytest.mark.parametrize("count", [0, 25, 80, 140])
def test_many_places_still_fit_on_the_sheet(
    phone: Page, site: str, crowd: Callable[[int], None], tmp_path: Path, count: int
) -> None:
    crowd(count)
    pdf = printed(phone, f"{site}/en/havens/poster/", tmp_path)
    assert_one_a3_sheet(pdf)
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    assert len(re.findall(r"Place \d{3}", text)) == count
    assert text.count("A Street") == (count if count <= 90 else 0)  # then the code leads to the addresses
    visible = "el => { const { bottom } = el.getBoundingClientRect(); return bottom; }"
    phone.emulate_media(media="print")
    phone.set_viewport_size({"width": 1123, "height": 1588})
    footer, sheet = (phone.locator(each).evaluate(visible) for each in (".poster footer", ".poster"))
    assert footer <= sheet
    map_height = phone.locator(".poster-map").evaluate("el => el.getBoundingClientRect().height")
    assert map_height > 300
    assert codes(pdf).strip() == f"{site}/en/havens/"


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
