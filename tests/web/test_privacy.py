"""The privacy page: what is kept and for how long as the code has it, who answers for it, and what a reader can ask."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts.office import Office, made, office
from tests.packs import packaged
from youthsafe.config import Config
from youthsafe.mailbox import standing, tombstones
from youthsafe.rooms import rooms

__all__ = ["made", "office"]

RETENTION = "/api/v1/staff/retention"
LOCALES = [locale.tag for locale in packaged().site.locales]
Page = Callable[[str], str]


@pytest.fixture
def page(app: Flask) -> Page:
    client = app.test_client()
    return lambda path: unescape(client.get(path).text)


@pytest.fixture
def coordinator(office: Office) -> FlaskClient:
    return office.signed_in("demo-coordinator")


def times(text: str) -> list[str]:
    """What stands beside each thing that is kept."""
    section = text.split('id="how-long"')[1].split("</section>", maxsplit=1)[0]
    return re.findall(r"<strong>(.*?)</strong>", section)


def test_it_says_how_long_each_thing_is_kept_as_the_purge_goes_by(page: Page) -> None:
    closed, unclaimed, taken_back, *_, mark, _ = times(page("/en/privacy/"))
    assert closed == f"{standing.Ages().closed.days} days"
    assert unclaimed.startswith(f"{standing.Ages().unclaimed.days} days")
    assert f"{standing.AFTER_ALERT.days} days" in unclaimed
    assert taken_back == f"{standing.AFTER_WITHDRAWING // timedelta(hours=1)} hours"
    assert mark == f"{tombstones.LIFE.days} days"


def test_days_of_the_environment_stand_there_until_the_desk_sets_others(
    config: Config, make_app: Callable[[Config], Flask]
) -> None:
    app = make_app(replace(config, keep_closed=45, keep_unclaimed=200))
    closed, unclaimed, *_ = times(app.test_client().get("/en/privacy/").text)
    assert (closed, unclaimed.partition(".")[0]) == ("45 days", "200 days")


def test_days_that_a_coordinator_sets_stand_there_as_soon_as_they_hold(
    coordinator: FlaskClient, office: Office, page: Page
) -> None:
    def set_days(client: FlaskClient, closed: int) -> None:
        body = {"closed": closed, "unclaimed": 400, "removes": 0}
        assert client.post(RETENTION, json=body).status_code == 200

    set_days(coordinator, 120)
    assert times(page("/en/privacy/"))[0] == "120 days"  # what gets longer holds at once
    office.clock.move(days=3)
    set_days(office.signed_in("demo-coordinator"), 60)
    assert times(page("/en/privacy/"))[0] == "120 days"  # and what gets shorter only after a day
    office.clock.move(days=3)
    rooms(office.app).following.look_now()
    assert times(page("/en/privacy/"))[0] == "60 days"


@pytest.mark.parametrize("tag", LOCALES)
def test_it_names_controller_officer_and_both_ways_to_complain(coordinator: FlaskClient, page: Page, tag: str) -> None:
    said = {
        "name": "Madeupton Council",
        "contact": "1 High Street",
        "data_protection_officer": "dpo@example.org",
        "complaints": "complaints@example.org",
        "accessibility": "access@example.org",
    }
    assert coordinator.post("/api/v1/staff/getting-started/controller", json=said).status_code == 200
    shown = page(f"/{tag}/privacy/")
    for text in ("Madeupton Council", "1 High Street", "mailto:dpo@example.org", "mailto:complaints@example.org"):
        assert text in shown
    assert "https://ico.org.uk/make-a-complaint/" in shown
    assert "0303 123 1113" in shown
    assert "access@example.org" not in shown


@pytest.mark.parametrize("tag", LOCALES)
def test_a_childs_words_come_first_then_the_times_then_the_notice_for_adults(page: Page, tag: str) -> None:
    shown, pack = page(f"/{tag}/privacy/"), packaged()
    child, adult = pack.page(tag, "privacy"), pack.page(tag, "privacy-in-full")
    places = [shown.index(mark) for mark in (f"<h1>{child.title}", 'id="how-long"', f"<h2>{adult.title}")]
    assert places == sorted(places)
    assert {child.translation.value, adult.translation.value} <= {"original", "machine"}
    for article in ("6(1)(e)", "9(2)(g)", "UK GDPR") if tag != "pl" else ("art. 6 ust. 1 lit. e", "UK GDPR"):
        assert article in re.sub("<[^>]*>", "", shown)


@pytest.mark.parametrize("tag", LOCALES)
def test_every_page_leads_there_and_so_does_the_page_about_this_site(page: Page, tag: str) -> None:
    for path in ("", "report/", "about/"):
        assert f'href="/{tag}/privacy/"' in page(f"/{tag}/{path}")


def test_what_is_a_part_of_it_has_no_address_of_its_own(client: FlaskClient) -> None:
    assert client.get("/en/privacy-in-full/").status_code == 404


@pytest.mark.parametrize("path", ["about/", "accessibility/"])
@pytest.mark.parametrize("tag", LOCALES)
def test_another_format_can_be_asked_for_at_the_boroughs_address(
    coordinator: FlaskClient, page: Page, tag: str, path: str
) -> None:
    said = dict.fromkeys(("name", "data_protection_officer", "complaints"), "x")
    said |= {"contact": "Civic Centre, 1 High Street", "accessibility": "access@example.org"}
    assert coordinator.post("/api/v1/staff/getting-started/controller", json=said).status_code == 200
    shown = page(f"/{tag}/{path}")
    assert 'id="another-format"' in shown
    assert shown.index("Civic Centre, 1 High Street") < shown.index('id="another-format"')


@pytest.mark.parametrize("tag", LOCALES)
def test_the_accessibility_statement_says_who_enforces_it_and_what_a_person_must_check(page: Page, tag: str) -> None:
    shown = page(f"/{tag}/accessibility/")
    for words in ("Equality and Human Rights Commission", "0808 800 0082", "partially compliant", "2018"):
        assert words in shown
    assert 'href="https://www.equalityadvisoryservice.com/"' in shown
