"""A database that hangs takes neither pages nor help with it, and whoever sends is told quickly to try again."""

import http.client
import os
import random
import signal
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests import servers
from tests.conftest import SECRET
from tests.faults.test_killed_server import MortalServer
from tests.sealing import SealedInstance, SealedReport
from youthsafe.config import Config
from youthsafe.database import migrating
from youthsafe.database.bulkhead import Bulkhead
from youthsafe.errors import BusyError
from youthsafe.extensions import db

SENDERS = 24
PAGES = ("/en/", "/en/support/", "/ar/cards/bullying/tell-an-adult/", "/en/nowhere/")
FROZEN = 8.0  # seconds
SOON = 5.0  # seconds, on a machine that does much else


@pytest.fixture
def postgres() -> Iterator[str]:
    """A server of its own, because it is stopped."""
    with servers.postgres() as url:
        yield url


@contextmanager
def frozen(url: str) -> Iterator[None]:
    """Every process of the server stands still, as with storage that hangs or a machine that is cut off."""
    with create_engine(url, poolclass=NullPool).connect() as connection:
        folder = Path(connection.execute(text("SHOW data_directory")).scalar_one())
    postmaster = int((folder / "postmaster.pid").read_text().split()[0])

    def processes() -> list[int]:
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        return [postmaster, *map(int, children)]

    stopped = processes()

    def tell(what: signal.Signals) -> None:
        for each in stopped:
            with suppress(ProcessLookupError):  # whoever hung up just now
                os.kill(each, what)

    tell(signal.SIGSTOP)
    try:
        yield
    finally:
        tell(signal.SIGCONT)


def ask(server: MortalServer, method: str, path: str, body: bytes | None = None) -> tuple[int, float]:
    """The status and how many seconds it took; 0 for no answer within 30."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        network = (
            f"2001:db8:{random.getrandbits(16):x}:{random.getrandbits(16):x}::1"  # or the server would ask for work
        )
        connection.request(method, path, body, {"Content-Type": "application/json", "X-Forwarded-For": network})
        answer = connection.getresponse()
        answer.read()
        return answer.status, time.monotonic() - began
    except OSError:
        return 0, time.monotonic() - began
    finally:
        connection.close()


def keep_sending(server: MortalServer, reports: list[SealedReport], until: float) -> list[tuple[int, float]]:
    answers = []
    while time.monotonic() < until:
        answers.append(ask(server, "POST", "/api/v1/reports", reports[len(answers) % len(reports)].body))
        time.sleep(0.5)  # a phone waits for half a minute
    return answers


@pytest.mark.parametrize("senders", [0, SENDERS])
def test_pages_and_help_answer_while_postgresql_stands_still(
    postgres: str, config: Config, make_app: Callable[[Config], Flask], tmp_path: Path, senders: int
) -> None:
    migrating.upgrade(postgres)
    app = make_app(replace(config, database_url=postgres))
    instance = SealedInstance.set_up(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    settings = {"YOUTHSAFE_DATABASE_URL": postgres, "YOUTHSAFE_SECRET": SECRET.hex(), "YOUTHSAFE_TRUSTED_PROXIES": "1"}
    server = MortalServer(os.environ | settings, tmp_path / "server.log")
    server.start()
    try:
        reports = [instance.report() for _ in range(4)]
        assert ask(server, "POST", "/api/v1/reports", reports[0].body)[0] == 201
        assert ask(server, "GET", "/healthz")[0] == 200
        assert {ask(server, "GET", path)[0] for path in PAGES} == {200, 404}
        with ThreadPoolExecutor(SENDERS + 40) as others:
            with frozen(postgres):
                end = time.monotonic() + FROZEN
                sending = [others.submit(keep_sending, server, reports, end) for _ in range(senders)]
                while ask(server, "GET", "/healthz")[0] == 200:
                    """What was found a moment ago is still good."""
                probes = [others.submit(ask, server, "GET", "/healthz") for _ in range(40)]
                pages = []
                while time.monotonic() < end:
                    pages += [ask(server, "GET", path) for path in PAGES]
                    time.sleep(0.1)
                assert ask(server, "GET", "/healthz")[0] == 503
            sent = [each for one in sending for each in one.result()]
            probed = [each.result() for each in probes]
        assert {status for status, _ in pages} == {200, 404}
        assert max(took for _, took in pages) < SOON
        assert {status for status, _ in probed} == {503}
        assert max(took for _, took in probed) < 2 * SOON
        if sent:
            assert {status for status, _ in sent} <= {503, 201}, "a 201 only for what was kept before, or thawed"
            assert statistics.median(took for _, took in sent) < SOON
        thawed = time.monotonic()
        while ask(server, "POST", "/api/v1/reports", reports[0].body)[0] != 201:
            assert time.monotonic() - thawed < 4 * SOON
        while ask(server, "GET", "/healthz")[0] != 200:
            assert time.monotonic() - thawed < 4 * SOON
    finally:
        server.kill()


def test_a_writer_that_stands_still_on_sqlite_takes_no_page_either(
    instance: SealedInstance, config: Config, database_path: Path, tmp_path: Path
) -> None:
    settings = {
        "YOUTHSAFE_DATABASE_URL": config.database_url,
        "YOUTHSAFE_SECRET": SECRET.hex(),
        "YOUTHSAFE_TRUSTED_PROXIES": "1",
    }
    server = MortalServer(os.environ | settings, tmp_path / "server.log")
    server.start()
    try:
        report = instance.report()
        with (
            closing(sqlite3.connect(database_path, isolation_level=None)) as writer,
            ThreadPoolExecutor(SENDERS) as many,
        ):
            writer.execute("BEGIN IMMEDIATE")
            end = time.monotonic() + FROZEN
            sending = [many.submit(keep_sending, server, [report], end) for _ in range(SENDERS)]
            pages = []
            while time.monotonic() < end:
                pages.append(ask(server, "GET", "/en/support/"))
                time.sleep(0.1)
            writer.execute("ROLLBACK")
            sent = [each for one in sending for each in one.result()]
        assert {status for status, _ in pages} == {200}
        assert max(took for _, took in pages) < SOON
        assert {status for status, _ in sent} <= {503, 201}
        assert 503 in {status for status, _ in sent}
        assert ask(server, "POST", "/api/v1/reports", report.body)[0] == 201
    finally:
        server.kill()


def test_nobody_waits_behind_those_who_wait_long() -> None:
    now = [0.0]
    bulkhead = Bulkhead(2, monotonic=lambda: now[0])
    bulkhead.enter("first")
    bulkhead.enter("second")
    now[0] = 1.5
    with pytest.raises(BusyError):
        bulkhead.enter("third")
    bulkhead.leave("first")
    bulkhead.enter("third")
    bulkhead.leave("nobody")
    with pytest.raises(BusyError):
        bulkhead.enter("fourth")


def test_who_does_much_in_small_steps_is_not_taken_for_hung() -> None:
    now = [0.0]
    bulkhead = Bulkhead(1, monotonic=lambda: now[0])
    bulkhead.enter("long")
    now[0] = 1.5
    bulkhead.begin_anew("long")
    bulkhead.begin_anew("nobody")
    leaving = Thread(target=lambda: (time.sleep(0.2), bulkhead.leave("long")))
    leaving.start()
    bulkhead.enter("next")
    leaving.join()


def test_behind_those_who_are_quick_one_waits_a_little() -> None:
    bulkhead = Bulkhead(1)
    bulkhead.enter("first")
    waiting = Thread(target=lambda: (time.sleep(0.2), bulkhead.leave("first")))
    waiting.start()
    bulkhead.enter("second")
    waiting.join()
