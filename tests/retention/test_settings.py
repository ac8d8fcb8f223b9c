"""How long reports are kept, set at the desk: shown before it is saved, never at once, and then done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.accounts.office import Office, furnish, made, office
from tests.conftest import SettableClock
from tests.retention.test_purge import act, closed, ids, purge
from tests.triage.sealed import Sealed
from youthsafe.audit.models import AuditEntry
from youthsafe.clock import LONDON, day_in_london
from youthsafe.config import Config
from youthsafe.database import migrating
from youthsafe.demo.ceremony import Ceremony
from youthsafe.extensions import db
from youthsafe.mailbox.standing import AFTER_ALERT
from youthsafe.retention.settings import holds_from

__all__ = ["made", "office"]
COORDINATOR = "demo-coordinator"
RETENTION = "/api/v1/staff/retention"
THE_DAY_AFTER_TOMORROW = "2026-11-25T00:00Z"


@pytest.fixture
def coordinator(office: Office) -> FlaskClient:
    client = office.signed_in(COORDINATOR)
    office.clock.move(seconds=30)
    return client


def again(office: Office) -> FlaskClient:
    """A session of a coordinator, whatever the clock says."""
    office.clock.move(seconds=30)
    return office.signed_in(COORDINATOR)


def read(client: FlaskClient) -> dict[str, Any]:
    answer = client.get(RETENTION).json
    assert answer is not None
    return dict(answer)


def foreseen(client: FlaskClient, closed_days: int = 90, unclaimed: int = 365) -> dict[str, Any]:
    answer = client.post(f"{RETENTION}/foresee", json={"closed": closed_days, "unclaimed": unclaimed}).json
    assert answer is not None
    return dict(answer)


def change(client: FlaskClient, closed_days: int = 90, unclaimed: int = 365, removes: int = 0) -> int:
    body = {"closed": closed_days, "unclaimed": unclaimed, "removes": removes}
    return client.post(RETENTION, json=body).status_code


def test_until_the_desk_says_otherwise_the_environment_does(office: Office, coordinator: FlaskClient) -> None:
    office.app.config["YOUTHSAFE"] = replace(office.app.config["YOUTHSAFE"], keep_closed=7)
    assert read(coordinator) == {
        "foreseen": {"holds_from": "2026-11-23T09:30Z", "removes": 0, "removals": []},
        "days": {"closed": 7, "unclaimed": 365},
        "coming": None,
        "closed": {"least": 30, "most": 2555},
        "unclaimed": {"least": 90, "most": 2555},
    }


def test_a_shorter_time_erases_nothing_before_the_end_of_the_next_day(office: Office) -> None:
    report = closed(office)
    office.clock.move(days=60)
    client = again(office)
    shown = foreseen(client, 30)
    assert (shown["holds_from"], shown["removes"]) == ("2027-01-24T00:00Z", 1)
    assert change(client, 30, removes=1) == 200
    assert read(client)["coming"] == {
        "days": {"closed": 30, "unclaimed": 365},
        "holds_from": "2027-01-24T00:00Z",
    }
    office.clock.moment = datetime(2027, 1, 23, 23, 59, tzinfo=UTC)
    purge(office)
    assert ids(office) == {report.id}
    office.clock.move(minutes=1)
    purge(office)
    assert ids(office) == set()
    assert read(again(office))["days"] == {"closed": 30, "unclaimed": 365}


def test_a_longer_time_holds_at_once(office: Office) -> None:
    report = closed(office)
    office.clock.move(days=89, hours=23)
    assert change(again(office), 365) == 200
    office.clock.move(hours=2)
    purge(office)
    assert ids(office) == {report.id}


def test_a_change_that_is_put_back_before_it_holds_has_never_held(office: Office) -> None:
    report = closed(office)
    office.clock.move(days=60)
    client = again(office)
    change(client, 30, removes=1)
    office.clock.move(hours=20)
    client = again(office)
    assert change(client) == 200
    assert read(client)["coming"] is None
    office.clock.move(days=5)
    purge(office)
    assert ids(office) == {report.id}


def test_a_second_change_does_not_hold_on_the_day_of_the_first(office: Office) -> None:
    report = closed(office)
    office.clock.move(days=60)
    change(again(office), 30, removes=1)
    office.clock.move(hours=24)
    change(again(office), 45, removes=1)
    office.clock.moment = datetime(2027, 1, 24, 12, tzinfo=UTC)
    purge(office)
    assert ids(office) == {report.id}
    office.clock.moment = datetime(2027, 1, 25, 0, tzinfo=UTC)
    purge(office)
    assert ids(office) == set()


def test_what_is_foreseen_is_what_the_purge_then_does_day_by_day(office: Office) -> None:
    for _ in range(2):
        closed(office)
    office.clock.move(days=3)
    closed(office)
    lying = Sealed(office).send()
    office.clock.move(days=50)
    client = again(office)
    shown = foreseen(client, 30, 90)
    change(client, 30, 90, shown["removes"])
    erased = {}
    for _ in range(62):
        office.clock.moment = (office.clock.moment + timedelta(days=1)).replace(hour=0, minute=0, second=0)
        before = len(ids(office))
        purge(office)
        if before > len(ids(office)):
            erased[str(day_in_london(office.clock()))] = before - len(ids(office))
    assert erased == {each["day"]: each["closed"] + each["unclaimed"] for each in shown["removals"]}
    assert lying.id in ids(office)  # ninety days and another thirty are longer than anybody looks ahead


def test_a_report_that_nobody_claims_goes_thirty_days_after_its_team_was_told(office: Office) -> None:
    Sealed(office).send()
    office.clock.move(days=100)
    shown = foreseen(again(office), unclaimed=90)
    told = datetime.fromisoformat(shown["holds_from"])
    assert shown["removals"] == [{"day": str(day_in_london(told + AFTER_ALERT)), "closed": 0, "unclaimed": 1}]
    assert shown["removes"] == 0


def test_what_is_on_hold_claimed_or_written_in_is_not_foreseen(office: Office) -> None:
    held = closed(office)
    act(office, held, "hold", name=COORDINATOR)
    act(office, Sealed(office).send(), "claim")
    office.clock.move(days=200)
    assert foreseen(again(office), 30, 90)["removals"] == []


def test_nothing_is_saved_where_another_number_would_go_than_was_shown(
    office: Office, coordinator: FlaskClient
) -> None:
    assert change(coordinator, 30, removes=1) == 409
    assert read(coordinator)["coming"] is None


@pytest.mark.parametrize(("days", "unclaimed"), [(29, 365), (2_556, 365), (90, 89), (90, 2_556), ("90", 365)])
def test_too_few_and_too_many_days_are_refused(coordinator: FlaskClient, days: int, unclaimed: int) -> None:
    assert change(coordinator, days, unclaimed) == 400


def test_the_trail_names_the_setting_that_keeps_its_numbers(office: Office, coordinator: FlaskClient) -> None:
    change(coordinator, 120)
    with office.app.app_context():
        entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence.desc())).first()
        assert entry is not None
        assert entry.action == "retention.set"
        assert entry.actor == office.person(COORDINATOR).id


def test_a_purge_does_what_a_coordinator_said_yes_to_although_it_is_most_of_all(office: Office) -> None:
    """More than ten at once, and all there are: else it would be taken for a wrong clock."""
    for _ in range(12):
        closed(office)
    office.clock.move(days=40)
    purge(office)
    assert change(again(office), 30, removes=12) == 200
    office.clock.move(hours=48)
    assert purge(office, sure=False).exit_code == 0
    assert ids(office) == set()


def test_what_nobody_said_yes_to_still_looks_wrong(office: Office) -> None:
    for _ in range(12):
        closed(office)
    purge(office)
    office.clock.move(days=6)
    purge(office, sure=False)
    office.app.config["YOUTHSAFE"] = replace(office.app.config["YOUTHSAFE"], keep_closed=1)
    assert "12 of 12 reports would be erased at once" in purge(office, sure=False).output
    assert len(ids(office)) == 12


def test_the_same_holds_on_postgresql(
    postgres_url: str, config: Config, make_app: Callable[[Config], Flask], clock: SettableClock, made: Ceremony
) -> None:
    migrating.upgrade(postgres_url)
    office = furnish(make_app(replace(config, database_url=postgres_url)), clock, made)
    report = closed(office)
    office.clock.move(days=60)
    client = again(office)
    assert foreseen(client, 30)["removes"] == 1
    assert change(client, 30, removes=1) == 200
    purge(office)
    assert ids(office) == {report.id}
    office.clock.move(hours=48)
    purge(office, sure=False)
    assert ids(office) == set()


@given(st.integers(min_value=0, max_value=2 * 366 * 24 * 60))
def test_whoever_sees_a_change_has_all_of_the_next_day_to_put_it_back(minutes: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    begin = holds_from(now).astimezone(LONDON)
    assert (begin.hour, begin.minute) == (0, 0)
    assert (begin.date() - day_in_london(now)).days == 2
