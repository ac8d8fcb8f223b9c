"""After a break-in, browsers are told what to throw away, and service workers that are none of ours are ended."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from youthsafe.config import Config, ConfigError
from youthsafe.routing.routes import Need
from youthsafe.web.headers import security_headers

MakeApp = Callable[[Config], Flask]
JSON = {"Content-Type": "application/json"}
ASKED = [("GET", "/sw.js"), ("GET", "/en/"), ("GET", "/api/v1/bundle"), ("POST", "/api/v1/reports")]
AFTER_SENDING = [("GET", "/sw.js"), ("POST", "/api/v1/mailbox"), ("POST", "/api/v1/mailbox/withdraw")]


def _told(client: FlaskClient, method: str, path: str) -> str | None:
    return client.open(path, method=method, headers=JSON, data=b"{}").headers.get("Clear-Site-Data")


@pytest.mark.parametrize(("method", "path"), [*ASKED, *AFTER_SENDING])
def test_nothing_is_thrown_away_unless_somebody_broke_in(client: FlaskClient, method: str, path: str) -> None:
    assert _told(client, method, path) is None


@pytest.mark.parametrize(("method", "path"), [*ASKED, *AFTER_SENDING])
def test_first_the_cache_goes_and_what_waits_stays(config: Config, make_app: MakeApp, method: str, path: str) -> None:
    client = make_app(replace(config, after_break_in="cache")).test_client()
    assert _told(client, method, path) == '"cache"'
    assert _told(client, "GET", "/en/about/") is None


def test_then_storage_goes_but_never_on_the_way_to_sending(config: Config, make_app: MakeApp) -> None:
    client = make_app(replace(config, after_break_in="storage")).test_client()
    for method, path in AFTER_SENDING:
        assert _told(client, method, path) == '"cache", "storage"', path
    for method, path in (("GET", "/api/v1/bundle"), ("POST", "/api/v1/reports"), ("POST", "/api/v1/work")):
        assert _told(client, method, path) == '"cache"', path


def test_another_word_for_it_stops_the_start(config: Config) -> None:
    with pytest.raises(ConfigError, match="YOUTHSAFE_AFTER_BREAK_IN"):
        replace(config, after_break_in="everything")


@pytest.mark.parametrize("path", ["/en/report/x.js", "/en/", "/x.js", "/assets/x.js", "/staff/sw.js"])
def test_a_browser_that_looks_for_a_worker_of_somebody_else_gets_one_that_ends_itself(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path, headers={"Service-Worker": "script"})
    assert (answer.status_code, answer.mimetype) == (200, "text/javascript")
    assert "unregister" in answer.text
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_our_own_worker_is_given_as_it_is(client: FlaskClient) -> None:
    assert client.get("/sw.js", headers={"Service-Worker": "script"}).data == client.get("/sw.js").data


def test_where_the_site_knows_its_address_scripts_come_from_there_only(config: Config, make_app: MakeApp) -> None:
    site = "https://youthsafe.example.org"
    answer = make_app(replace(config, public_url=site)).test_client().get("/en/report/")
    policy = answer.headers["Content-Security-Policy"]
    assert policy == dict(security_headers("/en/report/", frozenset({Need.WASM}), site))["Content-Security-Policy"]
    assert f"script-src {site}/assets/ 'wasm-unsafe-eval'; worker-src {site}/assets/ {site}/sw.js;" in policy
