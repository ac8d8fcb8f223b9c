"""Both databases refuse to change what was written down, or to let it go, whoever asks for it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.accounts.office import Office, furnish, made
from tests.conftest import SettableClock
from tests.triage.sealed import Sealed, first_place, following, sealed_entry, write_on_card
from youthsafe.cli import main
from youthsafe.config import Config
from youthsafe.database import migrating, rotation, transaction
from youthsafe.demo.ceremony import Ceremony
from youthsafe.extensions import db

__all__ = ["made"]
FIRST = "demo-caseworker"
ANYWHERE = [
    *(f"UPDATE audit_entry SET {each} = {each}" for each in ("sequence", "chain", "at", "actor", "subject", "hash")),
    "UPDATE audit_entry SET at = at + 1 WHERE sequence = 2",
    "DELETE FROM audit_entry",
    "DELETE FROM audit_entry WHERE sequence = (SELECT max(sequence) FROM audit_entry)",
    *(f"UPDATE card_entry SET {each} = {each}" for each in ("place", "report_id", "number", "epoch", "received_at")),
    "UPDATE card_entry SET digest = digest, content = content WHERE number = 2",
    "DELETE FROM card_entry",
    "DELETE FROM card_entry WHERE number = 2",
]
OF_SQLITE = [
    "REPLACE INTO audit_entry SELECT sequence, chain, at + 1, actor, action, subject, hash FROM audit_entry",
    "UPDATE OR REPLACE audit_entry SET sequence = 1 WHERE sequence = 2",
    "REPLACE INTO card_entry SELECT place, report_id, 3, epoch, received_at, digest, content FROM card_entry",
    "REPLACE INTO card_entry SELECT place + 1, report_id, number, epoch, received_at, digest, content FROM card_entry",
]
OF_POSTGRESQL = [
    "TRUNCATE audit_entry",
    "TRUNCATE card_entry",
    "TRUNCATE report CASCADE",
    "INSERT INTO audit_entry SELECT * FROM audit_entry ON CONFLICT (sequence) DO UPDATE SET at = 0",
]


@pytest.fixture(params=["sqlite", "postgres"])
def office(
    request: pytest.FixtureRequest,
    config: Config,
    make_app: Callable[[Config], Flask],
    clock: SettableClock,
    made: Ceremony,
) -> Office:
    if request.param == "postgres":
        config = replace(config, database_url=request.getfixturevalue("postgres_url"))
        migrating.upgrade(config.database_url)
    return furnish(make_app(config), clock, made)


@pytest.fixture
def report(office: Office) -> Sealed:
    """A report with two entries on its card."""
    found, client = Sealed(office).send(), office.signed_in(FIRST)
    client.post(f"{found.address}/opened", json={})
    place = first_place(office, found)
    entry = sealed_entry(place)
    for each in (entry, sealed_entry(following(entry, place))):
        assert write_on_card(client, found, each).status_code == 201
    return found


def rows(office: Office) -> list[object]:
    with office.app.app_context():
        tables = ("audit_entry ORDER BY sequence", "card_entry ORDER BY number")
        return [tuple(row) for table in tables for row in db.session.execute(text(f"SELECT * FROM {table}"))]


@pytest.mark.usefixtures("report")
def test_no_statement_changes_or_takes_away_what_was_written_down(office: Office) -> None:
    before = rows(office)
    with office.app.app_context():
        own = OF_SQLITE if db.engine.dialect.name == "sqlite" else OF_POSTGRESQL
        for statement in (*ANYWHERE, *own):
            with pytest.raises(IntegrityError, match="is append-only"), transaction():
                db.session.execute(text(statement))
    assert rows(office) == before


def test_a_card_goes_with_its_report_and_never_before(office: Office, report: Sealed) -> None:
    with office.app.app_context():
        with transaction():
            assert db.session.scalar(text("SELECT count(*) FROM card_entry")) == 2
            db.session.execute(text("DELETE FROM report"))
        assert db.session.scalar(text("SELECT count(*) FROM card_entry")) == 0


def test_what_was_closed_is_purged_with_its_card_and_the_trail_goes_on(office: Office, report: Sealed) -> None:
    office.clock.move(seconds=30)  # for the next sign-in's code
    client = office.signed_in(FIRST)
    client.post(f"{report.address}/claim", json={})
    assert client.post(f"{report.address}/close", json={"follow_ups": 0}).status_code == 200
    office.clock.move(days=91)
    result = office.app.test_cli_runner().invoke(main, ["purge", "--yes"])
    assert result.exit_code == 0, result.output
    left = rows(office)
    with office.app.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM card_entry")) == 0
        assert len(left) == db.session.scalar(text("SELECT max(sequence) FROM audit_entry"))


def test_a_change_of_the_server_secret_writes_no_table_that_is_append_only() -> None:
    rewritten = {each.table.name for each in rotation.encrypted_tables()}
    assert rewritten.isdisjoint({"audit_entry", "card_entry"}), "the triggers would refuse it"
