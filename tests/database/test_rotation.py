"""The server secret changes while the instance runs, and whatever cuts that short, nothing is lost."""

import json
import os
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import create_engine, delete, event, select, text
from sqlalchemy.pool import NullPool

from tests.accounts.office import Office, furnish, made
from tests.accounts.test_known_browser import CLUB, HOME, WRONG, browser_at
from tests.accounts.test_lost_second_factor import reset
from tests.accounts.test_own_account import codes
from tests.conftest import SECRET, SettableClock, forget_counts
from tests.limits.solving import solved
from tests.long_runs import LongRun
from tests.triage.sealed import Sealed
from youthsafe.app import create_app
from youthsafe.cli import main
from youthsafe.clock import system_clock
from youthsafe.config import Config, ConfigError, parse_secrets, read_secrets
from youthsafe.database import index_hashes, migrating, rotation, transaction
from youthsafe.database.rotating import Rotating
from youthsafe.database.rotation import Batch
from youthsafe.database.secret_file import add_version, blank_out
from youthsafe.demo.ceremony import Ceremony
from youthsafe.extensions import db
from youthsafe.limits import proof_of_work
from youthsafe.mailbox.models import Report

__all__ = ["made"]
COORDINATOR, CASEWORKER, SECOND = "demo-coordinator", "demo-caseworker", "demo-second"
CODES = {"recovery_code": ("hash", "digest"), "second_factor_reset": ("code_digest",)}


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every server looks at once, and not a second later, which versions are in force."""
    monkeypatch.setattr("youthsafe.database.batching._PAUSE", 0.0)
    monkeypatch.setattr("youthsafe.database.secret_versions.LOOK_AGAIN", 0.0)


@pytest.fixture
def secret_file(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text(SECRET.hex() + "\n")
    path.chmod(0o400)
    return path


@pytest.fixture(params=["sqlite", "postgres"])
def at_rest(request: pytest.FixtureRequest, config: Config, secret_file: Path) -> Config:
    """The configuration of an instance whose secret lies in a file."""
    if request.param == "postgres":
        config = replace(config, database_url=request.getfixturevalue("postgres_url"))
        migrating.upgrade(config.database_url)
    return replace(config, secret_file=secret_file)


@pytest.fixture
def office(at_rest: Config, make_app: Callable[[Config], Flask], clock: SettableClock, made: Ceremony) -> Office:
    return furnish(make_app(at_rest), clock, made)


def run(config: Config, *command: str, **changed: str) -> Result:
    """Run a command as a process of its own would, which leaves no connection when it ends."""
    own = {"YOUTHSAFE_DATABASE_URL": config.database_url, "YOUTHSAFE_SECRET_FILE": str(config.secret_file)}
    made: list[Flask] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("youthsafe.cli.create_app", lambda: made.append(create_app()) or made[-1])
        result = CliRunner().invoke(main, command, env=own | changed)
    for app in made:
        hang_up(app)
    return result


def hang_up(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def rotate(config: Config) -> Result:
    return run(config, "secret", "rotate", "--wait", "0")


def from_file(config: Config) -> Config:
    """The configuration as a start of now would read it."""
    older = read_secrets(Path(str(config.secret_file)))
    newest = max(older)
    return replace(config, server_secret=older.pop(newest), secret_version=newest, older_secrets=older)


def status_of(report: Sealed) -> int:
    """What a phone is told that sends a report."""
    body = json.dumps(report.body, separators=(",", ":"))
    sent = report.office.app.test_client().post("/api/v1/reports", data=body, content_type="application/json")
    return sent.status_code


def versions_in(config: Config) -> set[int]:
    """The versions that stored values begin with, in every table."""
    found: set[int] = set()
    with create_engine(config.database_url, poolclass=NullPool).connect() as connection:
        for each in rotation.encrypted_tables():
            for name in each.columns:
                values = connection.execute(text(f"SELECT {name} FROM {each.table.name} WHERE {name} IS NOT NULL"))
                found |= {bytes(row[0])[0] for row in values}
    return found


def is_whole(office: Office, reports: list[Sealed], name: str = COORDINATOR) -> None:
    """Mailboxes open, a late retry raises nothing, and the member signs in."""
    for each in reports:
        seen = each.seen_by_its_reporter()
        assert seen is not None, "a mailbox is not found"
    forget_counts(office.app)
    office.clock.move(seconds=30)
    office.signed_in(name)


def test_after_a_rotation_everything_opens_and_only_under_the_new_version(
    office: Office, at_rest: Config, secret_file: Path, make_app: Callable[[Config], Flask]
) -> None:
    reports = [Sealed(office).send() for _ in range(3)]
    browser = office.signed_in(COORDINATOR)
    done = rotate(at_rest)
    assert done.exit_code == 0, done.output
    assert "report: 3 rows are encrypted again." in done.output
    assert versions_in(at_rest) == {2}
    assert list(read_secrets(secret_file)) == [2]
    assert (SECRET.hex() in secret_file.read_text(), secret_file.stat().st_mode & 0o777) == (False, 0o400)
    is_whole(office, reports)
    assert browser.get("/api/v1/staff/reports").status_code == 200, "nobody is signed out"
    office.app = make_app(from_file(at_rest))
    is_whole(office, [*reports, Sealed(office).send()])


def test_codes_that_stand_in_for_a_second_factor_outlive_a_rotation_and_no_row_of_them_stays_as_it_was(
    office: Office, at_rest: Config
) -> None:
    """Fifty bits are few: under a key that an older secret opened, a thief could try them all."""
    own = codes(office.signed_in(CASEWORKER))
    said = reset(office, office.signed_in(COORDINATOR), SECOND)
    before = stored_codes(at_rest)
    assert rotate(at_rest).exit_code == 0
    assert len(before) == 21
    assert before & stored_codes(at_rest) == set()
    assert [stands_in(office, CASEWORKER, code) for code in (own[0], own[0], own[9])] == [True, False, True]
    assert stands_in(office, SECOND, said)


def test_a_code_is_good_while_only_some_rows_are_under_the_new_version(office: Office, at_rest: Config) -> None:
    own = codes(office.signed_in(CASEWORKER))
    said = reset(office, office.signed_in(COORDINATOR), SECOND)
    with office.app.app_context():
        Rotating(at_rest, lambda _: None, 0).add()
        with transaction():
            rotation.begin(2)
    office.clock.move(seconds=60)
    newer = codes(office.signed_in(COORDINATOR))
    assert stands_in(office, CASEWORKER, own[0])
    assert not stands_in(office, CASEWORKER, own[0])
    assert stands_in(office, SECOND, said)
    assert stands_in(office, COORDINATOR, newer[0])


def test_a_known_browser_is_known_after_a_rotation(office: Office, at_rest: Config) -> None:
    known, stranger = browser_at(office, HOME), browser_at(office, CLUB)
    assert office.ask(known, CASEWORKER).status_code == 200
    office.clock.move(days=2)
    known.environ_base["REMOTE_ADDR"] = CLUB
    assert rotate(at_rest).exit_code == 0
    assert [office.ask(stranger, CASEWORKER, **WRONG).status_code for _ in range(40)][-1] == 429
    assert office.ask(known, CASEWORKER).status_code == 200


def test_work_counts_while_a_secret_rotates_and_is_asked_for_again_after_that(office: Office, at_rest: Config) -> None:
    with office.app.app_context():
        proof = solved(proof_of_work.challenge(bytes(16), 1, system_clock()))
        Rotating(at_rest, lambda _: None, 0).add()
        with transaction():
            rotation.begin(2)
        assert proof_of_work.proved_difficulty(proof, bytes(16)) == 1
        with transaction():
            rotation.end(2)
        assert proof_of_work.proved_difficulty(proof, bytes(16)) == 0


def stored_codes(config: Config) -> set[bytes]:
    """Whatever the rows of codes hold that is made of a code."""
    questions = [f"SELECT {column} FROM {table}" for table, columns in CODES.items() for column in columns]
    with create_engine(config.database_url, poolclass=NullPool).connect() as connection:
        return {bytes(value) for each in questions for (value,) in connection.execute(text(each))}


def stands_in(office: Office, name: str, code: str) -> bool:
    forget_counts(office.app)
    status: int = office.ask(office.app.test_client(), name, code=code).status_code
    return status == 200


def test_a_missing_or_wrong_version_is_refused_at_the_start_in_one_line(office: Office, at_rest: Config) -> None:
    assert rotate(at_rest).exit_code == 0
    for secret, says in {
        SECRET.hex(): "The database was written with version 2 of the server secret, and here is only version 1.",
        f"2:{SECRET.hex()}": "The server secret is not the one that this database was written with",
    }.items():
        refused = run(at_rest, "purge", YOUTHSAFE_SECRET_FILE="", YOUTHSAFE_SECRET=secret)
        assert refused.exit_code == 1
        assert says in refused.output
        assert len(refused.output.strip().splitlines()) == 1


def test_a_rotation_is_refused_where_no_command_could_change_the_secret(office: Office, at_rest: Config) -> None:
    one = {"YOUTHSAFE_SECRET_FILE": "", "YOUTHSAFE_SECRET": SECRET.hex()}
    refused = run(at_rest, "secret", "rotate", "--wait", "0", **one)
    assert refused.exit_code == 1
    assert "'1:<the old digits> 2:<64 new digits>'" in refused.output
    both = one | {"YOUTHSAFE_SECRET": f"1:{SECRET.hex()} 2:{bytes(range(1, 33)).hex()}"}
    done = run(at_rest, "secret", "rotate", "--wait", "0", **both)
    assert done.exit_code == 0, done.output
    assert "take it out of the setting or file by hand" in done.output
    assert versions_in(at_rest) == {2}


def test_a_version_can_be_carried_to_other_machines_before_anything_is_written_with_it(
    office: Office, at_rest: Config, secret_file: Path
) -> None:
    for _ in range(2):
        assert run(at_rest, "secret", "add").exit_code == 0
    assert list(read_secrets(secret_file)) == [1, 2]
    Sealed(office).send()
    assert versions_in(at_rest) == {1}
    assert rotate(at_rest).exit_code == 0
    assert versions_in(at_rest) == {2}


def test_a_server_that_has_not_the_new_version_writes_nothing_that_others_would_not_find(
    office: Office, at_rest: Config, secret_file: Path, tmp_path: Path, make_app: Callable[[Config], Flask]
) -> None:
    report = Sealed(office).send()
    elsewhere = tmp_path / "secret-of-another-machine"
    elsewhere.write_text(secret_file.read_text())
    other = replace(office, app=make_app(replace(at_rest, secret_file=elsewhere)))
    assert rotate(at_rest).exit_code == 0
    assert status_of(Sealed(other)) == 503, "the phone keeps the report and sends it again"
    elsewhere.write_text(secret_file.read_text())
    assert status_of(Sealed(other)) == 201
    is_whole(other, [report])


def test_no_second_report_takes_a_mailbox_that_is_not_rotated_yet(office: Office, at_rest: Config) -> None:
    first = Sealed(office).send()
    with office.app.app_context():
        Rotating(at_rest, lambda _: None, 0).add()
        with transaction():
            rotation.begin(2)
    second = Sealed(office, mailbox_id=first.mailbox_id)
    assert status_of(second) == 409
    assert status_of(first) == 201, "the same report again is welcome"
    Sealed(office).send()
    assert versions_in(at_rest) == {1, 2}
    is_whole(office, [first])


def test_a_damaged_value_keeps_the_older_version_until_somebody_says_otherwise(
    office: Office, at_rest: Config, secret_file: Path
) -> None:
    report, damaged = Sealed(office).send(), Sealed(office).send()
    with create_engine(at_rest.database_url, poolclass=NullPool).begin() as connection:
        connection.execute(text("UPDATE report SET note = :n WHERE id = :id"), {"n": b"\1" * 60, "id": damaged.id})
    refused = rotate(at_rest)
    assert refused.exit_code == 1
    assert "1 rows hold values that are damaged" in refused.output
    assert list(read_secrets(secret_file)) == [1, 2]
    is_whole(office, [report])
    assert run(at_rest, "secret", "rotate", "--wait", "0", "--leave-damaged").exit_code == 0
    assert list(read_secrets(secret_file)) == [2]
    is_whole(office, [report])


def test_a_backup_knows_which_versions_it_needs(office: Office, at_rest: Config, tmp_path: Path) -> None:
    report = Sealed(office).send()
    folder = tmp_path / "backups"
    folder.mkdir()
    assert run(at_rest, "backup", str(folder)).exit_code == 0
    (backup,) = folder.iterdir()
    assert rotate(at_rest).exit_code == 0
    hang_up(office.app)
    refused = run(at_rest, "restore", str(backup))
    assert refused.exit_code == 1
    assert "written with version 1 of the server secret, and here is only version 2" in refused.output
    with Path(str(at_rest.secret_file)).open("a") as file:
        file.write(SECRET.hex() + "\n")
    done = run(at_rest, "restore", str(backup))
    assert done.exit_code == 0, done.output
    assert versions_in(at_rest) == {1}
    done = rotate(at_rest)
    assert done.exit_code == 0, done.output
    assert versions_in(at_rest) == {2}
    office.app = create_app(from_file(at_rest), clock=office.clock)
    is_whole(office, [report])
    hang_up(office.app)


# Cut short


@contextmanager
def killed_at(step: int, app: Flask) -> Iterator[None]:
    """End this process before its so many-th step: a statement, a commit, or a change of the secret's file."""
    left = step

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def halfway(file: int, content: bytes, place: int, write: Callable[..., int] = os.pwrite) -> int:
        count()
        write(file, content[: len(content) // 2], place)
        count()
        return write(file, content, place)

    with app.app_context(), pytest.MonkeyPatch.context() as patch:
        for moment in ("before_cursor_execute", "commit"):
            event.listen(db.engine, moment, count)
        for name, do in {"fsync": os.fsync, "ftruncate": os.ftruncate}.items():
            patch.setattr(os, name, lambda *given, do=do: (count(), do(*given))[1])
        patch.setattr(os, "pwrite", halfway)
        yield


def ended(app: Flask, config: Config, step: int) -> bool:
    """Rotate in a process of its own, killed at a step; tells whether it ended before it came to that."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            with killed_at(step, app):
                db.engine.dispose(close=False)  # the connections are the parent's
                rotate_here(config)
            status = 0
        except BaseException:  # noqa: BLE001  # nothing of the child may run on in the tests' process
            traceback.print_exc()
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return not os.WIFSIGNALED(status)


def rotate_here(config: Config) -> None:
    Rotating(config, lambda _: None, 0).run()


def test_a_rotation_that_is_killed_at_any_step_is_taken_up_again(
    office: Office, at_rest: Config, long_run: LongRun
) -> None:
    kept, tried, apart = [Sealed(office).send() for _ in range(2)], 0, long_run.times(6, soak=1)
    step, done = 1, False
    while not done:
        with office.app.app_context():
            db.session.remove()
        done = ended(office.app, at_rest, step)
        late = Sealed(office).send()
        is_whole(office, [*kept, late])
        with office.app.app_context():
            rotate_here(at_rest)
            db.session.remove()
        assert (len(versions_in(at_rest)), len(read_secrets(Path(str(at_rest.secret_file))))) == (1, 1)
        is_whole(office, [*kept, late])
        step, tried = step + apart, tried + 1
    long_run.found("rotations that are killed", steps=step, killed=tried - 1)
    assert tried > 3


def test_the_file_of_the_secret_can_be_read_whenever_the_power_goes(secret_file: Path) -> None:
    before = secret_file.read_bytes()
    add_version(secret_file)
    after = secret_file.read_bytes()
    for length in range(len(before), len(after)):
        for lost in (b"", b"\0" * (len(after) - length)):  # what some file systems leave of a block
            secret_file.chmod(0o600)
            secret_file.write_bytes(after[:length] + lost)
            assert set(read_secrets(secret_file)) <= {1, 2}
            assert read_secrets(secret_file)[1] == SECRET
            assert add_version(secret_file) in {2, 3}
            assert read_secrets(secret_file)[1] == SECRET
    secret_file.write_bytes(after)
    blank_out(secret_file, [1])
    blanked = secret_file.read_bytes()
    for place in range(len(SECRET.hex()) + 1):
        assert list(parse_secrets((blanked[:place] + after[place:]).decode()))[-1] == 2


def test_what_is_no_secret_is_refused_and_not_repeated() -> None:
    good = SECRET.hex()
    for text_ in (
        "",
        "#",
        "1:",
        good[:-1],
        f"{good} {good}",
        f"0:{good}",
        f"256:{good}",
        f"2:{good} rest {good}",
        "12",
    ):
        with pytest.raises(ConfigError) as refusal:
            parse_secrets(text_)
        assert good[:-1] not in str(refusal.value)


class Changing(RuleBasedStateMachine):
    """Somebody writes while the secret is changed, in steps of which any may be the last of its process."""

    office: Office

    @property
    def app(self) -> Flask:
        return self.office.app

    @initialize()
    def an_empty_table(self) -> None:
        self.known: dict[bytes, tuple[bytes, bytes]] = {}
        self.steps: Iterator[Batch] | None = None
        with self.app.app_context(), transaction():
            db.session.execute(delete(Report))
        self.version = self.in_force()

    def in_force(self) -> int:
        with self.app.app_context():
            found = rotation.kept_versions()[-1]
            db.session.remove()
        return found

    @rule()
    def a_report_comes(self) -> None:
        forget_counts(self.app)
        report = Sealed(self.office).send()
        self.known[report.id] = report.mailbox_id, bytes(112)

    @precondition(lambda self: self.known)
    @rule(pick=st.integers(0), note=st.binary(min_size=112, max_size=112))
    def a_note_changes(self, pick: int, note: bytes) -> None:
        number = sorted(self.known)[pick % len(self.known)]
        with self.app.app_context(), transaction():
            report = db.session.get(Report, number)
            assert report is not None
            report.note = note
        self.known[number] = self.known[number][0], note

    @precondition(lambda self: self.steps is None)
    @rule()
    def a_rotation_begins(self) -> None:
        with self.app.app_context():
            self.version = Rotating(self.app.config["YOUTHSAFE"], lambda _: None, 0).add()
            with transaction():
                rotation.begin(self.version)
        self.steps = self.walk()

    @precondition(lambda self: self.steps is not None)
    @rule()
    def it_goes_on(self) -> None:
        assert self.steps is not None
        with self.app.app_context():
            if next(self.steps, None) is None:
                self.steps = None
                rotate_here(self.app.config["YOUTHSAFE"])
            db.session.remove()

    @precondition(lambda self: self.steps is not None)
    @rule()
    def it_is_cut_short(self) -> None:
        self.steps = self.walk()

    def walk(self) -> Iterator[Batch]:
        for each in rotation.encrypted_tables():
            yield from rotation.batches(each, self.version)

    @invariant()
    def everything_is_there_once(self) -> None:
        with self.app.app_context():
            rows = db.session.execute(select(Report.id, Report.mailbox_number, Report.note)).all()
            assert {row.id: (row.mailbox_number, row.note) for row in rows} == self.known
            for mailbox_id, _ in self.known.values():
                hashes = index_hashes("mailbox id", mailbox_id)
                assert len(db.session.scalars(select(Report.id).where(Report.mailbox_id.in_(hashes))).all()) == 1
            db.session.remove()


def test_whatever_happens_beside_a_rotation_no_row_is_lost_or_encrypted_twice(
    office: Office, monkeypatch: pytest.MonkeyPatch, long_run: LongRun
) -> None:
    monkeypatch.setattr(rotation, "AT_ONCE", 1)
    of = type("Of", (Changing,), {"office": office})
    lives = long_run.times(8, soak=30)
    run_state_machine_as_test(of, settings=settings(max_examples=lives, stateful_step_count=15, deadline=None))
    long_run.found("rotations beside somebody who writes", lives=lives)
