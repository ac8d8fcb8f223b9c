"""A place from its file to a pupil's page and off it again, and a helpline whose number is another one here."""

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.havens.conftest import PLACE
from tests.journeys.axe import violations
from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.staff.desk import Desk
from tests.journeys.visitors import DESK, PHONE
from youthsafe.crypto.roster import Role
from youthsafe.havens.records import REQUIRED

pytestmark = pytest.mark.journey
NAME, ELSEWHERE = "A library of this test", "020 7946 0123"


def file_of(*rows: dict[str, str]) -> FilePayload:
    out = io.StringIO()
    table = csv.DictWriter(out, REQUIRED, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return {"name": "places.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode()}


def at_page(demo: Demo, page: Page, tab: str, name: str = "demo-coordinator") -> None:
    Desk(demo, page, name).sign_in()
    page.locator(f'[data-tab="{tab}"]').click()
    expect(page.locator("h1")).to_be_visible()


def row(page: Page, name: str) -> Locator:
    return page.locator("li.place", has=page.get_by_role("button", name=name))


def appears(pupil: Page, shown: Callable[[], Locator], *, yes: bool) -> None:
    """Load a page again, as a pupil does, until it follows: that takes a second."""
    for _ in range(20):
        pupil.reload()
        if bool(shown().count()) is yes:
            break
        pupil.wait_for_load_state("networkidle")
    expect(shown()).to_have_count(1 if yes else 0)


def approved_by_another(demo: Demo, browser_of: Page, haven: str) -> None:
    """A second person, whose role the server knows, approves from somewhere else."""
    Desk(demo, browser_of, "demo-second").sign_in()
    with closing(sqlite3.connect(demo.database, timeout=10)) as database, database:
        database.execute("UPDATE member SET role = ? WHERE name = 'demo-second'", (Role.PLACES.value,))
    answer = browser_of.context.request.post(
        f"{demo.base}/api/v1/staff/havens/{haven}/approve",
        data=json.dumps({"method": "phone", "on": today(browser_of)}),
        headers={"Origin": demo.base, "Content-Type": "application/json"},
    )
    assert answer.ok, answer.text()


def today(page: Page) -> str:
    found: str = page.evaluate("new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(Date.now())")
    return found


def tab_to(page: Page, wanted: str) -> None:
    """Go on with the keyboard alone until a control has the focus."""
    for _ in range(40):
        if page.evaluate("(wanted) => document.activeElement?.matches(wanted) ?? false", wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {wanted}")


def test_a_file_becomes_a_place_on_a_pupils_page_by_two_people_and_a_doubt_takes_it_off_at_once(
    own_demo: Demo, new_profile: MakeProfile
) -> None:
    demo, pupil = own_demo, new_profile().page
    page = new_profile(viewport=DESK).page
    at_page(demo, page, "places")
    page.locator('[data-part="show-import"]').click()
    page.locator("#places-file").set_input_files(file_of(PLACE | {"name": "=1+1"}))
    expect(page.locator('[data-part="refusals"]')).to_contain_text("Line 2 name a spreadsheet would run this")
    page.locator("#places-file").set_input_files(file_of(PLACE | {"name": NAME}))
    expect(page.locator('[data-part="difference"] tbody')).to_contain_text(NAME)
    assert violations(page) == []
    page.locator('[data-part="save-import"]').click()
    expect(page.locator('[data-part="import-stage"]')).to_contain_text("Saved. New places: 1")

    place = row(page, NAME)
    place.get_by_role("button", name=NAME).focus()
    page.keyboard.press("Enter")
    expect(place.locator('[data-part="detail"]')).to_be_visible()
    tab_to(page, "#place-method")
    page.keyboard.type("visit")
    tab_to(page, '[data-part="say-word"]')
    page.keyboard.press("Enter")
    expect(place.locator('[data-part="outcome"]')).to_contain_text("still needs two different people")
    assert violations(page) == []
    pupil.goto(f"{demo.base}/en/havens/")
    expect(pupil.get_by_text(NAME)).to_have_count(0)

    haven = str(place.get_attribute("data-place"))
    approved_by_another(demo, new_profile(viewport=DESK).page, haven)
    appears(pupil, lambda: pupil.locator(f'a[href*="{haven}"]:has-text("{NAME}")'), yes=True)

    page.locator('[data-list="active"]').click()
    place.get_by_role("button", name=NAME).click()
    place.locator("#place-doubt").select_option("closed")
    place.locator('[data-part="pause"]').click()
    expect(page.locator("dialog")).to_contain_text("There is no undo")
    page.locator('dialog button[value="yes"]').click()
    expect(place.locator('[data-part="outcome"]')).to_contain_text("Pupils do not see it any more")
    appears(pupil, lambda: pupil.locator(f'a[href*="{haven}"]:has-text("{NAME}")'), yes=False)
    assert pupil.goto(f"{demo.base}/en/havens/{haven}/").status == 404  # type: ignore[union-attr]


def test_a_number_that_differs_here_shows_to_pupils_at_once_and_goes_again(
    own_demo: Demo, new_profile: MakeProfile
) -> None:
    demo, pupil = own_demo, new_profile().page
    entry, fold = pupil.locator("#frank"), pupil.locator("details:has(#frank) > summary")
    pupil.goto(f"{demo.base}/pl/support/")
    fold.click()
    expect(entry.locator('a[href="tel:03001236600"]')).to_be_visible()
    page = new_profile(viewport=PHONE).page
    at_page(demo, page, "helplines")
    frank = page.locator('[data-place="frank"]')
    frank.get_by_role("button").first.click()
    frank.locator("#helpline-phone").fill("999")
    frank.locator('[data-part="change-now"]').click()
    expect(frank.locator("#helpline-phone-error")).to_contain_text("stands on every screen")
    frank.locator("#helpline-phone").fill(ELSEWHERE)
    frank.locator('[data-part="change-now"]').click()
    expect(frank.locator('[data-part="outcome"]')).to_contain_text("Pupils see it now")
    pupil.reload()
    fold.click()
    expect(entry.locator('a[href="tel:02079460123"]')).to_be_visible()
    expect(entry.locator(".doubts")).to_contain_text("rachunku")  # the bill of a number that nobody looked up
    frank.locator('[data-part="alert"]').click()
    page.locator('dialog button[value="yes"]').click()
    expect(frank.locator('[data-part="badges"]')).to_contain_text("does not answer")
    pupil.reload()
    fold.click()
    expect(entry.locator(".notice.warn")).to_be_visible()
    frank.locator('[data-part="end-alert"]').click()
    frank.locator('[data-part="restore"]').click()
    expect(frank.locator('[data-part="outcome"]')).to_contain_text("content pack again")
    pupil.reload()
    fold.click()
    expect(entry.locator('a[href="tel:03001236600"]')).to_be_visible()


@pytest.mark.parametrize(("locale", "scheme"), [("en", "light"), ("ar", "dark")])
def test_both_pages_fit_a_small_phone_and_are_readable_by_everybody(
    demo: Demo, new_profile: MakeProfile, locale: str, scheme: str
) -> None:
    page = new_profile(viewport=PHONE, color_scheme=scheme).page
    Desk(demo, page, "demo-coordinator", locale).sign_in()
    for tab in ("places", "helplines"):
        page.locator(f'[data-tab="{tab}"]').click()
        if tab == "places":
            page.locator('[data-list="active"]').click()
        page.locator("li.place button").first.click()
        expect(page.locator('[data-part="detail"]')).to_be_visible()
        if tab == "places":
            page.locator('[data-part="edit"]').click()
            expect(page.locator('[data-part="typed"]')).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert violations(page) == [], tab
