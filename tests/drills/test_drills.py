"""A drill each staffed day: a report like any other until somebody opens it, and nothing at all afterwards."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select, text

from tests.accounts.office import Office
from tests.crypto.reference_opener import open_report
from tests.drills.days import REPORTS, Days, done, opened
from tests.triage.sealed import Sealed
from youthsafe.accounts.services import SignedIn
from youthsafe.audit import services as audit_services
from youthsafe.clock import LONDON
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.crypto.roster import Role
from youthsafe.database import transaction
from youthsafe.drills.sealing import TEXT
from youthsafe.extensions import db
from youthsafe.mailbox.models import Erasure, Message, OutcomeSlip, Report, Tombstone
from youthsafe.mailbox.standing import Ages
from youthsafe.retention import services as retention_services
from youthsafe.triage.floods import services as floods_services

CASEWORKER = "demo-caseworker"


def test_each_staffed_day_has_one_drill_in_its_first_hours_and_other_days_have_none(days: Days) -> None:
    """Over Christmas, of which the demonstration's calendar knows the bank holidays."""
    made: list[datetime] = []

    def open_at_once() -> None:
        found = days.unopened()
        if found is not None:
            made.append(found.made_at.astimezone(LONDON))
            days.note_opened(found.report_id)
        days.someone_is_there()

    days.office.clock.moment = days.at("2026-12-21", "00:00").astimezone(UTC)
    days.until(days.at("2026-12-30", "00:00").astimezone(UTC), open_at_once)
    assert [each.date() for each in made] == [date(2026, 12, day) for day in (21, 22, 23, 24, 29)]
    assert all(8 * 60 <= each.hour * 60 + each.minute <= 11 * 60 + 5 for each in made)
    assert len({(each.hour, each.minute) for each in made}) > 1, "nobody knows the minute"


def test_it_is_sealed_as_a_reporter_seals_and_has_the_form_of_any_report(days: Days) -> None:
    drill, other = days.drill(), Sealed(days.office).send()
    desk = days.desk()
    sealed = opened(desk, drill)
    report = open_report(unb64(sealed["envelope"]), drill, days.office.made.team.seed)
    assert report.answers == ((4, TEXT),)
    assert sealed["drill"]
    like = opened(desk, other.id)
    assert not like["drill"]
    assert {name: len(sealed[name]) for name in ("envelope", "mailbox_key")} == {
        name: len(like[name]) for name in ("envelope", "mailbox_key")
    }


def test_until_it_is_opened_nothing_at_the_desk_tells_it_from_another_report(days: Days) -> None:
    drill = days.drill()
    other, desk = Sealed(days.office).send(), days.desk()
    listed = {each["id"]: each for each in desk.get(REPORTS).get_json()["reports"]}
    own = ("id", "received")
    alike = [
        {name: listed[b64(each)][name] for name in listed[b64(each)] if name not in own} for each in (drill, other.id)
    ]
    assert alike[0] == alike[1]
    assert days.trail("drill.made") == []
    assert desk.get("/api/v1/staff/alerts").get_json()["others"] == 2, "alerts count it as any other"


def test_opened_and_done_with_it_leaves_nothing_but_how_long_it_lay(days: Days) -> None:
    drill = days.drill()
    days.office.clock.move(minutes=25)
    desk = days.desk()
    opened(desk, drill)
    assert done(desk, drill) == 204
    assert desk.get(f"{REPORTS}/{b64(drill)}").status_code == 404
    assert desk.get(REPORTS).get_json()["reports"] == []
    (row,) = days.rows()
    assert (row.minutes, row.report_id) == (30, None)
    with days.office.app.app_context():
        counts = [
            db.session.scalar(select(func.count()).select_from(each)) for each in (Report, Message, Erasure, Tombstone)
        ]
        assert counts == [0, 0, 0, 0]
        assert db.session.scalar(select(func.count()).select_from(OutcomeSlip)) == 0
        assert audit_services.verify() is None
        assert audit_services.card_entries() == {}


def test_the_trail_says_when_it_came_once_it_was_opened(days: Days) -> None:
    drill = days.drill()
    lay = days.unopened()
    assert lay is not None
    days.office.clock.move(minutes=40)
    desk = days.desk()
    opened(desk, drill)
    opened(desk, drill)
    done(desk, drill)
    told = [(each.action, each.at, each.subject) for each in days.trail("drill.made", "report.opened", "drill.done")]
    now = int(days.now.timestamp())
    assert told == [
        ("drill.made", int(lay.made_at.timestamp()), drill),
        ("report.opened", now, drill),
        ("report.opened", now, drill),
        ("drill.done", now, drill),
    ]


def test_only_a_drill_that_somebody_opened_can_be_taken_away(days: Days) -> None:
    drill, child = days.drill(), Sealed(days.office).send()
    desk = days.desk()
    opened(desk, child.id)
    assert (done(desk, drill), done(desk, child.id)) == (409, 409)
    assert len(desk.get(REPORTS).get_json()["reports"]) == 2


def test_a_drill_that_was_opened_and_left_is_gone_a_day_later(days: Days) -> None:
    drill = days.drill()
    opened(days.desk(), drill)
    days.office.clock.move(hours=23)
    days.look()
    with days.office.app.app_context():
        assert db.session.scalar(select(Report.id).where(Report.id == drill)) == drill
    days.office.clock.move(hours=1)
    days.look()
    with days.office.app.app_context():
        assert db.session.scalar(select(Report.id).where(Report.id == drill)) is None


def test_while_one_lies_unopened_there_is_no_other(days: Days) -> None:
    drill = days.drill()
    days.until(days.now + timedelta(days=3))
    assert len(days.rows()) == 1
    found = days.unopened()
    assert found is not None
    assert found.report_id == drill


def test_no_flood_counts_it_or_closes_it(days: Days) -> None:
    drill = days.drill()
    days.office.clock.moment = days.office.clock.moment.replace(minute=0)
    for _ in range(40):
        Sealed(days.office).send()
    office = days.office
    with office.app.test_request_context(), transaction():
        who = office.person("demo-coordinator").id
        coordinator = SignedIn(who, "", Role.COORDINATOR, frozenset({days.team}))
        (group,) = floods_services.floods(coordinator, days.now).groups
        assert group.count == 40
        assert drill not in floods_services.plan(coordinator, group, days.now)


def test_no_purge_counts_it(days: Days) -> None:
    drill = days.drill()
    later = days.now + timedelta(days=800)
    with days.office.app.app_context():
        due = retention_services.due(Ages(), later)
        assert drill not in [report.id for report, _ in due.reports]


def test_a_drill_whose_report_is_gone_is_forgotten_and_another_comes(days: Days) -> None:
    drill = days.drill()
    with days.office.app.app_context(), transaction():
        db.session.delete(db.session.scalars(select(Report).where(Report.id == drill)).one())
    days.look()
    assert len(days.rows()) == 1
    assert days.drill() != drill


def test_a_drill_of_which_nobody_can_read_when_it_was_made_stops_nothing(days: Days) -> None:
    drill = days.drill()
    with days.office.app.app_context(), transaction():
        db.session.execute(text("UPDATE drill SET made_at = :nothing"), {"nothing": b"damaged"})
    days.look()
    assert len(days.rows()) == 1
    assert days.drill() != drill


def test_after_ninety_days_it_is_forgotten(days: Days) -> None:
    drill = days.drill()
    opened(days.desk(), drill)
    days.office.clock.move(days=92)
    days.look()
    assert [each.made_on for each in days.rows() if each.opened_at] == []


def test_there_is_none_while_the_form_takes_no_reports(days: Days, office: Office) -> None:
    coordinator = office.signed_in("demo-coordinator")
    coordinator.post("/api/v1/staff/form/stop", json={})
    days.until(days.now + timedelta(days=2))
    assert days.rows() == []
