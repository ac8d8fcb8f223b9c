"""A signed change is in force whole or not at all, wherever its process is killed; on both databases."""

import os
import signal
import traceback
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event

from tests.accounts.office import Office, found, furnish
from tests.conftest import SettableClock
from youthsafe.accounts import services
from youthsafe.config import Config
from youthsafe.database import migrating, transaction
from youthsafe.demo.ceremony import Ceremony
from youthsafe.extensions import db

State = list[list[str]]
MOST_STEPS = 400


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, make_app: Callable[[Config], Flask], config: Config) -> Flask:
    """An application without an instance."""
    if request.param == "postgresql":
        url: str = request.getfixturevalue("postgres_url")
        migrating.upgrade(url)
        config = Config(database_url=url, server_secret=config.server_secret, testing=True)
    return make_app(config)


def state(app: Flask) -> State:
    """Every row of every table."""
    with app.app_context():
        found = [sorted(repr(row) for row in db.session.execute(table.select())) for table in db.metadata.sorted_tables]
        db.session.remove()
        db.engine.dispose()
    return found


def ended(app: Flask, use_case: Callable[[], object], step: int) -> bool:
    """Do something in a process of its own that is killed at its so many-th statement or commit.

    Tells whether it ended before it came to that.
    """
    child = os.fork()
    if child == 0:
        status = 1
        try:
            with app.app_context():
                db.engine.dispose(close=False)  # the connections are the parent's
                _kill_at(step)
                with transaction():
                    use_case()
            status = 0
        except BaseException:  # noqa: BLE001  # nothing of the child may run on in the tests' process
            traceback.print_exc()
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFEXITED(status)


def _kill_at(step: int) -> None:
    left = step

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in ("before_cursor_execute", "commit"):
        event.listen(db.engine, moment, count)


def done_at_last(app: Flask, use_case: Callable[[], object]) -> tuple[State, int]:
    """Do something that is killed at one step after the other; gives what stands at last, and how often nothing did."""
    before = state(app)
    for step in range(1, MOST_STEPS):
        if ended(app, use_case, step):
            return state(app), step - 1
        assert state(app) == before, f"half of it stands after step {step}"
    pytest.fail("it never ended")


def test_half_a_change_is_never_in_force(empty: Flask, clock: SettableClock, made: Ceremony) -> None:
    office: Office = furnish(empty, clock, made)
    members = [each for each in office.newest().roster.members if each.name != "demo-second"]
    signed = office.signed_for(*members)
    after, cuts = done_at_last(empty, lambda: services.apply_change(signed.content, signed.signature, clock()))
    assert cuts > 15
    assert office.newest().raw == signed.content
    assert {each.name for each in office.newest().roster.members} == {each.name for each in members}
    assert after == state(empty)


def test_half_an_instance_is_never_there(empty: Flask, clock: SettableClock, made: Ceremony) -> None:
    before = state(empty)
    after, cuts = done_at_last(empty, lambda: found(made, clock()))
    assert cuts > 20
    assert before != after
