"""The report form to its end, in either direction: by keyboard alone, with banner, hours, teams and code."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
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

    def add(name: str) -> None:
        fold = form.step("review").locator("[data-add]")
        if not fold.evaluate("(fold) => fold.open"):
            keys.press(fold.locator("summary"))
        title = form.step(name).locator("[data-question]").first.text_content() or ""
        keys.press(fold.get_by_role("button", name=title.strip(), exact=True))

    def step(name: str, field: str | int | None = None, code: str = "") -> None:
        form.at(name)
        if name != "danger":  # where the page begins
            expect(form.step(name).locator("h1")).to_be_focused()
        if field is not None and code:
            keys.choose(field, code)
        keys.press(form.step(name).locator("[data-next]"))

    expect(form.hours).to_be_visible()
    step("danger", 1, "unsure")
    form.at("about")
    expect(form.step("about").locator("h1")).to_be_focused()
    for number, choice in ((2, "friend"), (11, "group"), (3, "bullying")):
        keys.choose(number, choice)
    keys.press(form.step("about").locator("[data-next]"))
    form.at("story")
    keys.press(form.step("story").locator("[data-starts]").first)
    expect(form.words(4)).to_be_focused()
    keys.type(form.words(4), STORY[locale])
    keys.press(form.step("story").locator("[data-next]"))
    extras: list[tuple[str, int | str, str]] = [
        ("wish", 14, "ask"),
        ("where", 5, "school"),
        ("time", 7, "week"),
        ("reply", "reply", "yes"),
    ]
    for question, field, wished in extras:
        form.at("review")
        add(question)
        step(question, field, wished)
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
    form.go_on_to("story")
    for language, sentences in SENTENCES["found"].items():
        assert sorted(set(sentences) - set(_with_numbers(page, sentences))) == [], language
    assert _with_numbers(page, SENTENCES["harmless"] + list(STORY.values())) == []
    form.words(4).fill("I want 2 die")
    expect(form.step("story").locator("[data-at-risk]")).to_be_visible()
    form.go_on()
    form.at("review")
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
    ReportForm(page, demo.base).open()
    told = page.locator('[data-step="danger"] [data-when="reading-later"]')
    expect(told).to_be_visible()
    assert " ".join(told.inner_text().replace(",", "").split()).endswith(f"{opens}."), told.inner_text()


def test_the_form_is_closed_when_no_team_is_staffed(demo: Demo, person: Profile) -> None:
    page = person.page
    _published(demo, page, teams=lambda bundle: tuple(replace(team, staffed=False) for team in bundle.teams))
    form = ReportForm(page, demo.base).open()
    expect(form.trouble("closed").first).to_be_visible()
    expect(form.step("danger").locator("[data-next]")).to_be_hidden()
    expect(form.choice(1, "yes")).to_be_hidden()


@pytest.mark.parametrize("smaller", [True, False])
def test_a_worry_about_an_adult_goes_to_the_team_that_was_chosen(demo: Demo, person: Profile, smaller: bool) -> None:
    page, bodies = person.page, []
    bundle = _published(demo, page, teams=_with_a_smaller_team)

    def take(route: Route) -> None:
        bodies.append(route.request.post_data_json)
        route.abort()

    page.route(REPORTS, take)
    form = ReportForm(page, demo.base).open().begin()
    form.go_on_to("about")
    offer = form.step("about").locator("[data-smaller-team]")
    form.pick(2, "adult")
    form.pick(11, "home")
    expect(offer).to_be_hidden()
    form.pick(11, "trust")
    expect(offer).to_contain_text("This website can see which team it goes to.")
    form.pick("team", "smaller" if smaller else "usual")
    form.go_on_to("review")
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
    begun = datetime.now(UTC)
    page.clock.set_fixed_time(begun)
    root = ec.generate_private_key(ec.SECP256R1())
    first = _published(demo, page, root, teams=_with_a_smaller_team)

    def take(route: Route) -> None:
        bodies.append(route.request.post_data_json)
        route.abort()

    page.route(REPORTS, take)
    form = ReportForm(page, demo.base).open().begin()
    form.go_on_to("about")
    form.pick(11, "trust")
    form.pick("team", "smaller")
    form.go_on_to("review")
    expect(page.locator("[data-goes-to]")).to_contain_text("Smaller team")

    def later(team: bundles.Team) -> bundles.Team:
        if team.id != SMALLER:
            return team
        return replace(team, staffed=False) if gone == "smaller" else replace(team, id=OTHER, name="Other team")

    page.unroute(BUNDLE)
    _published(demo, page, root, teams=tuple(map(later, first.teams)), serial=first.serial + 1)
    page.clock.set_fixed_time(begun + timedelta(minutes=11))
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


def test_review_shows_every_answer_in_a_line_and_leads_back_to_each_and_to_what_was_not_asked(
    demo: Demo, person: Profile
) -> None:
    page = person.page
    form = ReportForm(page, demo.base).open().begin()
    form.fill({1: ["no"], 2: ["me", "friend"], 4: STORY["en"] * 20, 14: ["listen"], 10: "Sam"})
    assert form.answers_reviewed() == ["No", "Me · A friend", STORY["en"] * 20, "Just listen", "Sam"]
    rows = page.locator("[data-answers] > li")
    assert max(row.bounding_box()["height"] for row in rows.all()) < 100  # type: ignore[index]
    changes = page.locator("[data-change]")
    assert changes.count() == rows.count()
    for at in range(changes.count()):
        changes.nth(at).click()
        assert form.current != "review"
        form.go_on()
        form.at("review")
    for question in ("tonight", "where", "time", "school", "help", "reply"):
        form.add(question)
        form.go_on()
        form.at("review")
    form.add("school")
    form.words(13).fill("Year 7")
    form.go_on()
    assert "Year 7" in form.answers_reviewed()
    form.step("review").locator("[data-change]", has_text="Who you are").click()
    expect(form.step("name")).to_contain_text("the adults who read this know who you are")


# ---- What is asked only if somebody wants to ----


def test_the_wish_says_its_limit_first_and_only_one_can_be_wished(demo: Demo, person: Profile) -> None:
    form = ReportForm(person.page, demo.base).open().begin()
    form.fill({4: STORY["en"]})
    form.add("wish")
    wish = form.step("wish")
    limit = wish.get_by_text("If you or someone else is in danger and we know who")
    first = wish.locator("label.choice").first
    assert limit.bounding_box()["y"] < first.bounding_box()["y"]  # type: ignore[index]
    form.choose(14, "tell")
    form.choose(14, "listen")
    assert wish.locator("input:checked").count() == 1
    wish.locator("[data-clear]").click()
    assert wish.locator("input:checked").count() == 0
    form.go_on()
    assert form.answers_reviewed() == [STORY["en"]]


@pytest.mark.parametrize("told", ["no", "unsure"])
def test_not_being_safe_tonight_brings_numbers_there_and_on_the_last_screen(
    demo: Demo, person: Profile, told: str
) -> None:
    form = ReportForm(person.page, demo.base).open().begin()
    form.fill({1: ["no"], 12: ["yes"]})
    form.step("review").locator("[data-change]", has_text="Are you safe tonight?").click()
    form.choose(12, told)
    calls = form.step("tonight").locator(".calls:visible")
    expect(calls.locator('a[href="tel:08001111"]')).to_be_in_viewport(ratio=1)
    form.go_on()
    form.send()
    form.wait_for("sent")
    expect(form.step("outcome").locator("[data-after-danger]")).to_be_visible()


def test_first_words_begin_a_line_where_their_writer_goes_on(demo: Demo, person: Profile) -> None:
    page = person.page
    form = ReportForm(page, demo.base).open().begin().go_on_to("story")
    starts = form.step("story").locator("[data-starts]")
    starts.nth(1).click()
    page.keyboard.type("him take it.")
    starts.nth(2).click()
    page.keyboard.type("my sister.")
    expect(form.words(4)).to_have_value("I saw him take it.\nI am worried about my sister.")


# ---- Fewer taps ----


def test_a_tap_on_no_goes_on_and_the_arrows_of_a_keyboard_do_not(demo: Demo, person: Profile) -> None:
    page = person.page
    form = ReportForm(page, demo.base).open().begin()
    page.locator('input[data-field="1"][value="yes"]').focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator('input[data-field="1"][value="no"]')).to_be_checked()
    page.wait_for_timeout(200)  # it would have gone on by now
    form.at("danger")
    form.choose(1, "no")
    form.at("about")
    form.back()
    form.at("danger")
    form.choose(1, "no")
    form.at("about")


def test_the_topic_of_a_card_is_ticked_beforehand_said_and_changeable(demo: Demo, person: Profile) -> None:
    page = person.page
    page.goto(f"{demo.base}/en/report/#topic=knife-crime")
    form = ReportForm(page, demo.base).begin()
    said = form.step("danger").locator("[data-topic]")
    expect(said).to_contain_text("This is about: Knives.")
    expect(page).to_have_url(f"{demo.base}/en/report/")
    assert violations(page) == []
    said.get_by_role("button", name="Change").click()
    form.at("about")
    expect(page.locator('input[data-field="3"]:checked')).to_have_count(1)
    form.choice(3, "knife").click()
    form.choose(3, "bullying")
    form.go_on_to("review")
    assert form.answers_reviewed() == ["Bullying"]


def test_every_topic_that_has_cards_and_a_worry_of_its_own_is_ticked_by_its_name(demo: Demo, person: Profile) -> None:
    page = person.page
    page.goto(f"{demo.base}/en/cards/")
    topics = {each.rstrip("/").rsplit("/", 1)[1] for each in _links_to_topics(page)}
    page.goto(f"{demo.base}/en/report/")
    named = {each.get_attribute("data-topics") or "" for each in page.locator("[data-topics]").all()}
    assert topics - named == {"getting-help"}
    assert named <= topics


def _links_to_topics(page: Page) -> set[str]:
    links = page.locator('main a[href*="/cards/"]').evaluate_all("(links) => links.map((link) => link.pathname)")
    return {each for each in links if each.count("/") == 4}


def test_a_topic_changes_nothing_of_what_was_written_before(demo: Demo, person: Profile) -> None:
    page = person.page
    form = ReportForm(page, demo.base).open().begin().go_on_to("story")
    form.words(4).fill(STORY["en"])
    page.goto(f"{demo.base}/en/cards/")
    page.goto(f"{demo.base}/en/report/#topic=knife-crime")
    form.at("story")
    expect(form.words(4)).to_have_value(STORY["en"])
    assert page.locator('input[data-field="3"]:checked').count() == 0
