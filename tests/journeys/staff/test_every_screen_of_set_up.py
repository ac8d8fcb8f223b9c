"""Every screen from the operator's link to the list of what is left to do, and of both ceremonies of the kit."""

from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests import prints
from tests.journeys.conftest import MakeProfile
from tests.journeys.staff.code_app import CodeApp
from tests.journeys.staff.conftest import Looks
from tests.journeys.staff.instance import EmptyInstance
from tests.journeys.staff.screens import Screens
from tests.journeys.staff.set_up import SLOW, Coordinator
from tests.journeys.staff.sign_in import paste

pytestmark = pytest.mark.journey
NAMES = {"en": ("Ada", "Early help"), "ar": ("عائشة", "فريق المساعدة المبكرة")}


@pytest.mark.parametrize("empty", ["sqlite"], indirect=True)
def test_every_screen_of_set_up(empty: EmptyInstance, new_profile: MakeProfile, tmp_path: Path, looks: Looks) -> None:
    link = empty.run("setup-link").strip()
    arabic = Screens(new_profile().page, looks, "ar")
    paste(arabic.page, link.replace("/en/", "/ar/"))
    name_them(arabic)
    secrets(arabic, tmp_path)
    english = Screens(new_profile().page, looks)
    paste(english.page, link)
    name_them(english)
    made = secrets(english, tmp_path)
    english.write("#code", made.code())
    english.press("go")
    expect(english.part("done")).to_be_visible(timeout=SLOW)
    english.look("done", english.heading)
    english.press("sign-in")
    sign_in(english, made)
    list_of_what_is_left(english)
    english.page.goto(f"{empty.base}/staff/ar/getting-started/")
    later = Screens(english.page, looks, "ar")
    later.write("#words", made.words)
    later.press("go")
    list_of_what_is_left(later)
    paste(arabic.page, link.replace("/en/", "/ar/"))
    arabic.page.locator('[data-part="trouble"]').filter(visible=True).wait_for()
    arabic.look("a link that was used")
    faults = arabic.faults + english.faults + later.faults
    assert faults == [], "\n".join(faults)


def name_them(screens: Screens) -> None:
    screens.part("names").wait_for()
    screens.look("names")
    screens.press("go")
    screens.look("names, when they are missing", "#name")
    name, team = NAMES[screens.locale]
    screens.write("#name", name)
    screens.write("#team", team)
    screens.page.keyboard.press("Enter")


def secrets(screens: Screens, folder: Path) -> Coordinator:
    """Words, kit and second factor, each wrong first."""
    page = screens.page
    heading = page.locator("h2").first
    words = screens.listed("words-made", 6)
    screens.look("words", heading)
    screens.write("#words", " ".join(["abacus"] * 6))
    screens.press("show", "Space")
    screens.press("go")
    expect(page.locator("#words-error")).to_be_visible()
    screens.look("words, when they are others", "#words")
    screens.write("#words", " ".join(words))
    screens.press("go")
    kit = screens.listed("kit-words", 24)
    screens.look("kit", heading)
    sheet = prints.printed(page, folder)
    assert prints.facts(sheet)["Pages"] == "1"
    assert all(word in prints.text(sheet) for word in kit)
    screens.press("printed")
    screens.look("words of the kit", heading)
    for field in page.locator("input[id^=kit-word-]").all():
        screens.write(field, "abacus")
    screens.press("go")
    screens.land("words of the kit, when they are others", "kit-check")
    screens.type_kit(kit)
    screens.press("go")
    secret = screens.part("second-factor").inner_text().replace(" ", "")
    screens.look("second factor", heading)
    screens.write("#code", "12")
    screens.press("go")
    screens.look("second factor, when the code is wrong", "#code")
    return Coordinator(NAMES[screens.locale][0], " ".join(words), kit, "", CodeApp(secret))


def sign_in(screens: Screens, made: Coordinator) -> None:
    expect(screens.page.locator("#code")).to_be_visible()
    screens.look("sign in", screens.heading)
    screens.write("#name", made.name)
    screens.write("#words", made.words)
    screens.write("#code", made.code())
    screens.page.keyboard.press("Enter")


def list_of_what_is_left(screens: Screens) -> None:
    """What is to do, each thing that is done on the page itself, and opening the form when all of it is done."""
    page = screens.page
    expect(page.locator("[data-step]")).to_have_count(7, timeout=SLOW)
    screens.look("what is left", screens.heading)
    screens.go_round()
    if screens.locale == "en":
        screens.write("#controller-name", "Madeupton Council")
        screens.press("save")
        expect(page.locator('[data-step="controller"] [data-part="outcome"]')).to_have_text("Saved.")
        screens.press(page.locator('[data-part="make-smaller-team"] button'))
        screens.land("a team without a name", "#team-smaller-team")
        screens.write("#team-smaller-team", "People of trust")
        page.keyboard.press("Enter")
        expect(page.locator('[data-step="smaller-team"][data-done="yes"]')).to_be_visible(timeout=SLOW)
    else:
        screens.press(page.locator('[data-step="general-team"] summary'))
    screens.look("what is left, later")
    page.route("**/getting-started", all_is_done)
    screens.come_again()
    expect(screens.part("open")).to_be_visible()
    screens.press("open")
    screens.look("before the form is opened", screens.question)
    page.keyboard.press("Escape")
    screens.look("all is done", "open")
    page.unroute("**/getting-started")


def all_is_done(route: Route) -> None:
    """Say what the server would say if every step were done."""
    answer = route.fetch()
    said = answer.json()
    route.fulfill(response=answer, json=said | {"steps": [each | {"done": True} for each in said["steps"]]})
