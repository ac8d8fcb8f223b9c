"""What was done to a case card behind the server's back is named, and a purge is not taken for it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from click.testing import Result
from flask import Flask

from tests.accounts.office import Office, furnish, made
from tests.conftest import SettableClock
from tests.tampering import tamper
from tests.triage.sealed import Sealed, first_place, following, sealed_entry, write_on_card
from youthsafe.cli import main
from youthsafe.config import Config
from youthsafe.crypto.encoding import b64
from youthsafe.database import migrating
from youthsafe.demo.ceremony import Ceremony

__all__ = ["made"]
FIRST = "demo-caseworker"


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
    """A closed report with three entries on its card."""
    found, client = Sealed(office).send(), office.signed_in(FIRST)
    client.post(f"{found.address}/opened", json={})
    place = first_place(office, found)
    for _ in range(3):
        entry = sealed_entry(place)
        assert write_on_card(client, found, entry).status_code == 201
        place = following(entry, place)
    client.post(f"{found.address}/claim", json={})
    assert client.post(f"{found.address}/close", json={"follow_ups": 0}).status_code == 200
    return found


def run(office: Office, *command: str) -> Result:
    done: Result = office.app.test_cli_runner().invoke(main, command)
    return done


@pytest.mark.parametrize(
    ("statements", "number"),
    [
        (["UPDATE card_entry SET content = (SELECT content FROM card_entry WHERE number = 3) WHERE number = 2"], 2),
        (["UPDATE card_entry SET digest = (SELECT digest FROM card_entry WHERE number = 1) WHERE number = 2"], 2),
        (["DELETE FROM card_entry WHERE number = 2"], 2),
        (["DELETE FROM card_entry WHERE number = 1", "UPDATE card_entry SET number = 1 WHERE number = 2"], 1),
        (
            [
                "UPDATE card_entry SET number = 9 WHERE number = 2",
                "UPDATE card_entry SET number = 2 WHERE number = 3",
                "UPDATE card_entry SET number = 3 WHERE number = 9",
            ],
            2,
        ),
        (["DELETE FROM card_entry WHERE number = 3"], 3),
        (["DELETE FROM card_entry WHERE number > 1", "UPDATE report SET entries = 1"], 2),
        (["UPDATE report SET entries = 0"], 1),
        (["DELETE FROM report"], 1),
    ],
    ids=["content", "digest", "hole", "beginning", "order", "tail", "tail and count", "count", "report"],
)
def test_the_first_entry_that_does_not_fit_is_named(
    office: Office, report: Sealed, statements: list[str], number: int
) -> None:
    with office.app.app_context():
        for statement in statements:
            tamper(statement)
    broken = run(office, "audit", "verify")
    assert broken.exit_code == 1
    card = f"The case card of report {b64(report.id)}"
    assert broken.output.splitlines() == [f"Error: {card} is broken: entry {number} was changed, moved or removed."]


def test_cards_that_were_only_written_on_are_whole_and_so_are_those_that_were_purged(
    office: Office, report: Sealed
) -> None:
    assert run(office, "audit", "verify").exit_code == 0
    office.clock.move(days=91)
    assert run(office, "purge", "--yes").exit_code == 0
    checked = run(office, "audit", "verify")
    assert checked.exit_code == 0, checked.output
