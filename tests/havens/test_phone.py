"""Map and list on a real phone's browser: nearest first, old copies, zoom; and all of it without script."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import SettableClock
from tests.journeys.visitors import visitor

pytestmark = pytest.mark.journey

NAMES = "[data-places] > li h3 a"


def test_the_nearest_open_place_is_first_and_no_coordinate_leaves_the_phone(phone: Page, site: str) -> None:
    phone.goto(f"{site}/en/havens/")
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.get_by_role("button", name="Nearest open now").click()
    expect(phone.get_by_text("The nearest one that is open is far away. Go into any busy shop")).to_be_visible()
    found = phone.locator("[data-found] > li")
    expect(found.locator("h3 a")).to_have_text(
        ["DEMO Otter Leisure Centre", "DEMO Moonbeam Library", "DEMO Kettle and Kite Corner Shop"]
    )
    distance = "About 1.8 kilometres from you. Walking time: about 31 min"
    expect(found.first).to_contain_text(distance, use_inner_text=True)
    expect(found.first.locator(".pin-number")).to_have_text("4")
    expect(phone.locator("[data-places] > li h3 a")).to_have_text(["DEMO Paper Boat Community Hall"])
    assert {each.removeprefix(site) for each in asked} <= {"/icon.svg"}, "a browser may fetch the tab's icon late"
    assert phone.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_place_that_can_be_walked_to_is_said_to_be_first(phone: Page, site: str) -> None:
    phone.context.set_geolocation({"latitude": 51.4450, "longitude": -0.0210})
    phone.goto(f"{site}/en/havens/")
    phone.get_by_role("button", name="Nearest open now").click()
    expect(phone.get_by_text("The nearest one that is open is first.")).to_be_visible()
    expect(phone.locator("[data-found] > li h3 a").first).to_have_text("DEMO Moonbeam Library")


def test_a_closed_door_next_to_a_child_is_folded_away_and_still_says_how_far_it_is(phone: Page, site: str) -> None:
    phone.goto(f"{site}/en/havens/")
    phone.get_by_role("button", name="Nearest open now").click()
    shop = phone.locator("[data-closed] > li", has_text="Late Lantern Chip Shop")
    expect(shop).to_be_hidden()
    phone.get_by_text("Closed now (1)").click()
    expect(shop).to_contain_text("About 50 metres from you. Walking time: about 1 min", use_inner_text=True)


def test_the_way_to_the_nearest_is_on_the_first_screen(phone: Page, site: str) -> None:
    phone.set_viewport_size({"width": 360, "height": 600})
    for locale in ("en", "ar", "ta"):
        phone.goto(f"{site}/{locale}/havens/")
        button, strip = phone.locator("[data-nearest]").bounding_box(), phone.locator(".help-strip").bounding_box()
        assert button
        assert strip
        assert button["y"] + button["height"] <= strip["y"], locale


def test_the_map_shows_where_the_reader_is(phone: Page, site: str) -> None:
    phone.goto(f"{site}/en/havens/")
    expect(phone.locator("svg.map .here")).to_be_hidden()
    phone.get_by_role("button", name="Nearest open now").click()
    expect(phone.locator("svg.map .here .spot")).to_be_visible()
    expect(phone.get_by_text("The blue dot is you.")).to_be_visible()
    here = phone.locator("svg.map .here .spot").bounding_box()
    shop = phone.locator("a.pin[aria-label='2. DEMO Late Lantern Chip Shop'] .head").bounding_box()
    assert here
    assert shop
    assert abs(here["x"] + here["width"] / 2 - shop["x"] - shop["width"] / 2) < 10  # 50 metres away


def test_one_haven_says_how_far_it_is_and_opens_in_the_phones_maps(phone: Page, site: str) -> None:
    phone.goto(f"{site}/en/havens/")
    phone.locator("a.pin[aria-label='3. DEMO Moonbeam Library']").press("Enter")
    phone.get_by_role("button", name="How far is it from me?").click()
    expect(phone.locator("[data-distance]")).to_contain_text("kilometres from you. Walking time", use_inner_text=True)
    expect(phone.get_by_text("You are not on this part of the map.")).to_be_visible()
    expect(phone.get_by_role("link", name="Open in my maps")).to_have_attribute("href", re.compile(r"^geo:51\.4452,"))


def test_a_phone_that_does_not_know_geo_addresses_gets_its_own_kind(browser: Browser, site: str) -> None:
    with visitor(browser, user_agent="Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)") as person:
        phone = person.page
        phone.goto(f"{site}/en/havens/")
        phone.locator("a.pin[aria-label='3. DEMO Moonbeam Library']").press("Enter")
        link = phone.get_by_role("link", name="Open in my maps")
        expect(link).to_have_attribute("href", re.compile(r"^maps:\?ll=51\."))


def test_nobody_is_asked_where_they_are_before_the_tap(phone: Page, site: str) -> None:
    phone.add_init_script("window.asked = 0; navigator.geolocation.getCurrentPosition = () => { window.asked += 1; };")
    phone.goto(f"{site}/en/havens/")
    assert phone.evaluate("window.asked") == 0
    phone.get_by_role("button", name="Nearest open now").click()
    assert phone.evaluate("window.asked") == 1


def test_a_phone_that_does_not_say_where_it_is_leaves_the_list_as_it_was(phone: Page, site: str) -> None:
    phone.context.clear_permissions()
    phone.goto(f"{site}/en/havens/")
    phone.get_by_role("button", name="Nearest open now").click()
    expect(phone.get_by_text("Your phone did not say where it is.")).to_be_visible()
    assert phone.locator(NAMES).first.inner_text() == "DEMO Kettle and Kite Corner Shop"


def test_a_place_that_may_have_opened_since_is_not_left_among_the_closed_ones(
    phone: Page, site: str, clock: SettableClock
) -> None:
    clock.move(days=2, hours=5)  # Wednesday afternoon: the chip shop opens at four
    phone.clock.set_fixed_time(clock())
    phone.goto(f"{site}/en/havens/")
    shop = phone.locator("li", has_text="Late Lantern Chip Shop")
    expect(shop).to_be_hidden()
    phone.clock.set_fixed_time(clock() + timedelta(hours=3))
    phone.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    expect(shop).to_be_visible()
    expect(shop).to_contain_text("Look at the opening times")


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
    for number in range(1, 6):
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
    expect(page.locator("svg.map a.pin")).to_have_count(5)
    expect(page.locator("[data-nearest]")).to_be_hidden()
    page.locator("details.areas summary").click()
    page.locator("details.areas a[href$='/area/catford/']").click()
    expect(page.locator("[data-places] > li")).to_have_count(1)
    expect(page.locator("svg.map a.pin")).to_have_count(1)
    page.locator("a[href$='/kind/hate-crime-site/']").click()
    expect(page.locator(".haven .pin-number")).to_have_text(["6"])
    context.close()


def test_havens_with_their_map_are_light_enough_for_a_poor_connection(phone: Page, site: str) -> None:
    wire = phone.context.new_cdp_session(phone)
    wire.send("Network.enable")
    bytes_of: dict[str, int] = {}
    wire.on("Network.loadingFinished", lambda event: bytes_of.update({event["requestId"]: event["encodedDataLength"]}))
    phone.goto(f"{site}/ar/havens/", wait_until="networkidle")
    assert len(bytes_of) <= 8
    assert sum(bytes_of.values()) <= 80_000
