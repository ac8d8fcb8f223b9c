"""Words, second factors and devices are lost: each way back in a real browser, after which old reports open again."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.journeys.conftest import ByName, MakeProfile
from tests.journeys.staff.code_app import CodeApp
from tests.journeys.staff.desk import Desk, send_report
from tests.journeys.staff.member import Member
from tests.journeys.staff.one_report import OneReport
from tests.journeys.staff.people import People, learn_six_words
from tests.journeys.staff.sign_in import SignIn, Unlock, sign_out
from tests.journeys.visitors import DESK, visitor
from youthsafe.crypto.bundle import parse_bundle
from youthsafe.crypto.encoding import unb64
from youthsafe.crypto.envelope import parse_answer

pytestmark = pytest.mark.journey

COORDINATOR, COLLEAGUE = "demo-coordinator", "demo-caseworker"
STORY, ANSWER = "They wait", "Thank you for telling us."


@dataclass
class Office:
    """A demonstration that Dana joined, and a report that she read. What she has is what the last test left her."""

    demo: ByName
    dana: Member
    report: str

    def coordinator(self, new_profile: MakeProfile) -> People:
        """The page People in a coordinator's browser."""
        page = new_profile(viewport=DESK).page
        Desk(self.demo, page, COORDINATOR).sign_in()
        return People(page).open()

    def signed_in(self, new_profile: MakeProfile) -> Member:
        """Dana at another browser, with a code that is good."""
        self.another_code()
        self.dana.at(new_profile(viewport=DESK)).sign_in()
        return self.dana

    def another_code(self) -> None:
        """Let half a minute be over."""
        self.demo.let_codes_be_good_again()
        assert self.dana.app is not None
        self.dana.app = CodeApp(self.dana.app.secret)


@pytest.fixture(scope="module")
def office(by_name: ByName, browser: Browser) -> Iterator[Office]:
    with (
        visitor(browser, viewport=DESK) as coordinator,
        visitor(browser, viewport=DESK) as hers,
        visitor(browser) as pupil,
    ):
        Desk(by_name, coordinator.page, COORDINATOR).sign_in()
        dana = Member("Dana", hers, by_name.base)
        joins(dana, People(coordinator.page).open())
        yield Office(by_name, dana, send_report(by_name, pupil.page))


def joins(dana: Member, people: People) -> None:
    """Be invited, join, and be let in."""
    said = dana.join(people.invite(dana.name), passkey=False)
    people.open().let_in(dana.name, said)
    expect(people.member(dana.name)).to_be_visible(timeout=30_000)


def test_whoever_lost_their_words_is_invited_again_and_reads_old_reports_and_what_was_sealed_meanwhile(
    office: Office, new_profile: MakeProfile
) -> None:
    at_desk = new_profile(viewport=DESK).page
    report = Desk(office.demo, at_desk, COLLEAGUE).sign_in().open_report(office.report).claim()
    dana, people = office.dana, office.coordinator(new_profile)
    forgotten = dana.words
    expect(people.page.locator('[data-part="lost-words"]')).to_contain_text("invite them again by the same name")
    people.remove(dana.name)
    with at_desk.expect_request("**/messages") as answer:
        report.answer(ANSWER)
    assert newest_of_team(office, answer.value), "no key that Dana kept opens it"

    office.demo.let_codes_be_good_again()
    joins(dana.at(new_profile(viewport=DESK)), people)
    assert dana.words != forgotten
    office.signed_in(new_profile)
    dana.reads(office.report, STORY)
    assert OneReport(dana.page).message_texts() == [ANSWER]
    OneReport(dana.page).back()
    dana.reads(send_report(office.demo, new_profile().page), STORY)


def newest_of_team(office: Office, request: Request) -> bool:
    """Whether an answer is sealed to the key that its team has now."""
    sealed = parse_answer(unb64(request.post_data_json["envelope"]))
    teams = parse_bundle(unb64(office.demo.bundle()["bundle"])).teams
    return sealed.epoch == next(team.epoch for team in teams if team.id == sealed.team_id) > 1


def test_six_new_words_open_what_the_old_ones_opened_and_the_old_ones_open_nothing(
    office: Office, new_profile: MakeProfile
) -> None:
    dana = office.signed_in(new_profile)
    seen_by_somebody, page = dana.words, dana.page
    page.locator('[data-tab="account"]').click()
    page.locator('[data-part="new-words"]').click()
    dana.words = " ".join(learn_six_words(page))
    expect(page.locator('[data-part="panel-words"]')).to_contain_text("Your new words count from now on")
    page.reload()
    page.locator("#words").fill(seen_by_somebody)
    page.locator('[data-part="go"]').click()
    expect(page.locator("#words-error")).to_be_visible()
    Unlock(page).unlock(dana.words)
    dana.reads(office.report, STORY)
    sign_out(page)
    office.another_code()
    dana.try_to_sign_in(words=seen_by_somebody)
    expect(SignIn(page, dana.base).trouble.first).to_contain_text("not right")
    office.another_code()
    dana.sign_in()


def test_a_lost_second_factor_is_taken_away_by_a_colleague_enrolled_anew_and_said_to_both(
    office: Office, new_profile: MakeProfile
) -> None:
    people, dana = office.coordinator(new_profile), office.dana
    lost = dana.app
    assert lost is not None
    code = people.reset_second_factor(dana.name)
    expect(people.member(dana.name)).to_contain_text("No second factor at the moment")

    dana.at(new_profile(viewport=DESK)).try_to_sign_in(CodeApp(lost.secret).code())
    expect(SignIn(dana.page, dana.base).trouble.first).to_contain_text("not right")
    dana.try_to_sign_in(code)
    dana.enrol()
    told = dana.page.locator('[data-part="security-event"]')
    expect(told.filter(has_text=f"{COORDINATOR} took your second factor away")).to_be_visible()
    dana.reads(office.report, STORY)
    assert dana.app != lost

    people.page.reload()
    Unlock(people.page).unlock(office.demo.words(COORDINATOR))
    event = people.page.locator('[data-part="security-event"]').filter(has_text="the second factor of Dana")
    expect(event).to_contain_text("You took away")
    event.locator('[data-part="event-read"]').click()
    expect(event).to_have_count(0)
    expect(People(people.page).open().member(dana.name)).not_to_contain_text("No second factor")


def test_a_device_that_is_lost_is_signed_out_from_another_one(office: Office, new_profile: MakeProfile) -> None:
    lost = office.signed_in(new_profile).page
    page = office.signed_in(new_profile).page
    page.locator('[data-tab="account"]').click()
    sessions = page.locator('[data-part="panel-sessions"] li')
    elsewhere = sessions.filter(has_not_text="This browser")
    expect(sessions.filter(has_text="This browser")).to_have_count(1)
    for _ in range(elsewhere.count()):
        elsewhere.first.get_by_role("button").click()
        expect(page.locator('[data-part="panel-sessions"]')).to_contain_text("That browser is signed out")
    expect(elsewhere).to_have_count(0)
    lost.locator('[data-tab="mine"]').click()
    expect(lost.locator("#code")).to_be_visible()
    lost.reload()
    expect(lost.locator("#code")).to_be_visible()
    page.locator('[data-tab="open"]').click()
    office.dana.reads(office.report, STORY)
