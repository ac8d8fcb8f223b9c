"""Map and list on a real phone's browser: nearest first, old copies, zoom; and all of it without script."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import SettableClock

pytestmark = pytest.mark.journey

NAMES = "[data-places] > li h2 a"


def test_the_nearest_is_first_after_a_tap_and_no_coordinate_leaves_the_phone(phone: Page, site: str) -> None:
    phone.goto(f"{site}/en/havens/")
    names = phone.locator(NAMES)
    assert names.first.inner_text() == "DEMO Kettle and Kite Corner Shop"
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.get_by_role("button", name="Show the nearest first").click()
    expect(phone.get_by_text("The nearest place is first now.")).to_be_visible()
    assert names.first.inner_text() == "DEMO Late Lantern Chip Shop"
    first = phone.locator("[data-places] > li").first
    expect(first).to_contain_text("About 50 metres from you")
    expect(first.locator(".pin-number")).to_have_text("2")
    expect(phone.locator("[data-places] > li").last).to_contain_text("About 6.4 kilometres from you")
    assert asked == []
    assert phone.evaluate("localStorage.length + sessionStorage.length") == 0


def test_nobody_is_asked_where_they_are_before_the_tap(phone: Page, site: str) -> None:
    phone.add_init_script("window.asked = 0; navigator.geolocation.getCurrentPosition = () => { window.asked += 1; };")
    phone.goto(f"{site}/en/havens/")
    assert phone.evaluate("window.asked") == 0
    phone.get_by_role("button", name="Show the nearest first").click()
    assert phone.evaluate("window.asked") == 1


def test_a_phone_that_does_not_say_where_it_is_leaves_the_list_as_it_was(phone: Page, site: str) -> None:
    phone.context.clear_permissions()
    phone.goto(f"{site}/en/havens/")
    phone.get_by_role("button", name="Show the nearest first").click()
    expect(phone.get_by_text("Your phone did not say where it is.")).to_be_visible()
    assert phone.locator(NAMES).first.inner_text() == "DEMO Kettle and Kite Corner Shop"


def test_only_pages_about_havens_may_ask_where_a_phone_is(phone: Page, site: str) -> None:
    allowed = "document.featurePolicy.allowsFeature('geolocation')"
    phone.goto(f"{site}/en/havens/")
    assert phone.evaluate(allowed)
    phone.goto(f"{site}/en/support/")
    assert not phone.evaluate(allowed)


def test_an_old_copy_says_so_and_stops_calling_places_open(phone: Page, site: str, clock: SettableClock) -> None:
    phone.goto(f"{site}/en/havens/")
    expect(phone.get_by_text("This is an old copy of our list.")).to_be_hidden()
    expect(phone.get_by_text("Open now, until").first).to_be_visible()
    phone.clock.set_fixed_time(clock() + timedelta(hours=24, seconds=1))
    phone.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    expect(phone.get_by_text("This is an old copy of our list.")).to_be_visible()
    expect(phone.get_by_text("Open now, until").first).to_be_hidden()
    expect(phone.get_by_text("Look at the opening times").first).to_be_visible()


def test_a_place_that_has_closed_since_is_not_called_open(phone: Page, site: str, clock: SettableClock) -> None:
    phone.goto(f"{site}/en/havens/")
    library = phone.locator("li", has_text="Moonbeam")
    expect(library.get_by_text("Open now, until 18:00")).to_be_visible()
    phone.clock.set_fixed_time(clock() + timedelta(hours=9))
    phone.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    expect(library.get_by_text("Open now, until 18:00")).to_be_hidden()
    expect(phone.get_by_text("This is an old copy of our list.")).to_be_hidden()


def map_width(page: Page) -> float:
    """How wide the map is drawn, once it has stopped moving."""
    page.wait_for_timeout(400)
    return float(page.evaluate("document.querySelector('svg.map').getBoundingClientRect().width"))


def test_the_map_grows_by_buttons_and_its_pins_stay_within_reach_of_the_keyboard(phone: Page, site: str) -> None:
    phone.goto(f"{site}/en/havens/")
    before = map_width(phone)
    phone.get_by_role("button", name="Zoom in").click()
    phone.get_by_role("button", name="Zoom in").click()
    assert map_width(phone) > before * 1.5
    for number in range(1, 7):
        pin = phone.locator(f"a.pin[aria-label^='{number}.']")
        pin.focus()
        phone.wait_for_timeout(250)
        box, frame = pin.locator(".head").bounding_box(), phone.locator("[data-map-window]").bounding_box()
        assert box
        assert frame
        assert box["x"] + box["width"] > frame["x"]
        assert box["x"] < frame["x"] + frame["width"]
        assert box["y"] + box["height"] > frame["y"]
        assert box["y"] < frame["y"] + frame["height"]
    phone.get_by_role("button", name="Whole map").click()
    assert map_width(phone) == pytest.approx(before, abs=1)


def test_a_pin_leads_to_its_place(phone: Page, site: str) -> None:
    phone.goto(f"{site}/en/havens/")
    phone.locator("a.pin[aria-label='3. DEMO Moonbeam Library']").press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("DEMO Moonbeam Library")


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_without_script_the_map_the_parts_and_the_kinds_still_work(browser: Browser, site: str, locale: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{site}/{locale}/havens/")
    expect(page.locator("svg.map a.pin")).to_have_count(6)
    expect(page.locator("[data-nearest]")).to_be_hidden()
    page.locator("details.areas summary").click()
    page.locator("details.areas a[href$='/area/deptford/']").click()
    expect(page.locator("[data-places] > li")).to_have_count(1)
    expect(page.locator("svg.map a.pin")).to_have_count(1)
    page.locator(".filters a[href$='/kind/hate-crime-site/']").click()
    expect(page.locator("[data-places] .pin-number")).to_have_text(["6"])
    context.close()


def test_havens_with_their_map_are_light_enough_for_a_poor_connection(phone: Page, site: str) -> None:
    wire = phone.context.new_cdp_session(phone)
    wire.send("Network.enable")
    bytes_of: dict[str, int] = {}
    wire.on("Network.loadingFinished", lambda event: bytes_of.update({event["requestId"]: event["encodedDataLength"]}))
    phone.goto(f"{site}/ar/havens/", wait_until="networkidle")
    assert len(bytes_of) <= 8
    assert sum(bytes_of.values()) <= 80_000
