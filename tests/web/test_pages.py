import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from youthsafe.rooms import rooms

PAGES = ["", "about/", "accessibility/", "havens/"]
EVERYWHERE = [*(f"/{tag}/{page}" for tag in ("en", "ar") for page in PAGES), "/offline", "/en/nowhere/", "/nowhere/"]


@pytest.mark.parametrize(
    ("accepted", "home"),
    [
        ("ar", "/ar/"),
        ("ar-SY,en;q=0.5", "/ar/"),
        ("en-GB,en;q=0.9,ar;q=0.8", "/en/"),
        ("fr-CD,en;q=0.5", "/fr/"),
        ("is,mi;q=0.8", "/en/"),
        ("", "/en/"),
        ("ar;q=0.1,en;q=0.9", "/en/"),
        ("ar;q=0,en-IE;q=0.2", "/en/"),
    ],
)
def test_the_root_sends_a_reader_to_their_language(client: FlaskClient, accepted: str, home: str) -> None:
    response = client.get("/", headers={"Accept-Language": accepted})
    assert (response.status_code, response.location) == (302, home)
    assert "Accept-Language" in response.headers["Vary"]
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


WAYS = ("report", "havens", "support", "cards")


def test_home_leads_to_someone_a_place_a_talk_and_every_topic_and_to_an_answer(app: Flask, client: FlaskClient) -> None:
    page = client.get("/en/").text
    for path in (*WAYS, "replies", "people", *(f"cards/{each}" for each in rooms(app).pack.site.topics)):
        assert f'href="/en/{path}/"' in page


def _navigation(page: str) -> list[str]:
    """Where the navigation of a page leads, but for topics and the not sure; on home it stands at full length."""
    part = re.search(r'<nav class="ways(?:-home)?".*?</nav>', page, re.DOTALL)
    assert part
    ways = re.sub(r'<ul class="tiles">.*?</ul>|<a class="unsure".*?</a>', "", part[0], flags=re.DOTALL)
    return re.findall(r'<a [^>]*href="([^"]*)"', ways)


@pytest.mark.parametrize("address", [*EVERYWHERE, "/en/report/", "/en/replies/", "/ar/cards/bullying/tell-an-adult/"])
def test_the_same_four_ways_are_on_every_page(client: FlaskClient, address: str) -> None:
    tag = "ar" if address.startswith("/ar/") else "en"
    assert _navigation(client.get(address).text) == [f"/{tag}/{way}/" for way in WAYS]


def test_home_leads_whoever_is_not_sure_to_the_finder(client: FlaskClient) -> None:
    assert '<a class="unsure" href="/ar/check/">' in client.get("/ar/").text


@pytest.mark.parametrize(
    ("address", "way", "current"),
    [
        ("/en/cards/", "cards", "page"),
        ("/en/cards/bullying/tell-an-adult/", "cards", "location"),
        ("/ar/support/", "support", "page"),
        ("/en/about/", "", ""),
    ],
)
def test_the_navigation_says_where_a_reader_is(client: FlaskClient, address: str, way: str, current: str) -> None:
    found = re.findall(r'<a href="/../(\w+)/" aria-current="(page|location)"', client.get(address).text)
    assert found == ([(way, current)] if way else [])


@pytest.mark.parametrize("address", EVERYWHERE)
def test_help_and_the_way_out_are_on_every_page(app: Flask, client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    strip = page[page.index('class="help-strip"') : page.index("</aside>")]
    assert 'href="tel:999"' in strip
    assert 'href="tel:08001111"' in strip
    assert '<bdi dir="ltr">0800 1111</bdi>' in strip
    assert f'href="{rooms(app).pack.site.exit_address}" rel="noreferrer" data-leave' in page
    assert page.index('class="skip" href="#main"') < page.index("<header")


def test_a_redirect_never_leads_to_the_host_that_a_stranger_named(client: FlaskClient) -> None:
    answer = client.get("/en", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.headers["Location"]) == (308, "/en/")


@pytest.mark.parametrize("address", EVERYWHERE)
def test_no_page_sets_a_cookie_or_holds_inline_code(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert "Set-Cookie" not in response.headers
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", response.text)


@pytest.mark.parametrize("address", EVERYWHERE)
def test_a_page_asks_nobody_else_for_anything(client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    loaded = re.findall(r'<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)="([^"]*)"', page)
    assert loaded
    assert all(each.startswith("/") and not each.startswith("//") for each in loaded)


@pytest.mark.parametrize("tag", ["en", "ar"])
@pytest.mark.parametrize("page", PAGES)
def test_the_language_chooser_leads_to_the_same_page(app: Flask, client: FlaskClient, tag: str, page: str) -> None:
    html = client.get(f"/{tag}/{page}").text
    for each in rooms(app).pack.site.locales:
        assert f'<a href="/{each.tag}/{page}" lang="{each.tag}" dir="{each.direction}" hreflang="{each.tag}"' in html
    assert html.count('aria-current="true"') == 1


def test_arabic_runs_from_right_to_left(client: FlaskClient) -> None:
    assert '<html lang="ar" dir="rtl"' in client.get("/ar/").text
    assert '<html lang="en" dir="ltr"' in client.get("/en/").text


def test_a_page_translated_by_computer_says_so(client: FlaskClient) -> None:
    assert "ترجمها الحاسوب" in client.get("/ar/").text
    assert "Translated by computer" not in client.get("/en/").text


def test_the_offline_page_speaks_every_language_under_one_address(client: FlaskClient) -> None:
    page = client.get("/offline").text
    assert '<section class="stack" lang="en" dir="ltr">' in page
    assert '<section class="stack" lang="ar" dir="rtl">' in page
    assert "You have no signal" in page
    assert "لا توجد إشارة" in page
    assert page.count("<h1") == 1


def test_the_page_an_installed_app_leaves_through_says_nothing(client: FlaskClient) -> None:
    page = client.get("/leaving").text.lower()
    for word in ("youthsafe", "childline", "safe", "help", "report"):
        assert word not in page.replace("icon.svg", "")


def test_the_icon_is_a_picture(client: FlaskClient) -> None:
    response = client.get("/icon.svg")
    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
