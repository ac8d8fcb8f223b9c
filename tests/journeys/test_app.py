"""The installed app, and a worker's life: who gets the pack, what a release changes, and how it goes away again."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Demo, OnDisk
from tests.journeys.kept import kept, kept_paths, wait_for_pack
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.site_map import LOCALES
from tests.journeys.visitors import Profile, visitor

pytestmark = pytest.mark.journey

EXIT = "https://www.bbc.co.uk/weather"
AT_REST_MS = 5_000  # well after a page has come to rest and would have asked for the pack
REGISTERED = "() => navigator.serviceWorker.getRegistrations().then((all) => all.map(({ scope }) => scope))"
CONTROLLED = "() => navigator.serviceWorker.controller !== null"
STANDALONE = """
    const asked = matchMedia;
    globalThis.matchMedia = (query) => query.includes('display-mode: standalone') ? { matches: true } : asked(query);
"""
DATA_SAVER = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Profile]:
    with visitor(browser, service_workers="allow") as profile:
        yield profile


def _visit(page: Page, base: str, path: str = "/en/") -> None:
    page.goto(base + path)
    wait_for_pack(page)


def test_chromium_finds_nothing_that_would_keep_it_from_installing_in_any_language(demo: Demo, on_disk: OnDisk) -> None:
    page = on_disk("phone", service_workers="allow").page  # what keeps nothing on disk cannot install
    session = page.context.new_cdp_session(page)
    for locale in LOCALES:
        _visit(page, demo.base, f"/{locale}/")
        manifest = session.send("Page.getAppManifest")
        assert manifest["url"] == f"{demo.base}/{locale}/manifest.webmanifest"
        assert manifest["errors"] == []
        assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
        assert page.evaluate(REGISTERED) == [f"{demo.base}/"]


def test_the_installed_app_leaves_through_a_page_that_says_nothing(demo: Demo, phone: Profile) -> None:
    page = phone.page
    phone.context.add_init_script(STANDALONE)
    phone.context.route(EXIT, lambda route: route.fulfill(content_type="text/html", body="<h1>Sunny</h1>"))
    _visit(page, demo.base)
    seen: list[str] = []
    page.on("framenavigated", lambda frame: seen.append(frame.url))
    page.locator("header [data-leave]").click(no_wait_after=True)
    expect(page).to_have_url(EXIT)
    assert f"{demo.base}/leaving" in seen
    page.go_back(wait_until="commit")
    expect(page).not_to_have_url(f"{demo.base}/en/")


def test_a_phone_that_saves_data_gets_the_pack_only_when_asked_to(demo: Demo, phone: Profile) -> None:
    page = phone.page
    phone.context.add_init_script(DATA_SAVER)
    page.goto(f"{demo.base}/en/app/")
    page.wait_for_timeout(AT_REST_MS)
    assert page.evaluate(REGISTERED) == []
    assert kept(page) == {}
    expect(page.locator('[data-when~="saving"]').first).to_be_visible()
    page.locator("[data-keep]").click()
    expect(page.locator('[data-when="kept"]').first).to_be_visible(timeout=60_000)
    assert "/en/cards/bullying/tell-an-adult/" in kept_paths(page)


def test_a_reader_can_take_everything_off_the_phone_and_it_stays_off(demo: Demo, phone: Profile) -> None:
    page = phone.page
    _visit(page, demo.base, "/en/app/")
    page.reload()
    page.locator("[data-remove]").click()
    expect(page.locator('[data-when="removed"]')).to_be_visible()
    page.goto(f"{demo.base}/en/")
    page.wait_for_timeout(AT_REST_MS)
    assert page.evaluate(REGISTERED) == []
    assert kept(page) == {}


def test_the_staff_rooms_start_no_worker_and_leave_nothing(demo: Demo, phone: Profile) -> None:
    page = phone.page
    page.goto(f"{demo.base}/staff/")
    page.wait_for_timeout(AT_REST_MS)
    assert page.evaluate(REGISTERED) == []
    _visit(page, demo.base)
    page.goto(f"{demo.base}/staff/")
    expect(page.locator("h1").first).to_be_visible()
    assert [path for path in kept_paths(page) if "staff" in path or "desk" in path or "key_worker" in path] == []


def test_a_report_is_sent_through_a_phone_that_keeps_the_site(demo: Demo, phone: Profile) -> None:
    page = phone.page
    _visit(page, demo.base)
    before = kept(page)
    form = ReportForm(page, demo.base).open()
    assert page.evaluate(CONTROLLED)
    form.begin()
    form.fill({10: "A made-up worry"}, reply=True)
    form.send()
    form.wait_for("sent")
    assert kept(page) == before


def test_a_lesson_is_kept_once_it_was_opened(demo: Demo, phone: Profile) -> None:
    page = phone.page
    _visit(page, demo.base)
    page.goto(f"{demo.base}/en/teach/bullying/")
    page.wait_for_timeout(1_000)  # its copy is put away behind the page
    phone.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-slide]").first).to_be_attached()
    page.goto(f"{demo.base}/en/teach/bullying/#slide-2")
    expect(page.locator("#slide-2")).to_be_visible()
    page.goto(f"{demo.base}/en/teach/knife-crime/")
    expect(page.locator('main a[href="tel:999"]').first).to_be_visible()


def test_a_withdrawn_haven_is_gone_on_the_next_load_and_then_without_a_signal_too(
    own_demo: Demo, phone: Profile
) -> None:
    page = phone.page
    _visit(page, own_demo.base)
    page.goto(f"{own_demo.base}/en/havens/")
    first = page.locator(".haven h3 a").first
    name, address = first.inner_text(), first.get_attribute("href") or ""
    with closing(sqlite3.connect(own_demo.database)) as database, database:
        database.execute("UPDATE haven SET status = 'withdrawn' WHERE name = ?", (name,))
    page.wait_for_timeout(1_500)  # a list may be a second old
    page.reload()
    expect(page.locator("[data-places]")).not_to_contain_text(name)
    page.goto(own_demo.base + address)
    expect(page.locator("main")).not_to_contain_text(name)
    phone.context.set_offline(True)
    for path in ("/en/havens/", address):
        page.goto(own_demo.base + path)
        expect(page.locator("main h1").first).to_be_visible()
        expect(page.locator("main")).not_to_contain_text(name)
