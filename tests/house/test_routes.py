"""Every route says whom it is for, which limit holds and what may be kept of it (house rule 5)."""

import re

import pytest
from flask import Blueprint, Flask
from werkzeug.routing import Rule

from youthsafe.accounts.permissions import OF_ROLE, Permission
from youthsafe.accounts.services import SECOND_FACTOR, WRONG
from youthsafe.crypto.roster import Role
from youthsafe.limits.policies import POLICIES as LIMITS
from youthsafe.limits.policies import Counts
from youthsafe.limits.services import THRESHOLDS
from youthsafe.routing.caching import NEVER, PAGE, WorkerRule
from youthsafe.routing.patterns import beginning_of
from youthsafe.routing.routes import Audience, declared_routes, route, route_defaults, route_policy


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
    by_use_case = {WRONG, SECOND_FACTOR, "sending-worked", *THRESHOLDS}
    assert by_use_case == set(LIMITS) - by_route


ASKED_BY_A_USE_CASE = {
    Permission.REPORT_TAKE_OVER,  # whether a claim takes over is known when the report is read
    Permission.TRAIL_READ_ALL,  # which chains a page of the trail has
}


def test_every_staff_route_declares_the_permission_that_it_needs_and_no_other_route_does(app: Flask) -> None:
    for rule, policy in declared_routes(app):
        needed = set(Permission) if policy.audience is Audience.STAFF else {""}
        assert policy.permission in needed, rule.rule


def test_every_permission_is_needed_somewhere_and_given_to_somebody(app: Flask) -> None:
    declared = {policy.permission for _, policy in declared_routes(app)} - {""}
    assert declared | ASKED_BY_A_USE_CASE == set(Permission)
    assert set(OF_ROLE) == set(Role)
    assert frozenset().union(*OF_ROLE.values()) == set(Permission)


BUNDLE = "reports_api.bundle"  # the one answer of the API that lies on a phone: the keys to seal to


def test_nothing_behind_the_staff_door_or_written_to_is_ever_kept(app: Flask) -> None:
    for rule, policy in declared_routes(app):
        writes = bool((rule.methods or set()) - {"GET", "HEAD", "OPTIONS"})
        if writes or policy.audience is Audience.STAFF:
            assert policy.caching == NEVER, rule.rule
        if policy.audience is not Audience.PUBLIC or (rule.rule.startswith("/api/") and rule.endpoint != BUNDLE):
            assert policy.worker is WorkerRule.NEVER, rule.rule


def test_what_a_phone_keeps_is_never_forbidden_to_be_kept(app: Flask) -> None:
    for rule, policy in declared_routes(app):
        assert policy.worker is WorkerRule.NEVER or policy.caching != NEVER, rule.rule


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
        address = re.sub("<[a-z_]+_id>", "A" * 22, rule.rule)
        assert "<" not in address, f"this test needs a value for {rule.rule}"
        for method in (rule.methods or set()) & {"GET", "POST"}:
            answer = client.open(address, method=method, json={} if method == "POST" else None)
            assert answer.status_code == 401, (method, rule.rule)
            asked += 1
    assert asked > 5


def test_a_route_without_audience_or_limit_is_refused() -> None:
    blueprint = Blueprint("silent", __name__)
    with pytest.raises(TypeError, match="audience"):
        route(blueprint, "/silent/")(lambda: "")


def test_what_a_blueprint_declares_holds_where_a_route_says_nothing_else() -> None:
    blueprint = Blueprint("room", __name__)
    route_defaults(blueprint, audience=Audience.PUBLIC, limit="reading", caching=PAGE, worker=WorkerRule.PACK)
    app = Flask("room")
    route(blueprint, "/room/", endpoint="room")(lambda: "")
    route(blueprint, "/poster/", endpoint="poster", caching=NEVER, worker=WorkerRule.NEVER)(lambda: "")
    app.register_blueprint(blueprint)
    kept = {rule.rule: policy.worker for rule, policy in declared_routes(app)}
    assert kept == {"/room/": WorkerRule.PACK, "/poster/": WorkerRule.NEVER}


def test_one_view_is_not_declared_in_two_ways() -> None:
    def view() -> str:
        return ""

    blueprint = Blueprint("torn", __name__)
    route(blueprint, "/one/", audience=Audience.PUBLIC, limit="reading")(view)
    with pytest.raises(ValueError, match="declared otherwise"):
        route(blueprint, "/two/", audience=Audience.STAFF, limit="staff", endpoint="two")(view)


def test_a_need_that_would_hold_for_the_whole_site_is_refused() -> None:
    with pytest.raises(ValueError, match="stands for every address"):
        beginning_of(Rule("/<locale>/<page>/"))
