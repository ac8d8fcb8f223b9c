"""The site without a signal, in a real browser: one visit to home, the pack's arrival, and then nothing on the wire."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Demo
from tests.journeys.kept import kept, kept_paths, wait_for_pack
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.site_map import public_paths
from tests.journeys.visitors import Profile, visitor
from tests.journeys.wire import Wire, counted

pytestmark = pytest.mark.journey

LOCALES = ("en", "ar")
PACK_BYTES = 250_000
OPENED_ONLY = ("/teach/", "/report/practice/", "/havens/poster/", "/formats/")  # with a signal: to teach, to print
SETTLE_MS = 1_000  # before the page is at rest, and after what it loads by itself has come
STYLED = "getComputedStyle(document.querySelector('.leave')).borderRadius !== '0px'"


@dataclass
class CutOff:
    """A phone that visited home once, and what the pack weighed; the wire still counts, and must count nothing."""

    page: Page
    wire: Wire
    locale: str
    pack_bytes: int
    pages: list[str]

    @property
    def base(self) -> str:
        return self.wire.base

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def read(self, path: str) -> None:
        self.page.goto(self.base + path)
        expect(self.page.locator("main h1").first).to_be_visible()


def _phone(browser: Browser) -> AbstractContextManager[Profile]:
    return visitor(browser, service_workers="allow")


@pytest.fixture(scope="module", params=LOCALES)
def phone(request: pytest.FixtureRequest, demo: Demo, browser: Browser) -> Iterator[CutOff]:
    locale: str = request.param
    paths = [path for path in public_paths(demo, locale) if not any(part in path for part in OPENED_ONLY)]
    with _phone(browser) as profile, counted(demo.port) as wire:
        page = profile.page
        page.goto(f"{wire.base}/{locale}/")
        page.wait_for_timeout(SETTLE_MS)
        wire.forget()
        wait_for_pack(page)
        phone = CutOff(page, wire, locale, wire.bytes.total(), paths)
        profile.context.set_offline(True)
        wire.forget()
        yield phone


def test_the_pack_weighs_at_most_250_kb_on_the_wire(phone: CutOff) -> None:
    assert 0 < phone.pack_bytes <= PACK_BYTES


@pytest.mark.parametrize("locale", ["fr", "pl", "ta"])
def test_the_pack_of_every_other_language_weighs_no_more(demo: Demo, browser: Browser, locale: str) -> None:
    with _phone(browser) as profile, counted(demo.port) as wire:
        profile.page.goto(f"{wire.base}/{locale}/")
        profile.page.wait_for_timeout(SETTLE_MS)
        wire.forget()
        wait_for_pack(profile.page)
        assert 0 < wire.bytes.total() <= PACK_BYTES, wire


def test_every_card_service_and_haven_and_both_shells_open_without_a_signal(phone: CutOff) -> None:
    assert len(phone.pages) > 60
    for path in phone.pages:
        phone.read(path)
        assert phone.page.locator("html").get_attribute("lang") == phone.locale, path
        assert phone.page.evaluate(STYLED), f"{path} has lost its looks"
        expect(phone.page.locator("main")).not_to_contain_text("You have no signal", use_inner_text=True)
    asked = {path for path, count in phone.wire.requests.items() if count} - {"/sw.js"}  # the browser's own look-out
    assert asked == set(), phone.wire


def test_the_map_of_havens_is_there_without_a_signal(phone: CutOff) -> None:
    phone.read(f"/{phone.locale}/havens/")
    expect(phone.page.locator("main svg a").first).to_be_visible()
    assert phone.page.locator("li.haven").count() > 1, "open or closed: the list holds them at every hour"


def test_a_kept_list_that_is_past_its_day_says_so_and_calls_nothing_open(phone: CutOff) -> None:
    page = phone.context.new_page()  # with a clock of its own
    page.clock.set_fixed_time(datetime.now(UTC))
    page.goto(f"{phone.base}/{phone.locale}/havens/")
    expect(page.locator("[data-too-old]")).to_be_hidden()
    valid_until = page.locator("[data-valid-until]").get_attribute("data-valid-until") or ""
    page.clock.set_fixed_time(datetime.fromisoformat(valid_until) + timedelta(seconds=1))
    page.reload()
    expect(page.locator("[data-too-old]")).to_be_visible()
    expect(page.locator("[data-places] [data-opening]:visible")).to_have_count(0)
    page.close()


def test_a_page_says_that_there_is_no_signal(phone: CutOff) -> None:
    phone.read(f"/{phone.locale}/support/")
    expect(phone.page.locator("[data-no-signal]")).to_be_visible()


def test_an_address_that_nobody_kept_shows_the_help_numbers(phone: CutOff) -> None:
    for path in (f"/{phone.locale}/cards/nowhere/at-all/", "/nowhere", f"/{phone.locale}/teach/"):
        phone.read(path)
        for number in ("999", "08001111"):
            expect(phone.page.locator(f'main a[href="tel:{number}"]').first).to_be_visible()
    assert phone.page.locator("main section[lang]").count() >= len(LOCALES)


def test_the_bare_address_leads_home_without_a_signal(phone: CutOff) -> None:
    phone.read("/")
    expect(phone.page).to_have_url(f"{phone.base}/{phone.locale}/")


def test_a_first_report_can_be_written_without_a_signal_and_waits(phone: CutOff) -> None:
    form = ReportForm(phone.page, phone.base, phone.locale).open()
    form.begin()
    form.fill({10: "A made-up worry"}, reply=True)
    form.send()
    form.wait_for("unsent")
    assert len(form.code()) == 7


def test_the_replies_shell_is_there_without_a_signal(phone: CutOff) -> None:
    phone.read(f"/{phone.locale}/replies/")
    expect(phone.page.locator("[data-open]")).to_be_enabled()


def test_nothing_of_the_staff_or_the_api_is_ever_kept(phone: CutOff) -> None:
    private = {path for path in kept_paths(phone.page) if path.startswith(("/api/", "/staff"))}
    assert private == {"/api/v1/bundle"}


def test_what_is_kept_does_not_tell_what_was_read(phone: CutOff) -> None:
    before = kept(phone.page)
    for path in (f"/{phone.locale}/cards/knife-crime/", f"/{phone.locale}/havens/", f"/{phone.locale}/cards/nowhere/"):
        phone.read(path)
    assert kept(phone.page) == before


class _Broken(BaseHTTPRequestHandler):
    """What stands before a server that is down: it answers, but has nothing to say."""

    def do_GET(self) -> None:
        self.send_error(503)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Write down nobody."""


@contextmanager
def _answering_only_that_it_cannot(port: int) -> Iterator[None]:
    with ThreadingHTTPServer(("127.0.0.1", port), _Broken) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


def test_a_server_that_answers_only_that_it_cannot_is_no_worse_than_no_signal(own_demo: Demo, browser: Browser) -> None:
    with _phone(browser) as person:
        person.page.goto(f"{own_demo.base}/en/")
        wait_for_pack(person.page)
        own_demo.stop()
        with _answering_only_that_it_cannot(own_demo.port):
            person.page.goto(f"{own_demo.base}/en/havens/")
            expect(person.page.locator("main h1").first).to_be_visible()
            form = ReportForm(person.page, own_demo.base).open().begin()
            form.fill({4: "A made-up worry"}, reply=True)
            form.send()
            form.wait_for("unsent")
            assert len(form.code()) == 7
