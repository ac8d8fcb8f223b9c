"""A council goes live from an empty instance, a report is read, and whoever leaves opens nothing that comes after."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.crypto.reference_opener import open_payload, open_report
from tests.crypto.reference_primitives import public_key_of
from tests.journeys.conftest import MakeProfile
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.staff.getting_started import GettingStarted
from tests.journeys.staff.instance import EmptyInstance
from tests.journeys.staff.member import Member
from tests.journeys.staff.memory import Memory
from tests.journeys.staff.one_report import OneReport
from tests.journeys.staff.people import People
from tests.journeys.staff.set_up import SetUp
from tests.journeys.visitors import DESK
from tests.long_runs import LongRun
from tests.notify.smtp_server import Script, smtp_server
from youthsafe.crypto.encoding import unb64
from youthsafe.crypto.envelope import Envelope, parse_report
from youthsafe.crypto.roster import parse_roster

pytestmark = pytest.mark.journey

OFFICER, APP_USER, PASSKEY_USER, PLACES = "Ada Officer", "Amina Caseworker", "Ben Caseworker", "Carys Places"
BEFORE, AFTER = "Somebody waits for me after school.", "They were there again today."
CONTROLLER = (
    "Madeupton Borough Council",
    "Youth service, Town Hall, Madeupton, youth@council.example",
    "Information governance team, dpo@council.example",
    "First to the head of youth services, then to the Information Commissioner's Office",
    "web@council.example",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
AN_HOUR, FEW = 60, 4  # minutes
KEY_LENGTH = 32
OPERATE = Path(__file__).parents[3] / "docs/operate.md"


def test_a_council_goes_live_in_an_hour_and_whoever_leaves_opens_nothing_that_comes_after(
    empty: EmptyInstance, new_profile: MakeProfile, tmp_path: Path, long_run: LongRun
) -> None:
    officer, amina, ben, carys = (
        Member(name, new_profile(viewport=DESK), empty.base) for name in (OFFICER, APP_USER, PASSKEY_USER, PLACES)
    )
    make_the_keys(officer, empty.run("setup-link").strip(), tmp_path)
    GettingStarted(officer.page).write_controller(*CONTROLLER)
    GettingStarted(officer.page).make_smaller_team("People of trust")
    set_reading_hours(officer)
    set_mail_up(officer)
    GettingStarted(officer.page).go_to("people")
    bring_in(officer, amina)
    bring_in(officer, ben, passkey=True)
    bring_in(officer, carys, role="places")
    steps = GettingStarted(officer.page).open()
    steps.is_done("people")
    steps.open_form()

    first = report_of_a_pupil(empty, new_profile, BEFORE)
    for member in (amina, ben):
        member.sign_in()
        member.reads(first.id_text, BEFORE)
    looks_after_places_and_opens_no_report(carys, first)
    assert_as_long_as_the_docs_say(long_run, officer, amina, ben, carys)

    kept = Memory(ben.page).byte_arrays()
    assert keys_of(ben) <= {public_key_of(each) for each in kept if len(each) == KEY_LENGTH}
    assert BEFORE in opened_with(kept, first)
    People(officer.page).open().remove(ben.name)
    cannot_sign_in(ben)
    second = report_of_a_pupil(empty, new_profile, AFTER)
    assert opened_with(kept, second) == set()
    OneReport(amina.page).back()
    amina.reads(second.id_text, AFTER)


def make_the_keys(officer: Member, link: str, folder: Path) -> None:
    """Set the instance up with pen and printer, and sign in."""
    set_up = SetUp(officer.page).paste(link)
    made = set_up.make_keys(officer.name, "Early help", folder)
    officer.words, officer.app = made.words, made.app
    officer.tally.away |= {"writing words down": 1, "printing the kit": 3, "an app": 2, "the kit into a safe": 5}
    set_up.finish(made.code())
    officer.page.click('[data-part="sign-in"]')
    officer.sign_in()


def set_reading_hours(officer: Member) -> None:
    """Have both teams read on weekdays, at the hours that are offered, and on no bank holiday."""
    GettingStarted(officer.page).go_to("hours")
    teams = officer.page.locator("[data-team]")
    expect(teams).to_have_count(2)
    for team in teams.all():
        for day in WEEKDAYS:
            team.locator(f'[data-day="{day}"] [data-part="reads"]').check()
    officer.page.click('[data-part="sign"]')
    expect(officer.page.locator('[data-part="outcome"]')).to_contain_text("Saved and signed", timeout=30_000)
    GettingStarted(officer.page).open().is_done("hours")


def set_mail_up(officer: Member) -> None:
    """Write down what IT said of the mail server, and see a test message taken."""
    page, script = officer.page, Script()
    GettingStarted(page).go_to("mail")
    with smtp_server(script, "none", passwords=False) as port:
        page.select_option("#mail-security", "none")
        for field, text in {"server": "localhost", "port": str(port), "sender": "desk@council.example"}.items():
            page.fill(f"#mail-{field}", text)
        page.click('[data-part="save"]')
        page.fill("#mail-to", "ada@council.example")
        page.click('[data-part="send-test"]')
        expect(page.locator('[data-part="tested"] li').last).to_contain_text("accepted")
    assert script.recipients == ["ada@council.example"]
    officer.tally.away |= {"asking IT for the mail server": 5}
    GettingStarted(page).open().is_done("mail")


def bring_in(officer: Member, invited: Member, *, role: str = "caseworker", passkey: bool = False) -> None:
    """Invite somebody, have them join in their own browser, and let them in by what they say on the phone."""
    people = People(officer.page)
    said = invited.join(people.invite(invited.name, role), passkey=passkey)
    invited.tally.away |= {"words and codes on paper": 3, "an app or a passkey": 2, "ringing the officer": 1}
    officer.tally.away |= {f"giving a link to {invited.name}, and hearing three words": 3}
    people.open().let_in(invited.name, said)
    expect(people.member(invited.name)).to_be_visible(timeout=30_000)


class SentReport:
    """A report as a pupil's browser sent it."""

    def __init__(self, id_text: str, raw: bytes) -> None:
        self.id_text, self.raw = id_text, raw
        self.envelope: Envelope = parse_report(raw)


def report_of_a_pupil(empty: EmptyInstance, new_profile: MakeProfile, story: str) -> SentReport:
    """Send a report through the form on a phone."""
    page = new_profile().page
    form = ReportForm(page, empty.base).open().begin()
    form.fill({1: ["no"], 4: story}, reply=True)
    with page.expect_response(lambda each: each.url.endswith("/api/v1/reports") and each.status == 201) as kept:
        form.send()
    form.wait_for("sent")
    return SentReport(kept.value.json()["id"], unb64(kept.value.request.post_data_json["envelope"]))


def looks_after_places_and_opens_no_report(carys: Member, sent: SentReport) -> None:
    """Sign in as whoever keeps the places: they see those, and a report's address leads them there too."""
    carys.sign_in()
    expect(carys.page.locator('[data-part="show-new"]')).to_be_visible()
    expect(carys.page.locator('[data-tab="open"]')).to_have_count(0)
    answer = carys.page.request.get(f"{carys.base}/api/v1/staff/reports/{sent.id_text}")
    assert answer.status == 404


def assert_as_long_as_the_docs_say(long_run: LongRun, officer: Member, *colleagues: Member) -> None:
    """What everybody did was counted: the officer needs less than an hour, each colleague a quarter of one."""
    for member in (officer, *colleagues):
        tally = member.tally
        long_run.found(f"going live, {member.name}", taps=tally.taps, screens=tally.screens, minutes=tally.minutes)
    assert officer.tally.minutes < AN_HOUR
    assert max(each.tally.minutes for each in colleagues) < AN_HOUR / 4
    said = re.search(r"about ([0-9]+) minutes of the coordinator's time", OPERATE.read_text(encoding="utf-8"))
    assert said is not None
    assert abs(officer.tally.minutes - int(said[1])) < FEW


def keys_of(member: Member) -> set[bytes]:
    """The public keys that somebody holds the secrets of: their own, and of each team that they are in."""
    ring = member.page.request.get(f"{member.base}/api/v1/staff/key-ring").json()
    roster = parse_roster(unb64(ring["roster"]))
    here = next(each for each in roster.members if each.name == member.name)
    return {here.public_key} | {team.public_key for team in roster.teams if team.id in here.teams}


def opened_with(kept: set[bytes], sent: SentReport) -> set[str]:
    """What a report tells whoever tries everything that they kept as a team's seed and as a key of the payload."""
    told: set[str] = set()
    for each in (each for each in kept if len(each) == KEY_LENGTH):
        with suppress(ValueError):
            told |= {text for _, text in open_report(sent.raw, unb64(sent.id_text), each).answers}
        with suppress(ValueError):
            told.add(open_payload(sent.envelope, each).decode(errors="replace"))
    return told


def cannot_sign_in(leaver: Member) -> None:
    """Neither with the passkey nor with a recovery code; what is on the screen goes with the next question."""
    leaver.page.reload()
    expect(leaver.page.locator("#code")).to_be_visible()
    expect(leaver.try_to_sign_in().trouble.first).to_contain_text("not right")
    expect(leaver.try_to_sign_in(leaver.codes[0]).trouble.first).to_contain_text("not right")
