"""Every screen of people and their keys: inviting, joining, removing, one's own account, the kit, a new root."""

import pytest
from playwright.sync_api import Locator, Route, expect
from pyotp import TOTP

from tests.journeys.conftest import ByName, Demo, MakeProfile
from tests.journeys.looks import faults_of
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.staff.conftest import Looks
from tests.journeys.staff.people import with_authenticator
from tests.journeys.staff.screens import Screens
from tests.journeys.staff.sign_in import paste

pytestmark = pytest.mark.journey
COORDINATOR, SECOND = "demo-coordinator", "demo-second"
INVITED = {"en": "Amina Q", "ar": "أمينة ق"}


def at_the_desk(by_name: Demo, screens: Screens, path: str, name: str = COORDINATOR) -> Screens:
    """Sign in by keyboard, or unlock where the session goes on."""
    page = screens.page
    page.goto(f"{by_name.base}/staff/{screens.locale}/{path}")
    expect(page.locator("#words")).to_be_visible()
    if page.locator("#name").is_visible():
        screens.write("#name", name)
    screens.write("#words", by_name.words(name))
    if page.locator("#code").is_visible():
        screens.write("#code", by_name.code(name))
    page.keyboard.press("Enter")
    expect(page.locator("#desk-tools")).to_be_visible(timeout=60_000)
    return screens


def test_every_screen_of_inviting_joining_and_removing(by_name: ByName, new_profile: MakeProfile, looks: Looks) -> None:
    coordinator, faults = new_profile(), []
    for locale in ("en", "ar"):
        desk = at_the_desk(by_name, Screens(coordinator.page, looks, locale), "people/")
        link = invite(desk)
        invited = Screens(new_profile().page, looks, locale)
        with_authenticator(invited.page)
        paste(invited.page, link)
        said = join(invited)
        let_in(desk, said)
        change(desk)
        remove(desk)
        faults += desk.faults + invited.faults
    assert faults == [], "\n".join(faults)


def invite(desk: Screens) -> str:
    page = desk.page
    desk.look("people", desk.heading)
    desk.go_round()
    send = page.locator('[data-part="invite"] button[type=submit]')
    desk.press(send)
    desk.land("people, when the name is missing", "#invite-name")
    desk.write("#invite-name", INVITED[desk.locale])
    desk.keys.go_to(page.locator("#invite-role"))
    page.keyboard.press("End")
    expect(page.locator('[data-part="invite"] fieldset')).to_be_hidden()
    page.keyboard.press("Home")
    desk.press(page.locator('[data-part="invite"] input[type=checkbox]'), "Space")
    desk.press(send)
    desk.part("link").wait_for()
    desk.look("people, a link", page.locator("h2").last)
    link = "\n".join(desk.part(part).inner_text() for part in ("address", "secret"))
    desk.press("close-link")
    expect(invited_in(desk)).to_be_visible()
    desk.land("people, somebody is invited", page.locator("h2").last)
    return link


def invited_in(desk: Screens) -> Locator:
    return desk.page.locator(f'[data-invited="{INVITED[desk.locale]}"]')


def member_of(desk: Screens) -> Locator:
    return desk.page.locator(f'[data-member="{INVITED[desk.locale]}"]')


def join(invited: Screens) -> str:
    """Join with an app; gives the three words to say."""
    page = invited.page
    invited.part("offer").wait_for()
    invited.look("join")
    invited.press("begin")
    words = invited.listed("six-words", 6)
    invited.look("join, six words", invited.heading)
    invited.press("written")
    invited.part("typed-back").wait_for()
    invited.look("join, three of them", invited.heading)
    for field in page.locator('[data-part="typed-back"] input').all():
        invited.write(field, "abacus")
    page.keyboard.press("Enter")
    expect(page.locator(".error:visible").first).to_be_visible()
    invited.look("join, another word", "typed-back")
    for field in page.locator('[data-part="typed-back"] input').all():
        invited.write(field, words[int((field.get_attribute("id") or "").rpartition("-")[2]) - 1])
    page.keyboard.press("Enter")
    secret = invited.part("app").locator("code").inner_text().replace(" ", "")
    invited.look("join, second factor", invited.heading)
    invited.write("#app-code", "12")
    page.keyboard.press("Enter")
    invited.land("join, second factor, wrong", "#app-code")
    invited.write("#app-code", TOTP(secret).now())
    page.keyboard.press("Enter")
    invited.part("recovery-codes").wait_for()
    invited.look("join, recovery codes", invited.heading)
    invited.press("have-codes")
    said = invited.listed("check-words", 3)
    invited.look("join, three words to say", invited.heading)
    return " ".join(said)


def let_in(desk: Screens, said: str) -> None:
    page = desk.page
    desk.come_again()
    row = invited_in(desk)
    field = row.locator("input")
    expect(field).to_be_visible()
    desk.write(field, "abacus ability about")
    page.keyboard.press("Enter")
    expect(row.locator(".error")).to_be_visible()
    desk.look("people, other words", field)
    desk.write(field, said)
    page.keyboard.press("Enter")
    expect(member_of(desk)).to_be_visible(timeout=60_000)
    desk.look("people, somebody is in", page.locator("h2").nth(1))


def change(desk: Screens) -> None:
    row = member_of(desk)
    desk.press(row.locator('[data-part="change"]'))
    desk.look("people, changing", row)
    desk.keys.go_to(row.locator("select"))
    desk.page.keyboard.press("End")
    desk.press(row.locator("button[type=submit]"))
    desk.look("people, before a change", desk.question)
    desk.page.keyboard.press("Escape")
    desk.land("people, nothing was changed", row)
    desk.press(row.locator('[data-part="reset"]'))
    desk.look("people, before a second factor is taken away", desk.question)
    desk.press(desk.question.locator('[value="yes"]'))
    row.locator('[data-part="reset-code"] code').wait_for()
    desk.look("people, a code to say", row)


def remove(desk: Screens) -> None:
    desk.press(member_of(desk).locator('[data-part="remove"]'))
    desk.look("people, before somebody is removed", desk.question)
    desk.press(desk.question.locator('[value="yes"]'))
    expect(member_of(desk)).to_have_count(0, timeout=60_000)
    desk.look("people, somebody is gone", desk.page.locator("h2").first)


def test_every_screen_of_ones_own_account(by_name: ByName, new_profile: MakeProfile, looks: Looks) -> None:
    profile, faults = new_profile(), []
    with_authenticator(profile.page)
    at_the_desk(by_name, Screens(new_profile().page, looks, "en"), "")
    for locale in ("en", "ar"):
        desk = at_the_desk(by_name, Screens(profile.page, looks, locale), "account/")
        account(desk)
        confirm(desk)
        faults += desk.faults
    assert faults == [], "\n".join(faults)


def account(desk: Screens) -> None:
    page = desk.page
    desk.part("panel-mail").wait_for()
    desk.look("account", desk.heading)
    desk.go_round()
    desk.press("new-words")
    words = desk.listed("six-words", 6)
    desk.look("account, new words", "panel-words")
    desk.press("written")
    desk.land("account, three of them", "panel-words")
    for field in page.locator('[data-part="typed-back"] input').all():
        desk.write(field, words[int((field.get_attribute("id") or "").rpartition("-")[2]) - 1])
    desk.press("words-again")
    desk.land("account, the words again", "panel-words")
    desk.press("leave-words")
    desk.land("account, the old words stay", "panel-words")
    desk.press("new-app")
    desk.part("app").wait_for()
    desk.look("account, another app", "panel-app")
    desk.write("#app-code", "123456")
    page.keyboard.press("Enter")
    expect(page.locator("#app-code-error")).to_be_visible()
    desk.land("account, another app, wrong", "#app-code")
    desk.press("leave-app")
    desk.land("account, the old app stays", "panel-app")
    desk.write("#passkey-label", "my phone")
    page.keyboard.press("Enter")
    expect(page.locator('[data-part="panel-passkeys"] li')).to_have_count(1, timeout=60_000)
    desk.look("account, a passkey", "panel-passkeys")
    desk.press(page.locator('[data-part="panel-passkeys"] li button'))
    expect(page.locator('[data-part="panel-passkeys"] li')).to_have_count(0)
    desk.press("new-codes")
    desk.part("recovery-codes").wait_for()
    desk.look("account, new recovery codes", "panel-codes")
    desk.press("have-codes")
    desk.land("account, codes are kept", "panel-codes")


def confirm(desk: Screens) -> None:
    page = desk.page
    page.route("**/staff/account", not_confirmed)
    desk.press("new-words")
    desk.look("account, is it you", "confirm")
    desk.press("leave-confirm")
    page.unroute("**/staff/account")
    desk.land("account, it was nobody", desk.heading)


def not_confirmed(route: Route) -> None:
    """Say what the server says ten minutes after the sign-in."""
    answer = route.fetch()
    route.fulfill(response=answer, json=answer.json() | {"confirmed": False})


def test_every_screen_of_a_lost_second_factor(by_name: ByName, new_profile: MakeProfile, looks: Looks) -> None:
    coordinator, faults = new_profile(), []
    for locale in ("en", "ar"):
        desk = at_the_desk(by_name, Screens(coordinator.page, looks, locale), "people/")
        row = desk.page.locator(f'[data-member="{SECOND}"]')
        desk.press(row.locator('[data-part="reset"]'))
        desk.press(desk.question.locator('[value="yes"]'))
        code = row.locator('[data-part="reset-code"] code').inner_text()
        member = Screens(new_profile().page, looks, locale)
        with_authenticator(member.page)
        enrol(by_name, member, code)
        desk.page.goto(f"{by_name.base}/staff/{locale}/inbox/")
        at_the_desk(by_name, Screens(coordinator.page, looks, locale), "inbox/")
        expect(desk.part("security-event")).to_be_visible()
        desk.look("what was done is said to both")
        desk.press("event-read")
        faults += desk.faults + member.faults
    assert faults == [], "\n".join(faults)


def enrol(by_name: Demo, member: Screens, code: str) -> None:
    page = member.page
    page.goto(f"{by_name.base}/staff/{member.locale}/")
    member.write("#name", SECOND)
    member.write("#words", by_name.words(SECOND))
    member.write("#code", code)
    page.keyboard.press("Enter")
    member.part("app").wait_for(timeout=60_000)
    member.look("a new second factor", member.heading)
    secret = member.part("app").locator("code").inner_text().replace(" ", "")
    member.write("#app-code", TOTP(secret).now())
    page.keyboard.press("Enter")
    member.part("recovery-codes").wait_for()
    member.look("codes of a new second factor", member.heading)
    member.press("have-codes")
    expect(member.part("security-event")).to_be_visible()
    member.look("what happened to my keys")


def test_every_screen_of_the_kit_and_of_a_new_root(by_name: ByName, new_profile: MakeProfile, looks: Looks) -> None:
    coordinator, pupils = new_profile(), {locale: new_profile().page for locale in ("en", "ar")}
    colleagues = {locale: new_profile() for locale in ("en", "ar")}
    for locale, colleague in colleagues.items():
        at_the_desk(by_name, Screens(colleague.page, looks, locale), "", "demo-caseworker")
    for locale, pupil in pupils.items():
        pupil.goto(f"{by_name.base}/{locale}/report/")
        expect(pupil.locator("[data-begin]")).to_be_visible()
    english = at_the_desk(by_name, Screens(coordinator.page, looks, "en"), "new-kit/")
    kit = new_kit(english, to_the_end=True)
    arabic = at_the_desk(by_name, Screens(coordinator.page, looks, "ar"), "new-kit/")
    new_kit(arabic, to_the_end=False)
    faults = english.faults + arabic.faults
    for locale in ("en", "ar"):
        desk = at_the_desk(by_name, Screens(colleagues[locale].page, looks, locale), "inbox/", "demo-caseworker")
        expect(desk.page.locator('[data-part="notices"]')).not_to_be_empty()
        desk.look("the root has changed")
        ReportForm(pupils[locale], by_name.base, locale).open()
        expect(pupils[locale].locator('[data-when="new-lock"]')).to_be_visible()
        faults += desk.faults + faults_of(pupils[locale], f"{locale}: a pupil, the root has changed", looks[locale])
        recovery = Screens(new_profile().page, looks, locale)
        recovery.page.goto(f"{by_name.base}/staff/{locale}/recover/")
        come_back(recovery, " ".join(kit))
        faults += recovery.faults
    assert faults == [], "\n".join(faults)


def new_kit(desk: Screens, *, to_the_end: bool) -> list[str]:
    """A new kit, and a new root with it; gives the words."""
    desk.part("make").wait_for()
    desk.look("new kit", desk.heading)
    desk.press("changes-root", "Space")
    desk.press("make")
    kit = desk.listed("kit-words", 24)
    desk.look("new kit, on paper", desk.heading)
    desk.press("printed")
    desk.part("kit-check").wait_for()
    desk.look("new kit, three of its words", desk.heading)
    if to_the_end:
        desk.type_kit(kit)
        desk.page.keyboard.press("Enter")
        expect(desk.part("done")).to_be_visible(timeout=60_000)
        desk.look("new kit, done", desk.heading)
    return kit


def come_back(recovery: Screens, kit: str) -> None:
    page = recovery.page
    recovery.part("old-kit").wait_for()
    recovery.look("recover")
    recovery.write("#kit", "abacus " * 24)
    recovery.press("go")
    expect(page.locator("#kit-error")).to_be_visible(timeout=60_000)
    recovery.look("recover, another kit", "#kit")
    recovery.write("#kit", kit)
    recovery.press("go")
    recovery.part("who-form").wait_for(timeout=60_000)
    recovery.look("recover, who", page.locator("h2").first)
    recovery.keys.go_to(page.locator("[name=who]:checked"))
    page.keyboard.press("ArrowDown")
    recovery.press("go")
    recovery.look("recover, somebody new without a name", "#name")
    recovery.write("#name", INVITED[recovery.locale])
    page.keyboard.press("Enter")
    recovery.listed("words-made", 6)
    recovery.land("recover, new words", page.locator("h2").first)
    recovery.press("back")
    recovery.land("recover, back at who", page.locator("h2").first)
