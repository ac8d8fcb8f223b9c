"""Fixtures that every room's tests share: an instance on a database of its own, a clock that can be set."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner
from hypothesis import settings
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool
from werkzeug.routing import Rule

from tests import servers
from tests.elsewhere import SECRET
from tests.openapi.witness import Witness
from tests.packs import packaged
from tests.sealing import SealedInstance
from youthsafe.app import create_app
from youthsafe.config import PACKAGED_CONTENT, Config
from youthsafe.database import following, migrating
from youthsafe.extensions import db
from youthsafe.limits import memory_storage
from youthsafe.pack import pack, prose
from youthsafe.rooms import rooms

pytest_plugins = ["tests.browsers", "tests.compiled", "tests.long_runs"]

settings.register_profile("any machine", deadline=None)  # which may be busy with something else
settings.load_profile("any machine")

TESTS = Path(__file__).parent

# What `make check` leaves to `make test`: it starts a server, a browser or a build, or repeats itself.
SLOW_FOLDERS = {"backups", "deploy", "faults", "jobs", "journeys", "release"}
SLOW_FILES = {  # which start programs, walk through every route or page, or live through weeks by a clock
    "accounts/test_cut_short.py",
    "anonymity/test_headers.py",
    "database/test_instance_check.py",
    "drills/test_closing.py",
    "drills/test_drills.py",
    "drills/test_figures.py",
    "find/test_finding.py",
    "notify/test_a_long_weekend.py",
    "notify/test_alerts.py",
    "notify/test_by_the_clock.py",
    "notify/test_cut_short.py",
    "notify/test_mail_is_down.py",
    "pack/test_english.py",
    "places/test_helplines.py",
    "retention/test_who_runs_it.py",
    "web/test_offline_pack.py",
    "web/test_page_cache.py",
    "web/test_who_runs_it.py",
}
SLOW_FIXTURES = {"browser", "installed", "liblouis", "long_run", "playwright", "postgres_server", "redis_url"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that are slow by what they need, so that nobody has to remember it."""
    for item in items:
        needs = set(item.fixturenames) if isinstance(item, pytest.Function) else set()
        on_postgresql = "postgres" in item.name.partition("[")[2]
        path = item.path.relative_to(TESTS)
        by_place = path.parts[0] in SLOW_FOLDERS or path.as_posix() in SLOW_FILES
        if by_place or needs & SLOW_FIXTURES or on_postgresql:
            item.add_marker(pytest.mark.slow)
        if "installed" in needs:
            item.add_marker(pytest.mark.xdist_group("installed"))  # a minute's work: in one of the processes only


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays to the end of the run: it went through all of it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


@dataclass
class SettableClock:
    """A clock that stands still until a test moves it."""

    moment: datetime = field(default=datetime(2026, 11, 23, 9, 30, 15, tzinfo=UTC))  # a Monday, in school hours

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **amount: float) -> None:
        self.moment += timedelta(**amount)


@pytest.fixture(scope="session", autouse=True)
def packaged_content_is_read_once() -> Iterator[None]:
    """Every application of the run shares the shipped pack."""
    load = pack.load
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pack, "load", lambda folder: packaged() if folder == PACKAGED_CONTENT else load(folder))
        yield


@pytest.fixture(scope="session", autouse=True)
def the_same_text_is_read_once() -> Iterator[None]:
    """A test of packs changes one file of some hundreds, and to read the others again is most of its work."""
    written = vars(prose.Prose)["html"].fget
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose._MARKDOWN, "parse", cache(prose._MARKDOWN.parse))
        patch.setattr(prose.Prose, "html", property(cache(written)))
        yield


@pytest.fixture(scope="session", autouse=True)
def addresses_are_compiled_once() -> Iterator[None]:
    """Every application of the run has the same rules, and to compile them is most of the work of making one."""
    compiled: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}
    make = Rule._compile_builder

    def builder(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (rule.rule, *rule._trace, repr(rule.defaults), append_unknown)
        if key not in compiled:
            compiled[key] = make(rule, append_unknown)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", builder)
        yield


@pytest.fixture(scope="session", autouse=True)
def counts_stay_in_one_window() -> Iterator[None]:
    """A window of time that ends in the middle of a test would let somebody in again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory_storage, "time", SimpleNamespace(time=lambda: 1_700_000_000.0))
        yield


@pytest.fixture(scope="session", autouse=True)
def a_busy_machine_gets_longer_than_a_blink() -> Iterator[None]:
    """What is written at the desk is waited for, whatever else keeps the machine from looking."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(following, "BLINK", 3.0)
        yield


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with the newest schema, copied for each test because migrating takes longer."""
    path = tmp_path_factory.mktemp("migrated") / "youthsafe.db"
    migrating.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def database_path(tmp_path: Path, migrated_file: Path) -> Path:
    path = tmp_path / "youthsafe.db"
    path.write_bytes(migrated_file.read_bytes())
    return path


@pytest.fixture
def config(database_path: Path) -> Config:
    return Config(database_url=f"sqlite:///{database_path}", server_secret=SECRET, testing=True)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


def forget_counts(app: Flask) -> None:
    """Let the application's limits begin anew."""
    rooms(app).counts.storage.reset()


@pytest.fixture
def witness() -> Witness:
    return Witness()


@pytest.fixture
def make_app(clock: SettableClock, witness: Witness) -> Iterator[Callable[[Config], Flask]]:
    """Makes applications whose database connections are closed when the test ends, and whose answers are documented."""
    made: list[Flask] = []

    def make(config: Config) -> Flask:
        made.append(create_app(config, clock=clock))
        witness.watch(made[-1])
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()
    assert witness.undocumented == []


@pytest.fixture
def app(config: Config, make_app: Callable[[Config], Flask]) -> Flask:
    return make_app(config)


@pytest.fixture
def instance(app: Flask) -> SealedInstance:
    """The application's keys: one staffed team that reads reports."""
    return SealedInstance.set_up(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def cli(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with servers.postgres() as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """A PostgreSQL database with nothing in it."""
    with create_engine(postgres_server, poolclass=NullPool).begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    return postgres_server
