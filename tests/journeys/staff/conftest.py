"""One session that most tests share: a code of the second factor is good once, and a new one takes half a minute."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, StorageState

from tests.journeys.conftest import ByName, Demo, MakeProfile, running_demo
from tests.journeys.looks import LOOKS_IN_TURN, Look
from tests.journeys.staff.desk import Desk, at_the_desk
from tests.journeys.staff.inbox import Inbox
from tests.journeys.staff.instance import EmptyInstance, running_instance
from tests.journeys.visitors import DESK, visitor
from tests.long_runs import LongRun

COORDINATOR = "demo-coordinator"
Colleague = Callable[..., None]
Looks = dict[str, list[Look]]
AtDesk = Callable[..., tuple[Desk, Inbox]]


@pytest.fixture(scope="session")
def session(demo: Demo, browser: Browser) -> StorageState:
    """The cookie of a caseworker who signed in with both factors."""
    with visitor(browser) as caseworker:
        Desk(demo, caseworker.page).sign_in()
        return caseworker.context.storage_state()


@pytest.fixture(scope="session")
def coordinator(demo: Demo, browser: Browser) -> StorageState:
    """The cookie of a coordinator who signed in with both factors."""
    with visitor(browser) as somebody:
        Desk(demo, somebody.page, COORDINATOR).sign_in()
        return somebody.context.storage_state()


@pytest.fixture(scope="session")
def by_name(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ByName]:
    """A demonstration to which people come, and whose people go."""
    with running_demo(tmp_path_factory.mktemp("people") / "data") as demo:
        yield ByName(demo.port, demo.folder, demo.log, demo.process)


@pytest.fixture
def colleague(demo: Demo, new_profile: MakeProfile, coordinator: StorageState) -> Colleague:
    """A coordinator who does something to a report from somewhere else."""
    elsewhere = new_profile(storage_state=coordinator).context.request
    ours = {"Origin": demo.base, "Content-Type": "application/json"}

    def act(report_id: str, action: str, body: str = "{}") -> None:
        address = f"{demo.base}/api/v1/staff/reports/{report_id}/{action}"
        assert elsewhere.post(address, data=body, headers=ours).ok

    return act


@pytest.fixture
def at_desk(demo: Demo, new_profile: MakeProfile, session: StorageState) -> AtDesk:
    """Puts a caseworker at the desk, with a new report in the inbox."""

    def sit(locale: str = "en", **options: object) -> tuple[Desk, Inbox]:
        return at_the_desk(demo, new_profile(viewport=DESK, **options).page, session, locale)

    return sit


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EmptyInstance]:
    """An instance that nobody has set up."""
    sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'youthsafe.db'}" if sqlite else request.getfixturevalue("postgres_url")
    with running_instance(tmp_path, url) as instance:
        yield instance


@pytest.fixture
def looks(long_run: LongRun) -> Looks:
    """In which looks every screen is seen, by language: each width and theme once, or every one of each in both."""
    english = LOOKS_IN_TURN[: long_run.times(2, soak=4)]
    arabic = LOOKS_IN_TURN[-long_run.times(1, soak=4) :]
    return {"en": english, "ar": arabic}
