"""What goes over the wire has one length, whatever is in it: measured on what the real workers give in a browser."""

from collections.abc import Iterator
from itertools import product

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Demo
from tests.journeys.visitors import visitor
from tests.journeys.workers import Workers
from tests.long_runs import LongRun

pytestmark = pytest.mark.journey

LETTERS = {"en": "a", "fr": "é", "pl": "ż", "ta": "நி", "ar": "ش"}
UNITS = (1, 2, 750, 1500)
REPORT_BYTES, MESSAGE_BYTES = 14_549, 12_957


@pytest.fixture(scope="module")
def workers(demo: Demo, browser: Browser) -> Iterator[Workers]:
    with visitor(browser) as person:
        workers = Workers(person.page, demo.base)
        workers.open_a_mailbox()
        yield workers


def _texts(locale: str) -> list[dict[str, object]]:
    """The locale's own letters, Latin ones and faces; a letter may be more than one unit long."""
    letters = dict.fromkeys((LETTERS[locale], "a", "🙁"))
    wanted = ((letter, units) for letter, units in product(letters, UNITS) if units % _units(letter) == 0)
    return [{"letter": letter, "units": units, "locale": locale} for letter, units in wanted]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("locale", LETTERS)
def test_every_report_has_one_length(workers: Workers, locale: str) -> None:
    texts = [text for text in _texts(locale) if text["units"] in {1, 2, 1500}]
    assert {1, 1500} <= {text["units"] for text in texts}
    kinds = list(product((True, False), repeat=2))
    reports = [text | {"urgent": urgent, "wantsReply": reply} for text in texts for urgent, reply in kinds]
    assert workers.lengths_of_reports(reports) == [REPORT_BYTES]


@pytest.mark.parametrize("locale", LETTERS)
def test_every_message_has_one_length(workers: Workers, locale: str) -> None:
    assert workers.lengths_of_messages(_texts(locale)) == [MESSAGE_BYTES]


def test_sealing_and_deriving_work_and_their_times_are_told(workers: Workers, long_run: LongRun) -> None:
    """Targets: sealing 50 ms, deriving 250 ms, on a machine that does nothing else."""
    times = workers.milliseconds(long_run.times(3, soak=41))
    long_run.found("in a worker, median milliseconds (50 and 250 at most)", **times)
    assert all(time > 0 for time in times.values())
