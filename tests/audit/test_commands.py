"""The trail at the command line, by both ways in: shown in the names that were signed, and checked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from click.testing import Result
from flask import Flask

from tests.accounts.office import Office, furnish, made
from tests.conftest import SettableClock
from tests.tampering import tamper
from tests.triage.sealed import Sealed
from youthsafe.audit import services
from youthsafe.audit.actions import Action
from youthsafe.cli import main
from youthsafe.config import Config
from youthsafe.crypto.encoding import b64
from youthsafe.database import migrating, transaction
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
    """A report that somebody opened."""
    found = Sealed(office).send()
    assert office.signed_in(FIRST).post(f"{found.address}/opened", json={}).status_code == 200
    return found


def run(office: Office, *arguments: str) -> Result:
    done: Result = office.app.test_cli_runner().invoke(main, ["audit", *arguments])
    return done


def name_of_team(office: Office) -> str:
    return next(each.name for each in office.newest().bundle.teams if each.id == office.made.team.id)


def test_who_did_what_is_listed_in_the_names_that_were_signed(office: Office, report: Sealed) -> None:
    lines = [line.split("\t") for line in run(office, "list").output.splitlines()]
    assert [line[0] for line in lines] == [str(number) for number in range(1, len(lines) + 1)]
    who = office.person(FIRST)
    at, team = "2026-11-23T09:30:15Z", name_of_team(office)
    assert lines[-2][1:] == [at, "instance", "member.signed-in", who.name, b64(who.id)]
    assert lines[-1][1:] == [at, team, "report.opened", who.name, b64(report.id)]


def test_one_teams_chain_is_listed_by_its_name_or_id(office: Office, report: Sealed) -> None:
    (line,) = run(office, "list", "--team", name_of_team(office)).output.splitlines()
    assert "report.opened" in line
    assert run(office, "list", "--team", b64(office.made.team.id)).output.splitlines() == [line]


def test_a_team_that_is_not_there_is_refused(office: Office) -> None:
    refused = run(office, "list", "--team", "nobody")
    assert refused.exit_code == 2
    assert refused.output.splitlines()[-1] == "Error: There is no team of this name or id."


def test_a_line_is_named_with_its_team_whatever_was_done_to_it(office: Office, report: Sealed) -> None:
    for number, change in enumerate(("at = at + 1", "actor = NULL", "action = 'report.closed'")):
        with office.app.app_context():
            tamper(f"UPDATE audit_entry SET {change} WHERE sequence = {services.count() - number}")
    broken = run(office, "verify")
    assert broken.exit_code == 1
    with office.app.app_context():
        first = services.count() - 2
    assert f"entry {first} in the chain of instance was changed, moved or removed." in broken.output


def test_two_lines_that_changed_places_and_one_that_is_gone_are_named(office: Office, report: Sealed) -> None:
    with office.app.app_context():
        last = services.count()
        tamper(f"UPDATE audit_entry SET sequence = 99 WHERE sequence = {last}")
        tamper(f"UPDATE audit_entry SET sequence = {last} WHERE sequence = {last - 1}")
        tamper(f"UPDATE audit_entry SET sequence = {last - 1} WHERE sequence = 99")
    team = name_of_team(office)
    assert f"entry {last - 1} in the chain of {team} was changed" in run(office, "verify").output
    with office.app.app_context():
        tamper("DELETE FROM audit_entry WHERE sequence = 1")
    assert "entry 1 was changed, moved or removed" in run(office, "verify").output


def test_a_tail_that_was_cut_with_its_head_is_found_by_a_head_that_somebody_noted(
    office: Office, report: Sealed
) -> None:
    whole = run(office, "verify")
    assert whole.exit_code == 0
    (noted,) = (line.split(": ")[1] for line in whole.output.splitlines() if name_of_team(office) in line)
    with office.app.app_context():
        tamper(f"DELETE FROM audit_entry WHERE sequence = {services.count()}")
        assert services.verify() is not None
        tamper("DELETE FROM audit_chain WHERE hash NOT IN (SELECT hash FROM audit_entry)")
    assert run(office, "verify").exit_code == 0, "nothing in the database tells of it any more"
    cut = run(office, "verify", "--head", noted)
    assert cut.exit_code == 1
    assert cut.output.splitlines() == [f"Error: The audit trail is broken: the head {noted} is no longer part of it."]


def test_what_is_written_while_the_trail_is_checked_breaks_nothing(
    office: Office, report: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads = services.heads

    def and_then_somebody_writes() -> list[services.Head]:
        found = heads()
        with office.app.app_context(), transaction():
            services.append(Action.REPORT_OPENED, now=datetime(2026, 11, 23, tzinfo=UTC), team=office.made.team.id)
        return found

    monkeypatch.setattr(services, "heads", and_then_somebody_writes)
    checked = run(office, "verify")
    assert checked.exit_code == 0, checked.output
