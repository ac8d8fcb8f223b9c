"""Reports that are written together, broken off at every statement: who is told 201 is kept, and nobody else waits."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from tests.conftest import forget_counts
from tests.database.test_group_commit import Senders, kept, until
from tests.sealing import SealedInstance
from youthsafe.mailbox import services

SENDERS = 4


@pytest.fixture
def senders(app: Flask) -> Senders:
    return Senders(app)


def writer(app: Flask, senders: Senders) -> sqlite3.Connection:
    with app.app_context(), senders._file.writing():
        pass
    found = senders._file._writer
    assert found is not None
    return found


def send(senders: Senders, bodies: list[bytes], begins: Callable[[], object] = lambda: None) -> Counter[int]:
    """Send at one moment; `begins` is called when all wait in one line."""
    with ThreadPoolExecutor(len(bodies)) as pool:
        with senders._file.turn():
            asked = [pool.submit(senders._post, each) for each in bodies]
            until(lambda: len(senders._file.group._line) == len(bodies))
            begins()
        return Counter(each.result()[0] for each in asked)


def test_an_interruption_at_any_statement_costs_only_what_was_not_kept(
    app: Flask, instance: SealedInstance, senders: Senders
) -> None:
    interrupted = 0
    for at in range(1, 3 + SENDERS * 5):
        forget_counts(app)  # all come from one network
        open_one, before, seen = writer(app, senders), kept(senders), 0

        def see(_: str, at: int = at, open_one: sqlite3.Connection = open_one) -> None:
            nonlocal seen, interrupted
            seen += 1
            if seen == at:
                interrupted += 1
                open_one.interrupt()

        bodies = [instance.report().body for _ in range(SENDERS)]
        statuses = send(senders, bodies, lambda open_one=open_one, see=see: open_one.set_trace_callback(see))
        if senders._file._writer is open_one:
            open_one.set_trace_callback(None)
        assert set(statuses) <= {201, 503}
        assert statuses[201] == kept(senders) - before, at
        assert send(senders, bodies) == {201: SENDERS}, "each phone tries again, and each is kept once"
        assert kept(senders) - before == SENDERS
    assert interrupted > SENDERS


def test_a_disk_that_is_full_in_the_middle_tells_nobody_of_success(
    app: Flask, instance: SealedInstance, senders: Senders
) -> None:
    open_one = writer(app, senders)
    pages = open_one.execute("PRAGMA page_count").fetchone()[0]
    open_one.execute(f"PRAGMA max_page_count = {pages + 4}").close()
    bodies = [instance.report().body for _ in range(8)]
    statuses = send(senders, bodies)
    assert statuses[503] > 0
    assert statuses[201] == kept(senders)
    if senders._file._writer is open_one:  # the full disk of this test is one connection's
        open_one.execute("PRAGMA max_page_count = 1073741823").close()
    assert send(senders, bodies) == {201: 8}, "the disk has room again"


def test_a_request_that_runs_out_of_memory_fails_alone(
    instance: SealedInstance, senders: Senders, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad, real = [instance.report() for _ in range(3)], instance.report(), services._require_team_key

    def run_out(envelope: Any) -> None:
        if envelope.report_id == bad.report_id:
            raise MemoryError
        real(envelope)

    monkeypatch.setattr(services, "_require_team_key", run_out)
    assert send(senders, [each.body for each in (*good, bad)]) == {201: 3, 500: 1}
    assert kept(senders) == 3
