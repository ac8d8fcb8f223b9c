"""Setting the instance up: the first coordinator comes with all that was signed, or nothing comes at all."""

import os
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.conftest import SettableClock
from tests.setup.first_browser import Body, FirstBrowser
from tests.setup.test_link import make, secret_in
from youthsafe.accounts.second_factor import code_at, step
from youthsafe.audit import services as audit_services
from youthsafe.config import Config
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.extensions import Base, db
from youthsafe.setup.models import SetUpLink

ADDRESS = "/api/v1/staff/set-up"


@pytest.fixture
def browser(clock: SettableClock) -> FirstBrowser:
    return FirstBrowser(clock())


def rows(app: Flask) -> dict[str, int]:
    """How many rows there are in every table that has any."""
    with app.app_context():
        counts = {
            table.name: db.session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }
    return {name: count for name, count in counts.items() if count}


def test_the_first_coordinator_signs_in_with_the_keys_that_were_made(
    app: Flask, client: FlaskClient, clock: SettableClock, browser: FirstBrowser
) -> None:
    body = browser.body(secret_in(make(app)))
    assert client.post(ADDRESS, json=body).status_code == 204
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SetUpLink)) == 0
        assert audit_services.verify() is None
    sign_in = {"name": "ada", "proof": body["proof"], "code": browser.code}
    assert client.post("/api/v1/staff/sign-in", json=sign_in).status_code == 401, "the code was used to set up"
    clock.move(seconds=31)
    sign_in["code"] = code_at(browser.second_factor, step(clock()))
    assert client.post("/api/v1/staff/sign-in", json=sign_in).json["member"]["role"] == 2
    ring = client.get("/api/v1/staff/key-ring").json
    assert ring["wraps"] == [body["wrap"]]
    assert len(ring["grants"]) == 1
    left = {each["name"] for each in client.get("/api/v1/staff/getting-started").json["steps"] if not each["done"]}
    assert {"controller", "smaller-team", "hours", "people"} <= left
    assert client.get("/api/v1/bundle").status_code == 404


NO_NAMES = (
    "Ada\u200b Officer", "Ada\u00ad", "\u202eAda", "Ada\n", "\n", "Ada\0", "   ", "Ada\ufe0f", "A\u034fda", "\u3164",
    "Ada\u2800", "Ada\u00a0Officer", "\u0301", "\ufdfa" * 26,
)  # fmt: skip


@pytest.mark.parametrize("name", NO_NAMES, ids=ascii)
def test_nobody_founds_an_instance_by_a_name_that_cannot_sign_in(
    app: Flask, client: FlaskClient, clock: SettableClock, name: str
) -> None:
    link = secret_in(make(app))
    before = rows(app)
    refused = client.post(ADDRESS, json=FirstBrowser(clock(), name=name).body(link))
    assert refused.status_code == 400
    assert set(refused.json["fields"]) == {"name"}
    assert rows(app) == before


@pytest.mark.parametrize("name", ["عل\u06cc\u200cرضا", "க்\u200dஷ", "O’Brien-Smith (2)"], ids=ascii)
def test_a_name_of_any_script_founds_and_is_found_at_the_sign_in_without_its_joiners(
    app: Flask, client: FlaskClient, clock: SettableClock, name: str
) -> None:
    browser = FirstBrowser(clock(), name=name)
    assert client.post(ADDRESS, json=browser.body(secret_in(make(app)))).status_code == 204
    for typed in (name, name.replace("\u200c", "").replace("\u200d", "")):
        found = client.post("/api/v1/staff/sign-in/start", json={"name": typed}).json
        assert found["member"] == b64(browser.member_id)


def test_a_link_sets_up_once(app: Flask, client: FlaskClient, browser: FirstBrowser) -> None:
    link = secret_in(make(app))
    assert client.post(ADDRESS, json=browser.body(link)).status_code == 204
    again = FirstBrowser(browser.now, name="Eve")
    assert client.post(ADDRESS, json=again.body(link)).status_code == 404
    assert make(app).exit_code == 1


def test_without_a_link_nothing_is_set_up(app: Flask, client: FlaskClient, browser: FirstBrowser) -> None:
    assert client.post(ADDRESS, json=browser.body(b64(os.urandom(32)))).status_code == 404
    assert "instance" not in rows(app)


def test_a_wrong_code_saves_nothing_and_the_link_stays_good(
    app: Flask, client: FlaskClient, browser: FirstBrowser
) -> None:
    body = browser.body(secret_in(make(app)))
    before = rows(app)
    wrong = f"{(int(body['code']) + 1) % 1_000_000:06}"
    assert client.post(ADDRESS, json=body | {"code": wrong}).status_code == 409
    assert rows(app) == before
    assert client.post(ADDRESS, json=body).status_code == 204


Change = Callable[[FirstBrowser, Body], Body]


def _flipped(name: str) -> Change:
    def flip(_: FirstBrowser, body: Body) -> Body:
        raw = bytearray(unb64(body[name]))
        raw[len(raw) // 2] ^= 1
        return body | {name: b64(bytes(raw))}

    return flip


CHANGES: dict[str, Change] = {
    "another signature": _flipped("signature"),
    "a change with one bit turned": _flipped("change"),
    "a second member": lambda browser, body: browser.body(body["secret"], browser.with_another_member()),
    "a change that another root signed": lambda browser, body: (
        body | {"signature": b64(replace(browser, root=FirstBrowser(browser.now).root).change().signature)}
    ),
    "a wrap of another member": lambda browser, body: (
        body | {"wrap": replace(browser, member_id=os.urandom(16)).body(body["secret"])["wrap"]}
    ),
    "another kit": lambda browser, body: (
        body | {"kit_wrap": replace(browser, kit=os.urandom(32)).body(body["secret"])["kit_wrap"]}
    ),
    "a demonstration's keys": lambda browser, body: replace(browser, demo=True).body(body["secret"]),
    "half a change": lambda _, body: body | {"change": body["change"][: len(body["change"]) // 8 * 4]},
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_does_not_fit_together_is_refused_whole(
    app: Flask, client: FlaskClient, browser: FirstBrowser, name: str
) -> None:
    link = secret_in(make(app))
    before = rows(app)
    refused = client.post(ADDRESS, json=CHANGES[name](browser, browser.body(link)))
    assert refused.status_code == 400, refused.json
    assert rows(app) == before
    assert client.post(ADDRESS, json=browser.body(link)).status_code == 204, "and the link is still good"


def test_a_demonstration_is_set_up_by_keys_that_say_so(
    config: Config, make_app: Callable[[Config], Flask], clock: SettableClock
) -> None:
    app = make_app(replace(config, demo=True))
    client, link = app.test_client(), secret_in(make(app))
    assert client.post(f"{ADDRESS}/link", json={"secret": link}).json == {"demo": True}
    assert client.post(ADDRESS, json=FirstBrowser(clock()).body(link)).status_code == 400
    assert client.post(ADDRESS, json=FirstBrowser(clock(), demo=True).body(link)).status_code == 204
