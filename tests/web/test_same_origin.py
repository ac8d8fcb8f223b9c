"""Another website cannot have its readers' browsers write here: on every address that takes a POST."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.conftest import SettableClock
from tests.sealing import SealedInstance
from youthsafe.config import Config
from youthsafe.extensions import db
from youthsafe.mailbox.models import Report

JSON = {"Content-Type": "application/json"}
BY_ANOTHER_SITE = [
    ({"Content-Type": "text/plain"}, 400),
    ({"Content-Type": "application/x-www-form-urlencoded"}, 400),
    ({"Content-Type": "multipart/form-data; boundary=x"}, 400),
    ({}, 400),
    (JSON | {"Sec-Fetch-Site": "cross-site"}, 403),
    (JSON | {"Sec-Fetch-Site": "same-site"}, 403),
    (JSON | {"Sec-Fetch-Site": "none"}, 403),
    (JSON | {"Origin": "https://elsewhere.example"}, 403),
    (JSON | {"Origin": "null"}, 403),
    (JSON | {"Origin": "http://localhost.elsewhere.example"}, 403),
    (JSON | {"Origin": "http://[localhost"}, 403),
]
BY_OUR_PAGE = [
    JSON,  # an old browser, and whoever is none
    JSON | {"Origin": "http://localhost"},
    JSON | {"Sec-Fetch-Site": "same-origin"},
    {"Content-Type": "application/json; charset=utf-8", "Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
]


def _kept(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Report)) or 0


@pytest.mark.parametrize(("headers", "status"), BY_ANOTHER_SITE)
def test_no_report_is_taken_that_another_site_may_have_sent(
    app: Flask, instance: SealedInstance, client: FlaskClient, headers: dict[str, str], status: int
) -> None:
    answer = client.post("/api/v1/reports", data=instance.report().body, headers=headers)
    assert (answer.status_code, _kept(app)) == (status, 0)


@pytest.mark.parametrize("headers", BY_OUR_PAGE)
def test_a_report_of_our_own_page_is_taken(
    app: Flask, instance: SealedInstance, client: FlaskClient, headers: dict[str, str]
) -> None:
    answer = client.post("/api/v1/reports", data=instance.report().body, headers=headers)
    assert (answer.status_code, _kept(app)) == (201, 1)


def test_the_address_that_readers_know_is_ours_too_whatever_a_proxy_calls_us(
    config: Config, make_app: Callable[[Config], Flask]
) -> None:
    app = make_app(replace(config, public_url="https://youthsafe.example.org"))
    body = SealedInstance.set_up(app).report().body
    headers = JSON | {"Origin": "https://youthsafe.example.org"}
    assert app.test_client().post("/api/v1/reports", data=body, headers=headers).status_code == 201


@pytest.mark.parametrize(("headers", "status"), BY_ANOTHER_SITE)
def test_every_address_that_is_written_to_refuses_another_site(
    app: Flask, client: FlaskClient, headers: dict[str, str], status: int
) -> None:
    written = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    assert len(written) > 15
    for rule in written:
        address = rule.build(dict.fromkeys(rule.arguments, "A" * 22))[1]
        answer = client.post(address, data=b"{}", headers=headers)
        assert answer.status_code == status, rule


def test_what_another_site_sends_does_not_use_up_what_a_network_may_send(
    instance: SealedInstance, client: FlaskClient, clock: SettableClock
) -> None:
    for _ in range(45):
        client.post("/api/v1/reports", data=instance.report().body, headers=JSON | {"Sec-Fetch-Site": "cross-site"})
    assert client.post("/api/v1/reports", data=instance.report().body, headers=JSON).status_code == 201
