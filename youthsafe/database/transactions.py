"""One use case, written whole or not at all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from sqlalchemy import Select

from youthsafe.database.engine import confirm_saved, turn_to_write
from youthsafe.database.sqlite_file import BEGIN_OPTION
from youthsafe.extensions import db

Value = TypeVar("Value")

_fence: ContextVar[Callable[[], None] | None] = ContextVar("fence", default=None)
_AT_ONCE = {BEGIN_OPTION: "IMMEDIATE"}


@contextmanager
def transaction() -> Iterator[None]:
    """Run one use case and commit it; on any exception roll all of it back.

    Takes the write lock at the start on SQLite, so that what was read stays true until the commit.
    Raises UnavailableError when the database went away, also after the commit: then a sender tries again,
    and the use case recognises what it already has.
    """
    let_go_of_older_snapshot()
    session = db.session()
    with turn_to_write():
        try:
            session.connection(execution_options=_AT_ONCE)
            yield
            _ask_fence()
            session.commit()
        except BaseException:
            session.rollback()
            raise
    confirm_saved()


@contextmanager
def snapshot() -> Iterator[None]:
    """Read as if everybody else waited meanwhile; SQLite reads so by itself."""
    let_go_of_older_snapshot()
    session = db.session()
    if db.engine.dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    try:
        yield
    finally:
        session.rollback()


@contextmanager
def fenced(fence: Callable[[], None]) -> Iterator[None]:
    """Within it each transaction of this thread calls `fence` before it commits; what that raises undoes all of it."""
    before = _fence.set(fence)
    try:
        yield
    finally:
        _fence.reset(before)


def _ask_fence() -> None:
    if (fence := _fence.get()) is not None:
        fence()


def let_go_of_older_snapshot() -> None:
    """End what the session read before a use case that writes: it would see what was true then."""
    if db.session.registry.has() and db.session().in_transaction():
        db.session().rollback()


def fresh_value(query: Select[Value]) -> Value | None:
    """Return one value as it stands now, on a connection of its own: the session may still see what was before."""
    with db.engine.connect() as connection:
        return connection.scalar(query)
