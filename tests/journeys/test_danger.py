"""A danger that is told or typed is answered where it is seen: on small phones, in three scripts, over the strip."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Demo
from tests.journeys.days import SUNDAY_AFTERNOON, next_at
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.visitors import Profile

pytestmark = pytest.mark.journey

STYLES = Path(__file__).parents[2] / "youthsafe/static/pwa/src"
RED = "rgb(179, 38, 30)"
PHONES = [(locale, height) for locale in ("en", "ar", "ta") for height in (600, 740)]
CALLS = ["tel:999", "tel:08001111", "sms:85258?&body=SHOUT"]
LINE = 50  # pixels of a box that hold its first line
OUT_OF_SIGHT = """(element, height) => {
    const { top, left, right, bottom: end } = element.getBoundingClientRect(), bottom = height ? top + height : end;
    const head = document.querySelector('.top').getBoundingClientRect();
    const bar = [...document.querySelectorAll('.way-on')].find((each) => each.checkVisibility());
    const foot = bar && !bar.contains(element) ? bar : document.querySelector('.help-strip');
    const ends = foot.getBoundingClientRect().top;
    const seen = bottom > top && top >= head.bottom - 1 && bottom <= ends + 1 && left >= 0 && right <= innerWidth;
    return seen ? '' : `${top} to ${bottom}, and the page shows ${head.bottom} to ${ends}`;
}"""


def _forms(demo: Demo, person: Profile, phones: list[tuple[str, int]] = PHONES) -> Iterator[tuple[str, ReportForm]]:
    """A fresh form for every phone, and what to call it."""
    for locale, height in phones:
        person.page.set_viewport_size({"width": 360, "height": height})
        yield f"{locale} {height}", ReportForm(person.page, demo.base, locale).open().begin()


def _in_sight(where: str, *elements: Locator) -> None:
    for element in elements:
        expect(element).to_be_visible()
        assert element.evaluate(OUT_OF_SIGHT) == "", f"{where}: {element}"


def _calls(place: Locator) -> list[str]:
    return [link.get_attribute("href") or "" for link in place.locator("a").all()]


def test_yes_opens_a_red_button_for_999_under_it_where_it_is_seen(demo: Demo, person: Profile) -> None:
    for where, form in _forms(demo, person):
        form.choose(1, "yes")
        alarm = form.step("danger").locator(".alarm")
        call = alarm.locator('a[href="tel:999"]')
        _in_sight(where, alarm, form.choice(1, "yes"))
        expect(call).to_have_css("background-color", RED)
        expect(form.choice(1, "yes")).to_have_css("border-top-color", RED)
        wide, frame = call.bounding_box(), alarm.bounding_box()
        assert wide
        assert frame
        assert wide["width"] > frame["width"] - 40
        expect(alarm).to_contain_text("55")
        expect(form.page.locator('input[data-field="1"][value="yes"]')).to_be_focused()
    assert _faults(person.page) == []


def test_not_sure_opens_numbers_too(demo: Demo, person: Profile) -> None:
    for where, form in _forms(demo, person):
        form.choose(1, "unsure")
        numbers = form.step("danger").locator(".calls:visible")
        _in_sight(where, numbers, form.choice(1, "unsure"))
        assert _calls(numbers) == CALLS
        expect(form.step("danger").locator(".alarm")).to_be_hidden()
        _in_sight(where, form.step("danger").locator("[data-next]"))
    assert _faults(person.page) == []


def test_words_of_danger_bring_numbers_beside_the_box_and_hide_nothing_of_it(demo: Demo, person: Profile) -> None:
    for where, form in _forms(demo, person):
        form.go_on_to("story")
        box, notice = form.words(4), form.step("story").locator("[data-at-risk]")
        box.click()
        told = form.page.evaluate_handle(
            """() => { const told = { times: 0 }; new MutationObserver((all) => { told.times += all.length; }).observe(
                document.querySelector('[data-step="story"] [role=status]'),
                { subtree: true, childList: true, attributes: true, attributeFilter: ['hidden'] }); return told; }"""
        )
        form.page.keyboard.type("He has a blade")
        _in_sight(where, notice.locator("p").first, notice.locator(".calls"))
        expect(box).to_be_focused()
        assert box.evaluate(OUT_OF_SIGHT, LINE) == "", f"{where}: what is typed"
        assert _calls(notice) == CALLS
        form.page.keyboard.type(" and I am scared to go home")
        assert told.evaluate("(told) => told.times") == 1, "a screen reader hears it once"
    assert _faults(person.page) == []


def _sent(form: ReportForm) -> None:
    form.go_on_to("review").send()


def _faults(page: Page) -> list[str]:
    """What axe finds in both themes."""
    found = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        found += violations(page)
    page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize(
    ("told", "phones"),
    [("yes", PHONES), ("unsure", PHONES[-2:-1]), ("typed", PHONES[-2:-1])],
    ids=["yes", "unsure", "typed"],
)
def test_after_a_danger_the_last_screen_begins_with_numbers_and_says_when_it_is_read(
    demo: Demo, person: Profile, told: str, phones: list[tuple[str, int]]
) -> None:
    page = person.page
    page.clock.set_fixed_time(next_at(*SUNDAY_AFTERNOON))
    for sent in (True, False):
        if not sent:
            page.route("**/api/v1/reports", lambda route: route.abort())
        for where, form in _forms(demo, person, phones):
            if told == "typed":
                form.words(4).evaluate(
                    "(box) => { box.value = 'i want 2 die'; box.dispatchEvent(new Event('input', { bubbles: true })); }"
                )
            else:
                form.choose(1, told)
            _sent(form)
            form.wait_for("sent" if sent else "unsent")
            numbers = form.step("outcome").locator("[data-after-danger]")
            _in_sight(f"{where} {sent}", numbers)
            assert _calls(numbers) == CALLS
            expect(numbers.locator("[data-opens]")).to_have_text(re.compile(r".*[0-9].*"))
        assert _faults(page) == []


def test_without_a_signal_send_now_answers_in_sight_and_when_it_goes_the_numbers_come_back(
    demo: Demo, person: Profile
) -> None:
    page = person.page
    for where, form in _forms(demo, person, PHONES[:1]):
        form.choose(1, "yes")
        form.go_on_to("review")
        person.context.set_offline(True)
        form.send()
        form.wait_for("unsent")
        page.locator("[data-send-now]").click()
        answer = form.step("outcome").locator('[data-when="no-signal"]')
        _in_sight(where, answer)
        expect(answer).to_contain_text("You have no signal.")
        page.locator("footer").scroll_into_view_if_needed()
        person.context.set_offline(False)
        form.wait_for("sent")
        _in_sight(where, form.step("outcome").locator("[data-after-danger] .calls"))


def test_a_code_is_checked_with_its_question_in_sight(demo: Demo, person: Profile) -> None:
    page = person.page
    for where, form in _forms(demo, person, PHONES[:1]):
        form.fill({1: ["no"], 4: "They hide my bag."}, reply=True)
        form.send()
        form.wait_for("sent")
        page.locator("[data-check]").click()
        _in_sight(where, page.locator('[data-when="check-ask"]').first, page.locator("[data-check-words] button").first)
        expect(page.locator("[data-check-words] button").first).to_be_focused()
        number = int(page.locator("[data-check-number]").first.inner_text())
        right = page.locator("[data-code-words] li").nth(number - 1).text_content()
        page.locator("[data-check-words] button").filter(has_not_text=str(right)).last.click()
        _in_sight(where, page.locator('[data-when="check-wrong"]'), page.locator('[data-when="check-ask"]').first)


@pytest.mark.parametrize("sent", [True, False])
def test_without_danger_the_last_screen_stays_calm(demo: Demo, person: Profile, sent: bool) -> None:
    page = person.page
    if not sent:
        page.route("**/api/v1/reports", lambda route: route.abort())
    form = ReportForm(page, demo.base).open().begin()
    form.fill({1: ["no"], 4: "They hide my bag."})
    form.send()
    form.wait_for("sent" if sent else "unsent")
    expect(form.step("outcome").locator("[data-after-danger]")).to_be_hidden()


def test_practice_shows_the_same_and_dials_nothing(demo: Demo, person: Profile) -> None:
    page = person.page
    form = ReportForm(page, demo.base, path="report/practice/").open()
    assert page.locator("main a[href^='tel:']:not(dialog a), main a[href^='sms:']:not(dialog a)").count() == 0
    form.begin()
    form.choose(1, "yes")
    expect(form.step("danger").locator(".alarm .emergency")).to_have_css("background-color", RED)
    form.go_on_to("review").send()
    expect(form.step("outcome").locator("[data-after-danger]")).to_be_visible()


def _reddish(colour: str) -> bool:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red > 140 and red > 1.8 * max(green, blue)


def test_one_red_is_for_999_and_nothing_else(demo: Demo, person: Profile) -> None:
    sheets = {sheet: sheet.read_text(encoding="utf-8") for sheet in STYLES.rglob("*.css")}
    reds = {
        (sheet.name, colour)
        for sheet, text in sheets.items()
        for colour in re.findall(r"#[0-9a-f]{6}\b", text)
        if _reddish(colour)
    }
    assert reds == {("tokens.css", "#b3261e")}
    for text in sheets.values():
        for selector in re.findall(r"([^{}]*)\{[^{}]*var\(--alarm\)", text):
            assert re.search(r"emergency|alarm|urgent|tel:999", selector), selector
    page = person.page
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for path in ("", "report/"):
            page.goto(f"{demo.base}/en/{path}")
            expect(page.locator('.help-strip a[href="tel:999"]')).to_have_css("background-color", RED)
            red = page.evaluate(f"""() => [...document.querySelectorAll('body *')].filter((each) =>
                ['backgroundColor', 'color', 'borderTopColor'].some((of) => getComputedStyle(each)[of] === '{RED}')
                ).map((each) => each.closest('a')?.href ?? each.className)""")
            assert set(red) <= {"tel:999", "alarm stack", "button emergency"}, red
