"""The desk's lists hold out against a flood: a page at a time, by whose turn it is, and no envelope read."""

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from time import perf_counter

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from tests.accounts.office import Office, furnish
from tests.conftest import SettableClock
from tests.long_runs import LongRun
from tests.triage.crowd import crowd, statements
from tests.triage.sealed import Sealed
from youthsafe.accounts.authentication import COOKIE
from youthsafe.config import Config
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.database import migrating, transaction
from youthsafe.demo.ceremony import Ceremony
from youthsafe.extensions import db

LISTS = "/api/v1/staff/reports"
JUNK = "/api/v1/staff/junk"
ID = bytes(16)


@pytest.fixture(params=["sqlite", "postgres"])
def office(
    request: pytest.FixtureRequest,
    config: Config,
    make_app: Callable[[Config], Flask],
    clock: SettableClock,
    made: Ceremony,
) -> Office:
    """An office on each kind of database."""
    if request.param == "postgres":
        config = replace(config, database_url=request.getfixturevalue("postgres_url"))
        migrating.upgrade(config.database_url)
    return furnish(make_app(config), clock, made)


@pytest.fixture
def member(office: Office) -> FlaskClient:
    return office.signed_in("demo-caseworker")


def lines(client: FlaskClient, query: str = "state=open") -> list[dict[str, object]]:
    """Every line of a list, page by page."""
    found: list[dict[str, object]] = []
    after = ""
    while True:
        page = client.get(f"{LISTS}?{query}{after}").json
        assert len(page["reports"]) <= 200
        found += page["reports"]
        if page["next"] is None:
            return found
        after = f"&after={page['next']}"


def test_no_list_reads_an_envelope_or_decrypts_a_column(office: Office, member: FlaskClient) -> None:
    crowd(office, 45, urgent=True)
    crowd(office, 3, state="closed", closed_at=office.clock(), unanswered=False, flood_id=ID)
    for address in (*(f"{LISTS}?state={each}" for each in ("open", "mine", "closed")), JUNK):
        with statements(office.app) as asked:
            assert member.get(address).status_code == 200
        of_reports = [statement for statement, _ in asked if "FROM report" in statement]
        assert of_reports, address
        sealed = [each for each in of_reports if re.search(r"\b(envelope|mailbox_key|note|digest)\b", each)]
        assert sealed == [], address
        if address != JUNK:
            assert all("LIMIT" in each or "count(*)" in each for each in of_reports), address


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
@pytest.mark.parametrize("column", ["received_at", "opened_at", "closed_at", "withdrawn_at", "alerted_at"])
@pytest.mark.parametrize("value", ["garbage", ""])
def test_a_damaged_date_is_one_line_and_no_other_is_missing(
    office: Office, member: FlaskClient, column: str, value: str
) -> None:
    damaged, whole, closed = (Sealed(office, urgent=True).send() for _ in range(3))
    for each in (damaged, closed):
        assert member.post(f"{each.address}/opened", json={}).status_code == 200
    assert member.post(f"{closed.address}/claim", json={}).status_code == 200
    assert member.post(f"{closed.address}/close", json={"follow_ups": 0}).status_code == 200
    with office.app.app_context(), transaction():
        db.session.execute(
            text(f"UPDATE report SET {column} = :value WHERE id = :id"), {"value": value, "id": damaged.id}
        )
    assert {each["id"]: each["damaged"] for each in lines(member)} == {b64(damaged.id): True, b64(whole.id): False}
    assert b64(closed.id) in {each["id"] for each in lines(member, "state=closed")}
    assert member.get(JUNK).status_code == 200


def test_a_long_list_comes_in_pages_with_every_report_once(office: Office, member: FlaskClient) -> None:
    hours = [office.clock() - timedelta(hours=back) for back in range(3)]
    for hour in hours:
        crowd(office, 110, received_at=hour)
        crowd(office, 20, received_at=hour, urgent=True)
        crowd(office, 30, state="closed", closed_at=hour, unanswered=False)
    opened, closed = lines(member), lines(member, "state=closed")
    assert (len(opened), len(closed)) == (3 * 133, 90)
    assert len({each["id"] for each in opened + closed}) == 489
    in_order = sorted(opened, key=lambda each: (not each["urgent"], each["received"], _bytes(each["id"])))
    assert opened == in_order, "in danger first, then the oldest"
    assert closed == sorted(closed, key=lambda each: (each["closed"], _bytes(each["id"])), reverse=True), "newest first"
    assert len({each["closed"] for each in closed}) == 3


def _bytes(report_id: object) -> bytes:
    return unb64(str(report_id))


def test_what_waits_for_the_team_stands_above_what_is_answered(office: Office, member: FlaskClient) -> None:
    answered = Sealed(office, urgent=True).send()
    for what in ("opened", "claim"):
        member.post(f"{answered.address}/{what}", json={})
    office.clock.move(hours=1)
    calm, urgent = Sealed(office).send(), Sealed(office, urgent=True).send()
    member = office.signed_in("demo-caseworker")
    body = {"after": b64(bytes(32)), "envelope": b64(answered.answer()), "follow_ups": 0}
    assert member.post(f"{answered.address}/messages", json=body).status_code == 201
    assert [each["id"] for each in lines(member)] == [b64(each.id) for each in (urgent, calm, answered)]
    answered.write_back(hashlib.sha256(answered.envelope).digest())
    assert [each["id"] for each in lines(member)] == [b64(each.id) for each in (answered, urgent, calm)]
    assert [each["id"] for each in lines(member, "state=mine")] == [b64(answered.id)]


def test_a_browser_that_has_the_list_already_is_told_no_more_than_that(office: Office, member: FlaskClient) -> None:
    Sealed(office).send()
    first = member.get(LISTS)
    again = member.get(LISTS, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "no-store"
    Sealed(office).send()
    changed = member.get(LISTS, headers={"If-None-Match": first.headers["ETag"]})
    assert (changed.status_code, len(changed.json["reports"])) == (200, 2)


@pytest.mark.parametrize(
    "after", ["", "0", "4.1.AAAAAAAAAAAAAAAAAAAAAA", "0.-1.AAAAAAAAAAAAAAAAAAAAAA", "0.1.AAAAAAAAAAAA"]
)
def test_a_place_that_no_page_named_is_refused(member: FlaskClient, after: str) -> None:
    assert member.get(LISTS, query_string={"after": after}).status_code == 400


def test_each_list_is_read_from_its_index_in_its_order(office: Office, member: FlaskClient) -> None:
    crowd(office, 500)  # of an empty table every index costs the same
    crowd(office, 500, claimed_by=bytes(16), state="open")
    if office.app.config["YOUTHSAFE"].database_url.startswith("postgresql"):
        with office.app.app_context(), db.engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE report")
    place = f"0.{int(office.clock().timestamp())}.{b64(ID)}"
    for query, index in (
        ("state=open", "report_waiting"),
        (f"state=open&after={place}", "report_waiting"),
        ("state=open&hour=2026-11-23T09:00Z&step=0", "report_waiting"),
        ("state=mine", "report_claimed"),
        ("state=closed", "report_closed"),
        (f"state=closed&after={place}", "report_closed"),
    ):
        with statements(office.app) as asked:
            assert member.get(f"{LISTS}?{query}").status_code == 200
        plans = _plans(office, [each for each in asked if "LIMIT" in each[0] and "FROM report" in each[0]])
        assert plans
        for plan in plans:
            assert index in plan, query
            assert not re.search(r"TEMP B-TREE|Sort", plan), (query, plan)


def _plans(office: Office, asked: list[tuple[str, object]]) -> list[str]:
    """How the database would go about each statement; PostgreSQL as if the table were long."""
    with office.app.app_context(), db.engine.connect() as connection:
        postgres = db.engine.dialect.name == "postgresql"
        for way in ("seqscan", "bitmapscan", "sort", "incremental_sort") if postgres else ():
            connection.exec_driver_sql(f"SET enable_{way} = off")
        how = "EXPLAIN " if postgres else "EXPLAIN QUERY PLAN "
        rows = [connection.exec_driver_sql(how + statement, values).all() for statement, values in asked]
        return ["\n".join(str(row[-1]) for row in each) for each in rows]


def test_five_thousand_open_reports_do_not_slow_the_first_page_down(office: Office, member: FlaskClient) -> None:
    crowd(office, 5000)
    member.get(LISTS)
    taken = []
    for _ in range(5):
        begun = perf_counter()
        found = member.get(LISTS)
        taken.append(perf_counter() - begun)
    assert len(found.json["reports"]) == 200
    assert min(taken) < 0.3


def test_a_danger_report_taken_back_unread_leaves_the_hour_in_which_it_was(office: Office, member: FlaskClient) -> None:
    calm, urgent, opened = Sealed(office).send(), Sealed(office, urgent=True).send(), Sealed(office, urgent=True).send()
    member.post(f"{opened.address}/opened", json={})
    office.clock.move(minutes=40)
    for each in (calm, urgent, opened):
        each.take_back()
    found = member.get(LISTS).json
    team = b64(office.made.team.id)
    assert found["taken_back"] == [{"team": team, "hour": "2026-11-23T10:00Z", "count": 1}]
    assert [each["id"] for each in found["reports"]] == [b64(opened.id)]
    assert member.get(urgent.address).status_code == 404
    assert b64(urgent.id) not in member.get(LISTS).text


def test_members_who_refresh_a_flood_do_not_fill_the_servers_memory(office: Office, long_run: LongRun) -> None:
    count = long_run.times(5000, soak=50_000)
    crowd(office, count)
    crowd(office, count // 5, state="closed", closed_at=office.clock(), unanswered=False)
    members = [office.signed_in(each.name) for each in office.made.people]
    cookies = [client.get_cookie(COOKIE, path="/api/v1/staff").value for client in members]
    with office.app.app_context():
        url = db.engine.url
    address = f"sqlite:///{str(url.database).removeprefix('file:')}" if url.get_backend_name() == "sqlite" else None
    started = [sys.executable, "-m", "tests.triage.refreshing", address or url.render_as_string(hide_password=False)]
    found = subprocess.run([*started, office.clock().isoformat(), *cookies], capture_output=True, text=True, check=True)
    growth = int(found.stdout) // 1024
    long_run.found("memory of a process whose members refresh a flood", open_reports=count, growth_mib=growth)
    assert growth < 50
