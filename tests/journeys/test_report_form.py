"""The report form to its end, in either direction: by keyboard alone, with banner, hours, teams and code."""

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Page, Route, expect

from tests.crypto.reference_primitives import sign
from tests.journeys.axe import violations
from tests.journeys.conftest import Demo
from tests.journeys.pages.keyboard import Keyboard
from tests.journeys.pages.mailbox import Mailbox
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.site_map import BOTH_WAYS
from tests.journeys.visitors import PHONE, Profile
from youthsafe.crypto import bundle as bundles
from youthsafe.crypto import envelope
from youthsafe.crypto.encoding import b64, unb64

pytestmark = pytest.mark.journey

STORY = {
    "en": "They hide my bag every day.",
    "ar": "يخبئون حقيبتي كل يوم.",
    "fr": "Ils cachent mon sac tous les jours.",
    "pl": "Codziennie chowają mi plecak.",
    "ta": "தினமும் என் பையை ஒளித்து வைக்கிறார்கள்.",
}
PWA = Path(__file__).parents[2] / "youthsafe/static/pwa"
SENTENCES = json.loads((PWA / "tests/risk_sentences.json").read_text(encoding="utf-8"))
TYPE_EACH = """(sentences) => {
    const story = document.querySelector('[data-step="story"]'), box = story.querySelector('textarea');
    return sentences.filter((sentence) => {
        for (const words of ['', sentence]) {
            box.value = words;
            box.dispatchEvent(new Event('input', { bubbles: true }));
        }
        return story.querySelector('[data-at-risk]').checkVisibility();
    });
}"""
BUNDLE, REPORTS = "**/api/v1/bundle", "**/api/v1/reports"
SMALLER, OTHER = bytes(range(16)), bytes(range(1, 17))
CHRISTMAS = tuple((date(2026, 12, day) - date(1970, 1, 1)).days for day in (25, 28))


# ---- Nothing but a keyboard ----


@pytest.mark.parametrize("locale", BOTH_WAYS)
def test_a_report_is_written_and_its_mailbox_opened_by_keyboard_alone(demo: Demo, person: Profile, locale: str) -> None:
    """axe looks at what test_every_step.py does not reach: a code that was checked, and a message that was written."""
    page = person.page
    keys, form, faults = Keyboard(page), ReportForm(page, demo.base, locale).open(), []

    def look(where: str) -> None:
        page.set_viewport_size({"width": 320, "height": 740})
        faults.extend(f"{where}: {each}" for each in violations(page))
        page.set_viewport_size(PHONE)

    def step(name: str, field: str | int | None = None, code: str = "") -> None:
        form.at(name)
        expect(form.step(name).locator("h1")).to_be_focused()
        if field is not None and code:
            keys.choose(field, code)
        keys.press(form.step(name).locator("[data-next]"))

    keys.press(page.locator("[data-begin]"))
    expect(page.locator("[data-open-hours]")).to_be_visible()
    step("promise")
    step("danger", 1, "unsure")
    step("who", 2, "friend")
    step("what", 3, "bullying")
    form.at("story")
    keys.type(form.words(4), STORY[locale])
    keys.press(form.step("story").locator("[data-next]"))
    step("where", 5, "school")
    step("time", 7, "week")
    step("help")
    step("reply", "reply", "yes")
    form.at("review")
    keys.press(page.locator("[data-seal]"))
    form.wait_for("sent")
    code = form.code()
    _tap_the_asked_words(page, keys, code)
    look("code")

    mailbox = Mailbox(page, demo.base, locale).open()
    keys.type(page.locator("[data-code-input]"), " ".join(code))
    keys.press(page.locator("[data-open]"))
    expect(page.locator("[data-mailbox]")).to_be_visible(timeout=30_000)
    assert mailbox.state == "not-opened"
    keys.type(page.locator('textarea[data-field="message"]'), STORY[locale])
    keys.press(page.locator("[data-write]"))
    expect(mailbox.said("written")).to_be_visible(timeout=30_000)
    look("mailbox")
    assert faults == [], "\n".join(faults)


# ---- The code ----


def _asked(page: Page, code: list[str]) -> str:
    """The word that the page asks for; it gives the number in the reader's own figures."""
    return code[int(page.locator("[data-check-number]").inner_text()) - 1]


def _tap_the_asked_words(page: Page, keys: Keyboard, code: list[str]) -> None:
    keys.press(page.locator("[data-check]"))
    for _ in range(2):
        keys.press(page.get_by_role("button", name=_asked(page, code), exact=True))
    expect(page.locator('[data-when="check-right"]')).to_be_visible()


def test_a_code_is_checked_by_two_of_its_words_copied_and_made_large(demo: Demo, person: Profile) -> None:
    page = person.page
    person.context.grant_permissions(["clipboard-read", "clipboard-write"])
    form = ReportForm(page, demo.base).open().begin()
    form.fill({4: STORY["en"]}, reply=True)
    form.send()
    form.wait_for("sent")
    code = form.code()
    page.locator("[data-copy]").click()
    expect(page.locator('[data-when="copied"]')).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == " ".join(code)
    before = page.locator("[data-code-words] li").first.bounding_box()
    page.locator("[data-large]").click()
    after = page.locator("[data-code-words] li").first.bounding_box()
    assert before
    assert after
    assert after["height"] > before["height"] * 1.3
    page.locator("[data-check]").click()
    expect(page.locator("[data-code-words]")).to_be_hidden()
    wrong = next(word for word in code if word != _asked(page, code))
    page.get_by_role("button", name=wrong, exact=True).click()
    expect(page.locator('[data-when="check-wrong"]')).to_be_visible()
    first = _asked(page, code)
    page.get_by_role("button", name=first, exact=True).click()
    expect(page.locator('[data-when="check-wrong"]')).to_be_hidden()
    assert _asked(page, code) != first
    page.get_by_role("button", name=_asked(page, code), exact=True).click()
    expect(page.locator('[data-when="check-right"]')).to_be_visible()
    page.locator("[data-show-again]").click()
    assert form.code() == code
    expect(page.locator("[data-code-words]")).to_be_visible()


# ---- A code that nobody has written down yet ----

GO_BACK = """() => new Promise((done) => {
    addEventListener('popstate', done, { once: true });
    history.back();
})"""
UNDER_THE_CODE = '[data-code] a[href$="/replies/"]'


def _with_a_code(demo: Demo, page: Page, story: str = STORY["en"]) -> tuple[ReportForm, list[str]]:
    form = ReportForm(page, demo.base).open().begin()
    form.fill({4: story}, reply=True)
    form.send()
    form.wait_for("sent")
    return form, form.code()


def _asks_before_leaving(page: Page) -> bool:
    """Whether the browser itself would ask, as it does before a reload."""
    asked: bool = page.evaluate("!dispatchEvent(new Event('beforeunload', { cancelable: true }))")
    return asked


@pytest.mark.parametrize("link", [UNDER_THE_CODE, ".brand", ".foot a >> nth=0"])
def test_no_link_takes_the_code_away_without_a_second_yes(demo: Demo, person: Profile, link: str) -> None:
    page = person.page
    form, code = _with_a_code(demo, page)
    assert _asks_before_leaving(page)
    page.locator(link).click()
    question = page.locator("[data-code-leaving]")
    expect(question).to_be_focused()
    expect(question).to_be_in_viewport(ratio=1)
    assert violations(page) == []
    assert form.code() == code
    question.locator("[data-stay]").click()
    expect(question).to_be_hidden()
    assert form.code() == code
    page.locator(link).click()
    question.locator("[data-go-away]").click()
    expect(page.locator("[data-report]")).to_have_count(0)


def test_back_shows_the_code_again_until_it_is_written_down(demo: Demo, person: Profile) -> None:
    page = person.page
    form, code = _with_a_code(demo, page)
    for _ in range(3):
        page.evaluate(GO_BACK)
        assert form.code() == code
    expect(page.locator("[data-code-leaving]")).to_be_visible()
    page.evaluate("""() => { for (const kind of ['pagehide', 'pageshow'])
        dispatchEvent(new PageTransitionEvent(kind, { persisted: true })); }""")
    form.at("outcome")
    assert form.code() == code


@pytest.mark.parametrize("checked", [True, False])
def test_a_code_that_was_checked_or_twice_called_written_down_holds_nobody(
    demo: Demo, person: Profile, checked: bool
) -> None:
    page = person.page
    _, code = _with_a_code(demo, page)
    if checked:
        _tap_the_asked_words(page, Keyboard(page), code)
    else:
        page.locator("[data-check]").click()
        page.locator("[data-sure]").click()
        expect(page.locator('[data-when="check-not"]')).to_be_visible()
    assert not _asks_before_leaving(page)
    page.locator(UNDER_THE_CODE).click()
    expect(page.locator("[data-replies]")).to_be_visible()


def test_leave_now_takes_the_code_away_at_once(demo: Demo, person: Profile) -> None:
    page = person.page
    _with_a_code(demo, page)
    page.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="weather"))
    page.locator("header [data-leave]").click()
    expect(page.locator("body")).to_have_text("weather")


# ---- Phrases that may mean danger ----


def _with_numbers(page: Page, sentences: list[str]) -> list[str]:
    """Those of some sentences that show the numbers when they are typed as the story."""
    found: list[str] = page.evaluate(TYPE_EACH, sentences)
    return found


@pytest.mark.parametrize(("locale", "path"), [("pl", "report/"), ("en", "report/practice/")])
def test_what_children_type_in_any_language_shows_the_numbers_and_stops_nothing(
    demo: Demo, person: Profile, locale: str, path: str
) -> None:
    page = person.page
    form = ReportForm(page, demo.base, locale, path).open().begin()
    for _ in range(3):
        form.go_on()
    for language, sentences in SENTENCES["found"].items():
        assert sorted(set(sentences) - set(_with_numbers(page, sentences))) == [], language
    assert _with_numbers(page, SENTENCES["harmless"] + list(STORY.values())) == []
    form.words(4).fill("I want 2 die")
    expect(form.step("story").locator("[data-at-risk]")).to_be_visible()
    form.go_on()
    form.at("where")
    assert [each.url for each in person.requests if each.method != "GET"] == []


# ---- Hours and teams, from a bundle of a root of the test's own ----


def _published(
    demo: Demo, page: Page, root: ec.EllipticCurvePrivateKey | None = None, **changes: object
) -> bundles.Bundle:
    """Let the page meet the demonstration's bundle with some changes, of a root of its own or of a known one."""
    root = root or ec.generate_private_key(ec.SECP256R1())
    true = bundles.parse_bundle(unb64(demo.bundle()["bundle"]))
    changed = replace(true, **{name: change(true) if callable(change) else change for name, change in changes.items()})
    content = bundles.build_bundle(changed)
    public = root.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    signed = {"bundle": b64(content), "signature": b64(sign(root, bundles.LABEL, content)), "root": b64(public)}
    page.route(BUNDLE, lambda route: route.fulfill(json=signed))
    return changed


def _with_a_smaller_team(bundle: bundles.Bundle) -> tuple[bundles.Team, ...]:
    [usual] = bundle.teams
    smaller = replace(usual, id=SMALLER, kind=bundles.TeamKind.POSITION_OF_TRUST, name="Smaller team")
    return tuple(sorted((usual, smaller), key=lambda team: team.id))


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-12-24T20:00:00Z", "Tuesday 29 December at 8:00"),  # over Christmas Day and the day for Boxing Day
        ("2027-03-26T19:00:00Z", "Monday 29 March at 8:00"),  # over a night when the clocks change
    ],
)
def test_the_next_reading_time_knows_bank_holidays_and_clock_changes(
    demo: Demo, person: Profile, now: str, opens: str
) -> None:
    page = person.page
    page.clock.set_fixed_time(now)
    signed = int(datetime.fromisoformat(now).timestamp())
    _published(demo, page, closed_days=CHRISTMAS, issued_at=signed - 3_600, not_after=signed + 86_400)
    ReportForm(page, demo.base).open().choose_to_report()
    told = page.locator('[data-step="promise"] [data-when="reading-later"]')
    expect(told).to_be_visible()
    assert " ".join(told.inner_text().replace(",", "").split()).endswith(f"{opens}."), told.inner_text()


def test_the_form_is_closed_when_no_team_is_staffed(demo: Demo, person: Profile) -> None:
    page = person.page
    _published(demo, page, teams=lambda bundle: tuple(replace(team, staffed=False) for team in bundle.teams))
    form = ReportForm(page, demo.base).open()
    form.choose_to_report()
    expect(form.trouble("closed").first).to_be_visible()
    expect(form.step("promise").locator("[data-next]")).to_be_hidden()


@pytest.mark.parametrize("smaller", [True, False])
def test_a_worry_about_an_adult_goes_to_the_team_that_was_chosen(demo: Demo, person: Profile, smaller: bool) -> None:
    page, bodies = person.page, []
    bundle = _published(demo, page, teams=_with_a_smaller_team)

    def take(route: Route) -> None:
        bodies.append(route.request.post_data_json)
        route.abort()

    page.route(REPORTS, take)
    form = ReportForm(page, demo.base).open().begin()
    form.go_on()
    offer = form.step("who").locator("[data-smaller-team]")
    expect(offer).to_be_hidden()
    form.pick(2, "adult")
    expect(offer).to_contain_text("This website can see which team it goes to.")
    form.pick("team", "smaller" if smaller else "usual")
    for _ in range(7):
        form.go_on()
    wanted = next(team for team in bundle.teams if (team.id == SMALLER) is smaller)
    expect(page.locator("[data-goes-to]")).to_contain_text(wanted.name)
    form.send()
    form.wait_for("unsent")
    assert envelope.parse_report(unb64(bodies[0]["envelope"])).team_id == wanted.id


@pytest.mark.parametrize("gone", ["smaller", "replaced"])
def test_a_report_is_sealed_to_the_team_that_was_shown_or_not_before_the_new_one_was(
    demo: Demo, person: Profile, gone: str
) -> None:
    page, bodies = person.page, []
    page.clock.set_fixed_time("2026-11-30T10:00:00Z")
    root = ec.generate_private_key(ec.SECP256R1())
    first = _published(demo, page, root, teams=_with_a_smaller_team)

    def take(route: Route) -> None:
        bodies.append(route.request.post_data_json)
        route.abort()

    page.route(REPORTS, take)
    form = ReportForm(page, demo.base).open().begin()
    form.go_on()
    form.pick(2, "adult")
    form.pick("team", "smaller")
    for _ in range(7):
        form.go_on()
    expect(page.locator("[data-goes-to]")).to_contain_text("Smaller team")

    def later(team: bundles.Team) -> bundles.Team:
        if team.id != SMALLER:
            return team
        return replace(team, staffed=False) if gone == "smaller" else replace(team, id=OTHER, name="Other team")

    page.unroute(BUNDLE)
    _published(demo, page, root, teams=tuple(map(later, first.teams)), serial=first.serial + 1)
    page.clock.set_fixed_time("2026-11-30T10:11:00Z")
    form.send()
    told = form.trouble("moved")
    expect(told).to_be_visible()
    wanted = next(team for team in first.teams if team.id != SMALLER).id if gone == "smaller" else OTHER
    expect(told).to_contain_text("Other team" if gone == "replaced" else "The usual team would read it")
    expect(page.locator("[data-goes-to]")).not_to_contain_text("Smaller team")
    assert bodies == []
    form.send()
    form.wait_for("unsent")
    assert envelope.parse_report(unb64(bodies[0]["envelope"])).team_id == wanted


def test_review_shows_every_answer_and_leads_back_to_each(demo: Demo, person: Profile) -> None:
    form = ReportForm(person.page, demo.base).open().begin()
    form.fill({1: ["no"], 2: ["me", "friend"], 4: STORY["en"]})
    assert {"No", "Me · A friend", STORY["en"]} <= set(form.answers_reviewed())
    changes = person.page.locator("[data-change]")
    for at in range(changes.count()):
        changes.nth(at).click()
        assert form.current != "review"
        form.go_on()
        form.at("review")
    form.words(10).fill("Sam")
    expect(form.step("review")).to_contain_text("the adults who read this know who you are")
