"""What matters most, in an engine that is not Chromium: half of the pupils hold an iPhone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from tests.journeys.conftest import Demo, MakeProfile, running_demo
from tests.journeys.cutting import Cut, line_to
from tests.journeys.pages.outbox import arrived, until
from tests.journeys.staff import Inbox, SignIn
from tests.journeys.visitors import DESK
from tests.journeys.webkit import Visit, screen, webkit

pytestmark = [
    pytest.mark.journey,
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),  # Selenium says it to itself
]

STORY = "أخذوا حقيبتي وقالوا: “give us £5”.\nيحدث هذا كل يوم ثلاثاء."
ANSWER = "شكرًا لك. هذا ليس مقبولًا.\nأي موقف؟"
THANKS = "الموقف القريب من المكتبة."
CASEWORKER = "demo-second"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demonstration with no other reports than these."""
    with running_demo(tmp_path_factory.mktemp("webkit") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with screen() as name:
        yield name


def _write_and_press_send(pupil: Visit, address: str, story: str) -> None:
    pupil.driver.get(address)
    pupil.seen("[data-open-hours]")  # the lock was believed
    pupil.tick("1", "no")  # which goes on
    pupil.press('[data-step="about"] [data-next]')
    pupil.write('textarea[data-field="4"]', story)
    pupil.press('[data-step="story"] [data-next]')
    pupil.press("[data-seal]")


def _send(pupil: Visit, address: str, story: str) -> list[str]:
    """Send a report; gives the seven words of its code."""
    _write_and_press_send(pupil, address, story)
    pupil.seen('[data-step="outcome"] h1 [data-when="sent"]')
    return pupil.texts("[data-code-words] li")


def _open_mailbox(pupil: Visit, address: str, code: list[str]) -> None:
    pupil.driver.get(address)
    pupil.write("[data-code-input]", " ".join(code))
    pupil.press("[data-open]")
    pupil.seen("[data-mailbox]")


def _leaves_nothing(pupil: Visit) -> None:
    assert pupil.driver.get_cookies() == []
    assert pupil.driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == "ar"


def test_a_report_is_sent_and_its_answer_read_in_webkit(
    demo: Demo, new_profile: MakeProfile, display: str, tmp_path: Path
) -> None:
    with webkit(display, tmp_path / "first.log") as driver:
        code = _send(pupil := Visit(driver), f"{demo.base}/ar/report/", STORY)
        assert len(code) == 7
        _leaves_nothing(pupil)

    caseworker, name = new_profile(viewport=DESK), CASEWORKER
    SignIn(caseworker.page, demo.base).open().sign_in(name, demo.words(name), demo.code(name))
    report = Inbox(caseworker.page).show("open").open_report()
    assert STORY in report.told().values(), "what was typed comes back exactly"
    report.claim()
    report.answer(ANSWER, "ar")

    with webkit(display, tmp_path / "second.log") as driver:
        _open_mailbox(pupil := Visit(driver), f"{demo.base}/ar/replies/", code)
        assert pupil.texts("[data-words-of-team]") == [ANSWER]
        pupil.write('textarea[data-field="message"]', THANKS)
        pupil.press("[data-write]")
        pupil.seen('[data-when="written"]')
        _leaves_nothing(pupil)

    report.back()
    report = Inbox(caseworker.page).show("open").open_report()
    assert report.message_texts() == [ANSWER, THANKS]
    report.close()
    assert caseworker.complaints == []


@pytest.mark.parametrize("cut", [Cut.BEFORE_THE_REQUEST, Cut.AFTER_THE_COMMIT])
def test_a_report_cut_off_on_its_way_waits_in_webkit_and_arrives_once(
    demo: Demo, display: str, tmp_path: Path, cut: Cut
) -> None:
    before = arrived(demo.database)
    with webkit(display, tmp_path / "webkit.log") as driver, line_to(demo.port) as line:
        pupil, line.cut = Visit(driver), cut
        _write_and_press_send(pupil, f"{line.base}/en/report/", STORY)
        pupil.seen('[data-step="outcome"] h1 [data-when="unsent"]')
        driver.get(f"{line.base}/en/report/")
        pupil.seen("[data-waiting] [data-send-waiting]")
        line.cut = None
        driver.get(f"{line.base}/en/cards/")  # the next visit, to any page
        until(lambda: driver.execute_script("return localStorage.length") == 0)  # the mark goes with what waited
        driver.get(f"{line.base}/en/report/")
        pupil.seen("[data-begin]")
        assert pupil.visible("[data-waiting]") == []
    assert len(arrived(demo.database)) == len(before) + 1
