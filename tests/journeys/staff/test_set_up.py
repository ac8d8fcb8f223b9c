"""From an empty production-mode instance to a coordinator at the desk, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import prints
from tests.journeys.conftest import MakeProfile
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.staff.instance import EmptyInstance, running_instance
from tests.journeys.staff.set_up import SetUp
from tests.journeys.staff.sign_in import SignIn
from tests.journeys.visitors import DESK, Profile

pytestmark = pytest.mark.journey


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EmptyInstance]:
    """An instance that nobody has set up."""
    sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'youthsafe.db'}" if sqlite else request.getfixturevalue("postgres_url")
    with running_instance(tmp_path, url) as instance:
        yield instance


def test_a_coordinator_sets_an_instance_up_without_a_shell(
    empty: EmptyInstance, new_profile: MakeProfile, tmp_path: Path
) -> None:
    coordinator: Profile = new_profile(viewport=DESK)
    page, set_up = coordinator.page, SetUp(coordinator.page)
    link = empty.run("setup-link").strip()
    assert link.startswith(f"{empty.base}/staff/en/set-up/#")
    set_up.open(link)
    made = set_up.make_keys("Ada", "Early help", tmp_path)
    assert "#" not in page.url
    assert set_up.printed is not None
    on_paper = prints.text(set_up.printed)
    assert prints.facts(set_up.printed)["Pages"] == "1"
    assert all(word in on_paper for word in made.kit)
    assert prints.codes(set_up.printed) == made.kit_line
    set_up.finish(made.code())
    page.click('[data-part="sign-in"]')
    SignIn(page, empty.base).sign_in(made.name, made.words, made.code())
    expect(page.locator('[data-step="general-team"][data-done="yes"]')).to_be_visible()
    for field in ("name", "contact", "data_protection_officer", "complaints", "accessibility"):
        page.fill(f"#controller-{field}", "Madeupton Council")
    page.click('[data-part="save"]')
    expect(page.locator('[data-step="controller"][data-done="yes"]')).to_be_visible()
    expect(page.locator('[data-step="people"][data-done="no"]')).to_be_visible()
    form = ReportForm(new_profile().page, empty.base).open()
    form.page.locator("[data-begin]").click()
    expect(form.trouble("closed")).to_be_visible()
    link_secret = link.partition("#")[2]
    asked = b"".join(each.url.encode() + (each.post_data_buffer or b"") for each in coordinator.requests)
    kept = empty.said() + b"".join(path.read_bytes() for path in tmp_path.glob("youthsafe.db*"))
    for secret in (made.words, " ".join(made.kit), made.kit_line.partition(":")[2]):
        assert secret.encode() not in asked + kept
    assert not any(link_secret in each.url for each in coordinator.requests)
    assert link_secret.encode() not in kept
    assert coordinator.complaints == []
