"""Every staff route and every kind of person: who may not is answered byte for byte as if no such address were."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.accounts.office import Office
from tests.triage.sealed import Sealed
from youthsafe.accounts.models import Member, Membership, StaffSession
from youthsafe.accounts.permissions import ENROLLING, OF_ROLE, Permission
from youthsafe.crypto.encoding import b64
from youthsafe.crypto.roster import Role
from youthsafe.database import transaction
from youthsafe.extensions import db
from youthsafe.routing.routes import STAFF_API, Audience, RoutePolicy, declared_routes

NAME = "demo-caseworker"
NO_ID = "A" * 22
MISSING = "/api/v1/staff/nothing-of-this-name"
FOREIGN = ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"})
STRANGERS = ("nobody", "a session that is over", "a session that was ended", "the page of another member")


def staff_routes(app: Flask) -> Iterator[tuple[Rule, RoutePolicy, str, str]]:
    """Every address of the staff's API that asks for a permission, with a method and ids that name nothing."""
    for rule, policy in declared_routes(app):
        if policy.audience is Audience.STAFF:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, policy, method, re.sub("<[^>]+>", NO_ID, rule.rule)


def ask(client: FlaskClient, method: str, address: str, headers: dict[str, str] | None = None) -> TestResponse:
    return client.open(address, method=method, json={} if method != "GET" else None, headers=headers)


def shown(answer: TestResponse) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
    """All of an answer that somebody can see."""
    return answer.status_code, answer.data, tuple(sorted(answer.headers.items()))


def become(office: Office, role: Role, *, enrolling: bool = False) -> None:
    with office.app.app_context(), transaction():
        db.session.get_one(Member, office.person(NAME).id).role = role
        for session in db.session.scalars(db.select(StaffSession)):
            session.enrolling = enrolling


def refused_like_missing(office: Office, client: FlaskClient, allowed: frozenset[Permission]) -> tuple[int, int]:
    """Compare every route that is not allowed with an address that is not there; gives how many were not, and were."""
    refused = reached = 0
    for rule, policy, method, address in staff_routes(office.app):
        if policy.permission == Permission.SESSION_END:
            continue
        answer = ask(client, method, address)
        if policy.permission in allowed:
            reached += 1
            assert answer.status_code not in {401, 429, 500}, rule.rule
        else:
            refused += 1
            assert shown(answer) == shown(ask(client, method, MISSING)), (method, rule.rule)
            assert answer.status_code == 404
    return refused, reached


@pytest.mark.parametrize("role", Role)
def test_what_a_role_may_not_do_is_not_there_for_it(office: Office, role: Role) -> None:
    client = office.signed_in(NAME)
    become(office, role)
    refused, reached = refused_like_missing(office, client, OF_ROLE[role])
    assert reached > 10
    assert refused > 0 or OF_ROLE[role] >= {policy.permission for _, policy, _, _ in staff_routes(office.app)}


def test_whoever_has_to_enrol_a_second_factor_first_finds_nothing_else(office: Office) -> None:
    client = office.signed_in(NAME)
    become(office, Role.COORDINATOR, enrolling=True)
    refused, reached = refused_like_missing(office, client, ENROLLING)
    assert (refused > 20, reached > 3) == (True, True)


@pytest.mark.parametrize("who", STRANGERS)
def test_whoever_has_no_session_is_told_the_same_at_every_address(office: Office, who: str) -> None:
    client = office.app.test_client() if who == "nobody" else office.signed_in(NAME)
    named = {"YouthSafe-Member": b64(office.person("demo-second").id)} if who == STRANGERS[3] else None
    if who == STRANGERS[1]:
        office.clock.move(hours=13)
    if who == STRANGERS[2]:
        with office.app.app_context(), transaction():
            db.session.execute(db.delete(StaffSession))
    answers = {
        (method, shown(ask(client, method, address, named)))
        for _, _, method, address in staff_routes(office.app)
        for address in (address, MISSING)
    }
    assert {answer[0] for _, answer in answers} == {401}
    assert len(answers) == len({method for method, _ in answers}), "one answer for each method"


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("signed_in", [True, False])
def test_a_page_of_another_site_is_told_the_same_at_every_address(
    office: Office, headers: dict[str, str], signed_in: bool
) -> None:
    client = office.signed_in(NAME) if signed_in else office.app.test_client()
    writes = [address for _, _, method, address in staff_routes(office.app) if method == "POST"]
    assert len(writes) > 20
    answers = {shown(ask(client, "POST", address, headers)) for address in (*writes, MISSING)}
    assert len({(status, body) for status, body, _ in answers}) == len(answers) == 1
    assert next(iter(answers))[0] == 403


def test_a_report_of_another_team_is_not_there(office: Office) -> None:
    report = Sealed(office)
    report.send()
    client = office.signed_in(NAME)
    client.post(f"/api/v1/staff/reports/{b64(report.id)}/opened", json={})
    with office.app.app_context(), transaction():
        db.session.execute(db.delete(Membership).where(Membership.member_id == office.person(NAME).id))
    of_reports = [
        (method, rule.rule)
        for rule, _, method, _ in staff_routes(office.app)
        if rule.rule.startswith(f"{STAFF_API}reports/<report_id>")
    ]
    assert len(of_reports) > 6
    for method, rule in of_reports:
        theirs, unknown = (ask(client, method, rule.replace("<report_id>", each)) for each in (b64(report.id), NO_ID))
        assert shown(theirs) == shown(unknown), rule
        assert theirs.status_code in {400, 404}


def test_what_belongs_to_another_member_is_not_there(office: Office) -> None:
    other = office.signed_in("demo-second")
    sessions = other.get("/api/v1/staff/sessions").json
    assert sessions is not None
    client = office.signed_in(NAME)
    for each in (sessions["sessions"][0]["id"], NO_ID):
        answer = client.post(f"/api/v1/staff/sessions/{each}/end", json={})
        assert (answer.status_code, answer.data) == (
            404,
            client.post(f"/api/v1/staff/sessions/{NO_ID}/end", json={}).data,
        )
