"""What a coordinator writes about who runs the site: on the pages where a reader looks, as plain words, at once."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape
from sqlalchemy import delete
from sqlalchemy.exc import OperationalError

from tests.accounts.office import Office, made, office
from youthsafe.database import transaction
from youthsafe.extensions import db
from youthsafe.instance.controller import WhoRunsIt
from youthsafe.instance.models import Controller
from youthsafe.rooms import rooms
from youthsafe.web.contact_text import contact_text

__all__ = ["made", "office"]

ADDRESS = "/api/v1/staff/getting-started/controller"
SAID = {
    "name": "Madeupton Council",
    "contact": "Civic Centre\n1 High Street\n020 7946 0123",
    "data_protection_officer": "dpo@example.org",
    "complaints": "First to us, then to https://ico.example.org/complain.",
    "accessibility": "access@example.org",
}
ABOUT = ("/en/about/", "/ar/about/", "/en/offline/pages.json")
Page = Callable[[str], str]


@pytest.fixture
def page(app: Flask) -> Page:
    client = app.test_client()
    return lambda path: client.get(path).get_data(as_text=True)


@pytest.fixture
def coordinator(office: Office) -> FlaskClient:
    return office.signed_in("demo-coordinator")


def write(coordinator: FlaskClient, **said: str) -> None:
    assert coordinator.post(ADDRESS, json=SAID | said).status_code == 200


def own(text: str) -> str:
    """What people here wrote on a page."""
    [found] = re.findall(r"<div data-own>(.*?)</div>", text, re.DOTALL)
    return str(found)


def test_everything_that_is_written_shows_at_once_to_readers_of_every_language(
    coordinator: FlaskClient, page: Page
) -> None:
    for path in ABOUT:
        assert "Madeupton Council" not in page(path)
    write(coordinator)
    for path in ABOUT:
        shown = page(path)
        for text in ("Madeupton Council", "1 High Street", "dpo@example.org", "First to us", "access@example.org"):
            assert text in shown, (path, text)


def test_the_accessibility_statement_says_whom_to_tell(coordinator: FlaskClient, page: Page) -> None:
    write(coordinator)
    for tag in ("en", "ar"):
        shown = own(page(f"/{tag}/accessibility/"))
        assert "mailto:access@example.org" in shown
        assert "dpo@example.org" not in shown


def test_a_change_gives_the_page_another_name_and_a_browser_asks_within_a_minute(
    coordinator: FlaskClient, app: Flask
) -> None:
    client = app.test_client()
    write(coordinator)
    before = client.get("/en/about/")
    assert before.headers["Cache-Control"] == "public, max-age=60, must-revalidate"
    known = {"If-None-Match": before.headers["ETag"]}
    assert client.get("/en/about/", headers=known).status_code == 304
    write(coordinator, name="Another Council")
    after = client.get("/en/about/", headers=known)
    assert after.status_code == 200
    assert "Another Council" in after.text


def test_where_nobody_has_written_anything_the_page_says_so(office: Office, page: Page) -> None:
    with office.app.app_context(), transaction():
        db.session.execute(delete(Controller))
    rooms(office.app).following.look_now()
    for path in ("/en/about/", "/en/accessibility/"):
        assert own(page(path)) == "<p>Nobody has written this down yet.</p>"


def test_what_is_not_written_yet_has_no_heading(coordinator: FlaskClient, page: Page) -> None:
    write(coordinator, complaints="  ")
    assert "How to complain" not in own(page("/en/about/"))


def test_a_demonstration_says_that_it_is_one(office: Office, page: Page) -> None:
    assert "A council that does not exist" in own(page("/en/about/"))
    assert "Whoever showed you this demonstration." in own(page("/en/accessibility/"))


def test_it_is_marked_as_the_language_that_the_borough_writes_in(office: Office, page: Page) -> None:
    for path in ("/ar/about/", "/ar/accessibility/"):
        assert '<dd lang="en" dir="auto">' in own(page(path))


def test_it_stands_as_it_was_known_while_the_database_is_away(
    app: Flask, coordinator: FlaskClient, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(coordinator)
    assert "Madeupton Council" in page("/en/about/")

    def away() -> WhoRunsIt:
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr(rooms(app).controller, "_read", away)
    rooms(app).following.look_now()
    rooms(app).page_cache.forget()
    assert "Madeupton Council" in page("/en/about/")


@pytest.mark.parametrize(
    "evil",
    [
        "<script>1</script>",
        '"><img src=x onerror=1>',
        "</div></section><script>1</script>",
        "javascript:alert(1)",
        'https://example.org/"onclick="1',
        "https://example.org/'onclick='1",
        "a@example.org?body=x&cc=<b>",
    ],
)
def test_no_words_become_code(coordinator: FlaskClient, page: Page, evil: str) -> None:
    write(coordinator, contact=evil)
    shown = page("/en/about/")
    assert len(re.findall(r"</?(?:script|img|b)\b", own(shown))) == 0
    assert not re.search(r"<[^>]*\son[a-z]+=", own(shown))
    assert 'href="javascript' not in shown
    assert re.sub(r"</?(?:a|bdi)\b[^>]*>", "", str(contact_text(evil))) == str(escape(evil)), "no word is lost"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Write to dpo@example.org.", ["mailto:dpo@example.org"]),
        ("first.last+x@mail.example.co.uk", ["mailto:first.last+x@mail.example.co.uk"]),
        ("020 7946 0123 or +44 20 7946 0123", ["tel:02079460123", "tel:+442079460123"]),
        ("0800-111-222, any day", ["tel:0800111222"]),
        ("(https://ico.example.org/a?b=1&c=2)", ["https://ico.example.org/a?b=1&amp;c=2"]),
        ("www.example.org, then www.example.org/b/", ["https://www.example.org", "https://www.example.org/b/"]),
        ("http://example.org is not ours to offer", []),
        ("Since 2026-11-30, room 12345678901, SE13 6JZ", []),
        ("@example.org, a@b, 0", []),
    ],
)
def test_what_can_be_tapped_is_a_link(text: str, links: list[str]) -> None:
    assert re.findall(r'href="([^"]*)"', str(contact_text(text))) == links


def test_lines_stay_lines() -> None:
    assert contact_text("Civic Centre\r\n1 High Street & more") == "Civic Centre<br>1 High Street &amp; more"
