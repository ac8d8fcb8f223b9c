"""What a child writes outlasts another language, a page of help, a reload and the logo, and ends with Leave now."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Demo
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.visitors import Profile

pytestmark = pytest.mark.journey

STORY = "They took my bag behind the gym."
KEPT = "[window.name, JSON.stringify(sessionStorage)].join(' ')"
HALF_AN_HOUR = 1_800_000


def _write(page: Page, demo: Demo) -> ReportForm:
    """Answer two questions and stand at the third step with a story typed."""
    form = ReportForm(page, demo.base).open().begin()
    form.pick(1, "unsure")
    form.go_on()
    form.pick(2, "me", "friend")
    form.go_on()
    form.words(4).press_sequentially(STORY)
    return form


def _assert_kept(form: ReportForm) -> None:
    form.at("story")
    expect(form.words(4)).to_have_value(STORY)
    assert form.page.locator('[data-field="1"]:checked').get_attribute("value") == "unsure"
    assert form.page.locator('[data-field="2"]:checked').count() == 2
    expect(form.step("story").locator("h1")).to_be_focused()


def _no_dialog(page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.dismiss())  # then the page stays, and the test fails


def test_another_language_opens_at_the_same_question_with_everything_kept(demo: Demo, person: Profile) -> None:
    page = person.page
    _no_dialog(page)
    page.goto(f"{demo.base}/en/")
    _write(page, demo)
    page.locator(".languages summary").click()
    page.locator('.languages a[hreflang="pl"]').click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    form = ReportForm(page, demo.base, "pl")
    _assert_kept(form)
    expect(page.locator("[data-restored]")).to_be_visible()
    for name in ("about", "danger"):
        page.go_back()
        form.at(name)
        expect(page.locator("html")).to_have_attribute("lang", "pl")
    page.go_back()
    expect(page).to_have_url(f"{demo.base}/en/")


def test_a_reload_the_logo_and_back_keep_what_was_written(demo: Demo, person: Profile) -> None:
    page = person.page
    _no_dialog(page)
    form = _write(page, demo)
    page.reload()
    _assert_kept(form)
    page.locator(".brand").click()
    expect(page).to_have_url(f"{demo.base}/en/")
    page.go_back()
    _assert_kept(form)
    page.locator(".brand").click()
    expect(page).to_have_url(f"{demo.base}/en/")
    form.open(resume=True)
    _assert_kept(form)
    expect(page.locator("[data-restored]")).to_be_visible()
    page.locator("[data-restored] summary").click()
    page.locator("[data-restored] [data-discard]").click()
    form.at("danger")
    page.reload()
    form.at("danger")
    expect(form.words(4)).to_have_value("")


def test_help_opens_over_the_form_without_a_signal_and_closes_again(demo: Demo, person: Profile) -> None:
    page = person.page
    _no_dialog(page)
    form = _write(page, demo)
    person.context.set_offline(True)
    sheet = page.locator("dialog.sheet")
    for close in (
        lambda: page.keyboard.press("Escape"),
        page.go_back,
        lambda: sheet.locator("[data-close]").click(),
    ):
        page.locator("[data-more-help]").click()
        expect(sheet).to_be_visible()
        expect(sheet.locator('a[href="tel:08001111"]')).to_be_visible()
        expect(sheet.locator("[data-leave]")).to_be_in_viewport()
        close()
        expect(sheet).to_be_hidden()
        expect(form.words(4)).to_have_value(STORY)
        assert form.current == "story"
    form.back()
    form.at("about")


def test_leave_now_on_any_page_ends_what_was_kept(demo: Demo, person: Profile) -> None:
    page = person.page
    _write(page, demo)
    page.locator(".brand").click()
    expect(page).to_have_url(f"{demo.base}/en/")
    assert "draft" in page.evaluate(KEPT)
    exit_url = page.locator("html").get_attribute("data-exit") or ""
    person.context.route(exit_url, lambda route: route.fulfill(status=204))
    page.locator("header [data-leave]").click(no_wait_after=True)
    expect(page.locator("body > *")).to_have_count(0)
    assert page.evaluate(KEPT) == ' {"left":"1"}'


def test_another_tab_has_nothing_of_it_and_a_copy_without_the_key_throws_it_away(demo: Demo, person: Profile) -> None:
    page = person.page
    _write(page, demo)
    other = person.context.new_page()
    ReportForm(other, demo.base).open()
    assert "draft" not in other.evaluate(KEPT)
    sealed = page.evaluate("sessionStorage.getItem('draft')")
    other.evaluate("sealed => sessionStorage.setItem('draft', sealed)", sealed)
    copy = ReportForm(other, demo.base).open()
    assert copy.current == "danger"
    assert "draft" not in other.evaluate(KEPT)


def test_half_an_hour_without_a_tap_ends_it(demo: Demo, person: Profile) -> None:
    page = person.page
    page.clock.install()
    form = _write(page, demo)
    page.goto(f"{demo.base}/en/")
    page.clock.fast_forward(HALF_AN_HOUR - 60_000)
    form.open(resume=True)
    _assert_kept(form)
    page.goto(f"{demo.base}/en/")
    page.clock.fast_forward(HALF_AN_HOUR)
    form.open(resume=True)
    assert form.current == "danger"
    expect(form.words(4)).to_have_value("")
    assert "draft" not in page.evaluate(KEPT)


def test_half_an_hour_without_a_tap_ends_the_kept_copy_and_its_key_on_any_page(demo: Demo, person: Profile) -> None:
    page = person.page
    page.clock.install()
    _write(page, demo)
    page.goto(f"{demo.base}/en/")
    page.clock.fast_forward(HALF_AN_HOUR - 60_000)
    assert "draft" in page.evaluate(KEPT)
    page.clock.fast_forward(90_000)
    assert "draft" not in page.evaluate(KEPT)
    assert page.evaluate("window.name") == ""


def test_a_form_that_nobody_touches_keeps_its_words_on_the_screen_only_and_the_next_tap_keeps_them_again(
    demo: Demo, person: Profile
) -> None:
    page = person.page
    page.clock.install()
    form = _write(page, demo)
    page.wait_for_function("sessionStorage.getItem('draft') !== null")
    words = form.words(4).input_value()
    page.clock.fast_forward(HALF_AN_HOUR + 30_000)
    assert "draft" not in page.evaluate(KEPT)
    assert page.evaluate("window.name") == ""
    assert words != ""
    assert form.words(4).input_value() == words
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload", "nothing else has these words now"
    asked.value.dismiss()
    form.words(4).click()
    page.wait_for_function("sessionStorage.getItem('draft') !== null")
    form.open(resume=True)
    expect(form.words(4)).to_have_value(words)


def test_a_link_to_another_website_opens_beside_what_is_written(demo: Demo, person: Profile) -> None:
    page = person.page
    person.context.route("https://www.childline.org.uk/**", lambda route: route.fulfill(body="elsewhere"))
    form = ReportForm(page, demo.base).open().begin()
    form.go_on()
    form.pick(3, "pictures")
    with person.context.expect_page():
        form.step("about").locator('a[href*="childline.org.uk"]').click()
    form.at("about")
    assert page.locator('[data-field="3"]:checked').count() == 1


def test_sending_ends_what_was_kept_and_back_goes_home(demo: Demo, person: Profile) -> None:
    page = person.page
    page.goto(f"{demo.base}/en/")
    form = ReportForm(page, demo.base).open().begin()
    form.fill({4: STORY}, reply=False)
    form.send()
    form.wait_for("sent")
    assert "draft" not in page.evaluate(KEPT)
    page.reload()
    expect(page.locator("[data-was-sent]")).to_be_visible()
    form.at("danger")
    page.reload()
    expect(page.locator("[data-begin]")).to_be_enabled()
    expect(page.locator("[data-was-sent]")).to_be_hidden()
    page.go_back()
    expect(page).to_have_url(f"{demo.base}/en/")


def test_the_history_names_no_step(demo: Demo, person: Profile) -> None:
    page = person.page
    form = ReportForm(page, demo.base).open().begin()
    form.fill({4: STORY}, reply=False)
    page.locator(".skip").dispatch_event("click")
    form.send()
    form.wait_for("sent")
    told = person.context.new_cdp_session(page).send("Page.getNavigationHistory")
    entries = {(entry["url"], entry["title"]) for entry in told["entries"]}
    assert entries == {("about:blank", ""), (f"{demo.base}/en/report/", page.title())}


def test_send_with_nothing_answered_speaks_where_the_finger_is_and_leads_to_the_story(
    demo: Demo, person: Profile
) -> None:
    page = person.page
    form = ReportForm(page, demo.base).open().begin()
    form.fill({})
    form.send()
    offer = form.step("review").get_by_role("button", name="Write something")
    expect(offer).to_be_focused()
    expect(offer).to_be_in_viewport(ratio=1)
    expect(page.get_by_text("There is nothing to send yet.")).to_be_in_viewport(ratio=1)
    offer.click()
    form.at("story")


def test_back_lands_on_the_heading_of_the_question_also_after_a_reload(demo: Demo, person: Profile) -> None:
    page = person.page
    form = ReportForm(page, demo.base).open().begin()
    for name in ("danger", "about", "story"):
        form.at(name)
        page.locator("footer").scroll_into_view_if_needed()
        form.go_on()
    form.at("review")
    for name in ("story", "about"):
        form.back()
        form.at(name)
        expect(form.step(name).locator("h1")).to_be_in_viewport(ratio=1)
    page.reload()
    form.at("about")
    page.go_back()
    form.at("danger")
    expect(form.step("danger").locator("h1")).to_be_in_viewport(ratio=1)
    assert page.evaluate("scrollY") == 0


def test_another_language_in_the_middle_of_what_was_added_stays_there_and_back_passes_the_questions_that_were_asked(
    demo: Demo, person: Profile
) -> None:
    page = person.page
    _no_dialog(page)
    form = ReportForm(page, demo.base).open().begin()
    form.fill({4: STORY})
    form.add("school")
    form.words(13).fill("Year 7")
    page.locator(".languages summary").click()
    page.locator('.languages a[hreflang="pl"]').click()
    form = ReportForm(page, demo.base, "pl")
    form.at("school")
    expect(form.words(13)).to_have_value("Year 7")
    for name in ("story", "about", "danger"):
        page.go_back()
        form.at(name)
    for name in ("about", "story"):
        page.go_forward()
        form.at(name)
    form.go_on()
    form.at("review")
    assert form.answers_reviewed() == [STORY, "Year 7"]
