"""Appends at the same moment never share a sequence, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from youthsafe.audit import services
from youthsafe.audit.actions import Action
from youthsafe.config import Config
from youthsafe.database import migrating, transaction
from youthsafe.extensions import db
from youthsafe.instance.models import Instance

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
WRITERS, EACH = 4, 10


@pytest.fixture(params=["sqlite", "postgres"])
def shared(request: pytest.FixtureRequest, config: Config, make_app: Callable[[Config], Flask]) -> Flask:
    """An application on each kind of database, with an instance."""
    if request.param == "postgres":
        config = replace(config, database_url=request.getfixturevalue("postgres_url"))
        migrating.upgrade(config.database_url)
    app = make_app(config)
    with app.app_context(), transaction():
        db.session.add(Instance(id=b"I" * 16, demo=False, root_public_key=b"\x04" * 65))
    return app


def test_writers_at_the_same_moment_make_one_whole_chain(shared: Flask) -> None:
    def write() -> None:
        for _ in range(EACH):
            with shared.app_context(), transaction():
                services.append(Action.REPORT_OPENED, now=NOW)

    with ThreadPoolExecutor(WRITERS) as pool:
        for each in [pool.submit(write) for _ in range(WRITERS)]:
            each.result()
    with shared.app_context():
        assert services.verify() is None
        assert services.count() == WRITERS * EACH
