"""Somebody floods the server from the Wi-Fi of a school: whoever is in trouble there still gets through."""

import json
import secrets

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.long_runs import LongRun
from tests.sealing import SealedInstance
from youthsafe.crypto.encoding import b64
from youthsafe.limits.policies import POLICIES, Counts
from youthsafe.reports.services import PAGE_BYTES
from youthsafe.routing.routes import Audience, route_policy

FLOOD, LONG_FLOOD = 300, 1_500  # requests; the most that any limit lets through of one network is 160


def _made_up() -> bytes:
    made_up = {"id": b64(secrets.token_bytes(16)), "token": b64(secrets.token_bytes(32)), "before": 0}
    return json.dumps(made_up, separators=(",", ":")).encode()


def _post(client: FlaskClient, address: str, body: bytes) -> tuple[int, int]:
    answer = client.post(f"/api/v1/{address}", data=body, content_type="application/json")
    return answer.status_code, len(answer.data)


def test_no_public_route_and_no_way_to_the_sign_in_counts_the_requests_of_a_network(app: Flask) -> None:
    policies = {rule.rule: policy for rule in app.url_map.iter_rules() if (policy := route_policy(app, rule.endpoint))}
    for rule, policy in policies.items():
        if policy.audience is not Audience.STAFF and not rule.startswith("/api/v1/staff/"):
            assert POLICIES[policy.limit].counts in {Counts.NOTHING, Counts.REPORTS}, rule


@pytest.mark.parametrize("flood", ["/en/?{}", "/en/nothing{}/", "//en/report/?{}", "/api/v1/bundle?{}", "/staff/?{}"])
def test_reading_without_end_closes_neither_the_form_nor_the_way_to_the_inbox(
    instance: SealedInstance, client: FlaskClient, long_run: LongRun, flood: str
) -> None:
    requests = range(long_run.times(FLOOD, soak=LONG_FLOOD))
    assert 429 not in {client.get(flood.format(number)).status_code for number in requests}
    needed = ("/", "/en/report/", "/en/replies/", "/en/havens/", "/api/v1/bundle", "/staff/en/", "/sw.js")
    assert {client.get(address, follow_redirects=True).status_code for address in needed} == {200}
    assert _post(client, "reports", instance.report().body)[0] == 201


@pytest.mark.parametrize("door", ["mailbox", "mailbox/withdraw"])
def test_guesses_at_codes_keep_nobody_from_their_own_and_the_answer_never_tells_which_exist(
    instance: SealedInstance, client: FlaskClient, long_run: LongRun, door: str
) -> None:
    requests = range(long_run.times(FLOOD, soak=LONG_FLOOD))
    report = instance.report()
    assert _post(client, "reports", report.body)[0] == 201
    assert {_post(client, door, _made_up()) for _ in requests} == {(200, PAGE_BYTES)}
    assert _post(client, "mailbox/messages", instance.follow_up(report, "are you there?"))[0] == 201
    assert _post(client, "mailbox", instance.mailbox_request(report)) == (200, PAGE_BYTES)
    assert _post(client, "mailbox/withdraw", instance.mailbox_request(report)) == (200, PAGE_BYTES)
