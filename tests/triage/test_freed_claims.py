"""What somebody claimed and can read no more is free for the others, through the staff door."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.accounts.office import Office
from tests.accounts.test_changes import post, without
from tests.triage.sealed import Sealed
from tests.triage.test_life_cycle import either, office_on_postgres
from youthsafe.audit.models import AuditEntry
from youthsafe.audit.services import append
from youthsafe.crypto.encoding import b64
from youthsafe.crypto.roster import Role, Roster
from youthsafe.extensions import db
from youthsafe.triage import services

__all__ = ["either", "office_on_postgres"]

COORDINATOR, LEAVER, COLLEAGUE = "demo-coordinator", "demo-caseworker", "demo-second"


def removed(office: Office) -> Roster:
    return without(office, LEAVER)


def out_of_the_team(office: Office) -> Roster:
    roster = office.newest().roster
    members = tuple(replace(each, teams=() if each.name == LEAVER else each.teams) for each in roster.members)
    return replace(roster, members=members)


def of_a_role_without_keys(office: Office) -> Roster:
    roster = out_of_the_team(office)
    members = (replace(each, role=Role.PLACES) if each.name == LEAVER else each for each in roster.members)
    return replace(roster, members=tuple(members))


def claimed(office: Office, name: str = LEAVER) -> Sealed:
    """A report that a member has opened and claimed."""
    report, client = Sealed(office).send(), office.signed_in(name)
    for what in ("opened", "claim"):
        assert client.post(f"{report.address}/{what}", json={}).status_code == 200
    office.clock.move(seconds=30)  # a code works once
    return report


def freed(office: Office) -> list[tuple[bytes | None, bytes | None]]:
    """Who freed what, by the trail."""
    with office.app.app_context():
        found = db.session.query(AuditEntry).filter_by(action="report.freed").order_by(AuditEntry.sequence)
        return [(each.actor, each.subject) for each in found]


@pytest.mark.parametrize("gone", [removed, out_of_the_team, of_a_role_without_keys], ids=lambda each: each.__name__)
def test_a_colleague_claims_what_whoever_left_the_team_had_claimed(
    either: Office, gone: Callable[[Office], Roster]
) -> None:
    office, report = either, claimed(either)
    assert post(office.signed_in(COORDINATOR), office.signed(gone(office))).status_code == 200
    colleague = office.signed_in(COLLEAGUE)
    assert colleague.get(report.address).json["claimed_by"] is None
    assert [each["id"] for each in colleague.get("/api/v1/staff/reports").json["reports"]] == [b64(report.id)]
    assert colleague.post(f"{report.address}/claim", json={}).status_code == 200
    assert freed(office) == [(office.person(COORDINATOR).id, report.id)]


def test_whoever_stays_in_the_team_keeps_what_they_claimed(either: Office) -> None:
    office, kept, left = either, claimed(either, COLLEAGUE), claimed(either)
    assert post(office.signed_in(COORDINATOR), office.signed(removed(office))).status_code == 200
    facts = office.signed_in(COLLEAGUE).get(kept.address).json
    assert facts["claimed_by"]["id"] == b64(office.person(COLLEAGUE).id)
    assert [subject for _, subject in freed(office)] == [left.id]


def test_a_closed_report_still_says_who_closed_it(office: Office) -> None:
    report = claimed(office)
    assert office.signed_in(LEAVER).post(f"{report.address}/close", json={"follow_ups": 0}).status_code == 200
    assert post(office.signed_in(COORDINATOR), office.signed(removed(office))).status_code == 200
    colleague = office.signed_in(COLLEAGUE)
    assert colleague.get(report.address).json["claimed_by"]["name"] == LEAVER
    assert freed(office) == []
    assert colleague.post(f"{report.address}/reopen", json={}).status_code == 200


def test_a_change_that_is_refused_frees_nothing(office: Office) -> None:
    report, signed = claimed(office), office.signed(removed(office))
    half = replace(signed, content=signed.content[: len(signed.content) // 2])
    assert post(office.signed_in(COORDINATOR), half).status_code == 400
    assert office.signed_in(COLLEAGUE).get(report.address).json["claimed_by"]["name"] == LEAVER


def test_nobody_keeps_what_they_claim_at_the_moment_of_their_removal(
    office_on_postgres: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, leaver = office_on_postgres, office_on_postgres.signed_in(LEAVER)
    report, coordinator = Sealed(office).send(), office.signed_in(COORDINATOR)
    assert leaver.post(f"{report.address}/opened", json={}).status_code == 200

    def removed_before(*told: object, **more: object) -> AuditEntry:
        with ThreadPoolExecutor(1) as beside:
            answer = beside.submit(post, coordinator, office.signed(removed(office))).result(30)
        assert answer.status_code == 200
        return append(*told, **more)

    monkeypatch.setattr(services, "append", removed_before)
    assert leaver.post(f"{report.address}/claim", json={}).status_code == 404
    colleague = office.signed_in(COLLEAGUE)
    assert colleague.get(report.address).json["claimed_by"] is None
    assert freed(office) == []
