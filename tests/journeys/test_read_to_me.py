"""A card is read aloud by a voice of the phone itself, and by no other: nothing is asked of anybody while it reads."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.visitors import PHONE, Profile

pytestmark = pytest.mark.journey
FAKE = (Path(__file__).parent / "fake_voices.js").read_text(encoding="utf-8")
BRITISH = {"name": "British", "lang": "en-GB", "localService": True, "default": False}
AMERICAN = {"name": "American", "lang": "en-US", "localService": True, "default": True}
POLISH = {"name": "Polish", "lang": "pl-PL", "localService": True, "default": False}
FAR = {"name": "Far", "lang": "en-GB", "localService": False, "default": True}
FAR_POLISH = {"name": "Far Polish", "lang": "pl-PL", "localService": False, "default": True}
CARD = "cards/bullying/tell-an-adult/"
WHAT_TO_SAY = "cards/getting-help/how-to-call-999/"
BUTTON = "[data-read]"
WORDS = re.compile(r"\w+")

Listen = Callable[..., Page]


@pytest.fixture
def person(new_profile: MakeProfile) -> Profile:
    return new_profile()


@pytest.fixture
def listen(demo: Demo, person: Profile) -> Listen:
    """Open a page on a phone that has these voices and no others."""

    def opened(path: str, voices: Sequence[dict[str, object]]) -> Page:
        person.page.add_init_script(f"const VOICES = {json.dumps(voices)};\n{FAKE}")
        person.page.goto(demo.base + path)
        return person.page

    return opened


def said(page: Page) -> list[list[str]]:
    """What was given to voices so far: each the name of the voice and the words."""
    found: list[list[str]] = page.evaluate("speechSynthesis.said")
    return found


def finish(page: Page) -> None:
    """Let voices come to the end of the page."""
    page.evaluate("speechSynthesis.finish()")
    expect(page.locator("[data-stop]")).to_be_hidden()


def words_in(texts: Iterable[str]) -> list[str]:
    return WORDS.findall(" ".join(texts))


def words_of(page: Page) -> list[str]:
    return words_in(page.locator("[data-aloud]").all_text_contents())


def test_a_card_is_read_in_order_by_the_phones_own_voice_without_one_request(listen: Listen, person: Profile) -> None:
    page = listen(f"/en/{CARD}", [FAR, AMERICAN, BRITISH])
    expect(page.locator(BUTTON)).to_have_text(re.compile("Read to me"))
    page.wait_for_load_state("networkidle")
    asked = len(person.requests)
    page.locator(BUTTON).click()
    finish(page)
    assert person.asked_since(asked) == []
    assert {voice for voice, _ in said(page)} == {"British"}
    assert words_in(text for _, text in said(page)) == words_of(page)
    assert person.complaints == []


def test_a_topic_is_read_too(listen: Listen) -> None:
    page = listen("/en/cards/bullying/", [BRITISH])
    page.locator(BUTTON).click()
    finish(page)
    assert words_in(text for _, text in said(page)) == words_of(page)


@pytest.mark.parametrize(
    ("locale", "voices"),
    [("en", []), ("en", [FAR]), ("en", [POLISH]), ("pl", [BRITISH]), ("pl", [FAR_POLISH, BRITISH])],
    ids=["no voice", "a far voice", "another language", "English for a Polish page", "a far voice beside another"],
)
def test_there_is_no_button_without_a_voice_of_the_phone_for_the_page(
    listen: Listen, locale: str, voices: list[dict[str, object]]
) -> None:
    page = listen(f"/{locale}/{CARD}", voices)
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("speechSynthesis.asked"), "the page has looked for a voice"
    expect(page.locator("[data-read], [data-stop]")).to_have_count(0)


def test_a_voice_that_comes_later_brings_the_button_and_moves_nothing_and_takes_it_along(listen: Listen) -> None:
    page = listen(f"/en/{CARD}", [FAR])
    steps = page.locator(".first-steps li").first
    before = steps.bounding_box()
    page.evaluate("voices => speechSynthesis.have(voices)", [FAR, BRITISH])
    expect(page.locator(BUTTON)).to_be_visible()
    assert steps.bounding_box() == before
    page.locator(BUTTON).click()
    page.evaluate("voices => speechSynthesis.have(voices)", [FAR])
    expect(page.locator(BUTTON)).to_have_count(0)
    assert page.evaluate("speechSynthesis.saying") is None
    expect(page.locator(".being-read")).to_have_count(0)


def test_it_is_paused_gone_on_with_and_stopped_by_keyboard_and_marks_what_it_reads(listen: Listen) -> None:
    page = listen(f"/en/{CARD}", [BRITISH])
    button, marked = page.locator(BUTTON), page.locator(".being-read")
    button.focus()
    page.keyboard.press("Enter")
    expect(marked).to_have_text(page.locator("h1").inner_text())
    page.evaluate("speechSynthesis.end()")
    page.evaluate("speechSynthesis.end()")
    here = marked.inner_text()
    page.keyboard.press("Enter")
    expect(button).to_have_text(re.compile("Go on reading"))
    assert page.evaluate("speechSynthesis.saying") is None
    assert marked.inner_text() == here
    page.keyboard.press("Enter")
    assert said(page)[-1] == said(page)[-2], "the paragraph begins again"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(marked).to_have_count(0)
    expect(page.locator("[data-stop]")).to_be_hidden()
    expect(button).to_be_focused()
    assert page.evaluate("speechSynthesis.saying") is None


def test_it_is_silent_when_the_page_is_hidden(listen: Listen) -> None:
    page = listen(f"/en/{CARD}", [BRITISH])
    page.locator(BUTTON).click()
    page.evaluate(
        """Object.defineProperty(document, 'hidden', { value: true });
           document.dispatchEvent(new Event('visibilitychange'))"""
    )
    assert page.evaluate("speechSynthesis.saying") is None
    expect(page.locator("[data-stop]")).to_be_hidden()


@pytest.mark.parametrize("away", ["[data-leave]", ".brand"], ids=["leave now", "another page"])
def test_it_is_silent_when_the_page_is_left(demo: Demo, listen: Listen, person: Profile, away: str) -> None:
    person.context.route("https://**", lambda route: route.fulfill(body="elsewhere", content_type="text/html"))
    page = listen(f"/en/{CARD}", [BRITISH])
    address = page.url
    page.locator(BUTTON).click()
    page.evaluate("speechSynthesis.onSilence = () => localStorage.setItem('silenced', 'yes')")
    page.locator(away).first.click()
    page.wait_for_url(lambda url: url != address)
    page.goto(f"{demo.base}/healthz")
    assert page.evaluate("localStorage.getItem('silenced')") == "yes"


def test_english_inside_another_language_has_an_english_voice_or_is_passed_over(
    demo: Demo, new_profile: MakeProfile
) -> None:
    for voices in ([POLISH, FAR, BRITISH], [POLISH, FAR]):
        page = new_profile().page
        page.add_init_script(f"const VOICES = {json.dumps(voices)};\n{FAKE}")
        page.goto(f"{demo.base}/pl/{WHAT_TO_SAY}")
        english = page.locator('[data-aloud] [lang="en"]').all_text_contents()
        assert english
        page.locator(BUTTON).click()
        finish(page)
        heard = [text for voice, text in said(page) if voice == "British"]
        assert words_in(heard) == (words_in(english) if BRITISH in voices else [])
        assert {voice for voice, _ in said(page)} <= {"Polish", "British"}


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_a_page_that_is_being_read_can_be_used_by_everybody(listen: Listen, locale: str) -> None:
    arabic = {"name": "Arabic", "lang": "ar-SA", "localService": True, "default": False}
    page = listen(f"/{locale}/{CARD}", [BRITISH, arabic])
    page.locator(BUTTON).click()
    page.evaluate("speechSynthesis.end()")
    faults = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": 320, "height": PHONE["height"]})
        faults += violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults == [], "\n".join(faults)
