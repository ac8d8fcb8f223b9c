"""A purge that was cut short, or ran by a wrong clock, erases nothing later that people decided to keep."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from click.testing import Result
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests.accounts.office import Office, made, office
from tests.conftest import SECRET
from tests.elsewhere import SMALL
from tests.faults.disks import no_file_may_grow_beyond
from tests.long_runs import LongRun
from tests.retention.test_purge import COORDINATOR, act, closed, ids, ledger, on_postgres, restored, sent, take_back
from tests.triage.sealed import Sealed
from youthsafe.cli import main
from youthsafe.extensions import db

__all__ = ["ledger", "made", "office", "on_postgres", "restored"]
FULL = 80_000  # bytes: enough for the ledger and a journal, too little for the write-ahead log


def purge(office: Office, ledger: Path, *options: str) -> Result:
    """Run the command as the timer does: nobody is asked."""
    return office.app.test_cli_runner().invoke(main, ["purge", "--ledger", str(ledger), *options])


def age(office: Office, ledger: Path, days: int) -> None:
    """Let days pass, with a purge now and then; the one that is due is left to the test."""
    steps = (days - 1) // 6
    for _ in range(steps):
        office.clock.move(days=6)
        assert purge(office, ledger).exit_code == 0
    office.clock.move(days=days - 6 * steps)


def three_closed(office: Office) -> tuple[Sealed, Sealed, Sealed]:
    """Three reports that were closed 90 days ago."""
    return closed(office), closed(office), closed(office)


def people_decide(office: Office, held: Sealed, reopened: Sealed) -> None:
    """A coordinator puts one report on hold, and a caseworker opens another again."""
    act(office, held, "hold", name=COORDINATOR)
    act(office, reopened, "reopen")


def test_a_purge_whose_disk_was_full_does_not_make_the_next_erase_what_people_decided_to_keep(
    office: Office, ledger: Path
) -> None:
    reports = three_closed(office)
    age(office, ledger, 90)
    with no_file_may_grow_beyond(FULL):
        assert purge(office, ledger).exit_code != 0
    assert len(ledger.read_text().splitlines()) >= 3, "the lines were there before the commit failed"
    assert ids(office) == {each.id for each in reports}
    people_decide(office, *reports[:2])
    said = purge(office, ledger)
    assert (said.exit_code, ids(office)) == (0, {each.id for each in reports[:2]}), said.output
    assert "brought back" not in said.output
    assert purge(office, ledger, "--after-restore").exit_code == 0
    assert ids(office) == {each.id for each in reports[:2]}, "nor does the ledger name them"


def test_a_purge_whose_commit_postgresql_refused_does_not_either(
    on_postgres: Office, ledger: Path, postgres_url: str
) -> None:
    reports = three_closed(on_postgres)
    age(on_postgres, ledger, 90)
    refuse = """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
        CREATE CONSTRAINT TRIGGER refuse AFTER DELETE ON report
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()"""
    with create_engine(postgres_url, poolclass=NullPool).begin() as connection:
        connection.execute(text(refuse))
    assert purge(on_postgres, ledger).exit_code != 0
    with create_engine(postgres_url, poolclass=NullPool).begin() as connection:
        connection.execute(text("DROP TRIGGER refuse ON report"))
    assert ids(on_postgres) == {each.id for each in reports}
    people_decide(on_postgres, *reports[:2])
    assert purge(on_postgres, ledger).exit_code == 0
    assert ids(on_postgres) == {each.id for each in reports[:2]}


def test_a_purge_that_is_killed_does_not_make_the_next_erase_what_was_put_on_hold(
    office: Office, ledger: Path, database_path: Path, long_run: LongRun
) -> None:
    kills = long_run.times(2, soak=40)
    settings = SMALL | {"YOUTHSAFE_DATABASE_URL": f"sqlite:///{database_path}", "YOUTHSAFE_SECRET": SECRET.hex()}
    command = [str(Path(sys.executable).with_name("youthsafe")), "purge", "--yes", "--ledger", str(ledger)]
    cut_short = lost = 0
    for _ in range(kills):
        count = 80
        reports = {sent(office).id for _ in range(count)}
        with office.app.app_context():
            db.session.remove()
        with closing(sqlite3.connect(database_path)) as connection, connection:
            connection.execute("UPDATE report SET state = 'closed', closed_at = '2020-01-01 00:00:00', unanswered = 0")
        before = len(ledger.read_text().splitlines())
        with subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.DEVNULL) as running:
            while running.poll() is None and len(ledger.read_text().splitlines()) == before:
                time.sleep(0.001)
            time.sleep(random.uniform(0, 0.1))
            running.send_signal(signal.SIGKILL)
        left = ids(office) & reports
        cut_short += 0 < len(left) < count or len(ledger.read_text().splitlines()) > before
        with closing(sqlite3.connect(database_path)) as connection, connection:
            connection.execute("UPDATE report SET hold = 1")
        assert purge(office, ledger, "--yes").exit_code == 0
        lost += len(left - ids(office))
    long_run.found("purges that are killed", kills=kills, cut_short=cut_short, erased_on_hold=lost)
    assert cut_short > 0, "no kill met a purge at work"
    assert lost == 0


def test_a_restored_report_that_is_on_hold_is_kept_whatever_the_ledger_says(
    office: Office, ledger: Path, restored: Callable[[], None]
) -> None:
    held, other = closed(office), closed(office)
    act(office, held, "hold", name=COORDINATOR)
    age(office, ledger, 24)
    assert purge(office, ledger).exit_code == 0
    restored()
    act(office, held, "lift", name=COORDINATOR)
    age(office, ledger, 66)
    assert purge(office, ledger).exit_code == 0
    assert ids(office) == set()
    restored()
    said = purge(office, ledger, "--after-restore")
    assert (said.exit_code, ids(office)) == (0, {held.id}), said.output
    assert "1 erased before, but on hold in this backup, so kept" in said.output
    assert other.id not in ids(office)
    assert purge(office, ledger, "--yes").exit_code == 0
    assert ids(office) == {held.id}


def test_the_timer_refuses_a_restored_backup_until_somebody_says_so(
    office: Office, ledger: Path, restored: Callable[[], None]
) -> None:
    report, kept = Sealed(office).send(), Sealed(office).send()
    restored()
    take_back(office, report)
    assert purge(office, ledger).exit_code == 0
    office.clock.move(days=2)
    assert purge(office, ledger).exit_code == 0
    restored()
    said = purge(office, ledger)
    assert (said.exit_code, ids(office)) == (1, {report.id, kept.id})
    assert "youthsafe purge --after-restore" in said.output
    assert purge(office, ledger, "--after-restore").exit_code == 0
    assert purge(office, ledger).exit_code == 0
    assert ids(office) == {kept.id}


# A wrong clock


def test_a_purge_by_a_clock_that_jumped_erases_nothing(office: Office, ledger: Path) -> None:
    reports = three_closed(office)
    assert purge(office, ledger).exit_code == 0
    office.clock.move(days=95)
    said = purge(office, ledger)
    assert (said.exit_code, ids(office)) == (1, {each.id for each in reports})
    assert "95 days after the last that is known" in said.output
    assert "purge --yes" in said.output
    office.clock.move(days=-95, hours=1)
    assert purge(office, ledger).exit_code == 0
    office.clock.move(days=95)
    assert purge(office, ledger, "--yes").exit_code == 0
    assert ids(office) == set()


def test_a_first_purge_compares_the_clock_with_the_newest_report(office: Office, ledger: Path) -> None:
    reports = three_closed(office)
    office.clock.move(days=95)
    assert purge(office, ledger).exit_code == 1
    assert ids(office) == {each.id for each in reports}


def test_a_purge_that_would_take_a_large_share_erases_nothing(office: Office, ledger: Path) -> None:
    reports = [closed(office) for _ in range(11)]
    age(office, ledger, 90)
    said = purge(office, ledger)
    assert (said.exit_code, len(ids(office))) == (1, len(reports))
    assert "11 of 11 reports would be erased at once" in said.output
    assert "11 closed long enough" in purge(office, ledger, "--dry-run").output
    assert purge(office, ledger, "--yes").exit_code == 0
    assert ids(office) == set()


def test_what_a_purge_erased_by_a_wrong_clock_comes_back_with_the_backup(
    office: Office, ledger: Path, restored: Callable[[], None]
) -> None:
    reports, taken_back = three_closed(office), Sealed(office).send()
    restored()
    take_back(office, taken_back)
    assert purge(office, ledger).exit_code == 0
    office.clock.move(days=95)
    assert purge(office, ledger, "--yes").exit_code == 0
    assert ids(office) == set()
    office.clock.move(days=-95, hours=1)
    restored()
    said = purge(office, ledger, "--after-restore")
    assert said.exit_code == 1
    assert "of days to come" in said.output
    begins = f"{datetime(2027, 2, 20, tzinfo=UTC):%Y-%m-%d}"
    assert purge(office, ledger, "--after-restore", "--before", begins).exit_code == 0
    assert ids(office) == {each.id for each in reports}, "what its reporter took back stays gone"
    for _ in range(2):
        assert purge(office, ledger).exit_code == 0
        assert ids(office) == {each.id for each in reports}
    assert purge(office, ledger, "--after-restore").exit_code == 0
    assert ids(office) == {each.id for each in reports}
