"""What pages weigh: compressed bytes on the wire from the real server, headers, workers and sign included."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.site_map import LOCALES
from tests.journeys.staff import Inbox, SignIn
from tests.journeys.visitors import DESK
from tests.journeys.wire import Wire, counted
from youthsafe.resources import assets_folder

pytestmark = pytest.mark.journey

KB = 1000
READING = ("", "cards/", "cards/bullying/", "cards/bullying/tell-an-adult/", "support/", "find/", "check/",
           "check/quiz/bullying/", "check/hand/", "check/breathe/")  # fmt: skip
FILE = re.compile(r"/assets/([\w.-]+)")
SEALER = re.compile(r'data-sealer="([^"]+)"')  # holds the words of a language
SETTLE_MS = 700  # for what a page asks for after it has loaded, such as its sign


@pytest.fixture
def wire(demo: Demo) -> Iterator[Wire]:
    with counted(demo.port) as wire:
        yield wire


def _page(demo: Demo, path: str) -> bytes:
    status, page = demo.request("GET", path, Accept_Encoding="br")
    assert status == 200, path
    return page


def _names_of_files(demo: Demo, path: str) -> set[str]:
    """Every file that a page names, without the part of its name that its content gives it."""
    _, page = demo.request("GET", path)
    return {each.rsplit("-", 1)[0] for each in FILE.findall(SEALER.sub("", page.decode()))}


def _heaviest(demo: Demo, path: str) -> str:
    """The language in which a page is largest on the wire, with the texts of the desk or the sealer for it."""
    files = json.loads((assets_folder() / "manifest.json").read_text(encoding="utf-8"))

    def weight(locale: str) -> int:
        texts = files.get(f"desk_{locale}.json") if path.startswith("/staff/") else None
        own = [f"/assets/{texts}"] if texts else SEALER.findall(demo.request("GET", path.format(locale))[1].decode())
        return sum(len(_page(demo, each)) for each in (path.format(locale), *own))

    return max(LOCALES, key=weight)


def _read(page: Page, address: str) -> None:
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator("main h1").first).to_be_visible()
    page.wait_for_timeout(SETTLE_MS)


def _ready_to_seal(page: Page, wire: Wire, locale: str) -> None:
    page.goto("about:blank")
    form = ReportForm(page, wire.base, locale).open()
    expect(form.hours).to_be_visible()  # known from a bundle that the sealer believed
    page.wait_for_timeout(SETTLE_MS)


@pytest.mark.parametrize("path", ["/{}/" + each for each in (*READING, "report/")] + ["/staff/{}/"])
def test_every_language_loads_the_same_files_so_that_its_heaviest_page_speaks_for_all(demo: Demo, path: str) -> None:
    files = {
        # but for the desk's texts, which English has none of
        locale: {each for each in _names_of_files(demo, path.format(locale)) if not each.endswith(f"_{locale}")}
        for locale in LOCALES
    }
    assert all(each == files["en"] for each in files.values()), files


@pytest.mark.parametrize("path", READING)
def test_a_page_to_read_weighs_at_most_40_kb(demo: Demo, wire: Wire, new_profile: MakeProfile, path: str) -> None:
    page, locale = new_profile().page, _heaviest(demo, "/{}/" + path)
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


def test_the_report_form_ready_to_seal_weighs_at_most_75_kb(demo: Demo, wire: Wire, new_profile: MakeProfile) -> None:
    page, locale = new_profile().page, _heaviest(demo, "/{}/report/")
    _ready_to_seal(page, wire, locale)
    assert wire.bytes.total() <= 75 * KB, wire
    assert wire.script <= 45 * KB, wire
    assert wire.requests.total() <= 9, wire
    wire.forget()
    _ready_to_seal(page, wire, locale)
    assert wire.bytes.total() <= 1 * KB, wire


def test_the_first_page_of_the_desk_weighs_at_most_90_kb(demo: Demo, wire: Wire, new_profile: MakeProfile) -> None:
    page = new_profile(viewport=DESK).page
    SignIn(page, wire.base, _heaviest(demo, "/staff/{}/")).open()
    page.wait_for_timeout(SETTLE_MS)
    assert wire.bytes.total() <= 90 * KB, wire
    assert wire.requests.total() <= 8, wire


def test_the_inbox_weighs_at_most_160_kb(own_demo: Demo, new_profile: MakeProfile) -> None:
    """In a demonstration of its own: what other tests had sent would be weighed too."""
    page, name = new_profile(viewport=DESK).page, "demo-coordinator"
    with counted(own_demo.port) as wire:
        signing_in = SignIn(page, wire.base, _heaviest(own_demo, "/staff/{}/")).open()
        signing_in.sign_in(name, own_demo.words(name), own_demo.code(name))
        Inbox(page).show("open")
        page.wait_for_timeout(SETTLE_MS)
        assert wire.bytes.total() <= 160 * KB, wire
        # its own script and texts, the signed changes, what happened to the account, and the file of the words
        assert wire.requests.total() <= 18, wire
        wire.forget()
        page.reload()
        page.wait_for_timeout(SETTLE_MS)
        assert [path for path in wire.bytes if path.startswith("/assets/")] == [], wire
