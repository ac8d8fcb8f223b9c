"""Floods: closing by hour and step, undoing it, and asking everybody for more work."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from tests.accounts.office import Office, furnish
from tests.conftest import SettableClock
from tests.triage.crowd import crowd, statements
from tests.triage.sealed import Sealed
from youthsafe.accounts.authentication import COOKIE
from youthsafe.accounts.services import SignedIn
from youthsafe.audit import services as audit_services
from youthsafe.audit.models import AuditEntry
from youthsafe.config import Config
from youthsafe.crypto.encoding import b64
from youthsafe.crypto.roster import Role
from youthsafe.database import migrating, transaction
from youthsafe.database.bulkhead import Bulkhead
from youthsafe.demo.ceremony import Ceremony
from youthsafe.errors import ConflictError, UnavailableError
from youthsafe.extensions import db
from youthsafe.mailbox.models import Report
from youthsafe.triage.floods import rates, services

CASEWORKER, COORDINATOR = "demo-caseworker", "demo-coordinator"
JUNK = "/api/v1/staff/junk"
HOUR = "2026-11-23T09:00Z"


@pytest.fixture(autouse=True)
def few_are_a_flood(monkeypatch: pytest.MonkeyPatch) -> None:
    """One report of an hour is a flood here, where nothing else is said."""
    monkeypatch.setattr(rates, "OF_AN_HOUR", 1)
    monkeypatch.setattr(rates, "NO_FEW", 1)


@pytest.fixture
def caseworker(office: Office) -> FlaskClient:
    return office.signed_in(CASEWORKER)


@pytest.fixture
def coordinator(office: Office) -> FlaskClient:
    return office.signed_in(COORDINATOR)


def arrive(office: Office, count: int, step: int = 0, *, urgent: bool = False) -> list[Sealed]:
    """Have reports come in that cost a step of work."""
    reports = [Sealed(office, urgent=urgent).send() for _ in range(count)]
    with office.app.app_context(), transaction():
        db.session.execute(update(Report).where(Report.id.in_([each.id for each in reports])).values(difficulty=step))
    return reports


def group(step: int, count: int, *, urgent: bool = False, opened: bool = False, hour: str = HOUR) -> dict[str, object]:
    return {"hour": hour, "step": step, "urgent": urgent, "opened": opened, "count": count}


def groups(client: FlaskClient) -> list[dict[str, object]]:
    found: list[dict[str, object]] = client.get(JUNK).json["groups"]
    return found


def listed(client: FlaskClient, query: str = "state=open") -> set[str]:
    return {each["id"] for each in client.get(f"/api/v1/staff/reports?{query}").json["reports"]}


def ids(reports: list[Sealed]) -> set[str]:
    return {b64(each.id) for each in reports}


def actions(app: Flask) -> list[str]:
    with app.app_context():
        assert audit_services.verify() is None
        return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.sequence)))


def close(client: FlaskClient, wanted: dict[str, object]) -> TestResponse:
    return client.post(JUNK, json=wanted)


def test_what_nobody_opened_is_counted_by_hour_step_and_urgency(office: Office, caseworker: FlaskClient) -> None:
    arrive(office, 2)
    arrive(office, 3, 2)
    arrive(office, 1, 2, urgent=True)
    office.clock.move(minutes=7)
    arrive(office, 1, 2, urgent=True)
    office.clock.move(minutes=30)
    arrive(office, 1, 1)
    assert groups(caseworker) == [
        group(1, 1, hour="2026-11-23T10:00Z"),
        group(0, 2),
        group(2, 3),
        group(2, 2, urgent=True),
    ]


def test_a_list_can_be_narrowed_to_an_hour_and_a_step(office: Office, caseworker: FlaskClient) -> None:
    free, worked = arrive(office, 1), arrive(office, 2, 2)
    office.clock.move(minutes=40)
    later = arrive(office, 1, 2)
    assert listed(caseworker, f"state=open&hour={HOUR}") == ids(free + worked)
    assert listed(caseworker, f"state=open&hour={HOUR}&step=2") == ids(worked)
    assert listed(caseworker, "state=open&step=2") == ids(worked + later)
    for query in ("hour=yesterday", "hour=2026-11-23T09:30Z", "hour=9999-12-31T23:00Z", "step=-1", "step=many"):
        assert caseworker.get(f"/api/v1/staff/reports?{query}").status_code == 400, query


def test_a_coordinator_closes_one_group_and_nothing_else(office: Office, coordinator: FlaskClient) -> None:
    kept = arrive(office, 2) + arrive(office, 1, 3) + arrive(office, 1, 2, urgent=True)
    junk = arrive(office, 4, 2)
    assert close(coordinator, group(2, 4)).status_code == 200
    assert listed(coordinator) == ids(kept)
    assert listed(coordinator, "state=closed") == ids(junk)
    assert actions(office.app)[-1] == "reports.junked"
    shown = coordinator.get(JUNK).json["closed"]
    assert [(each["count"], each["step"], each["hour"]) for each in shown] == [(4, 2, HOUR)]


def test_undoing_puts_all_of_it_back_as_it_was(office: Office, coordinator: FlaskClient) -> None:
    junk = arrive(office, 3, 1)
    flood_id = close(coordinator, group(1, 3)).json["id"]
    assert coordinator.post(f"{JUNK}/{flood_id}/undo", json={}).json == {"count": 3}
    assert listed(coordinator) == ids(junk)
    assert groups(coordinator) == [group(1, 3)]
    assert coordinator.get(JUNK).json["closed"] == []
    assert actions(office.app)[-2:] == ["reports.junked", "reports.restored"]
    assert coordinator.post(f"{JUNK}/{flood_id}/undo", json={}).status_code == 404
    assert coordinator.post(f"{JUNK}/nonsense/undo", json={}).status_code == 404


def test_undoing_leaves_what_its_reporter_took_back(office: Office, coordinator: FlaskClient) -> None:
    gone, kept = arrive(office, 2, 1)
    flood_id = close(coordinator, group(1, 2)).json["id"]
    body = f'{{"id":"{b64(gone.mailbox_id)}","token":"{b64(gone.token)}","before":0}}'
    assert (
        office.app.test_client()
        .post("/api/v1/mailbox/withdraw", content_type="application/json", data=body)
        .status_code
        == 200
    )
    assert coordinator.post(f"{JUNK}/{flood_id}/undo", json={}).json == {"count": 1}
    assert listed(coordinator) == ids([kept])


def test_nobody_closes_what_they_did_not_see_counted(office: Office, coordinator: FlaskClient) -> None:
    arrive(office, 2, 1)
    assert close(coordinator, group(1, 1)).status_code == 409
    assert len(listed(coordinator)) == 2
    assert "reports.junked" not in actions(office.app)


def test_what_somebody_opened_or_claimed_or_wrote_more_about_is_not_closed(
    office: Office, coordinator: FlaskClient
) -> None:
    opened, claimed, talkative, silent = arrive(office, 4, 1)
    coordinator.post(f"{opened.address}/opened", json={})
    coordinator.post(f"{claimed.address}/claim", json={})
    talkative.write_back(_digest(talkative))
    assert groups(coordinator) == [group(1, 1)]
    assert close(coordinator, group(1, 1)).status_code == 200
    assert listed(coordinator) == ids([opened, claimed, talkative])
    assert listed(coordinator, "state=closed") == ids([silent])


def test_on_an_ordinary_day_there_is_nothing_to_close_and_the_busiest_hour_is_told(
    office: Office, coordinator: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    arrive(office, 6)
    office.clock.move(minutes=40)
    arrive(office, 2, urgent=True)
    found = coordinator.get(JUNK).json
    assert (found["groups"], found["busiest"]) == ([], {"hour": HOUR, "count": 6})
    assert found["flood"] == {"hour": 40, "day": 120, "few": 10, "reading": 12}
    answer = close(coordinator, group(0, 6))
    assert (answer.status_code, "no flood" in answer.text) == (409, True)
    assert len(listed(coordinator)) == 8


def test_a_flood_is_many_of_one_hour_or_of_one_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()
    morning = datetime(2026, 11, 23, 8, tzinfo=UTC)
    hours = [morning + timedelta(hours=each) for each in range(6)]
    assert rates.unusual({}) == set()
    assert rates.unusual({hours[0]: 39, hours[1]: 40, hours[2]: 3}) == {hours[1]}
    assert rates.unusual(dict.fromkeys(hours[:3], 39)) == set()
    assert rates.unusual(dict.fromkeys(hours, 20)) == set(hours)
    assert rates.unusual(dict.fromkeys(hours[:3], 20) | {hours[3]: 60, hours[4]: 9, hours[5]: 1}) == set(hours[:4])
    assert rates.unusual(dict.fromkeys([*hours[:4], morning + timedelta(days=1)], 25)) == set()


def test_the_honest_reports_of_a_flooded_day_are_no_flood(
    office: Office, coordinator: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    crowd(office, 129)
    arrive(office, 2, 3)
    office.clock.move(minutes=40)
    honest = arrive(office, 1)
    assert groups(coordinator) == [group(0, 130)]
    for few in (group(0, 1, hour="2026-11-23T10:00Z"), group(3, 2)):
        answer = close(coordinator, few)
        assert (answer.status_code, "only a few" in answer.text) == (409, True)
    assert close(coordinator, group(0, 130)).status_code == 200
    assert groups(coordinator) == []
    assert ids(honest) < listed(coordinator)


def test_what_somebody_opened_again_lately_is_not_closed(office: Office, coordinator: FlaskClient) -> None:
    read, other = arrive(office, 2, 1)
    for each in (read, other):
        coordinator.post(f"{each.address}/opened", json={})
    coordinator = later(office)
    assert groups(coordinator) == [group(1, 2, opened=True)]
    office.signed_in(CASEWORKER).post(f"{read.address}/opened", json={})
    assert close(coordinator, group(1, 2, opened=True)).status_code == 409
    assert close(coordinator, group(1, 1, opened=True)).status_code == 200
    assert listed(coordinator) == ids([read])


def test_what_is_on_hold_is_left_out_of_closing_and_the_answer_says_how_many(
    office: Office, coordinator: FlaskClient
) -> None:
    """A court or an inquiry waits for it: it does not leave the open reports with somebody's junk."""
    held, *flood = arrive(office, 4, 1)
    for each in (held, *flood):
        coordinator.post(f"{each.address}/opened", json={})
    assert coordinator.post(f"{held.address}/hold", json={}).status_code == 200
    coordinator = later(office)
    assert groups(coordinator) == [group(1, 3, opened=True)]
    answer = close(coordinator, group(1, 3, opened=True))
    assert (answer.status_code, answer.json["held"]) == (200, 1)
    assert listed(coordinator) == ids([held])


def test_a_hold_that_comes_while_a_flood_is_closed_keeps_the_report_open(
    office: Office, coordinator: FlaskClient
) -> None:
    first, second = arrive(office, 2, 1)
    for each in (first, second):
        coordinator.post(f"{each.address}/opened", json={})
    coordinator = later(office)
    with office.app.app_context():
        member = SignedIn(
            office.person(COORDINATOR).id, COORDINATOR, Role.COORDINATOR, frozenset({office.made.team.id})
        )
        wanted = services.Group(datetime(2026, 11, 23, 9, tzinfo=UTC), 1, urgent=False, opened=True, count=2)
        planned = services.plan(member, wanted, office.clock())
        assert coordinator.post(f"{first.address}/hold", json={}).status_code == 200
        with pytest.raises(ConflictError, match="Look again"), transaction():
            services.close(member, wanted, planned, office.clock())
    assert listed(coordinator) == ids([first, second])


def test_a_flood_of_two_kinds_is_closed_one_after_the_other(
    office: Office, coordinator: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "OF_AN_HOUR", 6)
    arrive(office, 4)
    arrive(office, 2, 1)
    assert close(coordinator, group(0, 4)).status_code == 200
    assert groups(coordinator) == [group(1, 2)]
    assert close(coordinator, group(1, 2)).status_code == 200


def test_reports_in_danger_are_closed_together_only_once_each_was_opened(
    office: Office, coordinator: FlaskClient
) -> None:
    first, second, third = arrive(office, 3, 1, urgent=True)
    answer = close(coordinator, group(1, 3, urgent=True))
    assert (answer.status_code, "in danger" in answer.text) == (409, True)
    for each in (first, second):
        coordinator.post(f"{each.address}/opened", json={})
    assert groups(coordinator) == [group(1, 1, urgent=True)]
    assert close(coordinator, group(1, 2, urgent=True, opened=True)).status_code == 409, "somebody may be reading them"
    coordinator = later(office)
    assert groups(coordinator) == [group(1, 1, urgent=True), group(1, 2, urgent=True, opened=True)]
    flood_id = close(coordinator, group(1, 2, urgent=True, opened=True)).json["id"]
    assert listed(coordinator) == ids([third])
    assert actions(office.app)[-1] == "reports.junked"
    assert coordinator.post(f"{JUNK}/{flood_id}/undo", json={}).json == {"count": 2}
    states = {each["id"]: each["state"] for each in coordinator.get("/api/v1/staff/reports").json["reports"]}
    assert states == {b64(first.id): "open", b64(second.id): "open", b64(third.id): "new"}


def test_what_was_opened_and_cannot_be_read_is_closed_with_the_rest_of_its_flood_and_alone(
    office: Office, coordinator: FlaskClient
) -> None:
    alone, *flood = arrive(office, 4, 2)
    for each in (alone, *flood):
        coordinator.post(f"{each.address}/opened", json={})
    coordinator.post(f"{alone.address}/claim", json={})
    assert coordinator.post(f"{alone.address}/close", json={"follow_ups": 0}).status_code == 200
    coordinator = later(office)
    assert close(coordinator, group(2, 3, opened=True)).status_code == 200
    assert listed(coordinator) == set()


def test_a_report_closed_as_junk_comes_back_when_its_reporter_writes_again(
    office: Office, coordinator: FlaskClient
) -> None:
    (report,) = arrive(office, 1, 1)
    close(coordinator, group(1, 1))
    report.write_back(_digest(report))
    assert listed(coordinator) == ids([report])


def test_one_that_was_opened_again_by_hand_is_left_alone_by_undoing(office: Office, coordinator: FlaskClient) -> None:
    first, second = arrive(office, 2, 1)
    flood_id = close(coordinator, group(1, 2)).json["id"]
    coordinator.post(f"{first.address}/reopen", json={})
    assert coordinator.post(f"{JUNK}/{flood_id}/undo", json={}).json == {"count": 1}
    states = {each["id"]: each["state"] for each in coordinator.get("/api/v1/staff/reports").json["reports"]}
    assert states == {b64(first.id): "open", b64(second.id): "new"}


def test_a_coordinator_asks_everybody_for_work_for_a_time_and_it_ends_by_itself(
    office: Office, coordinator: FlaskClient
) -> None:
    assert coordinator.post(f"{JUNK}/work", json={"step": 3, "hours": 2}).status_code == 204
    assert coordinator.get(JUNK).json["work"] == {"step": 3, "until": "2026-11-23T11:30Z"}
    assert coordinator.post(f"{JUNK}/work", json={"step": 1, "hours": 1}).status_code == 204
    assert coordinator.get(JUNK).json["work"] == {"step": 1, "until": "2026-11-23T10:30Z"}
    office.clock.move(minutes=60)
    assert coordinator.get(JUNK).status_code == 401, "signed out meanwhile"
    again = office.signed_in(COORDINATOR)
    assert again.get(JUNK).json["work"] is None
    assert again.post(f"{JUNK}/work", json={"step": 4, "hours": 24}).status_code == 204
    assert again.post(f"{JUNK}/work/end", json={}).status_code == 204
    assert again.get(JUNK).json["work"] is None
    assert [each for each in actions(office.app) if each.startswith("work")] == ["work.raised"] * 3 + ["work.lowered"]


@pytest.mark.parametrize("body", [{"step": 9, "hours": 1}, {"step": 0, "hours": 1}, {"step": 1, "hours": 25}, {}])
def test_more_work_than_there_is_cannot_be_asked_for(coordinator: FlaskClient, body: dict[str, int]) -> None:
    assert coordinator.post(f"{JUNK}/work", json=body).status_code == 400


def test_a_caseworker_sees_floods_and_only_a_coordinator_acts(office: Office, caseworker: FlaskClient) -> None:
    arrive(office, 1, 1)
    assert groups(caseworker) == [group(1, 1)]
    requests = {"": group(1, 1), "/work": {"step": 1, "hours": 1}, "/work/end": {}, f"/{'A' * 22}/undo": {}}
    for address, body in requests.items():
        assert caseworker.post(JUNK + address, json=body).status_code == 404, address
    assert groups(caseworker) == [group(1, 1)]


@pytest.mark.parametrize(
    "change",
    [
        {"hour": "2026-11-23T09:30Z"},
        {"hour": 5},
        {"step": "1"},
        {"urgent": "yes"},
        {"opened": "no"},
        {"count": 0},
        {"more": 1},
    ],
)
def test_a_group_of_another_shape_is_refused_by_field(coordinator: FlaskClient, change: dict[str, object]) -> None:
    answer = close(coordinator, group(1, 1) | change)
    assert answer.status_code == 400
    assert set(answer.json["fields"]) == set(change)


def test_another_teams_reports_are_out_of_reach(office: Office, coordinator: FlaskClient) -> None:
    arrive(office, 2, 1)
    stranger = SignedIn(bytes(16), "elsewhere", Role.COORDINATOR, frozenset({bytes(16)}))
    with office.app.app_context():
        assert services.floods(stranger, office.clock()).groups == []
        wanted = services.Group(datetime(2026, 11, 23, 9, tzinfo=UTC), 1, urgent=False, opened=False, count=2)
        with pytest.raises(ConflictError, match="no flood"):
            services.plan(stranger, wanted, office.clock())
    assert len(groups(coordinator)) == 1


MANY = 3 * services.AT_ONCE + 7


def watch_commits(office: Office, monkeypatch: pytest.MonkeyPatch, between: Callable[[int], None]) -> list[int]:
    """Have something done whenever a transaction of the door has ended; gives the list of their numbers."""
    ended: list[int] = []

    @contextmanager
    def watched() -> Iterator[None]:
        with transaction():
            yield
        ended.append(len(ended) + 1)
        between(ended[-1])

    monkeypatch.setattr("youthsafe.triage.floods.api.transaction", watched)
    return ended


def test_a_large_flood_is_closed_and_put_back_a_few_at_a_time_while_others_send(
    office: Office, coordinator: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(office, MANY - 1)
    came: list[Sealed] = []
    ended = watch_commits(office, monkeypatch, lambda _: came.append(_sent_elsewhere(office)))
    answer = close(coordinator, group(0, MANY))
    assert answer.status_code == 200
    assert len(ended) == 4
    assert [each["count"] for each in coordinator.get(JUNK).json["closed"]] == [MANY]
    assert listed(coordinator) == ids(came), "what came meanwhile was not counted, and stays"
    assert actions(office.app).count("reports.junked") == 1
    assert coordinator.post(f"{JUNK}/{answer.json['id']}/undo", json={}).json == {"count": MANY}
    assert (len(ended), len(came)) == (8, 8)
    assert groups(coordinator) == [group(0, MANY + 8)]
    assert actions(office.app).count("reports.restored") == 1


def test_a_long_closing_counts_as_getting_on(
    office: Office, coordinator: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(office, MANY - 1)
    begun: list[object] = []
    monkeypatch.setattr(Bulkhead, "begin_anew", lambda _, who: begun.append(who))
    assert close(coordinator, group(0, MANY)).status_code == 200
    assert len(begun) == 3


def test_each_few_are_found_by_their_numbers(office: Office, coordinator: FlaskClient) -> None:
    junk = arrive(office, 2, 1)
    with statements(office.app) as asked:
        flood_id = close(coordinator, group(1, len(junk))).json["id"]
        assert coordinator.post(f"{JUNK}/{flood_id}/undo", json={}).status_code == 200
    changed = [each for each in asked if each[0].startswith("UPDATE report")]
    assert len(changed) == 2
    with office.app.app_context(), db.engine.connect() as connection:
        for statement, values in changed:
            [plan] = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            assert plan[-1] == "SEARCH report USING INDEX sqlite_autoindex_report_1 (id=?)"  # of the unique id


def test_a_closing_that_was_cut_short_can_be_put_back_and_the_rest_be_closed(
    office: Office, coordinator: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(office, MANY - 1)

    def break_down(number: int) -> None:
        if number == 2:
            raise UnavailableError("The database went away.")

    watch_commits(office, monkeypatch, break_down)
    assert close(coordinator, group(0, MANY)).status_code == 503
    monkeypatch.setattr("youthsafe.triage.floods.api.transaction", transaction)
    [closed] = coordinator.get(JUNK).json["closed"]
    left = MANY - 2 * services.AT_ONCE
    assert (closed["count"], groups(coordinator)) == (2 * services.AT_ONCE, [group(0, left)])
    assert close(coordinator, group(0, left)).status_code == 200
    assert coordinator.post(f"{JUNK}/{closed['id']}/undo", json={}).json == {"count": 2 * services.AT_ONCE}
    assert groups(coordinator) == [group(0, 2 * services.AT_ONCE)]


def test_a_closing_that_is_undone_while_it_runs_goes_no_further(
    office: Office, coordinator: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(office, MANY - 1)
    other = office.app.test_client()
    cookie = coordinator.get_cookie(COOKIE, path="/api/v1/staff")
    other.set_cookie(COOKIE, cookie.value, path="/api/v1/staff")
    undone: list[TestResponse] = []

    def put_back() -> None:
        [closed] = other.get(JUNK).json["closed"]
        undone.append(other.post(f"{JUNK}/{closed['id']}/undo", json={}))

    def undo(number: int) -> None:
        if number == 1:
            _elsewhere(put_back)

    watch_commits(office, monkeypatch, undo)
    assert close(coordinator, group(0, MANY)).status_code == 200
    assert [each.json for each in undone] == [{"count": services.AT_ONCE}]
    assert coordinator.get(JUNK).json["closed"] == []
    assert groups(coordinator) == [group(0, MANY)]


def _sent_elsewhere(office: Office) -> Sealed:
    sent = Sealed(office)
    _elsewhere(sent.send)
    return sent


def _elsewhere(act: Callable[[], object]) -> None:
    """Do something as another thread of the server would, in the middle of a request."""
    acting = Thread(target=act)
    acting.start()
    acting.join()


@pytest.fixture
def on_postgres(
    postgres_url: str, config: Config, make_app: Callable[[Config], Flask], clock: SettableClock, made: Ceremony
) -> Office:
    migrating.upgrade(postgres_url)
    return furnish(make_app(replace(config, database_url=postgres_url)), clock, made)


def test_the_same_holds_on_postgresql(on_postgres: Office) -> None:
    office = on_postgres
    guesser, coordinator = office.app.test_client(), office.signed_in(COORDINATOR)
    assert [office.ask(guesser, CASEWORKER, proof=b64(bytes(32))).status_code for _ in range(6)] == [401] * 5 + [429]
    arrive(office, 2, 1)
    arrive(office, 1, 1, urgent=True)
    assert groups(coordinator) == [group(1, 2), group(1, 1, urgent=True)]
    flood_id = close(coordinator, group(1, 2)).json["id"]
    assert [each["count"] for each in coordinator.get(JUNK).json["closed"]] == [2]
    assert coordinator.post(f"{JUNK}/{flood_id}/undo", json={}).json == {"count": 2}
    assert coordinator.post(f"{JUNK}/work", json={"step": 2, "hours": 1}).status_code == 204
    assert coordinator.get(JUNK).json["work"] == {"step": 2, "until": "2026-11-23T10:30Z"}


def later(office: Office) -> FlaskClient:
    """The coordinator, once nobody can still be reading what was opened."""
    office.clock.move(minutes=60 * 12 + 1)
    return office.signed_in(COORDINATOR)


def _digest(report: Sealed) -> bytes:
    return hashlib.sha256(report.envelope).digest()
