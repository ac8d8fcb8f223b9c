"""The main job, end to end, in a real browser: a pupil writes, a youth worker answers, the pupil reads it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Demo, MakeProfile, running_demo
from tests.journeys.pages.mailbox import Mailbox
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.staff import Inbox, SignIn
from tests.journeys.staff.case_card import CaseCard
from tests.journeys.visitors import DESK, Profile

STORIES = {
    "en": "They took my bag at the bus stop & said “give us £5”.\nIt’s <b>every</b> Tuesday 🙁 — I’m scared.",
    "ar": "أخذوا حقيبتي عند موقف الحافلة وقالوا: أعطنا ٥ جنيهات.\nيحدث هذا كل يوم ثلاثاء 🙁 (bus 47).",
}
ANSWERS = {
    "en": "Thank you for telling us. That is not OK.\nCan you say which bus stop? You can also ring 0800 1111.",
    "ar": "شكرًا لأنك أخبرتنا. هذا ليس مقبولًا.\nهل يمكنك أن تقول أي موقف؟ يمكنك أيضًا الاتصال على 0800 1111.",
}
THANKS = {"en": "The one by the “Red Lion”. Thank you!", "ar": "الموقف القريب من المدرسة. شكرًا لكم!"}
CASEWORKERS = {"en": "demo-caseworker", "ar": "demo-second"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demonstration with no other open report than the one of the moment."""
    with running_demo(tmp_path_factory.mktemp("journey") / "data") as running:
        yield running


def _reads_a_card_and_looks_for_help(pupil: Profile, demo: Demo, locale: str) -> None:
    page = pupil.page
    page.goto(f"{demo.base}/{locale}/")
    page.locator(f'main a[href="/{locale}/cards/"]').click()
    page.locator('main a[href*="/cards/bullying/"]').first.click()
    page.locator('main a[href*="/cards/bullying/"]').first.click()
    expect(page.locator("main h1")).to_be_visible()
    page.goto(f"{demo.base}/{locale}/support/")
    expect(page.locator('main a[href="tel:08001111"]').first).to_be_visible()
    page.goto(f"{demo.base}/{locale}/havens/")
    expect(page.locator("main").get_by_text("DEMO").first).to_be_visible()


@pytest.mark.journey
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_a_pupil_writes_a_youth_worker_answers_and_the_pupil_reads_it(
    demo: Demo, new_profile: MakeProfile, locale: str
) -> None:
    pupil = new_profile(locale=locale)
    _reads_a_card_and_looks_for_help(pupil, demo, locale)
    form = ReportForm(pupil.page, demo.base, locale).open().begin()
    form.fill({1: ["no"], 2: ["me"], 3: ["bullying", "pressure"], 4: STORIES[locale], 7: ["week"]}, reply=True)
    form.send()
    form.wait_for("sent")
    code = form.code()

    caseworker = new_profile(viewport=DESK, locale=locale)
    name = CASEWORKERS[locale]
    SignIn(caseworker.page, demo.base, locale).open().sign_in(name, demo.words(name), demo.code(name))
    report = Inbox(caseworker.page).show("open").open_report()
    assert STORIES[locale] in report.told().values(), "what was typed comes back exactly"
    report.claim()
    card = CaseCard(caseworker.page).wait()
    card.choose_level("u3")  # from then on every name is shown
    card.save()
    report.answer(ANSWERS[locale])

    elsewhere = new_profile(locale=locale)
    mailbox = Mailbox(elsewhere.page, demo.base, locale).open()
    mailbox.enter(code)
    assert mailbox.state == "read"
    assert mailbox.answers() == [ANSWERS[locale]]
    mailbox.write_back(THANKS[locale])

    report.back()
    report = Inbox(caseworker.page).show("open").open_report()
    assert report.message_texts() == [ANSWERS[locale], THANKS[locale]]
    report.answer(ANSWERS[locale])
    report.close()
    mailbox.look_again()
    assert mailbox.speakers() == ["team", "you", "team"], "in the order of the talk, also within one hour"
    assert mailbox.state == "closed-report"

    for person in (pupil, caseworker, elsewhere):
        assert person.complaints == []
        assert person.foreign_requests(demo.base) == []
    assert pupil.context.cookies() == []
    assert elsewhere.context.cookies() == []


@pytest.mark.journey
def test_the_code_opens_the_same_mailbox_however_it_is_typed(demo: Demo, new_profile: MakeProfile) -> None:
    pupil = new_profile()
    form = ReportForm(pupil.page, demo.base).open().begin()
    form.fill({4: "The light in the park is broken."}, reply=True)
    form.send()
    form.wait_for("sent")
    code = form.code()
    mailbox = Mailbox(new_profile().page, demo.base, "ar").open()
    mailbox.enter("-".join(word[:4].upper() for word in code) + " ")
    assert mailbox.state == "not-opened"
    assert mailbox.answers() == []
