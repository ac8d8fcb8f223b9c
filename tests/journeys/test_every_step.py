"""Every step of a report and of its answer, in every language and look: usable by everybody, and quiet."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Demo, running_demo
from tests.journeys.looks import assert_quiet, everywhere
from tests.journeys.pages.mailbox import Mailbox
from tests.journeys.pages.report_form import EXTRAS, QUESTIONS, ReportForm
from tests.journeys.site_map import LOCALES
from tests.journeys.staff import Inbox, SignIn
from tests.journeys.visitors import Profile, visitor

pytestmark = pytest.mark.journey

STORY = {
    "en": "They hide my bag every day.",
    "pl": "Codziennie chowają mój plecak.",
    "fr": "Ils cachent mon sac tous les jours.",
    "ta": "என் பையைத் தினமும் ஒளித்து வைக்கிறார்கள்.",
    "ar": "يخبئون حقيبتي كل يوم.",
}
READERS = {"en": "demo-caseworker", "ar": "demo-second"}  # who answers, each once: a code may be used once
LANGUAGES = sorted(
    LOCALES, key=lambda locale: locale not in READERS
)  # the desk finds one open report, the one to answer


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demonstration that reports may be left in."""
    with running_demo(tmp_path_factory.mktemp("every-step") / "data") as running:
        yield running


@pytest.mark.parametrize("locale", LANGUAGES)
def test_every_step_of_a_report_and_its_answer_can_be_used_by_everybody(
    demo: Demo, browser: Browser, person: Profile, locale: str
) -> None:
    form = ReportForm(person.page, demo.base, locale).open()
    faults = []

    def look(where: str) -> None:
        faults.extend(everywhere(person.page, f"{locale}: {where}", locale))

    form.step("danger").locator("details summary").click()
    look("promise")
    for question in QUESTIONS:
        form.at(question)
        _answer(form, question, locale)
        look(question)
        form.go_on()
    for question in EXTRAS:
        form.at("review")
        form.add(question)
        _answer(form, question, locale)
        look(question)
        form.go_on()
    form.at("review")
    look("review")
    form.send()
    form.wait_for("sent")
    look("sent")
    mailbox = Mailbox(person.page, demo.base, locale)
    code = form.code()
    mailbox.open()
    mailbox.type_code("one two three")
    expect(mailbox.said("code-count")).to_be_visible()
    look("a wrong code")
    mailbox.enter(code)
    look("mailbox")
    assert_quiet(person, demo)
    if locale in READERS:
        with visitor(browser) as caseworker:
            faults += _desk_faults(caseworker, demo, locale)
            assert caseworker.complaints == []
            assert caseworker.foreign_requests(demo.base) == []
        mailbox.look_again()
        look("an answer")
    assert faults == [], "\n".join(faults)
    assert_quiet(person, demo)


def _answer(form: ReportForm, question: str, locale: str) -> None:
    """Answer so that everything a question can show is shown."""
    picked: dict[str, list[tuple[int | str, str]]] = {
        "danger": [(1, "yes")],
        "about": [(2, "me"), (11, "trust"), (3, "pictures")],
        "wish": [(14, "ask")],
        "tonight": [(12, "no")],
        "reply": [("reply", "yes")],
    }
    for field, code in picked.get(question, ()):
        form.pick(field, code)
    if question == "story":
        form.words(4).fill(STORY.get(locale, STORY["en"]))


def _desk_faults(caseworker: Profile, demo: Demo, locale: str) -> list[str]:
    page = caseworker.page
    faults = []
    sign_in = SignIn(page, demo.base, locale).open()
    faults += everywhere(page, f"{locale}: sign in", locale)
    name = READERS[locale]
    sign_in.sign_in(name, demo.words(name), demo.code(name))
    inbox = Inbox(page).show("open")
    faults += everywhere(page, f"{locale}: inbox", locale)
    report = inbox.open_report()
    faults += everywhere(page, f"{locale}: one report", locale)
    report.claim()
    report.answer(STORY[locale])
    faults += everywhere(page, f"{locale}: an answered report", locale)
    report.close()
    return faults
