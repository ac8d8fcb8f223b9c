"""Every route says whom it is for, which limit holds and what may be kept of it (house rule 6)."""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from youthsafe.accounts.services import SECOND_FACTOR, WRONG
from youthsafe.limits.policies import POLICIES as LIMITS
from youthsafe.limits.policies import Counts
from youthsafe.limits.services import RUNGS
from youthsafe.routing.routes import Audience, route_policy
from youthsafe.web.caching import NEVER, Worker
from youthsafe.web.caching import POLICIES as CACHING


@pytest.fixture
def rules(app: Flask) -> list[Rule]:
    return list(app.url_map.iter_rules())


def test_every_route_declares_its_audience_limit_and_logs(app: Flask, rules: list[Rule]) -> None:
    undeclared = [rule.rule for rule in rules if route_policy(app, rule.endpoint) is None]
    assert undeclared == []


def test_every_limit_that_a_route_names_is_in_the_table(app: Flask, rules: list[Rule]) -> None:
    policies = [route_policy(app, rule.endpoint) for rule in rules]
    assert {policy.limit for policy in policies if policy} <= set(LIMITS)


ROUTES = {Counts.NOTHING, Counts.REPORTS, Counts.VISITOR, Counts.SIGNED_IN}


def test_only_where_somebody_has_to_be_signed_in_are_members_counted(app: Flask, rules: list[Rule]) -> None:
    policies = [policy for rule in rules if (policy := route_policy(app, rule.endpoint))]
    counted = {policy.audience for policy in policies if LIMITS[policy.limit].counts is Counts.SIGNED_IN}
    assert counted == {Audience.STAFF}


def test_every_limit_of_the_table_is_used_by_a_route_or_counted_by_a_use_case(app: Flask, rules: list[Rule]) -> None:
    by_route = {name for name, policy in LIMITS.items() if policy.counts in ROUTES}
    assert by_route == {policy.limit for rule in rules if (policy := route_policy(app, rule.endpoint))}
    by_use_case = {WRONG, SECOND_FACTOR, "sending-worked", *RUNGS}
    assert by_use_case == set(LIMITS) - by_route


def test_the_caching_table_and_the_url_map_name_the_same_endpoints(rules: list[Rule]) -> None:
    assert {rule.endpoint for rule in rules} == set(CACHING)


def test_nothing_behind_the_staff_door_or_written_to_is_ever_kept(app: Flask, rules: list[Rule]) -> None:
    for rule in rules:
        policy = route_policy(app, rule.endpoint)
        writes = bool((rule.methods or set()) - {"GET", "HEAD", "OPTIONS"})
        if writes or (policy and policy.audience is Audience.STAFF):
            assert CACHING[rule.endpoint] is NEVER, rule.rule
        if rule.rule.startswith("/api/") and rule.endpoint != "reports_api.bundle":
            assert CACHING[rule.endpoint].worker is Worker.NEVER, rule.rule


def test_every_staff_address_is_declared_for_staff(app: Flask, rules: list[Rule]) -> None:
    for rule in rules:
        policy = route_policy(app, rule.endpoint)
        staff_address = rule.rule.startswith(("/staff", "/api/v1/staff"))
        assert policy is not None
        assert staff_address == (policy.audience is not Audience.PUBLIC), rule.rule


def test_every_staff_api_route_refuses_a_stranger(app: Flask, rules: list[Rule]) -> None:
    client = app.test_client()
    asked = 0
    for rule in rules:
        policy = route_policy(app, rule.endpoint)
        if policy is None or policy.audience is not Audience.STAFF:
            continue
        address = rule.rule.replace("<report_id>", "A" * 22).replace("<junk_id>", "A" * 22)
        assert "<" not in address, f"this test needs a value for {rule.rule}"
        for method in (rule.methods or set()) & {"GET", "POST"}:
            answer = client.open(address, method=method, json={} if method == "POST" else None)
            assert answer.status_code == 401, (method, rule.rule)
            asked += 1
    assert asked > 5
