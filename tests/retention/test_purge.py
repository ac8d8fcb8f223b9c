"""`youthsafe purge`: what its time has come for is gone, from rows, free pages and the log, and stays gone."""

import hashlib
import random
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import create_engine, select, text
from sqlalchemy.pool import NullPool

from tests.accounts.office import Office, furnish, made, office
from tests.conftest import SettableClock
from tests.faults.disks import no_file_may_grow_beyond
from tests.triage.sealed import Sealed, first_place, following, sealed_entry, write_on_card
from youthsafe.audit import services as audit_services
from youthsafe.audit.models import AuditEntry
from youthsafe.cli import main
from youthsafe.config import Config
from youthsafe.crypto.encoding import b64
from youthsafe.database import cleaning, migrating
from youthsafe.demo.ceremony import Ceremony
from youthsafe.extensions import db
from youthsafe.mailbox.models import CardEntry, Erasure, Report
from youthsafe.retention.ledger import Ledger
from youthsafe.rooms import rooms

__all__ = ["made", "office"]
FIRST, COORDINATOR = "demo-caseworker", "demo-coordinator"


def purge(office: Office, *arguments: str, sure: bool = True) -> Result:
    """Run the command, sure that the clock is right; what it says never holds an id."""
    said = ["--yes"] if sure and "--after-restore" not in arguments else []
    done: Result = office.app.test_cli_runner().invoke(main, ["purge", *said, *arguments])
    assert not re.search(r"[\w-]{22}", re.sub(r"YOUTHSAFE_\w+|/\S+", "", done.output)), done.output
    return done


def act(office: Office, report: Sealed, *steps: str, name: str = FIRST) -> None:
    client = office.signed_in(name)
    office.clock.move(seconds=30)  # for the next sign-in's code
    for step in steps:
        body = {"follow_ups": 0} if step == "close" else {}
        assert client.post(f"{report.address}/{step}", json=body).status_code in {200, 204}


def take_back(office: Office, report: Sealed) -> None:
    body = f'{{"id":"{b64(report.mailbox_id)}","token":"{b64(report.token)}","before":0}}'
    assert (
        office.app.test_client()
        .post("/api/v1/mailbox/withdraw", content_type="application/json", data=body)
        .status_code
        == 200
    )


def ids(office: Office) -> set[bytes]:
    with office.app.app_context():
        return set(db.session.scalars(select(Report.id)))


def counts(office: Office) -> dict[str, int]:
    with office.app.app_context():
        return {each.reason: each.count for each in db.session.scalars(select(Erasure))}


def closed(office: Office) -> Sealed:
    report = Sealed(office).send()
    act(office, report, "opened", "claim", "close")
    return report


def test_a_closed_report_is_kept_ninety_days_and_then_purged(office: Office) -> None:
    report, open_one = closed(office), Sealed(office).send()
    act(office, open_one, "opened", "claim")
    office.clock.move(days=89)
    assert "No report is due." in purge(office).output
    office.clock.move(days=1)
    assert "1 closed long enough" in purge(office).output
    assert ids(office) == {open_one.id}
    assert counts(office) == {"closed": 1}
    assert report.id not in ids(office)


def test_a_second_run_finds_nothing_left_to_do(office: Office) -> None:
    closed(office)
    office.clock.move(days=90)
    assert purge(office).exit_code == 0
    assert "No report is due." in purge(office).output
    assert counts(office) == {"closed": 1}


def test_a_dry_run_says_the_same_and_changes_nothing(office: Office, tmp_path: Path) -> None:
    report = closed(office)
    office.clock.move(days=90)
    before = audit_head(office)
    ledger = tmp_path / "ledger"
    ledger.touch()
    said = purge(office, "--dry-run", "--ledger", str(ledger))
    assert "1 closed long enough" in said.output
    assert "dry run" in said.output
    assert (ids(office), audit_head(office)) == ({report.id}, before)
    assert ledger.read_bytes() == b""


def audit_head(office: Office) -> int:
    with office.app.app_context():
        return audit_services.count()


def test_a_report_with_words_that_nobody_read_yet_is_not_purged(office: Office) -> None:
    report = closed(office)
    report.write_back(hashlib.sha256(report.envelope).digest())
    office.clock.move(days=400)
    purge(office)
    assert ids(office) == {report.id}


def test_a_report_on_hold_is_never_purged_until_the_hold_is_lifted(office: Office) -> None:
    report = closed(office)
    act(office, report, "hold", name=COORDINATOR)
    office.clock.move(days=4000)
    purge(office)
    assert ids(office) == {report.id}
    act(office, report, "lift", name=COORDINATOR)
    purge(office)
    assert ids(office) == set()


def test_an_unclaimed_report_is_purged_after_a_year_but_its_team_is_told_a_month_before(office: Office) -> None:
    report = Sealed(office).send()
    office.clock.move(days=365)
    assert "1 to be erased unless somebody claims it" in purge(office).output
    assert "No report is due." in purge(office).output
    client = office.signed_in(FIRST)
    assert client.get(report.address).get_json()["erased"] is not None
    office.clock.move(days=31)
    assert "1 claimed by nobody" in purge(office).output
    assert ids(office) == set()


def test_a_claim_ends_the_countdown(office: Office) -> None:
    report = Sealed(office).send()
    office.clock.move(days=365)
    purge(office)
    act(office, report, "opened", "claim", "release")
    office.clock.move(days=31)
    assert "is told now" in purge(office).output
    assert ids(office) == {report.id}


def test_what_was_taken_back_unopened_is_erased_after_a_day(office: Office) -> None:
    report, opened = Sealed(office).send(), Sealed(office).send()
    act(office, opened, "opened", "claim")
    for each in (report, opened):
        take_back(office, each)
    office.clock.move(hours=22)
    purge(office)
    assert ids(office) == {report.id, opened.id}
    office.clock.move(hours=2)
    assert "1 taken back by the reporter" in purge(office).output
    assert ids(office) == {opened.id}


def test_the_trail_says_what_was_purged_but_leads_to_nothing_that_nobody_opened(office: Office) -> None:
    report, unopened = closed(office), Sealed(office).send()
    take_back(office, unopened)
    office.clock.move(days=90)
    purge(office)
    with office.app.app_context():
        entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "report.purged")).all()
        assert {each.subject for each in entries} == {report.id, None}
        assert audit_services.verify() is None


def test_sessions_that_are_over_go_too(office: Office) -> None:
    office.signed_in(FIRST)
    office.clock.move(minutes=61)
    assert "ran out: 1." in purge(office).output


def test_how_long_reports_are_kept_is_a_setting(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    closed(office)
    office.app.config["YOUTHSAFE"] = replace(office.app.config["YOUTHSAFE"], keep_closed=7)
    office.clock.move(days=7)
    purge(office)
    assert ids(office) == set()


# Gone from the files


def pieces(report: Sealed) -> list[bytes]:
    """Short pieces of an envelope's sealed part, from its first byte to its last; no other envelope has them."""
    sealed = report.envelope[57:]
    return [sealed[start : start + 24] for start in range(0, len(sealed) - 24, 97)]


def sent(office: Office) -> Sealed:
    """A report without the work that a crowd would be asked for."""
    rooms(office.app).counts.storage.reset()
    return Sealed(office).send()


def found_in(path: Path, report: Sealed) -> int:
    """How many pieces of the report the database's files hold, log and all; one across two pages is never found."""
    raw = b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
    return sum(piece in raw for piece in pieces(report))


def test_what_is_purged_is_gone_from_rows_free_pages_and_the_log(office: Office, database_path: Path) -> None:
    reports = [sent(office) for _ in range(40)]
    chosen = random.Random(3).sample(reports, 20)
    for report in chosen:
        take_back(office, report)
    assert all(found_in(database_path, each) > 90 for each in reports), "the control is found before"
    for _ in range(10):  # the tree is rebalanced by what comes and goes meanwhile
        sent(office)
    office.clock.move(days=2)
    assert purge(office).exit_code == 0
    assert [found_in(database_path, each) for each in chosen] == [0] * 20
    rooms(office.app).counts.storage.reset()
    for report in chosen:
        report.send()
    assert [found_in(database_path, each) for each in chosen] == [0] * 20, "a late retry writes nothing either"
    rest = [each for each in reports if each not in chosen]
    assert all(found_in(database_path, each) > 90 for each in rest)


def test_a_card_goes_with_its_report(office: Office, database_path: Path) -> None:
    purged, left = closed(office), closed(office)
    cards = {each.id: with_card(office, each) for each in (purged, left)}
    assert all(entries_found(database_path, each) == 3 for each in cards.values()), "the control is found before"
    act(office, left, "hold", name=COORDINATOR)
    office.clock.move(days=91)
    assert purge(office).exit_code == 0
    assert [entries_found(database_path, cards[each.id]) for each in (purged, left)] == [0, 3]
    with office.app.app_context():
        assert set(db.session.scalars(select(CardEntry.report_id))) == {left.id}


def with_card(office: Office, report: Sealed) -> list[bytes]:
    """Write three entries on a report's card, and give them."""
    client, place = office.signed_in(FIRST), first_place(office, report)
    office.clock.move(seconds=30)
    entries = []
    for _ in range(3):
        entries.append(sealed_entry(place))
        assert write_on_card(client, report, entries[-1]).status_code == 201
        place = following(entries[-1], place)
    return entries


def entries_found(path: Path, entries: list[bytes]) -> int:
    """Of how many entries some piece lies in the database's files, log and all."""
    raw = b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
    return sum(any(entry[at : at + 40] in raw for at in range(100, len(entry), 200)) for entry in entries)


def test_a_log_that_a_reader_keeps_is_said_and_emptied_by_the_next_run(
    office: Office, database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = Sealed(office).send()
    take_back(office, report)
    office.clock.move(days=2)
    monkeypatch.setattr(cleaning, "_WAITS", (0.0,))
    with closing(sqlite3.connect(database_path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM report").fetchone()
        said = purge(office)
        assert said.exit_code == 1
        assert "somebody was reading" in said.output
        assert ids(office) == set()
        assert found_in(database_path, report) > 0
    assert purge(office).exit_code == 0
    assert found_in(database_path, report) == 0


# The ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "backups" / "ledger"
    path.parent.mkdir()
    Ledger(path).prepare()
    return path


@pytest.fixture
def restored(office: Office, database_path: Path, tmp_path: Path, ledger: Path) -> Callable[[], None]:
    """Takes a backup when asked for the first time, and puts it back the second."""
    backup = tmp_path / "backup.db"

    def copy() -> None:
        with office.app.app_context():
            db.session.remove()
            db.engine.dispose()
        source, target = (backup, database_path) if backup.exists() else (database_path, backup)
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)

    return copy


def test_a_restored_backup_brings_nothing_back_once_the_ledger_was_read(
    office: Office, ledger: Path, restored: Callable[[], None]
) -> None:
    report, kept = Sealed(office).send(), Sealed(office).send()
    act(office, kept, "opened", "claim")
    restored()
    take_back(office, report)
    office.clock.move(days=2)
    purge(office, "--ledger", str(ledger))
    assert ids(office) == {kept.id}
    restored()
    assert ids(office) == {report.id, kept.id}
    assert "1 erased before" in purge(office, "--after-restore", "--ledger", str(ledger)).output
    assert ids(office) == {kept.id}
    report.send()
    assert ids(office) == {kept.id}


def test_a_late_retry_after_a_restore_raises_nothing_either(
    office: Office, ledger: Path, restored: Callable[[], None]
) -> None:
    restored()
    report = Sealed(office).send()
    take_back(office, report)
    office.clock.move(days=2)
    purge(office, "--ledger", str(ledger))
    restored()
    purge(office, "--after-restore", "--ledger", str(ledger))
    report.send()
    assert ids(office) == set()


def test_what_was_taken_back_is_in_the_ledger_before_it_is_erased(
    office: Office, ledger: Path, restored: Callable[[], None]
) -> None:
    report = Sealed(office).send()
    restored()
    take_back(office, report)
    for _ in range(2):
        purge(office, "--ledger", str(ledger))
        assert ids(office) == {report.id}, "its day is not over"
    restored()
    purge(office, "--after-restore", "--ledger", str(ledger))
    assert ids(office) == set()


def test_a_report_erased_long_after_it_was_taken_back_is_not_raised_by_a_late_retry(
    office: Office, ledger: Path
) -> None:
    report = Sealed(office).send()
    take_back(office, report)
    for days in (0, 0, 90):  # the second finds it in the ledger; then the clock's job did not run for months
        office.clock.move(days=days)
        assert purge(office, "--ledger", str(ledger)).exit_code == 0
    report.send()
    assert ids(office) == set()


def test_the_ledger_names_nobody_and_is_its_owners_to_read(office: Office, ledger: Path) -> None:
    report = closed(office)
    office.clock.move(days=90)
    purge(office, "--ledger", str(ledger))
    line = r"\d{4}-\d\d-\d\d [0-9a-f]{64}"
    assert re.fullmatch(rf"{line} \?\n{line}\n", ledger.read_text()), "first that it is about to go, then that it went"
    assert report.id.hex() not in ledger.read_text()
    assert ledger.stat().st_mode & 0o777 == 0o600


def test_a_line_that_a_crash_cut_short_is_written_again(office: Office, ledger: Path) -> None:
    closed(office)
    office.clock.move(days=90)
    purge(office, "--ledger", str(ledger))
    whole = ledger.read_text()
    ledger.write_text(whole[:-10])
    purge(office, "--ledger", str(ledger))
    assert ledger.read_text() == whole


@pytest.mark.parametrize("damage", ["not a line\n", "2026-11-23 abc\n", "2026-13-45 " + "a" * 64 + "\n", "a" * 64])
def test_a_damaged_ledger_stops_the_purge_and_names_the_line(office: Office, ledger: Path, damage: str) -> None:
    report = closed(office)
    office.clock.move(days=90)
    ledger.write_text(damage)
    said = purge(office, "--ledger", str(ledger))
    assert (said.exit_code, ids(office)) == (1, {report.id})
    assert "Line 1 of the ledger" in said.output


def test_a_mistyped_ledger_stops_the_purge(office: Office, tmp_path: Path) -> None:
    report = closed(office)
    office.clock.move(days=90)
    said = purge(office, "--ledger", str(tmp_path / "ledgr"))
    assert (said.exit_code, ids(office)) == (2, {report.id})
    assert "does not exist" in said.output
    assert not (tmp_path / "ledgr").exists()


# PostgreSQL


@pytest.fixture
def on_postgres(
    postgres_url: str, config: Config, make_app: Callable[[Config], Flask], clock: SettableClock, made: Ceremony
) -> Office:
    migrating.upgrade(postgres_url)
    return furnish(make_app(replace(config, database_url=postgres_url)), clock, made)


def test_a_ledger_on_a_full_disk_lets_nothing_be_erased_that_it_does_not_name(
    on_postgres: Office, ledger: Path
) -> None:
    office = on_postgres
    report = Sealed(office).send()
    take_back(office, report)
    office.clock.move(days=2)
    ledger.write_text(f"2026-01-23 {'a' * 64}\n")
    with no_file_may_grow_beyond(ledger.stat().st_size + 10):
        said = purge(office, "--ledger", str(ledger))
    assert (said.exit_code, ids(office)) == (1, {report.id})
    assert "Nothing was erased that it does not name" in said.output
    assert purge(office, "--ledger", str(ledger)).exit_code == 0
    assert (ids(office), len(ledger.read_text().splitlines())) == (set(), 2)


def test_on_postgresql_the_rows_are_gone_and_no_dead_ones_are_left(on_postgres: Office, postgres_url: str) -> None:
    office = on_postgres
    report, kept = Sealed(office).send(), Sealed(office).send()
    take_back(office, report)
    office.clock.move(days=2)
    done = purge(office)
    assert done.exit_code == 0, done.output
    assert ids(office) == {kept.id}
    with create_engine(postgres_url, poolclass=NullPool).connect() as connection:
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS pgstattuple"))
        toast = "(SELECT reltoastrelid FROM pg_class WHERE relname = 'report')"
        dead = [
            connection.execute(text(f"SELECT dead_tuple_count FROM pgstattuple({table})")).scalar_one()
            for table in ("'report'", toast)
        ]
        assert dead == [0, 0]
