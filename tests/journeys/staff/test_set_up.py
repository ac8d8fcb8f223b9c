"""From an empty production-mode instance to a coordinator at the desk, in a real browser."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import expect

from tests import prints
from tests.crypto.reference_opener import Team
from tests.journeys.conftest import MakeProfile
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.staff.getting_started import GettingStarted
from tests.journeys.staff.instance import EmptyInstance
from tests.journeys.staff.set_up import Coordinator, SetUp
from tests.journeys.staff.sign_in import SignIn, Unlock, secret_of
from tests.journeys.visitors import DESK, Profile
from tests.sealing import SealedInstance
from youthsafe.crypto.bundle import TeamKind, parse_bundle
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.crypto.keys import fingerprint

STORY = "Somebody waits for me after school every day."

pytestmark = pytest.mark.journey


def test_a_page_of_set_up_that_is_reloaded_goes_on_when_the_secret_is_pasted_again(
    empty: EmptyInstance, new_profile: MakeProfile
) -> None:
    coordinator: Profile = new_profile(viewport=DESK)
    link = empty.run("setup-link").strip()
    page = SetUp(coordinator.page).paste(link).page
    expect(page.locator("#name")).to_be_visible()
    page.reload()
    page.locator("#secret").fill(secret_of(link)[:-1])
    page.locator('[data-part="use-secret"]').click()
    expect(page.locator("#secret-error")).to_contain_text("not all of it")
    page.locator("#secret").fill(secret_of(link))
    page.locator('[data-part="use-secret"]').click()
    expect(page.locator("#name")).to_be_visible()
    assert coordinator.complaints == []


def test_a_coordinator_sets_an_instance_up_and_comes_back_by_the_kit_without_a_shell(
    empty: EmptyInstance, new_profile: MakeProfile, tmp_path: Path
) -> None:
    coordinator: Profile = new_profile(viewport=DESK)
    link = empty.run("setup-link").strip()
    assert link.startswith(f"{empty.base}/staff/en/set-up/\n")
    set_up = SetUp(coordinator.page).paste(link)
    made = set_up.make_keys("Ada", "Early help", tmp_path)
    assert_on_one_sheet(set_up, made)
    set_up.finish(made.code())
    sign_in(empty, coordinator, made)
    write_who_runs_it(coordinator)
    make_smaller_team(coordinator)
    assert_the_sheet_for_schools_pins_the_root(empty, coordinator, made, tmp_path)
    made = set_up.renew_kit(made, f"{empty.base}/staff/en/new-kit/")
    assert_pupils_are_told_that_it_is_closed(empty, new_profile)
    assert_nowhere(empty, coordinator, made, tmp_path, secret_of(link))
    report_id = send_report(empty, coordinator)
    coordinator.context.close()

    later: Profile = new_profile(viewport=DESK)
    recovery = SetUp(later.page).open(f"{empty.base}/staff/en/recover/")
    back = recovery.come_back(" ".join(made.kit), "Ada", tmp_path)
    assert back.kit != made.kit
    recovery.finish(back.code())
    sign_in(empty, later, back)
    later.page.goto(f"{empty.base}/staff/en/reports/{report_id}/")
    Unlock(later.page).unlock(back.words)
    expect(later.page.get_by_text(STORY)).to_be_visible(timeout=30_000)
    assert_nowhere(empty, later, back, tmp_path, " ".join(made.kit))
    assert later.complaints == []

    stranger = SetUp(new_profile(viewport=DESK).page).open(f"{empty.base}/staff/en/recover/")
    stranger.page.fill("#kit", made.kit_line)
    stranger.page.click('[data-part="go"]')
    expect(stranger.page.locator("#kit-error")).to_contain_text("a newer one has taken its place")


def assert_on_one_sheet(set_up: SetUp, made: Coordinator) -> None:
    """What was printed is the whole kit, in words and as a code, and nothing else."""
    assert set_up.printed is not None
    on_paper = prints.text(set_up.printed)
    assert prints.facts(set_up.printed)["Pages"] == "1"
    assert all(word in on_paper for word in made.kit)
    assert not all(word in on_paper for word in made.words.split())
    assert prints.codes(set_up.printed) == made.kit_line


def sign_in(empty: EmptyInstance, profile: Profile, made: Coordinator) -> None:
    """Go on from the last step to the desk."""
    profile.page.click('[data-part="sign-in"]')
    SignIn(profile.page, empty.base).sign_in(made.name, made.words, made.code())


def write_who_runs_it(coordinator: Profile) -> None:
    """Do the first step of the list, and see what is left."""
    steps = GettingStarted(coordinator.page)
    steps.is_done("general-team")
    steps.write_controller(*["Madeupton Council"] * 5)
    steps.is_to_do("people")
    assert coordinator.complaints == []


def make_smaller_team(coordinator: Profile) -> None:
    """Have a second team signed in the browser."""
    GettingStarted(coordinator.page).make_smaller_team("People of trust")
    expect(coordinator.page.locator('[data-part="readers"]')).to_contain_text("People of trust: 1 of 2")


def assert_the_sheet_for_schools_pins_the_root(
    empty: EmptyInstance, coordinator: Profile, made: Coordinator, folder: Path
) -> None:
    """What a pupil scans from the printed sheet is the form's address with the root that the words keep."""
    page = coordinator.page
    page.goto(f"{empty.base}/staff/en/school-sheet/")
    Unlock(page).unlock(made.words)
    page.fill("#school", "Hillside School")
    sheet = prints.printed(page, folder)
    ring = coordinator.context.request.get(f"{empty.base}/api/v1/staff/key-ring").json()
    pin = b64(fingerprint(unb64(ring["root"])))
    assert prints.codes(sheet) == f"{empty.base}/en/report/#k={pin}"
    assert prints.facts(sheet)["Pages"] == "1"
    assert "Hillside School" in prints.text(sheet)


def assert_pupils_are_told_that_it_is_closed(empty: EmptyInstance, new_profile: MakeProfile) -> None:
    form = ReportForm(new_profile().page, empty.base).open()
    expect(form.trouble("closed")).to_be_visible()


def send_report(empty: EmptyInstance, coordinator: Profile) -> str:
    """Seal a report to the team as it is now, and send it; gives its id as in addresses."""
    ring = coordinator.context.request.get(f"{empty.base}/api/v1/staff/key-ring").json()
    bundle = parse_bundle(unb64(ring["bundle"]))
    team = next(team for team in bundle.teams if team.kind is TeamKind.GENERAL)
    root = ec.generate_private_key(ec.SECP256R1())  # only the reporter's own note names one
    sealed = SealedInstance(bundle.instance_id, root, Team(team.id, team.epoch, team.public_key), b"").report(
        text=STORY
    )
    headers = {"Content-Type": "application/json"}
    answer = coordinator.context.request.post(f"{empty.base}/api/v1/reports", data=sealed.body, headers=headers)
    assert answer.status == 201, answer.text()
    return sealed.id_text


def assert_nowhere(empty: EmptyInstance, profile: Profile, made: Coordinator, folder: Path, *others: str) -> None:
    """Nothing that is secret went over the wire, into the database's file or into the log; the link went once."""
    bodies = b"".join(each.post_data_buffer or b"" for each in profile.requests)
    addresses = "".join(each.url for each in profile.requests)
    kept = empty.said() + b"".join(path.read_bytes() for path in folder.glob("youthsafe.db*"))
    for secret in (made.words, " ".join(made.kit), made.kit_line.partition(":")[2]):
        assert secret.encode() not in bodies + kept
        assert secret not in addresses
    for secret in others:
        assert secret.encode() not in kept
        assert secret not in addresses
