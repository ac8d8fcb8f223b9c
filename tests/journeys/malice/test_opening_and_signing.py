"""A caseworker opens a report, and a coordinator signs, on a server that lies: nothing is sealed or signed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.malice.lies import lying
from tests.journeys.malice.reports import DROPPED, REPORTS, SIGNING
from tests.journeys.malice.world import CASEWORKER, COORDINATOR, World
from tests.journeys.staff.desk import send_report
from tests.journeys.staff.inbox import Inbox
from tests.journeys.staff.sign_in import Unlock
from tests.journeys.visitors import DESK, Profile, visitor

pytestmark = pytest.mark.journey
OPENED, SUNDAY = "**/api/v1/staff/reports/*/opened", '[data-day="Sunday"]'


@dataclass(frozen=True)
class Reading:
    """A caseworker at the inbox, and a report that waits there."""

    profile: Profile
    report_id: str


@pytest.fixture(scope="module")
def reading(world: World, browser: Browser) -> Iterator[Reading]:
    """A report of a pupil's, and who reads it."""
    with visitor(browser) as pupil:
        report_id = send_report(world.demo, pupil.page)
    with visitor(browser, viewport=DESK, storage_state=world.sessions[CASEWORKER]) as caseworker:
        yield Reading(caseworker, report_id)


def unlocked(page: Page, world: World, name: str, path: str = "") -> None:
    """Open a page of the desk with keys that were opened for it."""
    page.goto(f"{world.demo.base}/staff/en/{path}")
    Unlock(page).unlock(world.demo.words(name))


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_can_be_sealed_to_what_was_exchanged(world: World, reading: Reading, name: str) -> None:
    tampering, page = REPORTS[name], reading.profile.page

    def handle(route: Route) -> None:
        answer = route.fetch()
        report = json.loads(answer.body())
        tampering.change(report)
        route.fulfill(response=answer, json=report)

    unlocked(page, world, CASEWORKER)
    page.route(OPENED, handle)
    Inbox(page).row(reading.report_id).locator("a").click()
    expect(page.locator("article")).to_contain_text(tampering.says)
    expect(page.locator('[data-part="send"]:visible')).to_have_count(0)
    page.unroute(OPENED)
    posted = [each.url for each in reading.profile.requests if each.url.endswith("/messages")]
    assert posted == []


@pytest.fixture(scope="module")
def signing(world: World, browser: Browser) -> Iterator[Profile]:
    """A coordinator who has changed the hours of a day and not signed yet."""
    with visitor(browser, viewport=DESK, storage_state=world.sessions[COORDINATOR]) as coordinator:
        page = coordinator.page
        unlocked(page, world, COORDINATOR, "hours/")
        sunday = page.locator(SUNDAY).first
        sunday.locator('[data-part="reads"]').check()
        sunday.locator('[data-part="opens"]').fill("13:00")
        sunday.locator('[data-part="closes"]').fill("14:30")
        yield coordinator


@pytest.mark.parametrize("name", SIGNING)
def test_nothing_is_signed_after_what_does_not_fit(world: World, signing: Profile, name: str) -> None:
    attack, page = SIGNING[name], signing.page
    with lying(signing, attack.forge(world)) as asked:
        page.locator('[data-part="sign"]').click()
        expect(page.locator('[data-part="sign-trouble"]:visible')).to_contain_text(attack.says)
        expect(page.locator(SUNDAY).first.locator('[data-part="opens"]')).to_have_value("13:00")
    assert asked.sent == []


def test_a_change_that_the_server_took_and_dropped_is_not_called_saved(world: World, signing: Profile) -> None:
    page = signing.page

    def take_and_drop(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(json={"number": 4})
        else:
            route.continue_()

    page.route("**/api/v1/staff/changes", take_and_drop)
    page.locator('[data-part="sign"]').click()
    expect(page.locator('[data-part="sign-trouble"]:visible')).to_contain_text(DROPPED)
    expect(page.locator(SUNDAY).first.locator('[data-part="opens"]')).to_have_value("13:00")
    page.unroute("**/api/v1/staff/changes")
