"""A teacher before a class: slides that can be read from the last row, a form to practise, a handout to print."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import prints
from tests.journeys.axe import violations
from tests.journeys.conftest import Demo
from tests.journeys.looks import looks_in
from tests.journeys.pages.lesson import Lesson
from tests.journeys.pages.mailbox import Mailbox
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.site_map import BOTH_WAYS
from tests.journeys.visitors import DESK, Profile, visitor
from tests.journeys.wire import counted
from tests.packs import packaged
from youthsafe import resources
from youthsafe.cards.lessons.views import LESSON_WEIGHS
from youthsafe.pack.lessons.changeable_names import names_in

pytestmark = pytest.mark.journey

TOPICS = [lesson.topic for lesson in packaged().course("en").lessons]
OFFERED = [locale.tag for locale in packaged().site.locales]
WITHOUT_SCRIPT = {"java_script_enabled": False}
CUT_KEYS = """[...document.querySelectorAll('[data-bar] .button')].filter((key) => {
  const { left, right } = key.getBoundingClientRect();
  return key.offsetWidth > 0 && (left < 0 || right > innerWidth);
}).map((key) => key.textContent)"""
SMALL_TEXT = """() => [...document.querySelectorAll('main *')].filter((each) => each.checkVisibility()
    && !each.matches('h1') && [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
    && !each.closest('[data-bar]')
    && parseFloat(getComputedStyle(each).fontSize) < 28).map((each) => each.outerHTML)"""
WHOLE_HEIGHT = "() => document.documentElement.scrollHeight"
KEPT = "() => Promise.all([{...localStorage}, {...sessionStorage}, indexedDB.databases()])"
HIDDEN_PART = "() => document.documentElement.scrollHeight - innerHeight"
PAPER = """() => [...document.querySelectorAll('body, main, .handout, .handout *')]
    .map((each) => getComputedStyle(each).backgroundColor)"""
OUT_OF_BOX = """(card) => {
  const box = card.getBoundingClientRect();
  return [...card.querySelectorAll('*')].filter((each) => {
    const { left, right } = each.getBoundingClientRect();
    return left < box.left - 1 || right > box.right + 1 || right > innerWidth || left < 0;
  }).map((each) => each.textContent);
}"""
QUESTION, ANSWER = 12, 13


@pytest.fixture
def person(browser: Browser) -> Iterator[Profile]:
    with visitor(browser, viewport=DESK) as person:
        yield person
        assert person.complaints == []
        assert person.context.cookies() == []


@pytest.fixture
def lesson(demo: Demo, person: Profile) -> Lesson:
    return Lesson(person.page, demo.base, "bullying")


@pytest.mark.parametrize("locale", OFFERED)
@pytest.mark.parametrize("topic", TOPICS)
def test_every_slide_fits_a_projector_in_large_letters(demo: Demo, person: Profile, topic: str, locale: str) -> None:
    lesson = Lesson(person.page, demo.base, topic, locale).open()
    for number in range(1, lesson.slides.count() + 1):
        lesson.open(number)
        if lesson.page.locator("[data-slide]:visible [data-answer]").count():
            lesson.press("PageDown")
            expect(lesson.answer).to_be_visible()
        assert lesson.page.evaluate(HIDDEN_PART) <= 0, f"slide {number} does not fit"
        assert lesson.page.evaluate(SMALL_TEXT) == [], f"slide {number}"
    assert lesson.page.evaluate(CUT_KEYS) == []


def test_a_clicker_leads_through_the_lesson_and_back_leads_back(lesson: Lesson) -> None:
    lesson.open().reading()
    lesson.page.get_by_role("link", name="Show the slides").click()
    lesson.at(1).press("PageDown", "PageDown", "ArrowRight", " ").at(5).press("PageUp").at(4)
    lesson.page.go_back()
    lesson.at(5)
    lesson.press("Home").at(1).press("PageUp").at(1)
    lesson.press("End").at(lesson.slides.count()).press("PageDown").at(lesson.slides.count())
    lesson.page.reload()
    lesson.at(lesson.slides.count()).press("Escape").reading()
    assert "#" not in lesson.page.url
    lesson.page.go_back()
    lesson.at(lesson.slides.count())


def test_arrows_follow_a_page_that_runs_from_right_to_left(demo: Demo, person: Profile) -> None:
    Lesson(person.page, demo.base, "bullying", "ar").open(1).press("ArrowLeft", "ArrowLeft").at(3).press(
        "ArrowRight"
    ).at(2)


def test_notes_open_on_another_screen_and_never_before_the_class(lesson: Lesson) -> None:
    lesson.open(2)
    with lesson.page.expect_popup() as opened:
        lesson.press("n")
    notes = Lesson(opened.value, "", "")
    expect(notes.page.locator("#slide-2 .teacher")).to_be_visible()
    expect(lesson.notes).to_have_count(0)
    lesson.press("PageDown").at(3)
    expect(notes.page.locator("#slide-3 .teacher")).to_be_visible()
    notes.press("PageDown")
    lesson.at(4)
    expect(notes.page.locator("#slide-4")).to_be_visible()
    expect(lesson.notes).to_have_count(0)


def test_the_notes_window_leads_through_the_quiz_and_shows_the_clock_of_the_class(lesson: Lesson) -> None:
    lesson.open(QUESTION)
    with lesson.page.expect_popup() as opened:
        lesson.press("n")
    notes = Lesson(opened.value, "", "")
    expect(notes.answer).to_contain_text("The answer is B.")  # the teacher knows before the class does
    expect(lesson.answer).to_have_count(0)
    notes.press("PageDown")
    expect(lesson.answer).to_be_visible()
    notes.button("timer").click()
    expect(lesson.button("timer")).to_have_attribute("aria-pressed", "true")
    expect(notes.button("timer")).to_have_attribute("aria-pressed", "true")
    expect(notes.clock).not_to_have_text("5:00")


def test_notes_go_on_alone_when_the_window_before_the_class_is_gone(lesson: Lesson) -> None:
    lesson.open(2)
    with lesson.page.expect_popup() as opened:
        lesson.press("n")
    notes = opened.value
    expect(notes.locator("#slide-2")).to_be_visible()
    lesson.page.goto("about:blank")
    notes.keyboard.press("PageDown")
    expect(notes.locator("#slide-3 .teacher")).to_be_visible()


def test_a_phone_has_the_notes_slide_by_slide_without_any_other_window(demo: Demo, browser: Browser) -> None:
    with visitor(browser) as person:
        lesson = Lesson(person.page, demo.base, "bullying").open()
        person.page.get_by_role("link", name="Notes, slide by slide").click()
        person.page.locator('[data-do="next"]').click()
        expect(person.page.locator("#slide-2 .teacher")).to_be_visible()
        assert lesson.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        lesson.press("Escape").reading()


@pytest.mark.parametrize("locale", OFFERED)
def test_the_list_of_keys_stays_in_its_box(demo: Demo, person: Profile, locale: str) -> None:
    lesson = Lesson(person.page, demo.base, "bullying", locale).open(2)
    lesson.page.locator("[data-key-help] summary").click()
    card = lesson.page.locator("[data-key-help] .card")
    expect(card).to_be_visible()
    for width in (1280, 1920, 640):
        person.page.set_viewport_size({"width": width, "height": 720})
        assert card.evaluate(OUT_OF_BOX) == [], width


@pytest.mark.parametrize("script", [True, False])
def test_a_printed_lesson_has_every_answer_with_its_reason(
    demo: Demo, browser: Browser, tmp_path: Path, script: bool
) -> None:
    with visitor(browser, viewport=DESK, java_script_enabled=script) as person:
        page = person.page
        page.goto(f"{demo.base}/en/teach/bullying/")
        answers = page.locator("[data-answer] .right strong").all_text_contents()
        printed = prints.text(prints.printed(page, tmp_path))
        assert len(answers) == 5
        assert re.findall(r"The answer is [A-D]\.", printed) == answers
        assert "Show the answer" not in printed
        if script:
            expect(page.locator("[data-answer][open]")).to_have_count(0)


def test_a_dark_slide_keeps_the_way_out_and_help(lesson: Lesson) -> None:
    lesson.open(2).press("b")
    expect(lesson.page.locator("#slide-2")).not_to_be_visible()
    expect(lesson.page.locator("header [data-leave]")).to_be_visible()
    expect(lesson.page.locator('.help-strip a[href="tel:08001111"]')).to_be_visible()
    lesson.press("PageDown").at(2)


def test_the_timer_counts_one_part_at_a_time(lesson: Lesson) -> None:
    lesson.page.clock.install()
    lesson.open(1)
    expect(lesson.clock).to_have_text("8:00")
    lesson.press("t")
    lesson.page.clock.run_for(61_000)
    expect(lesson.clock).to_have_text("6:59")
    lesson.press("PageDown").at(2)
    expect(lesson.clock).to_have_text("6:59")
    lesson.page.clock.run_for(8 * 60_000)
    expect(lesson.page.locator("[data-over]")).to_be_visible()
    lesson.press("t", "PageDown", "PageDown", "PageDown").at(5)
    expect(lesson.clock).to_have_text("12:00")


def test_letter_keys_can_be_switched_off(lesson: Lesson) -> None:
    lesson.open(2)
    lesson.page.locator("[data-key-help] summary").click()
    lesson.page.locator("[data-letters]").uncheck()
    lesson.press("n")
    expect(lesson.notes).to_have_count(0)
    lesson.press("Escape").at(2).press("PageDown").at(3)


def test_the_slides_fill_the_screen_when_asked(lesson: Lesson) -> None:
    lesson.open(1).press("f")
    lesson.page.wait_for_function("document.fullscreenElement !== null")
    lesson.press("f")
    lesson.page.wait_for_function("document.fullscreenElement === null")


def test_an_answer_comes_on_a_key_or_a_tap_and_no_score_is_kept(lesson: Lesson) -> None:
    lesson.open(QUESTION)
    before = lesson.page.evaluate(KEPT)
    expect(lesson.answer).to_have_count(0)
    lesson.press("PageDown").at(QUESTION)
    expect(lesson.answer).to_contain_text("The answer is B.")
    lesson.press("PageDown").at(ANSWER)
    lesson.page.get_by_text("Show the answer").locator("visible=true").click()
    expect(lesson.answer).to_contain_text("The answer is C.")
    lesson.press("PageUp").at(QUESTION)
    expect(lesson.answer).to_have_count(0)
    assert lesson.page.evaluate(KEPT) == before


def test_leave_now_leaves_a_slide_for_good(lesson: Lesson) -> None:
    lesson.open(3).press("Shift", "Shift", "Shift")
    expect(lesson.slides).to_have_count(0)
    lesson.page.go_back(wait_until="commit")
    expect(lesson.slides.locator("visible=true")).to_have_count(0)


def test_a_draft_a_code_or_a_waiting_report_never_comes_up_in_class(demo: Demo, person: Profile) -> None:
    page = person.page
    page.context.route("**/api/v1/reports", lambda route: route.abort())
    form = ReportForm(page, demo.base).open().begin()
    form.fill({4: "They hide my bag."}, reply=True)
    form.send()
    form.wait_for("unsent")
    words = form.code()
    person.complaints.clear()  # the browser names the request that was refused here
    page.on("dialog", lambda dialog: dialog.accept())
    person.requests.clear()
    Lesson(page, demo.base, "bullying").open(2)
    practice = ReportForm(page, demo.base)
    for address in (page.url, f"{practice.address}practice/"):
        page.goto(address)
        text = page.locator("body").inner_text()
        assert "They hide my bag." not in text
        assert "NOT sent" not in text
        assert " ".join(words) not in " ".join(text.split())
    sent = {each.url for each in person.requests if "/api/" in each.url}
    assert sent <= {f"{demo.base}/api/v1/reports"}, "what waits goes out from any page, in silence"
    person.complaints.clear()  # the browser names the requests that were refused here


@pytest.mark.parametrize("locale", BOTH_WAYS)
def test_practice_has_the_same_screens_and_never_asks_for_anything(demo: Demo, browser: Browser, locale: str) -> None:
    with visitor(browser, service_workers="block") as person:  # what the page itself asks for
        page = person.page
        form = ReportForm(page, demo.base, locale)
        form.address += "practice/"
        form.open()
        loaded, kept = len(person.requests), page.evaluate(KEPT)
        form.begin()
        form.fill({1: ["yes"], 2: ["me"], 11: ["trust"], 3: ["bullying"], 4: "A made-up story about Theo."}, reply=True)
        assert "A made-up story about Theo." in form.answers_reviewed()
        expect(page.locator("[data-practice] > .notice.warn")).to_be_visible()
        expect(page.locator('a[href$="/replies/"]')).to_have_count(0)
        form.send()
        form.at("outcome")
        assert form.words(4).input_value() == ""
        page.locator("[data-again]").click()
        expect(page.locator("[data-code-words] li")).to_have_count(0)
        form.at("danger")
        assert person.asked_since(loaded) == []
        assert page.workers == []
        assert page.evaluate(KEPT) == kept


@pytest.mark.parametrize("locale", BOTH_WAYS)
def test_a_lesson_leads_to_practice_and_its_code_check_and_back(demo: Demo, person: Profile, locale: str) -> None:
    lesson = Lesson(person.page, demo.base, "knife-crime", locale).open()
    slide = lesson.slides.count() - 1
    lesson.open(slide)
    person.page.locator('[data-slide]:visible a[href*="/report/practice/"]').click()
    form = ReportForm(person.page, demo.base, locale)
    form.begin()
    form.fill({4: "A made-up story about Reece."})
    form.send()
    form.at("outcome")
    code = form.code()
    page = person.page
    page.locator("[data-check]").click()
    for _ in range(2):
        asked = int(page.locator("[data-check-number]").first.inner_text())
        page.locator("[data-check-words]").get_by_text(code[asked - 1], exact=True).click()
    expect(page.locator('[data-when="check-right"]')).to_be_visible()
    page.locator("[data-to-lesson] a").click()
    lesson.at(slide)


def test_a_code_to_practise_with_opens_nothing_and_is_checked_like_a_real_one(demo: Demo, person: Profile) -> None:
    page = person.page
    form = ReportForm(page, demo.base, path="report/practice/").open().begin()
    form.fill({4: "A made-up story."})
    form.send()
    form.at("outcome")
    code = form.code()
    page.locator('[data-practice] a[href$="/teach/"]').last.click()
    expect(page.locator("[data-code-leaving]")).to_be_visible()  # not written down yet
    page.locator("[data-go-away]").click()
    expect(page).to_have_url(f"{demo.base}/en/teach/")
    mailbox = Mailbox(page, demo.base).open()
    mailbox.type_code(code)
    expect(mailbox.said("code-word")).to_contain_text("is not one of our words")


def test_the_script_of_practice_cannot_lock_keep_or_send() -> None:
    (script,) = resources.assets_folder().glob("practice-*.js")
    source = script.read_text(encoding="utf-8")
    for means in ("fetch", "XMLHttpRequest", "sendBeacon", "WebSocket", "Worker(", "indexedDB", "localStorage"):
        assert means not in source, means


@pytest.mark.parametrize("topic", TOPICS)
def test_without_script_the_whole_lesson_is_one_page_with_every_note(demo: Demo, browser: Browser, topic: str) -> None:
    with visitor(browser, **WITHOUT_SCRIPT) as person:
        lesson = Lesson(person.page, demo.base, topic).open().reading()
        count = person.page.locator(".teacher").count()
        assert count >= 10
        expect(lesson.notes).to_have_count(count)
        expect(person.page.locator("#told")).to_be_visible()
        expect(person.page.locator(".presenter")).not_to_be_visible()
        assert person.complaints == []


@pytest.mark.parametrize(
    ("locale", "width", "theme"), [(locale, *look) for locale in BOTH_WAYS for look in looks_in(locale)]
)
def test_everybody_can_use_the_slides(demo: Demo, person: Profile, locale: str, width: int, theme: str) -> None:
    page, found = person.page, []
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    lesson = Lesson(page, demo.base, "knife-crime", locale).open()
    for number, keys in ((2, ""), (2, "b"), (15, " "), (lesson.slides.count(), "")):
        lesson.open(number).press(*keys)
        page.set_viewport_size({"width": width, "height": max(900, page.evaluate(WHOLE_HEIGHT))})
        found += [f"slide {number} {keys!r}: {each}" for each in violations(page)]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), number
        page.reload()
    lesson.page.locator("[data-key-help] summary").click()
    found += violations(page)
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("locale", OFFERED)
@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("sheet", ["handout", "steps"])
def test_a_sheet_prints_on_at_most_two_sides_with_every_letter(
    *, demo: Demo, person: Profile, tmp_path: Path, topic: str, locale: str, sheet: str
) -> None:
    page = person.page
    page.emulate_media(color_scheme="dark")
    page.goto(f"{demo.base}/{locale}/teach/{topic}/{sheet}/")
    pdf = prints.printed(page, tmp_path)
    about = prints.facts(pdf)
    assert int(about["Pages"]) <= 2
    assert about["Page size"].endswith("(A4)")
    assert about["Tagged"] == "yes"
    prints.assert_every_letter(pdf, page.locator(".handout").inner_text())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_handout_can_be_read_in_greyscale(demo: Demo, person: Profile, theme: str) -> None:
    page = person.page
    page.goto(f"{demo.base}/en/teach/bullying/handout/")
    page.emulate_media(media="print", color_scheme=theme)
    colours = "[...document.querySelectorAll('.handout *')].map((each) => getComputedStyle(each).color)"
    assert set(page.evaluate(colours)) == {"rgb(0, 0, 0)"}
    assert set(page.evaluate(PAPER)) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}


@pytest.mark.parametrize("locale", OFFERED)
def test_a_handout_asks_the_same_before_and_after_with_room_to_write(demo: Demo, person: Profile, locale: str) -> None:
    page = person.page
    page.goto(f"{demo.base}/{locale}/teach/knife-crime/handout/")
    page.emulate_media(media="print")
    questions = page.locator(".twice tbody")
    assert questions.count() == 3
    for question in questions.all():
        before, after = (cell.bounding_box() for cell in question.locator("td").all())
        assert before is not None
        assert after is not None
        assert (before["width"], before["height"]) == pytest.approx((after["width"], after["height"]), abs=1)
        assert question.locator("td .line").count() == 4
    assert page.locator(".prose hr").count() >= 1
    assert page.locator(".word-box dt[lang=en]").count() >= 8


def test_steps_are_printed_in_sixteen_points(demo: Demo, person: Profile) -> None:
    page = person.page
    page.goto(f"{demo.base}/en/teach/bullying/steps/")
    page.emulate_media(media="print")
    sizes = (
        "[...document.querySelectorAll('.steps .prose *')].map((each) => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert min(page.evaluate(sizes)) * 72 / 96 == pytest.approx(16, abs=0.1)


@pytest.mark.parametrize("locale", OFFERED)
def test_notes_of_the_main_task_say_how_to_make_it_easier_or_harder(demo: Demo, person: Profile, locale: str) -> None:
    lesson = Lesson(person.page, demo.base, "bullying", locale).open()
    adaptation = packaged().lesson(locale, "bullying").adaptation
    notes = lesson.page.locator("#slide-11 .teacher")
    for words in (adaptation.easier, adaptation.challenge):
        expect(notes).to_contain_text(words[:30])
    lesson.open(11)
    expect(lesson.notes).to_have_count(0)
    lesson.open(1)
    expect(lesson.page.locator("#slide-1 li")).to_have_count(3)


@pytest.mark.parametrize("locale", OFFERED)
def test_a_name_is_changed_on_the_slides_and_in_the_notes_and_kept_nowhere(
    demo: Demo, person: Profile, locale: str
) -> None:
    names = packaged().lesson(locale, "drugs-and-alcohol").names
    lesson = Lesson(person.page, demo.base, "drugs-and-alcohol", locale).open()
    kept, asked = lesson.page.evaluate(KEPT), len(person.requests)
    lesson.page.locator("[data-names] summary").click()
    for number, name in enumerate(names):
        lesson.page.locator(f'[data-name="{name}"]').fill(f"Nilo{number}")
    story = lesson.page.locator("[data-part=scenario]")
    expect(story).to_contain_text("Nilo0")
    assert names_in(names, *lesson.slides.all_inner_texts()) == ()
    assert person.asked_since(asked) == []
    lesson.page.locator('[href="#slide-1"]').click()
    lesson.at(1)
    with lesson.page.expect_popup() as opened:
        lesson.press("n")
    notes = opened.value
    for slide in range(2, 6):
        lesson.press("PageDown").at(slide)
    expect(notes.locator("#slide-5")).to_contain_text("Nilo0")
    assert lesson.page.evaluate(KEPT) == kept
    lesson.page.goto("about:blank")
    Lesson(person.page, demo.base, "drugs-and-alcohol", locale).open()
    expect(story).not_to_contain_text("Nilo")
    expect(story).to_contain_text(names[0])


def test_the_printed_handout_takes_other_names_too(demo: Demo, person: Profile, tmp_path: Path) -> None:
    page = person.page
    page.goto(f"{demo.base}/en/teach/bullying/handout/")
    page.locator("[data-names] summary").click()
    expect(page.locator("[data-name]")).to_have_count(2)  # only those who stand on it
    page.locator('[data-name="Zoya"]').fill("Nilo")
    printed = prints.text(prints.printed(page, tmp_path))
    assert "when Nilo walks past" in printed
    assert "Zoya" not in printed
    page.goto(f"{demo.base}/en/teach/online-safety/handout/")
    expect(page.locator("[data-names]")).to_have_count(0)  # nobody is named there


def test_without_script_the_names_stay_and_nothing_offers_to_change_them(demo: Demo, browser: Browser) -> None:
    with visitor(browser, **WITHOUT_SCRIPT) as person:
        Lesson(person.page, demo.base, "bullying").open().reading()
        expect(person.page.locator("[data-names], [data-take]").locator("visible=true")).to_have_count(0)
        expect(person.page.locator("[data-part=scenario]")).to_contain_text("Theo")


@pytest.mark.parametrize("locale", BOTH_WAYS)
def test_one_press_takes_a_lesson_into_a_room_without_a_signal(demo: Demo, browser: Browser, locale: str) -> None:
    with visitor(browser, viewport=DESK, service_workers="allow") as person, counted(demo.port) as wire:
        page = person.page
        Lesson(page, wire.base, "first-aid", locale).open()
        taken = page.locator("[data-take] [data-when=kept]")
        page.get_by_role("status").first.wait_for(state="attached")
        expect(taken).not_to_be_visible()
        page.locator("[data-take-it]").click()
        expect(taken).to_be_visible(timeout=30_000)
        person.context.set_offline(True)
        lesson = Lesson(page, wire.base, "first-aid", locale).open(3)
        lesson.press("Escape").reading()
        expect(taken).to_be_visible()
        for path in ("teach/first-aid/handout/", "teach/first-aid/steps/", "report/practice/", "teach/"):
            page.goto(f"{wire.base}/{locale}/{path}")
            assert page.url.endswith(path)
            expect(page.locator("[data-take-it], .handout, [data-practice], .card-list").first).to_be_visible()
        person.complaints.clear()  # the browser names what it could not ask for


@pytest.mark.parametrize("locale", OFFERED)
def test_a_lesson_that_is_taken_weighs_no_more_than_its_page_says(demo: Demo, locale: str) -> None:
    files, total = set[str](), 0
    for path in ("", "healthy-relationships/", "healthy-relationships/handout/", "healthy-relationships/steps/", None):
        address = f"/{locale}/report/practice/" if path is None else f"/{locale}/teach/{path}"
        total += len(demo.request("GET", address, Accept_Encoding="br")[1])
        page = demo.request("GET", address)[1].decode()
        files |= set(re.findall(r'"(/assets/[^"#]+\.(?:js|css))["#]', page))
    total += sum(len(demo.request("GET", each, Accept_Encoding="br")[1]) for each in files)
    assert total <= LESSON_WEIGHS * 1000


@pytest.mark.parametrize("locale", OFFERED)
@pytest.mark.parametrize("topic", ["bullying", "first-aid"])
def test_a_poster_prints_on_one_sheet_with_a_code_that_opens_the_site(
    *, demo: Demo, person: Profile, tmp_path: Path, topic: str, locale: str
) -> None:
    page = person.page
    page.goto(f"{demo.base}/{locale}/teach/{topic}/poster/")
    pdf = prints.printed(page, tmp_path)
    about = prints.facts(pdf)
    assert about["Pages"] == "1"
    assert about["Page size"].endswith("(A4)")
    assert {"999", "0800 1111"} <= set(re.findall(r"999|0800 1111", prints.text(pdf)))
    opens = f"cards/{topic}/" if topic == "bullying" else f"check/quiz/{topic}/"
    assert prints.codes(pdf) == f"{demo.base}/{locale}/{opens}"


@pytest.mark.parametrize("path", ["", "bullying/", "bullying/handout/", "bullying/steps/"])
def test_pages_for_teachers_weigh_little(demo: Demo, browser: Browser, path: str) -> None:
    with visitor(browser, viewport=DESK) as person:
        wire = person.context.new_cdp_session(person.page)
        sizes: list[int] = []
        wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        wire.send("Network.enable")
        person.page.goto(f"{demo.base}/en/teach/{path}", wait_until="networkidle")
        assert len(sizes) <= 6, sizes
        assert sum(sizes) <= 40_000, sizes
