"""A purge takes time in proportion to what is due, and whoever sends meanwhile hardly notices."""

import http.client
import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.accounts.office import Office, made, office
from tests.conftest import SECRET
from tests.elsewhere import SMALL
from tests.faults.test_killed_server import MortalServer
from tests.long_runs import LongRun
from tests.retention.test_purge import ledger, on_postgres, purge, sent
from tests.sealing import SealedInstance, SealedReport
from youthsafe.config import Config
from youthsafe.extensions import db
from youthsafe.mailbox import erasing
from youthsafe.mailbox.standing import Ages

__all__ = ["ledger", "made", "office", "on_postgres"]
LONGEST = 1.0  # seconds that a purge may keep anybody waiting


def multiply(path: Path, count: int) -> None:
    """Make so many closed reports out of the first one, long due, and as many tombstones of others."""
    with closing(sqlite3.connect(path)) as connection, connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(report)")]
        own = {"number": "abs(random())", "id": "randomblob(16)", "mailbox_id": "randomblob(32)", "state": "'closed'"}
        own |= {"unanswered": "0", "closed_at": "'2020-01-01 00:00:00'", "opened_at": "'2020-01-01 00:00:00'"}
        values = ", ".join(own.get(name, name) for name in columns)
        numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
        connection.execute(
            f"{numbers} INSERT INTO report SELECT {values} FROM n, (SELECT * FROM report LIMIT 1)", [count]
        )
        connection.execute(
            f"{numbers} INSERT INTO tombstone SELECT randomblob(32), strftime('%Y-%m-%d %H:00:00', 'now') FROM n",
            [count],
        )


@pytest.fixture
def asked(office: Office) -> Iterator[Counter[str]]:
    """How often each statement ran."""
    counts: Counter[str] = Counter()

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        counts[statement.split("(", 1)[0] if statement.startswith("INSERT") else statement] += 1

    with office.app.app_context():
        event.listen(db.engine, "before_cursor_execute", count)
        yield counts
        event.remove(db.engine, "before_cursor_execute", count)


def test_a_purge_asks_as_much_for_each_batch_however_much_was_erased_before(
    office: Office, database_path: Path, ledger: Path, asked: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("youthsafe.database.batching._PAUSE", 0.0)
    reads: list[Path] = []
    read_text = Path.read_text
    monkeypatch.setattr(Path, "read_text", lambda path, **how: (reads.append(path), read_text(path, **how))[1])
    sent(office)
    statements = []
    for batches in (2, 6):
        multiply(database_path, 25 * batches)
        asked.clear()
        reads.clear()
        assert purge(office, "--ledger", str(ledger)).exit_code == 0
        statements.append(sum(asked.values()))
        whole = [each for each in asked if each.rstrip().endswith(("FROM tombstone", "FROM report"))]
        assert all(asked[each] == 1 for each in whole), "no batch reads every tombstone or report"
        assert reads.count(ledger) == 1, "the ledger is read once"
    a_batch = (statements[1] - statements[0]) / 4
    assert a_batch <= 20, "nor does it ask for each report by itself"
    assert statements[1] == statements[0] + 4 * a_batch


def test_what_is_due_is_found_through_indexes(office: Office) -> None:
    with office.app.app_context():
        plans: list[str] = []

        def explain(_connection: object, cursor: sqlite3.Cursor, statement: str, values: object, *_: object) -> None:
            if statement.startswith("SELECT") and "FROM report" in statement:
                found = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)
                plans.extend(row[3] for row in found)

        event.listen(db.engine, "before_cursor_execute", explain)
        erasing.perhaps_due(Ages(), office.clock())
        event.remove(db.engine, "before_cursor_execute", explain)
        of_reports = [each for each in plans if each.startswith("SEARCH report USING INDEX report_")]
        assert len(of_reports) == 3, plans
        assert not [each for each in plans if each.startswith("SCAN")], plans


def took(server: MortalServer, report: SealedReport, number: int) -> float:
    """How many seconds a send took, from a network of its own; one that was sent before waits as long as a new one."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    headers = {
        "Content-Type": "application/json",
        "X-Forwarded-For": f"2001:db8:{number >> 16:x}:{number & 65535:x}::1",
    }
    try:
        connection.request("POST", "/api/v1/reports", report.body, headers)
        assert connection.getresponse().status == 201
        return time.monotonic() - began
    finally:
        connection.close()


def test_whoever_sends_beside_a_purge_hardly_notices(
    instance: SealedInstance, config: Config, database_path: Path, tmp_path: Path, long_run: LongRun
) -> None:
    due = long_run.times(200, soak=10_000)
    settings = SMALL | {"YOUTHSAFE_DATABASE_URL": config.database_url, "YOUTHSAFE_SECRET": SECRET.hex()}
    server = MortalServer(os.environ | settings | {"YOUTHSAFE_TRUSTED_PROXIES": "1"}, tmp_path / "server.log")
    server.start()
    try:
        reports = [instance.report() for _ in range(200)]
        assert server.send(reports[0])
        multiply(database_path, due)
        command = [str(Path(sys.executable).with_name("youthsafe")), "purge", "--yes", "--ledger"]
        ledger = tmp_path / "ledger"
        ledger.touch()
        alone = [took(server, reports[number % len(reports)], number) for number in range(100)]
        waits: list[float] = []
        began = time.monotonic()
        with subprocess.Popen([*command, str(ledger)], env=os.environ | settings, stdout=subprocess.DEVNULL) as running:
            while running.poll() is None:
                waits.append(took(server, reports[len(waits) % len(reports)], 100 + len(waits)))
            seconds = time.monotonic() - began
            assert running.returncode == 0
    finally:
        server.kill()
    worst = max(waits)
    figures = {"due": due, "seconds": round(seconds), "sends": len(waits), "worst_alone": max(alone), "worst": worst}
    long_run.found("sends beside a purge", **figures)
    assert worst < LONGEST + 2 * max(alone), "what the machine itself takes does not count"
