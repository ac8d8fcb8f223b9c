"""The lines of the ledger."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from youthsafe.retention.ledger import Entry, Ledger


def test_the_last_line_of_a_mark_counts(tmp_path: Path) -> None:
    book, now = Ledger(tmp_path / "ledger"), datetime(2026, 11, 23, 9, tzinfo=UTC)
    first, second = b"a" * 32, b"b" * 32
    assert book.write(Entry.INTENDED, {first: now, second: now}) == 2
    assert (book.gone(), book.intended()) == ({}, {first, second})
    assert book.write(Entry.GONE, {first: now}) == 1
    assert book.write(Entry.INTENDED, {first: now}) == 0, "what is gone is not in doubt again"
    assert book.strike([second], now) == 1
    for read in (book, Ledger(tmp_path / "ledger")):
        assert (set(read.gone()), read.intended()) == ({first}, set())


@pytest.mark.parametrize("cut", range(1, 78))
def test_a_last_line_that_was_cut_anywhere_is_left_out_and_cut_off(tmp_path: Path, cut: int) -> None:
    path, now = tmp_path / "ledger", datetime(2026, 11, 23, 9, tzinfo=UTC)
    book = Ledger(path)
    book.write(Entry.GONE, {b"a" * 32: now})
    whole = path.read_bytes()
    book.write(Entry.INTENDED, {b"b" * 32: now})
    path.write_bytes(path.read_bytes()[:-cut])
    again = Ledger(path)
    assert (set(again.gone()), again.intended()) == ({b"a" * 32}, set())
    again.prepare()
    assert path.read_bytes() == whole
