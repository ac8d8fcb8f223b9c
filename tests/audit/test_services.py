"""The trail as it is written, and every way to change it afterwards."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from tests.tampering import tamper
from youthsafe.audit import services
from youthsafe.audit.actions import Action
from youthsafe.audit.chain import entry_hash, start
from youthsafe.audit.commands import audit
from youthsafe.audit.models import AuditEntry
from youthsafe.crypto.encoding import b64
from youthsafe.database import transaction
from youthsafe.extensions import db
from youthsafe.instance.models import Instance

NOW = datetime(2026, 11, 23, 9, 30, 15, tzinfo=UTC)
INSTANCE, MEMBER, REPORT, TEAM = b"I" * 16, b"M" * 16, b"R" * 16, b"T" * 16


def broken() -> int | None:
    """The entry that verifying names."""
    fault = services.verify()
    return None if fault is None else fault.sequence


@pytest.fixture
def trail(app: Flask) -> Iterator[None]:
    """Five entries of one instance, the second and third of a team, inside the application's context."""
    with app.app_context():
        with transaction():
            db.session.add(Instance(id=INSTANCE, demo=False, root_public_key=b"\x04" * 65))
            services.append(Action.SIGNED_IN, now=NOW, actor=MEMBER, subject=REPORT)
            for action in (Action.REPORT_OPENED, Action.REPORT_CLAIMED):
                services.append(action, now=NOW, actor=MEMBER, subject=REPORT, team=TEAM)
        for action in (Action.CHANGE_APPLIED, Action.REPORT_CLOSED):
            with transaction():
                services.append(action, now=NOW)
        yield


@pytest.mark.usefixtures("trail")
def test_an_untouched_trail_is_whole() -> None:
    assert services.verify() is None


@pytest.mark.usefixtures("trail")
def test_the_first_hash_follows_the_documented_layout() -> None:
    first = db.session.get_one(AuditEntry, 1)
    assert first.hash == entry_hash(
        start(INSTANCE, INSTANCE), 1, int(NOW.timestamp()), actor=MEMBER, action="member.signed-in", subject=REPORT
    )


@pytest.mark.usefixtures("trail")
@pytest.mark.parametrize(
    "change",
    [
        "at = at + 1",
        "at = 'yesterday'",
        "at = -1",
        "actor = NULL",
        "actor = zeroblob(16)",
        "actor = zeroblob(15)",
        "actor = 'a text of 16 let'",
        "actor = 1000000000000",
        "action = 'report.closed'",
        "action = 'ß'",
        "action = zeroblob(3)",
        "subject = NULL",
        "subject = zeroblob(16)",
        "subject = 'nobody'",
        "hash = zeroblob(32)",
        "hash = 'no hash'",
        "chain = zeroblob(16)",
        "chain = 'no chain'",
        f"chain = x'{INSTANCE.hex()}'",
        "sequence = 77",
    ],
)
def test_a_change_in_any_column_is_found_at_its_entry(change: str) -> None:
    tamper(f"UPDATE audit_entry SET {change} WHERE sequence = 3")
    assert broken() == 3


@pytest.mark.usefixtures("trail")
@pytest.mark.parametrize("sequence", [1, 2, 3, 4, 5])
def test_a_removed_entry_is_found_wherever_it_was(sequence: int) -> None:
    tamper(f"DELETE FROM audit_entry WHERE sequence = {sequence}")
    assert broken() == sequence


@pytest.mark.usefixtures("trail")
def test_a_trail_cut_off_to_nothing_is_found() -> None:
    tamper("DELETE FROM audit_entry")
    assert broken() == 1


@pytest.mark.usefixtures("trail")
def test_two_entries_that_changed_places_are_found() -> None:
    tamper("UPDATE audit_entry SET sequence = 99 WHERE sequence = 2")
    tamper("UPDATE audit_entry SET sequence = 2 WHERE sequence = 4")
    tamper("UPDATE audit_entry SET sequence = 4 WHERE sequence = 99")
    assert broken() == 2


@pytest.mark.usefixtures("trail")
def test_a_trail_moved_to_another_instance_is_found() -> None:
    tamper("UPDATE instance SET id = zeroblob(16)")
    assert broken() == 1


@pytest.mark.usefixtures("trail")
def test_an_entry_whose_use_case_failed_is_not_written() -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        services.append(Action.REPORT_CLOSED, now=NOW).sequence / 0
    assert services.count() == 5
    assert services.verify() is None


def test_nothing_is_written_before_there_is_an_instance(app: Flask) -> None:
    with app.app_context(), pytest.raises(services.NoInstanceError), transaction():
        services.append(Action.SIGNED_IN, now=NOW)


@pytest.mark.usefixtures("trail")
def test_each_team_has_a_chain_of_its_own_and_so_has_the_instance() -> None:
    own, of_team = services.heads()
    assert (own.chain, own.sequence) == (INSTANCE, 5)
    assert (of_team.chain, of_team.sequence) == (TEAM, 3)
    second, third = services.entries(TEAM)
    assert [second.sequence, third.sequence] == [2, 3]
    first = (start(INSTANCE, TEAM), 2, int(NOW.timestamp()))
    assert second.hash == entry_hash(*first, actor=MEMBER, action="report.opened", subject=REPORT)


@pytest.mark.usefixtures("trail")
def test_a_chain_whose_head_was_put_back_or_taken_away_is_found() -> None:
    second = db.session.get_one(AuditEntry, 2).hash.hex()
    tamper(f"UPDATE audit_chain SET sequence = 2, hash = x'{second}' WHERE id = x'{TEAM.hex()}'")
    assert services.verify() == services.Fault(6, TEAM)
    tamper(f"DELETE FROM audit_chain WHERE id = x'{TEAM.hex()}'")
    assert services.verify() == services.Fault(6, TEAM)


@pytest.mark.usefixtures("trail")
def test_the_command_prints_the_head_of_every_chain(cli: FlaskCliRunner) -> None:
    result = cli.invoke(audit, ["verify"])
    assert result.exit_code == 0
    assert "whole: 5 entries in 2 chains" in result.output
    assert all(head.hash.hex() in result.output for head in services.heads())


@pytest.mark.usefixtures("trail")
def test_the_command_fails_and_names_the_broken_entry_in_one_line(cli: FlaskCliRunner) -> None:
    tamper("UPDATE audit_entry SET at = 0 WHERE sequence = 3")
    result = cli.invoke(audit, ["verify"])
    assert result.exit_code == 1
    said = f"Error: The audit trail is broken: entry 3 in the chain of {b64(TEAM)} was changed, moved or removed."
    assert result.output.splitlines() == [said]


@pytest.mark.usefixtures("trail")
@pytest.mark.parametrize("column", ["chain", "at", "actor", "action", "subject", "hash"])
def test_a_value_of_another_kind_is_named_and_shown_as_it_stands(cli: FlaskCliRunner, column: str) -> None:
    tamper(f"UPDATE audit_entry SET {column} = 'no such thing' WHERE sequence = 3")
    broken = cli.invoke(audit, ["verify"])
    assert broken.exit_code == 1
    (line,) = broken.output.splitlines()
    assert line.startswith("Error: The audit trail is broken: entry 3 ")
    listed = cli.invoke(audit, ["list"])
    assert listed.exit_code == 0
    assert len(listed.output.splitlines()) == 5
    assert column == "hash" or "no such thing" in listed.output.splitlines()[2]


@pytest.mark.usefixtures("trail")
def test_a_head_of_another_kind_is_named_with_its_chain(cli: FlaskCliRunner) -> None:
    tamper("UPDATE audit_chain SET hash = 'no hash'")
    broken = cli.invoke(audit, ["verify"])
    assert broken.exit_code == 1
    assert "entry 6 in the chain of" in broken.output


@pytest.mark.usefixtures("trail")
def test_a_noted_head_shows_a_chain_that_was_rewritten_from_the_end(cli: FlaskCliRunner) -> None:
    noted = [each.hash.hex() for each in services.heads()]
    assert cli.invoke(audit, ["verify", "--head", noted[0], "--head", noted[1]]).exit_code == 0
    fourth = db.session.get_one(AuditEntry, 4).hash.hex()
    tamper("DELETE FROM audit_entry WHERE sequence = 5")
    tamper(f"UPDATE audit_chain SET sequence = 4, hash = x'{fourth}' WHERE id = x'{INSTANCE.hex()}'")
    assert cli.invoke(audit, ["verify"]).exit_code == 0
    assert cli.invoke(audit, ["verify", "--head", noted[1]]).exit_code == 0
    cut = cli.invoke(audit, ["verify", "--head", noted[1], "--head", noted[0]])
    assert cut.exit_code == 1
    assert f"the head {noted[0]} is no longer part of it" in cut.output


def test_a_noted_head_that_is_no_hash_is_refused(cli: FlaskCliRunner) -> None:
    assert cli.invoke(audit, ["verify", "--head", "abc"]).exit_code == 2


@pytest.mark.usefixtures("trail")
def test_a_head_is_taken_as_the_mail_writes_it(cli: FlaskCliRunner) -> None:
    in_groups = services.heads()[0].hash.hex(" ", 2)
    assert cli.invoke(audit, ["verify", "--head", in_groups]).exit_code == 0
