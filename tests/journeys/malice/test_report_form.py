"""A pupil presses Send while the server lies about who reads: nothing is sealed, every word stays, it says why."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.malice.lies import lying
from tests.journeys.malice.pupils import PUPILS
from tests.journeys.malice.world import World
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.visitors import Profile, visitor

pytestmark = pytest.mark.journey
TYPED = {4: "They wait for me at the gate.", 6: "Park Road", 10: "Sam"}
STALE = timedelta(minutes=11)


@dataclass
class Writing:
    """A pupil at the last step, in front of Send; `time` goes on so that the form asks again who reads."""

    profile: Profile
    form: ReportForm
    time: datetime = field(default_factory=lambda: datetime.now(UTC))

    def wait(self) -> None:
        """Let the form stand open for longer than it trusts what it asked."""
        self.time += STALE
        self.profile.page.clock.set_system_time(self.time)


@pytest.fixture(scope="module")
def writing(world: World, browser: Browser) -> Iterator[Writing]:
    """Somebody who has answered every question."""
    with visitor(browser) as pupil:
        form = ReportForm(pupil.page, world.demo.base).open().begin()
        form.fill(TYPED, reply=True)
        yield Writing(pupil, form)


@pytest.mark.parametrize("name", PUPILS)
def test_nothing_is_sealed_and_every_word_stays(world: World, writing: Writing, name: str) -> None:
    attack, form = PUPILS[name], writing.form
    writing.wait()
    with lying(writing.profile, attack.forge(world)) as asked:
        form.send()
        told = form.page.locator("[data-trouble] > [data-when]:visible").first
        expect(told).to_contain_text(attack.says)
        for number, text in TYPED.items():
            expect(form.words(number)).to_have_value(text)
        form.wait_for_rest()
    assert asked.sent == []
    assert len([each for each in asked.requests if each.url.endswith("/bundle")]) == 1, (
        "whoever was refused asked again"
    )
    assert form.page.locator("[data-code-words] li").count() == 0
