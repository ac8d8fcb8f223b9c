"""A coordinator and a flood: seen by hour and step, closed at once, put back, and slowed down."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.staff import Inbox, SignIn
from tests.journeys.visitors import DESK, PHONE
from tests.limits.crowd import Server

pytestmark = pytest.mark.journey
FREE = 40


def send_of_one_hour(demo: Demo, count: int) -> None:
    """Send reports that the server counts to one hour, whenever the test runs: a flood is many of one hour."""
    with closing(Server(demo.port)) as server:
        for _ in range(count):
            assert server.send_as_a_browser_does(server.seal())[0] == 201
    with closing(sqlite3.connect(demo.database, timeout=10)) as database, database:
        database.execute("UPDATE report SET received_at = (SELECT min(received_at) FROM report)")


def test_a_coordinator_closes_a_flood_puts_it_back_and_asks_for_more_work(
    own_demo: Demo, new_profile: MakeProfile
) -> None:
    demo, name = own_demo, "demo-coordinator"
    send_of_one_hour(demo, FREE + 10)
    with closing(Server(demo.port)) as server:
        page = new_profile(viewport=DESK).page
        SignIn(page, demo.base).open().sign_in(name, demo.words(name), demo.code(name))
        inbox = Inbox(page)
        page.locator('[data-tab="floods"]').click()
        worked = page.locator('[data-part="groups"] li', has_text="Step 1 of work")
        expect(worked).to_contain_text("10")
        assert violations(page) == []
        assert ":00: 10" in worked.locator("a").inner_text(), "words that run together cannot be read"

        worked.locator("a").click()
        expect(inbox.rows).to_have_count(10)
        expect(page.locator('[data-part="narrowed"]')).to_be_visible()
        page.go_back()

        worked.locator("button").click()
        assert violations(page) == []
        said = page.locator("dialog").inner_text()
        assert "Nobody has opened any of them" in said
        assert "None of them says that somebody is in danger now" in said
        assert "step 1" in said
        page.locator("dialog button[value=no]").click()
        expect(worked).to_be_visible()
        worked.locator("button").click()
        page.locator("dialog button[value=yes]").click()
        expect(worked.locator("button")).to_be_hidden()
        expect(worked.locator('[data-part="outcome"]')).not_to_be_empty()
        expect(worked.locator('[data-part="outcome"]')).to_be_focused()
        closed = page.locator('[data-part="closed"] li')
        expect(closed).to_contain_text("10")
        page.set_viewport_size(PHONE)
        assert violations(page) == []

        closed.locator("button").click()
        expect(worked).to_contain_text("10")
        expect(worked.locator("button")).to_be_visible()
        expect(closed.locator("button")).to_be_hidden()

        page.locator("#work-step").select_option("3")
        page.locator("#work-hours").select_option("6")
        page.locator('[data-part="raise"] button.primary').click()
        expect(page.locator('[data-part="work"]')).to_contain_text("Step 3")
        assert server.send(server.seal()).step == 3
        page.locator('[data-part="end"]').click()
        expect(page.locator('[data-part="end"]')).to_be_hidden()
        assert server.send(server.seal()).step < 3


def test_no_row_moves_and_what_became_of_a_press_stands_beside_it(demo: Demo, new_profile: MakeProfile) -> None:
    name = "demo-coordinator"
    page = new_profile(viewport=PHONE).page
    SignIn(page, demo.base).open().sign_in(name, demo.words(name), demo.code(name))
    groups = [_group(hour) for hour in range(9, 1, -1)]
    refused = {"status": 409, "json": {}}

    def answer(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(**refused) if refused else route.abort()
        else:
            flood = {"hour": 40, "day": 120, "few": 10, "reading": 12}
            route.fulfill(
                json={"groups": groups, "busiest": None, "flood": flood, "closed": [], "work": None, "highest": 4}
            )

    page.route("**/api/v1/staff/junk", answer)
    page.locator('[data-tab="floods"]').click()
    rows = page.locator('[data-part="groups"] li')
    expect(rows).to_have_count(8)
    row = rows.nth(5)
    place = "row => row.getBoundingClientRect().top + scrollY"
    before = row.evaluate(place)
    groups.insert(0, _group(10))
    groups[6]["count"] = 77
    row.locator("button").click()
    page.locator("dialog button[value=yes]").click()
    expect(row.locator("[role=alert]")).to_contain_text("More came")
    expect(row.locator("[role=alert]")).to_be_in_viewport()
    expect(row).to_contain_text("77")
    expect(rows).to_have_count(8)
    expect(page.locator('[data-part="show-news"]')).to_be_visible()
    assert row.evaluate(place) == before
    refused.clear()
    row.locator("button").click()
    page.locator("dialog button[value=yes]").click()
    expect(row.locator("[role=alert]")).to_contain_text("cannot reach the server")
    expect(row.locator("[role=alert]")).to_be_in_viewport()
    page.locator('[data-part="show-news"]').click()
    expect(rows).to_have_count(9)
    expect(rows.first).to_contain_text("40")


def _group(hour: int) -> dict[str, object]:
    return {"hour": f"2026-11-23T{hour:02}:00Z", "step": 0, "urgent": False, "opened": False, "count": 40}
