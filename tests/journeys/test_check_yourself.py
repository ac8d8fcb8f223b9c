"""What a pupil does alone: three taps from home to the right card or person, and nothing asked for, kept or counted."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.kept import wait_for_pack
from tests.journeys.site_map import BOTH_WAYS
from tests.journeys.visitors import PHONE, Profile, visitor
from tests.packs import packaged

pytestmark = pytest.mark.journey

WAYS = [
    ("Someone is hurting me", "Other pupils are unkind to me", "cards/bullying/when-someone-is-unkind/"),
    ("Something online", "A picture of me got out", "cards/online-safety/pictures-of-you/"),
    ("I’m worried about a friend", "My friend carries a knife", "cards/knife-crime/if-a-friend-carries/"),
    ("I did something", "It is something else", "cards/getting-help/when-you-did-something-wrong/"),
    ("I feel very bad", "I think about dying", "cards/feeling-very-bad/thoughts-of-suicide/"),
    ("I don’t know", "I want to talk to someone", "support/"),
]
#: All that a browser keeps for a site, but for what its worker keeps of the site itself.
STORED = """async () => [
    ...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie, window.name,
    ...(await indexedDB.databases()).map(({ name }) => name), JSON.stringify(history.state),
].filter((each) => each && each !== 'null')"""
QUIZ, HAND, CIRCLE = "check/quiz/bullying/", "check/hand/", "check/breathe/"
NAME = "Made-up Ms Example"
EXIT = f"{packaged().site.exit_address}**"
ON_TOP = """(link) => {
    const { top, bottom, left, right } = link.getBoundingClientRect();
    return link.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
}"""


def three_taps(page: Page, base: str, situation: str, answer: str) -> None:
    page.goto(f"{base}/en/")
    page.get_by_role("link", name="Not sure?").click()
    page.locator("summary", has_text=situation).click()
    page.locator(".situation[open]").get_by_role("link", name=answer).click()


def use_the_finder(page: Page) -> None:
    for situation in page.locator(".situation summary").all():
        situation.click()


def use_the_quiz(page: Page) -> None:
    for _ in range(5):
        page.locator(".current .answers button").first.click()
        expect(page.locator(".current [data-answer]")).to_have_attribute("open", "")
        page.locator(".current [data-next]").click()
    expect(page.locator(".current h2")).to_be_focused()


def use_the_hand(page: Page) -> None:
    page.get_by_role("textbox").first.fill(NAME)
    page.locator("[data-finger]").last.get_by_role("button").first.click()
    expect(page.get_by_role("textbox").last).to_have_value(re.compile("0800 1111"))
    expect(page.locator(".hand [data-lit]")).to_have_count(2)


def use_the_circle(page: Page) -> None:
    page.locator("[data-begin]").click()
    expect(page.locator('[data-circle] [data-when="hold"]')).to_be_visible()
    page.locator("[data-stop]").click()
    expect(page.locator("[data-begin]")).to_be_focused()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[0])
def test_three_taps_lead_from_home_to_the_right_card_or_person(
    demo: Demo, browser: Browser, script: bool, way: tuple[str, str, str]
) -> None:
    with visitor(browser, java_script_enabled=script) as person:
        situation, answer, path = way
        three_taps(person.page, demo.base, situation, answer)
        expect(person.page).to_have_url(f"{demo.base}/en/{path}")
        assert person.complaints == []


@pytest.mark.parametrize("locale", BOTH_WAYS)
def test_danger_shows_999_and_childline_where_the_finger_is_at_the_first_tap(
    demo: Demo, person: Profile, locale: str
) -> None:
    page = person.page
    page.set_viewport_size({"width": 360, "height": 600})
    page.goto(f"{demo.base}/{locale}/check/")
    page.locator(".situation summary").last.click()  # what it opens would stand below the fold
    page.wait_for_timeout(300)
    for number in ("999", "08001111"):
        found = page.locator(f'.situation[open] .alarm a[href="tel:{number}"]')
        assert found.evaluate(ON_TOP), number


@pytest.mark.parametrize(
    ("path", "use"),
    [("check/", use_the_finder), (QUIZ, use_the_quiz), (HAND, use_the_hand), (CIRCLE, use_the_circle)],
    ids=["finder", "quiz", "hand", "circle"],
)
@pytest.mark.parametrize("locale", BOTH_WAYS)
def test_nothing_is_asked_for_while_it_is_used_and_nothing_stays(
    demo: Demo, person: Profile, locale: str, path: str, use: Callable[[Page], None]
) -> None:
    page = person.page
    page.goto(f"{demo.base}/{locale}/{path}")
    page.wait_for_load_state("networkidle")
    asked, address = len(person.requests), page.url
    use(page)
    page.wait_for_timeout(500)
    assert person.asked_since(asked) == []
    assert page.url == address
    assert page.evaluate(STORED) == []
    page.reload()
    expect(
        page.locator(".situation[open], .answers [aria-pressed], .hand [data-lit], .circle[data-phase]")
    ).to_have_count(0)
    assert (
        page.locator("input:not([type=radio])").evaluate_all("(boxes) => boxes.map(({ value }) => value).join('')")
        == ""
    )
    assert person.complaints == []


@pytest.mark.parametrize("locale", BOTH_WAYS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_of_it_unfolded_can_be_used_by_everybody(demo: Demo, person: Profile, locale: str, theme: str) -> None:
    page = person.page
    page.emulate_media(color_scheme=theme)
    page.goto(f"{demo.base}/{locale}/check/")
    use_the_finder(page)
    assert violations(page) == []
    page.set_viewport_size(PHONE)
    page.goto(f"{demo.base}/{locale}/{QUIZ}")
    page.locator(".current .answers button").last.click()
    assert violations(page) == []
    page.set_viewport_size(PHONE)
    page.goto(f"{demo.base}/{locale}/{HAND}")
    use_the_hand(page)
    assert violations(page) == []
    page.set_viewport_size(PHONE)
    page.goto(f"{demo.base}/{locale}/{CIRCLE}")
    page.locator("[data-begin]").click()
    assert violations(page) == []


def test_a_quiz_is_answered_with_the_keyboard_alone(demo: Demo, person: Profile) -> None:
    page = person.page
    page.goto(f"{demo.base}/en/{QUIZ}")
    page.locator(".current .answers button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".current").get_by_role("status")).to_have_text(
        "Not that one. Many people think so.", use_inner_text=True
    )
    expect(page.locator(".current [data-answer]")).to_contain_text("The answer is B.")
    page.locator(".current [data-next]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".current h2")).to_be_focused()
    expect(page.locator("[data-question]:visible")).to_have_count(1)


def test_without_script_every_question_has_its_answer_under_it(demo: Demo, browser: Browser) -> None:
    with visitor(browser, java_script_enabled=False) as person:
        page = person.page
        page.goto(f"{demo.base}/en/{QUIZ}")
        expect(page.locator("[data-answer]:visible")).to_have_count(5)
        page.locator("[data-answer] summary").nth(3).click()
        expect(page.get_by_text("You tell because someone is hurt.")).to_be_visible()


@pytest.mark.parametrize("locale", BOTH_WAYS)
def test_without_a_signal_it_works_as_well(demo: Demo, new_profile: MakeProfile, locale: str) -> None:
    profile = new_profile(service_workers="allow")
    page = profile.page
    page.goto(f"{demo.base}/{locale}/")
    wait_for_pack(page)
    profile.context.set_offline(True)
    page.goto(f"{demo.base}/{locale}/check/")
    page.locator(".situation summary").first.click()
    page.locator(".situation[open] a.row-link").first.click()
    expect(page.locator(".first-steps")).to_be_visible()
    page.goto(f"{demo.base}/{locale}/{QUIZ}")
    use_the_quiz(page)
    expect(page.locator("html")).to_have_attribute("dir", {"en": "ltr", "ar": "rtl"}[locale])
    for path, use in ((HAND, use_the_hand), (CIRCLE, use_the_circle)):
        page.goto(f"{demo.base}/{locale}/{path}")
        use(page)


def test_names_on_the_hand_are_gone_on_another_page_and_by_leave_now(demo: Demo, person: Profile) -> None:
    page = person.page
    page.goto(f"{demo.base}/en/{HAND}")
    use_the_hand(page)
    page.get_by_role("link", name="Which of these is you?").click()
    page.go_back()
    expect(page.locator(".hand")).to_be_visible()
    assert page.get_by_role("textbox").first.input_value() == ""
    use_the_hand(page)
    page.context.route(EXIT, lambda route: route.fulfill(body="another site", content_type="text/html"))
    page.locator("[data-leave]").click()
    expect(page.get_by_text("another site")).to_be_visible()
    page.go_back()
    page.wait_for_timeout(500)
    assert NAME not in page.content()
    assert page.evaluate("[...document.querySelectorAll('input')].some(({ value }) => value !== '')") is False


def test_the_hand_is_printed_with_its_names_and_without_what_is_tapped(demo: Demo, person: Profile) -> None:
    page = person.page
    page.goto(f"{demo.base}/en/{HAND}")
    page.evaluate("window.print = () => document.documentElement.setAttribute('data-printed', '')")
    use_the_hand(page)
    page.get_by_role("button", name="Print").click()
    expect(page.locator("html[data-printed]")).to_have_count(1)
    page.emulate_media(media="print")
    expect(page.get_by_role("textbox").first).to_be_visible()
    expect(page.locator("[data-idea]:visible, [data-print]:visible")).to_have_count(0)


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_circle_breathes_for_two_minutes_and_stops_and_stands_still_for_who_wants_less_motion(
    demo: Demo, person: Profile, motion: str
) -> None:
    page = person.page
    page.emulate_media(reduced_motion=motion)
    page.clock.install()
    page.goto(f"{demo.base}/en/{CIRCLE}")
    width = "() => getComputedStyle(document.querySelector('.circle'), '::before').transform"
    still = page.evaluate(width)
    page.locator("[data-begin]").click()
    circle = page.locator("[data-circle]")
    expect(circle.get_by_role("status")).to_have_text("Breathe in", use_inner_text=True)
    page.clock.run_for(4_200)
    expect(circle.get_by_role("status")).to_have_text("Hold", use_inner_text=True)
    if motion == "reduce":
        assert page.evaluate(width) == still == "none"
    page.clock.run_for(3_000)
    expect(circle.get_by_role("status")).to_have_text("Breathe out", use_inner_text=True)
    page.clock.run_for(120_000)
    expect(page.get_by_text("Well done.")).to_be_visible()
    expect(page.locator("[data-begin]")).to_be_visible()


def test_without_script_the_hand_and_the_words_to_breathe_by_are_there(demo: Demo, browser: Browser) -> None:
    with visitor(browser, java_script_enabled=False) as person:
        page = person.page
        page.goto(f"{demo.base}/en/{HAND}")
        expect(page.get_by_text("Draw round your hand on paper")).to_be_visible()
        expect(page.locator(".without-script").get_by_text("Gran or grandad")).to_be_visible()
        page.goto(f"{demo.base}/en/{CIRCLE}")
        expect(page.get_by_text("Breathe in while you count to four.")).to_be_visible()
