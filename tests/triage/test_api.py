"""The staff door to reports, as the caseworker's browser uses it."""

import hashlib
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.accounts.office import Office
from tests.triage.sealed import Sealed
from youthsafe.accounts.models import Membership
from youthsafe.audit import services as audit_services
from youthsafe.audit.models import AuditEntry
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.database import transaction
from youthsafe.extensions import db

FIRST, SECOND, COORDINATOR = "demo-caseworker", "demo-second", "demo-coordinator"
NONE = bytes(32)


@pytest.fixture
def first(office: Office) -> FlaskClient:
    return office.signed_in(FIRST)


@pytest.fixture
def second(office: Office) -> FlaskClient:
    return office.signed_in(SECOND)


@pytest.fixture
def coordinator(office: Office) -> FlaskClient:
    return office.signed_in(COORDINATOR)


@pytest.fixture
def report(office: Office) -> Sealed:
    return Sealed(office).send()


def do(client: FlaskClient, report: Sealed, what: str, follow_ups: int = 0) -> TestResponse:
    body = {"follow_ups": follow_ups} if what == "close" else {}
    return client.post(f"{report.address}/{what}", json=body)


def read(client: FlaskClient, report: Sealed) -> None:
    """Open the report and claim it, as the page does."""
    for what in ("opened", "claim"):
        assert do(client, report, what).status_code == 200


def answer(
    client: FlaskClient, report: Sealed, envelope: bytes, after: bytes = NONE, follow_ups: int = 0
) -> TestResponse:
    body = {"after": b64(after), "envelope": b64(envelope), "follow_ups": follow_ups}
    return client.post(f"{report.address}/messages", json=body)


def listed(client: FlaskClient, state: str) -> list[str]:
    found = client.get(f"/api/v1/staff/reports?state={state}").json
    assert found is not None
    return [each["id"] for each in found["reports"]]


def actions(office: Office) -> list[str]:
    with office.app.app_context():
        assert audit_services.verify() is None
        entries = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.sequence)).all()
        return [each.action for each in entries if each.action.startswith("report.")]


def test_a_new_report_is_in_the_list_of_its_team_without_content(first: FlaskClient, report: Sealed) -> None:
    found = first.get("/api/v1/staff/reports").json
    assert found == {
        "reports": [
            {
                "id": b64(report.id),
                "team": b64(report.office.made.team.id),
                "epoch": 1,
                "urgent": False,
                "received": "2026-11-23T09:00Z",
                "state": "new",
                "claimed_by": None,
                "opened": False,
                "closed": None,
                "answers": 0,
                "follow_ups": 0,
                "entries": 0,
                "unanswered": True,
                "withdrawn": False,
                "hold": False,
                "erased": None,
                "damaged": False,
                "work_step": 0,
            }
        ],
        "next": None,
        "taken_back": [],
        "stopped": None,
    }


def test_opening_a_report_gives_it_sealed_with_its_messages_in_order(first: FlaskClient, report: Sealed) -> None:
    read(first, report)
    sent = report.answer()
    assert answer(first, report, sent).status_code == 201
    follow_up = report.write_back(hashlib.sha256(report.envelope).digest())
    found = do(first, report, "opened").json
    assert found is not None
    assert unb64(found["envelope"]) == report.envelope
    assert unb64(found["mailbox_key"]) == report.key
    assert unb64(found["tip"]) == hashlib.sha256(sent).digest()
    assert [(each["direction"], each["number"], unb64(each["envelope"])) for each in found["messages"]] == [
        (2, 1, sent),
        (1, 1, follow_up),
    ]
    assert (found["answers"], found["follow_ups"], found["unanswered"]) == (1, 1, True)


def test_nobody_gets_what_is_sealed_without_a_trace_in_the_trail_and_on_the_reporters_page(
    office: Office, first: FlaskClient, second: FlaskClient, report: Sealed
) -> None:
    report.write_back(hashlib.sha256(report.envelope).digest())
    facts = first.get(report.address).json
    assert facts is not None
    assert set(facts) == set(first.get("/api/v1/staff/reports").json["reports"][0])
    sealed = b64(report.envelope)[:64]
    everything = [first.get(report.address), first.get("/api/v1/staff/reports"), first.get("/api/v1/staff/junk")]
    everything += [do(first, report, what) for what in ("claim", "release")]
    assert [sealed in each.text for each in everything] == [False] * len(everything)
    assert actions(office) == ["report.claimed", "report.released"]
    assert report.seen_by_its_reporter()["opened"] is False
    for client in (first, second):
        assert sealed in do(client, report, "opened").text
    assert actions(office)[2:] == ["report.opened", "report.opened"]
    assert report.seen_by_its_reporter()["opened"] is True


def test_what_is_damaged_at_rest_is_left_out_and_the_report_can_still_be_read_and_closed(
    office: Office, first: FlaskClient, report: Sealed
) -> None:
    report.write_back(hashlib.sha256(report.envelope).digest())
    with office.app.app_context(), transaction():
        for table, column in (("report", "mailbox_key"), ("report", "note"), ("message", "envelope")):
            db.session.execute(db.text(f"UPDATE {table} SET {column} = :bytes"), {"bytes": bytes(40)})
    assert listed(first, "open") == [b64(report.id)]
    found = do(first, report, "opened").json
    assert found is not None
    assert unb64(found["envelope"]) == report.envelope
    assert (found["mailbox_key"], [each["envelope"] for each in found["messages"]]) == (None, [None])
    assert do(first, report, "claim").status_code == 200
    assert do(first, report, "close", follow_ups=1).status_code == 200
    assert listed(first, "closed") == [b64(report.id)]


def test_an_answer_leaves_the_mark_of_a_message_that_came_unseen_before_it(first: FlaskClient, report: Sealed) -> None:
    read(first, report)
    report.write_back(hashlib.sha256(report.envelope).digest())
    sent = report.answer()
    assert answer(first, report, sent, follow_ups=0).status_code == 201
    assert (first.get(report.address).json or {})["unanswered"] is True
    assert answer(first, report, sent, follow_ups=1).status_code == 201, "sent again, it is there already"
    assert (first.get(report.address).json or {})["unanswered"] is True
    next_one = report.answer()
    assert answer(first, report, next_one, after=hashlib.sha256(sent).digest(), follow_ups=1).status_code == 201
    assert (first.get(report.address).json or {})["unanswered"] is False


def test_a_report_without_answers_has_a_tip_of_zeros(first: FlaskClient, report: Sealed) -> None:
    found = do(first, report, "opened").json
    assert found is not None
    assert unb64(found["tip"]) == NONE


def test_asking_for_the_facts_of_a_report_is_not_opening_it(first: FlaskClient, report: Sealed) -> None:
    first.get(report.address)
    summary = first.get(report.address).json
    assert summary is not None
    assert (summary["opened"], summary["state"]) == (False, "new")


def test_opening_is_written_down_each_time(office: Office, first: FlaskClient, report: Sealed) -> None:
    assert do(first, report, "opened").status_code == 200
    assert do(first, report, "opened").status_code == 200
    assert actions(office) == ["report.opened", "report.opened"]
    summary = first.get(report.address).json
    assert summary is not None
    assert (summary["opened"], summary["state"]) == (True, "open")


def test_the_minute_of_an_urgent_report_is_forgotten_when_it_is_opened(office: Office, first: FlaskClient) -> None:
    report = Sealed(office, urgent=True).send()
    before, _, after = first.get(report.address).json, do(first, report, "opened"), first.get(report.address).json
    assert before is not None
    assert after is not None
    assert (before["received"], after["received"]) == ("2026-11-23T09:30Z", "2026-11-23T09:00Z")


def test_a_claimed_report_shows_who_holds_it(office: Office, first: FlaskClient, report: Sealed) -> None:
    summary = do(first, report, "claim").json
    assert summary is not None
    assert summary["claimed_by"] == {"id": b64(office.person(FIRST).id), "name": FIRST}
    assert listed(first, "mine") == [b64(report.id)]


def test_only_one_caseworker_holds_a_report(first: FlaskClient, second: FlaskClient, report: Sealed) -> None:
    assert do(first, report, "claim").status_code == 200
    for what in ("claim", "release", "close"):
        assert do(second, report, what).status_code == 409
    assert answer(second, report, report.answer()).status_code == 409
    assert listed(second, "mine") == []
    assert do(first, report, "release").status_code == 200
    assert do(second, report, "claim").status_code == 200


def hand_over(client: FlaskClient, report: Sealed, to: str) -> TestResponse:
    return client.post(f"{report.address}/hand-over", json={"to": b64(report.office.person(to).id)})


def test_a_report_is_handed_over_to_a_colleague_who_has_it_from_then_on(
    office: Office, first: FlaskClient, second: FlaskClient, report: Sealed
) -> None:
    assert hand_over(first, report, SECOND).status_code == 409, "nobody claimed it"
    do(first, report, "claim")
    assert hand_over(second, report, COORDINATOR).status_code == 409, "it is not theirs"
    handed = hand_over(first, report, SECOND)
    assert (handed.json or {})["claimed_by"] == {"id": b64(office.person(SECOND).id), "name": SECOND}
    assert hand_over(first, report, SECOND).status_code == 200, "said twice"
    assert (listed(first, "mine"), listed(second, "mine")) == ([], [b64(report.id)])
    assert do(first, report, "release").status_code == 409
    assert actions(office) == ["report.claimed", "report.handed-over"]


def test_a_report_is_handed_over_to_nobody_who_does_not_read_its_teams_reports(
    office: Office, first: FlaskClient, report: Sealed
) -> None:
    do(first, report, "claim")
    with office.app.app_context(), transaction():
        db.session.execute(db.delete(Membership).where(Membership.member_id == office.person(SECOND).id))
    assert hand_over(first, report, SECOND).status_code == 409
    assert first.post(f"{report.address}/hand-over", json={"to": "AAAA"}).status_code == 400
    do(first, report, "opened")
    do(first, report, "close")
    assert hand_over(first, report, COORDINATOR).status_code == 409, "it is closed"
    assert listed(first, "closed") == [b64(report.id)]


def test_a_coordinator_takes_a_report_over(
    office: Office, first: FlaskClient, coordinator: FlaskClient, report: Sealed
) -> None:
    do(first, report, "claim")
    assert do(coordinator, report, "claim").status_code == 200
    assert do(first, report, "close").status_code == 409
    assert actions(office) == ["report.claimed", "report.taken-over"]


def test_saying_the_same_twice_changes_nothing_and_is_written_down_once(
    office: Office, first: FlaskClient, report: Sealed
) -> None:
    do(first, report, "opened")
    for what in ("claim", "close", "reopen", "release"):
        once, twice = do(first, report, what), do(first, report, what)
        assert (once.status_code, twice.status_code) == (200, 200)
        assert once.json == twice.json
    assert actions(office)[1:] == ["report.claimed", "report.closed", "report.reopened", "report.released"]


def test_a_closed_report_moves_to_the_closed_and_can_be_opened_again(first: FlaskClient, report: Sealed) -> None:
    read(first, report)
    do(first, report, "close")
    assert (listed(first, "open"), listed(first, "mine"), listed(first, "closed")) == ([], [], [b64(report.id)])
    assert answer(first, report, report.answer()).status_code == 409
    assert do(first, report, "reopen").status_code == 200
    assert (listed(first, "open"), listed(first, "closed")) == ([b64(report.id)], [])


def test_a_report_nobody_holds_cannot_be_answered_or_closed(first: FlaskClient, report: Sealed) -> None:
    assert answer(first, report, report.answer()).status_code == 409
    assert do(first, report, "close").status_code == 409


def test_a_report_that_nobody_opened_cannot_be_answered_or_closed(first: FlaskClient, report: Sealed) -> None:
    do(first, report, "claim")
    assert answer(first, report, report.answer()).status_code == 409
    assert do(first, report, "close").status_code == 409
    do(first, report, "opened")
    assert answer(first, report, report.answer()).status_code == 201
    assert do(first, report, "close").status_code == 200


def test_a_closed_report_whose_reporter_writes_again_is_seen(first: FlaskClient, report: Sealed) -> None:
    read(first, report)
    do(first, report, "close")
    report.write_back(hashlib.sha256(report.envelope).digest())
    assert listed(first, "open") == [b64(report.id)]


def test_a_report_is_not_closed_over_words_that_nobody_was_shown(first: FlaskClient, report: Sealed) -> None:
    read(first, report)
    report.write_back(hashlib.sha256(report.envelope).digest())
    assert do(first, report, "close", follow_ups=0).status_code == 409
    assert listed(first, "mine") == [b64(report.id)]
    assert do(first, report, "close", follow_ups=1).status_code == 200
    assert listed(first, "mine") == []


def test_an_answer_cannot_answer_more_than_was_written(first: FlaskClient, report: Sealed) -> None:
    read(first, report)
    report.write_back(hashlib.sha256(report.envelope).digest())
    assert answer(first, report, report.answer(), follow_ups=2).status_code == 409
    assert listed(first, "open") == [b64(report.id)]
    assert answer(first, report, report.answer(), follow_ups=1).status_code == 201


@pytest.mark.parametrize("body", [{}, {"follow_ups": -1}, {"follow_ups": "0"}, {"follow_ups": 0, "other": 1}])
def test_closing_says_how_many_follow_ups_were_shown(
    first: FlaskClient, report: Sealed, body: dict[str, object]
) -> None:
    do(first, report, "claim")
    assert first.post(f"{report.address}/close", json=body).status_code == 400


def test_an_answer_sent_twice_is_kept_once_even_after_closing(
    office: Office, first: FlaskClient, report: Sealed
) -> None:
    read(first, report)
    sent = report.answer()
    once = answer(first, report, sent)
    do(first, report, "close")
    twice = answer(first, report, sent)
    assert (once.status_code, twice.status_code) == (201, 201)
    assert once.json == twice.json
    assert actions(office).count("report.answered") == 1


def test_an_answer_that_does_not_follow_the_newest_is_refused(first: FlaskClient, report: Sealed) -> None:
    read(first, report)
    sent = report.answer()
    assert answer(first, report, report.answer(), after=b"x" * 32).status_code == 409
    assert answer(first, report, sent).status_code == 201
    assert answer(first, report, report.answer()).status_code == 409
    assert answer(first, report, report.answer(), after=hashlib.sha256(sent).digest()).status_code == 201


def test_another_answer_under_the_same_id_is_refused(first: FlaskClient, report: Sealed) -> None:
    read(first, report)
    sent = report.answer()
    answer(first, report, sent)
    changed = sent[:-1] + bytes([sent[-1] ^ 1])
    assert answer(first, report, changed, after=hashlib.sha256(sent).digest()).status_code == 409


def test_an_answer_that_is_not_this_reports_is_refused(first: FlaskClient, report: Sealed) -> None:
    read(first, report)
    wrong = [
        report.answer(report_id=b"r" * 16),
        report.answer(team_id=b"t" * 16),
        report.answer(epoch=2),
        report.answer(key=bytes(1216)),
        report.envelope,
        report.answer()[:-1],
    ]
    assert [answer(first, report, each).status_code for each in wrong] == [400] * len(wrong)
    found = do(first, report, "opened").json
    assert found is not None
    assert found["messages"] == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"after": b64(NONE), "follow_ups": 0},
        {"after": b64(bytes(31)), "envelope": "", "follow_ups": 0},
        {"after": "=", "envelope": "", "follow_ups": 0},
        {"after": b64(NONE), "envelope": None, "follow_ups": 0},
        {"after": b64(NONE), "envelope": ""},
        {"after": b64(NONE), "envelope": "", "follow_ups": -1},
        {"after": b64(NONE), "envelope": "", "follow_ups": 0, "and": 1},
    ],
)
def test_an_answer_of_another_shape_is_refused_by_field(first: FlaskClient, report: Sealed, body: object) -> None:
    found = first.post(f"{report.address}/messages", json=body)
    assert found.status_code == 400
    assert found.json is not None
    assert found.json["fields"]


def test_another_teams_report_is_not_there(office: Office, first: FlaskClient, report: Sealed) -> None:
    members = office.newest().roster.members
    office.change(*(replace(each, teams=() if each.name == FIRST else each.teams) for each in members))
    assert listed(first, "open") == []
    assert first.get(report.address).status_code == 404
    assert {do(first, report, what).status_code for what in ("opened", "claim", "release", "close", "reopen")} == {404}
    assert answer(first, report, report.answer()).status_code == 404


@pytest.mark.parametrize("report_id", ["A" * 22, "A" * 21, "A" * 21 + "B", "!"])
def test_a_report_that_does_not_exist_is_not_there(first: FlaskClient, report_id: str) -> None:
    assert first.get(f"/api/v1/staff/reports/{report_id}").status_code == 404
    assert first.post(f"/api/v1/staff/reports/{report_id}/claim", json={}).status_code == 404


@pytest.mark.parametrize("query", ["state=all", "state=", "since=1"])
def test_a_list_that_is_not_known_is_refused(first: FlaskClient, query: str) -> None:
    assert first.get(f"/api/v1/staff/reports?{query}").status_code == 400


def test_what_fails_leaves_neither_a_change_nor_an_entry(office: Office, first: FlaskClient, report: Sealed) -> None:
    do(first, report, "close")
    answer(first, report, report.answer())
    first.post(f"{report.address}/claim", json={"more": 1})
    assert actions(office) == []
    summary = first.get(report.address).json
    assert summary is not None
    assert (summary["state"], summary["claimed_by"]) == ("new", None)
