"""What waits to be written at one moment is committed once, and nobody answers for another's mistake."""

import gc
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import DBAPIError

from tests.sealing import SealedInstance
from youthsafe.database import Writing, engine, group_commit, write
from youthsafe.database.group_commit import GroupCommit, Take
from youthsafe.database.sqlite_file import SQLiteFile
from youthsafe.errors import BusyError

Answer = tuple[int, dict[str, Any]]


class Disk:
    """Stands for a disk that is slow until it is let go, and may be full."""

    def __init__(self, *, full: bool = False) -> None:
        self.full = full
        self.flushed: list[int] = []
        self.may_begin = threading.Event()

    def write(self, take: Take) -> None:
        self.may_begin.wait(10)
        waiting = take()
        for each in waiting:
            try:
                each.outcome = each.use_case(self)
            except ValueError as error:
                each.error = error
        if self.full:
            raise OSError("the disk is full")
        self.flushed.append(len(waiting))


def until(holds: Callable[[], bool]) -> None:
    for _ in range(2000):
        if holds():
            return
        threading.Event().wait(0.005)
    raise AssertionError("it never came to that")


def wait_together(group: GroupCommit, disk: Disk, use_cases: Sequence[Callable[[Any], Any]]) -> list[Future[Any]]:
    """Let use cases stand in the line at one moment, then let the disk go."""
    with ThreadPoolExecutor(len(use_cases)) as pool:
        asked = [pool.submit(group.run, each, disk.write) for each in use_cases]
        until(lambda: len(group._line) == len(use_cases))
        disk.may_begin.set()
    return asked


def test_what_waits_together_is_flushed_once_and_everybody_gets_their_own_outcome() -> None:
    disk = Disk()
    asked = wait_together(GroupCommit(), disk, [lambda _, each=each: each * 10 for each in range(8)])
    assert [each.result() for each in asked] == [0, 10, 20, 30, 40, 50, 60, 70]
    assert disk.flushed == [8]


def test_whoever_comes_alone_waits_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(group_commit.time, "sleep")
    disk, group = Disk(), GroupCommit()
    disk.may_begin.set()
    assert [group.run(lambda _: "kept", disk.write) for _ in range(3)] == ["kept"] * 3
    assert disk.flushed == [1, 1, 1]


def test_one_mistake_is_its_senders_alone() -> None:
    def mistake(_: Any) -> str:
        raise ValueError("not well formed")

    asked = wait_together(GroupCommit(), disk := Disk(), [lambda _: "kept", mistake, lambda _: "kept"])
    assert [str(each.exception() or each.result()) for each in asked] == ["kept", "not well formed", "kept"]
    assert disk.flushed == [3]


def test_nobody_is_told_of_success_when_the_disk_was_full_and_the_next_begin_anew() -> None:
    group = GroupCommit()
    asked = wait_together(group, Disk(full=True), [lambda _: "kept"] * 4)
    assert [str(each.exception()) for each in asked] == ["the disk is full"] * 4
    disk = Disk()
    disk.may_begin.set()
    assert group.run(lambda _: "kept", disk.write) == "kept"


def test_a_line_whose_first_gets_no_turn_is_led_by_the_next() -> None:
    group, disk, refused = GroupCommit(), Disk(), threading.Event()

    def no_turn(_: Take) -> None:
        refused.wait(10)
        raise BusyError("Too much waits.", retry_after=1)

    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(group.run, lambda _: "kept", no_turn)
        until(lambda: len(group._line) == 1)
        others = [pool.submit(group.run, lambda _: "kept", disk.write) for _ in range(2)]
        until(lambda: len(group._line) == 3)
        disk.may_begin.set()
        refused.set()
    assert isinstance(first.exception(), BusyError)
    assert [each.result() for each in others] == ["kept", "kept"]
    assert disk.flushed == [2]


def test_after_a_crowd_the_next_in_line_wait_a_moment_for_those_behind_them(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(group_commit.time, "sleep", waited.append)
    group = GroupCommit()
    wait_together(group, disk := Disk(), [lambda _: "kept"] * 2)
    for _ in range(2):
        group.run(lambda _: "kept", disk.write)
    assert waited == [group_commit.GATHERING], "then it is quiet again"


def test_a_thousand_that_come_as_they_like_are_each_written_once() -> None:
    disk, group = Disk(), GroupCommit()
    disk.may_begin.set()
    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(lambda each: group.run(lambda _: each, disk.write), range(1000)))
    assert outcomes == list(range(1000))
    assert sum(disk.flushed) == 1000


class Senders:
    """Phones that send at one moment, while somebody else has the turn to write."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        with app.app_context():
            found = engine.sqlite_file()
        assert found is not None
        self._file: SQLiteFile = found
        self.commits = 0
        self.at_commit: Callable[[], object] = lambda: None

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Count what the writing connection commits."""
        with self._app.app_context(), self._file.writing():
            pass
        writer = self._file._writer
        assert writer is not None
        writer.set_trace_callback(self._see)
        yield
        writer.set_trace_callback(None)

    def send(self, bodies: Sequence[bytes]) -> list[Answer]:
        with self.watching(), ThreadPoolExecutor(len(bodies)) as pool:
            with self._file.turn():
                asked = [pool.submit(self._post, each) for each in bodies]
                until(lambda: len(self._file.group._line) == len(bodies))
            return [each.result() for each in asked]

    def _post(self, body: bytes) -> Answer:
        answer = self._app.test_client().post("/api/v1/reports", data=body, content_type="application/json")
        return answer.status_code, answer.get_json()

    def _see(self, statement: str) -> None:
        if statement.startswith("COMMIT"):
            self.commits += 1
            self.at_commit()


@pytest.fixture
def senders(app: Flask) -> Senders:
    return Senders(app)


def kept(senders: Senders) -> int:
    with sqlite3.connect(f"file:{senders._file._path}?mode=ro", uri=True) as connection:
        found: int = connection.execute("SELECT count(*) FROM report").fetchone()[0]
    connection.close()
    return found


def test_reports_that_arrive_together_are_kept_with_one_commit(instance: SealedInstance, senders: Senders) -> None:
    reports = [instance.report() for _ in range(8)]
    assert senders.send([each.body for each in reports]) == [(201, {"id": each.id_text}) for each in reports]
    assert (kept(senders), senders.commits) == (8, 1)


def test_a_report_that_cannot_be_kept_costs_those_beside_it_nothing(instance: SealedInstance, senders: Senders) -> None:
    good = [instance.report() for _ in range(3)]
    bad = [instance.report(report_id=good[0].report_id), instance.report(epoch=7)]
    statuses = [status for status, _ in senders.send([each.body for each in (*good, *bad)])]
    assert sorted(statuses[:1] + statuses[3:4]) == [201, 409], "two under one number: whichever was first is kept"
    assert statuses[1:3] == [201, 201]
    assert statuses[4] == 400
    assert kept(senders) == 3


def test_the_same_report_twice_at_one_moment_is_kept_once_and_said_so_twice(
    instance: SealedInstance, senders: Senders
) -> None:
    report = instance.report()
    assert senders.send([report.body, report.body]) == [(201, {"id": report.id_text})] * 2
    assert kept(senders) == 1


def test_all_are_told_where_the_file_was_moved_away_under_them(instance: SealedInstance, senders: Senders) -> None:
    path = senders._file._path
    senders.at_commit = lambda: path.rename(path.with_suffix(".gone"))
    assert [status for status, _ in senders.send([instance.report().body for _ in range(4)])] == [503] * 4


def test_where_nobody_gets_a_turn_all_who_waited_for_it_are_told_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "LONG", 0.02)
    group, waited = GroupCommit(), threading.Event()
    tries: list[int] = []

    def no_turn(_: Take) -> None:
        tries.append(1)
        until(lambda: len(group._line) == 6)
        waited.wait(0.05)
        raise BusyError("Too much waits.", retry_after=30)

    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(group.run, lambda _: "kept", no_turn) for _ in range(6)]
    assert [type(each.exception()) for each in asked] == [BusyError] * 6
    assert len(tries) == 1, "each would have waited as long again as the one before"
    disk = Disk()
    disk.may_begin.set()
    assert group.run(lambda _: "kept", disk.write) == "kept"


def test_a_thread_that_ends_in_the_middle_leaves_no_transaction_open(app: Flask, senders: Senders) -> None:
    with app.app_context():
        file = senders._file
        with suppress(GeneratorExit), file.writing() as cursor:
            cursor.execute("DELETE FROM write_probe")
            raise GeneratorExit  # no Exception, like everything that ends a thread
        with sqlite3.connect(file._path, timeout=0, isolation_level=None) as somebody_else:
            somebody_else.execute("BEGIN IMMEDIATE").close()
        somebody_else.close()
        with file.writing():
            pass


def test_who_disposes_of_the_engine_waits_for_what_is_being_written(app: Flask, senders: Senders) -> None:
    with app.app_context(), ThreadPoolExecutor(1) as pool:
        file = senders._file
        with file.writing() as cursor:
            ended = pool.submit(file.engine.dispose)
            until(lambda: ended.done() or ended.running())
            threading.Event().wait(0.05)
            cursor.execute("DELETE FROM write_probe")
        ended.result()
        assert file._writer is None


def test_an_error_of_the_driver_in_the_middle_leaves_the_file_to_the_next(app: Flask, senders: Senders) -> None:
    def break_off(writing: Writing) -> None:
        writing._cursor.execute("DELETE FROM write_probe")
        writing._cursor.execute("INSERT INTO write_probe (id, content) VALUES (1, NULL)")

    def ask() -> BaseException | None:
        with app.app_context():
            try:
                write(break_off)
            except DBAPIError as error:
                return error
        return None

    gc.collect()
    gc.disable()  # what an error's traceback names lives until the next collection
    try:
        error = ask()
        with sqlite3.connect(senders._file._path, timeout=0, isolation_level=None) as somebody_else:
            somebody_else.execute("BEGIN IMMEDIATE").close()
        somebody_else.close()
    finally:
        gc.enable()
    assert isinstance(error, DBAPIError)
