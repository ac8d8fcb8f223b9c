"""What pages weigh: compressed bytes on the wire from the real server, headers, workers and sign included."""

from collections.abc import Iterator
from itertools import cycle

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.site_map import LOCALES
from tests.journeys.staff import Inbox, SignIn
from tests.journeys.visitors import DESK
from tests.journeys.wire import Wire, counted

pytestmark = pytest.mark.journey

KB = 1000
READING = ("", "cards/bullying/", "cards/bullying/tell-an-adult/", "support/")
MEMBERS = ("demo-coordinator", "demo-caseworker", "demo-second")  # in turn: a code works once in 30 seconds
SETTLE_MS = 700  # for what a page asks for after it has loaded, such as its sign


@pytest.fixture
def wire(demo: Demo) -> Iterator[Wire]:
    with counted(demo.port) as wire:
        yield wire


def _read(page: Page, address: str) -> None:
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator("main h1").first).to_be_visible()
    page.wait_for_timeout(SETTLE_MS)


def _ready_to_seal(page: Page, wire: Wire, locale: str) -> None:
    page.goto("about:blank")
    form = ReportForm(page, wire.base, locale).open()
    form.choose_to_report()
    expect(page.locator("[data-open-hours]")).to_be_visible()  # known from a bundle that the sealer believed
    page.wait_for_timeout(SETTLE_MS)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("path", READING)
def test_a_page_to_read_weighs_at_most_40_kb(wire: Wire, new_profile: MakeProfile, locale: str, path: str) -> None:
    page = new_profile().page
    _read(page, f"{wire.base}/{locale}/{path}")
    assert wire.bytes.total() <= 40 * KB, wire
    assert wire.requests.total() <= 6, wire
    wire.forget()
    _read(page, f"{wire.base}/{locale}/{path}")
    assert wire.bytes.total() == 0, wire


@pytest.mark.parametrize("path", READING)
def test_a_page_read_again_minutes_later_costs_at_most_1_kb(wire: Wire, new_profile: MakeProfile, path: str) -> None:
    page = new_profile().page
    wire.minutes_later = True
    _read(page, f"{wire.base}/en/{path}")
    wire.forget()
    _read(page, f"{wire.base}/en/{path}")
    assert wire.requests == {f"/en/{path}": 1}, wire
    assert wire.bytes.total() <= 1 * KB, wire


@pytest.mark.parametrize("locale", LOCALES)
def test_the_report_form_ready_to_seal_weighs_at_most_75_kb(wire: Wire, new_profile: MakeProfile, locale: str) -> None:
    page = new_profile().page
    _ready_to_seal(page, wire, locale)
    assert wire.bytes.total() <= 75 * KB, wire
    assert wire.script <= 45 * KB, wire
    assert wire.requests.total() <= 9, wire
    wire.forget()
    _ready_to_seal(page, wire, locale)
    assert wire.bytes.total() <= 1 * KB, wire


@pytest.mark.parametrize("locale", LOCALES)
def test_the_first_page_of_the_desk_weighs_at_most_90_kb(wire: Wire, new_profile: MakeProfile, locale: str) -> None:
    page = new_profile(viewport=DESK).page
    SignIn(page, wire.base, locale).open()
    page.wait_for_timeout(SETTLE_MS)
    assert wire.bytes.total() <= 90 * KB, wire
    assert wire.requests.total() <= 8, wire


@pytest.mark.parametrize(("locale", "name"), list(zip(LOCALES, cycle(MEMBERS), strict=False)))
def test_the_inbox_weighs_at_most_150_kb(
    demo: Demo, wire: Wire, new_profile: MakeProfile, locale: str, name: str
) -> None:
    page = new_profile(viewport=DESK).page
    SignIn(page, wire.base, locale).open().sign_in(name, demo.words(name), demo.code(name))
    Inbox(page).show("open")
    page.wait_for_timeout(SETTLE_MS)
    assert wire.bytes.total() <= 150 * KB, wire
    assert wire.requests.total() <= 12, wire
    wire.forget()
    page.reload()
    page.wait_for_timeout(SETTLE_MS)
    assert [path for path in wire.bytes if path.startswith("/assets/")] == [], wire
