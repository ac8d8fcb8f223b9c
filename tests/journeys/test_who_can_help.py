"""Who can help: the numbers for now at once, three to begin with, the rest folded; and only those to write to."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Demo
from tests.journeys.site_map import BOTH_WAYS
from tests.journeys.visitors import PHONE, Profile, visitor

pytestmark = pytest.mark.journey
NOW = ("tel:999", "tel:08001111", "sms:85258?&body=SHOUT")
LAYERS = "#by-writing"


def write(page: Page) -> None:
    """Reach the choice with the keyboard and press it."""
    page.locator('a[href="#by-writing"]').focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("locale", BOTH_WAYS)
def test_the_numbers_for_now_stand_on_the_first_screen_of_a_small_phone(
    demo: Demo, person: Profile, locale: str
) -> None:
    page = person.page
    page.set_viewport_size({"width": 360, "height": 600})
    page.goto(f"{demo.base}/{locale}/support/")
    for number in NOW:
        page.locator(f'main .calls a[href="{number}"]').click(trial=True)
    assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_write_dont_talk_leaves_only_those_to_write_to_and_back_brings_all_again(
    demo: Demo, browser: Browser, script: bool
) -> None:
    with visitor(browser, java_script_enabled=script) as person:
        page = person.page
        page.goto(f"{demo.base}/en/support/")
        told = page.get_by_role("status").get_by_text("only those that you can write to")
        expect(told).to_be_hidden()
        write(page)
        expect(told).to_be_visible()
        expect(page.locator(f'{LAYERS} a[href^="tel:"]:visible')).to_have_count(0)
        expect(page.locator(f"{LAYERS} #childline, {LAYERS} #shout, {LAYERS} #kooth")).to_have_count(3)
        page.get_by_text("Feeling very bad").click()
        expect(page.locator("#papyrus a[href^='sms:']")).to_be_visible()
        expect(page.locator("#samaritans")).to_be_hidden()
        expect(page.locator(f"{LAYERS} summary", has_text="Feeling very bad")).to_be_visible()
        for number in NOW:
            expect(page.locator(f'main .calls a[href="{number}"]')).to_be_visible()
        page.go_back()
        expect(told).to_be_hidden()
        expect(page.locator('#childline a[href="tel:08001111"]')).to_be_visible()
        assert person.complaints == []


@pytest.mark.parametrize("locale", BOTH_WAYS)
def test_everything_unfolded_and_narrowed_down_can_be_used_by_everybody(
    demo: Demo, person: Profile, locale: str
) -> None:
    page, faults = person.page, []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for place in ("", "#by-writing"):
            page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
            page.goto(f"{demo.base}/{locale}/support/{place}")
            page.evaluate("for (const fold of document.querySelectorAll('main details')) fold.open = true")
            faults += violations(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults == [], "\n".join(faults)
