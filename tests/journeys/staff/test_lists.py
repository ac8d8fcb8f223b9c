"""A desk with very many reports: a page at a time, nothing moves by itself, and who comes back finds their place."""

import secrets
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.pages.outbox import until
from tests.journeys.staff.desk import Desk, send_report
from tests.journeys.staff.inbox import Inbox
from tests.journeys.visitors import DESK

pytestmark = pytest.mark.journey
_COPY = """INSERT INTO report ({columns}) SELECT {values} FROM report WHERE id = :original"""


def copy(demo: Demo, original: bytes, count: int, **changed: object) -> list[bytes]:
    """Put copies of a report into the database; none of them opens."""
    with closing(sqlite3.connect(demo.database, timeout=20)) as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(report)")]
        new = [
            changed
            | {"number": secrets.randbits(63), "id": secrets.token_bytes(16), "mailbox_id": secrets.token_bytes(32)}
            for _ in range(count)
        ]
        values = ", ".join(f":{each}" if each in new[0] else each for each in columns)
        statement = _COPY.format(columns=", ".join(columns), values=values)
        database.executemany(statement, [each | {"original": original} for each in new])
        database.commit()
    return [each["id"] for each in new]


def only(demo: Demo) -> bytes:
    """The id of the one report that is there."""
    with closing(sqlite3.connect(demo.database)) as database:
        [found] = database.execute("SELECT id FROM report").fetchone()
        return found


def top_of(page: Page, row: str) -> float:
    found: float = page.locator(row).evaluate("(row) => row.getBoundingClientRect().top")
    return found


def refresh(page: Page) -> None:
    """Let the page look again, as it does every half minute, and wait until it did."""
    with page.expect_response("**/api/v1/staff/reports?*"):
        page.evaluate("dispatchEvent(new Event('focus'))")


def test_a_desk_with_three_hundred_reports(own_demo: Demo, new_profile: MakeProfile) -> None:
    page = new_profile(viewport=DESK).page
    send_report(own_demo, page)
    genuine = only(own_demo)
    copy(own_demo, genuine, 40, received_at="2026-01-05 10:00:00.000000")
    copy(own_demo, genuine, 260, received_at="2099-01-05 10:00:00.000000")
    inbox: Inbox = Desk(own_demo, page).sign_in()

    expect(inbox.rows).to_have_count(200)
    page.locator('[data-part="more"]').click()
    expect(inbox.rows).to_have_count(301)
    expect(page.locator('[data-part="more"]')).to_be_hidden()

    # Back by the browser, and by the page's link: the same place.
    row = inbox.rows.nth(40)
    report_id = row.get_attribute("data-report") or ""
    row.locator("a").hover()  # where the page stays when it is pressed
    before = top_of(page, f'li[data-report="{report_id}"]')
    scrolled = page.evaluate("scrollY")
    assert scrolled > 500
    inbox.open_report(report_id)
    page.go_back()
    expect(page.locator(f'li[data-report="{report_id}"] a')).to_be_focused()
    assert abs(top_of(page, f'li[data-report="{report_id}"]') - before) < 2
    one = inbox.open_report(report_id)
    with page.expect_response("**/api/v1/staff/reports?*after=*"):  # it is put in order with what came until then
        one.back()
    expect(page.locator(f'li[data-report="{report_id}"] a')).to_be_focused()
    assert abs(top_of(page, f'li[data-report="{report_id}"]') - before) < 2
    expect(inbox.rows).to_have_count(301)

    # What comes meanwhile waits in a bar, and nothing moves.
    copy(own_demo, genuine, 1, received_at="2026-01-05 10:00:00.000000")
    copy(own_demo, genuine, 2, received_at="2026-01-06 10:00:00.000000", urgent=1)
    refresh(page)
    expect(page.locator('[data-part="show-news"]')).to_be_visible()
    told = page.locator('[data-part="news-words"]').inner_text()
    assert ("3" in told, "2" in told) == (True, True)
    assert abs(top_of(page, f'li[data-report="{report_id}"]') - before) < 2
    expect(inbox.rows).to_have_count(301)
    page.locator('[data-part="show-news"]').click()
    expect(inbox.rows.first).to_have_class("row urgent")
    expect(inbox.rows.first.locator("a")).to_be_focused()
    expect(page.locator('[data-part="show-news"]')).to_be_hidden()

    # From a list of one's own, back to that list, also after a reload.
    inbox.open_report(report_id).claim()
    page.locator('[data-part="back"]').click()
    mine = inbox.show("mine")
    mine.open_report(report_id)
    page.locator("#answer").fill("half an answer")
    page.locator('[data-part="back"]').click()
    expect(page.locator('[data-tab="mine"][aria-current="page"]')).to_be_visible()
    expect(inbox.row(report_id).locator(".badge.mine")).to_have_count(2)  # claimed by me, and not sent yet


def test_a_look_at_a_list_that_did_not_change_touches_no_line(own_demo: Demo, new_profile: MakeProfile) -> None:
    page = new_profile(viewport=DESK).page
    send_report(own_demo, page)
    original = only(own_demo)
    copy(own_demo, original, 60)
    inbox = Desk(own_demo, page).sign_in()
    expect(inbox.rows).to_have_count(61)
    page.evaluate("""() => {
      window.changes = [];
      const element = ({ target }) => target.closest ? target : target.parentElement;
      const line = (change) => element(change).closest('[data-report]')?.dataset.report ?? 'list';
      const everything = { subtree: true, childList: true, attributes: true, characterData: true };
      const list = document.querySelector('[data-part="list"]');
      new MutationObserver((found) => window.changes.push(...found.map(line))).observe(list, everything);
    }""")

    def changed_by_a_look() -> list[str]:
        page.evaluate("window.changes.length = 0")
        refresh(page)
        page.wait_for_timeout(300)
        return list(page.evaluate("window.changes"))

    until(lambda: changed_by_a_look() == [])  # after signing in, what belongs to the lines comes in its own time
    with closing(sqlite3.connect(own_demo.database, timeout=20)) as database:
        database.execute("UPDATE report SET hold = 1 WHERE id = ?", (original,))
        database.commit()
    refresh(page)
    expect(inbox.rows.filter(has_text="On hold")).to_have_count(1)
    assert len(set(page.evaluate("window.changes"))) == 1
