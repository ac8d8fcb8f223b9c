"""The public door: a sealed report is kept once, and a mailbox answers alike whatever it holds."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.conftest import SettableClock
from tests.sealing import SealedInstance, SealedReport
from youthsafe.config import Config
from youthsafe.crypto.encoding import unb64
from youthsafe.crypto.wire import REPORT_BODY_LENGTH
from youthsafe.database import migrating, transaction
from youthsafe.extensions import db
from youthsafe.mailbox import services
from youthsafe.mailbox.models import Report
from youthsafe.reports.services import PAGE_BYTES


def _post(client: FlaskClient, address: str, body: bytes) -> tuple[int, dict[str, object]]:
    answer = client.post(f"/api/v1/{address}", data=body, content_type="application/json")
    return answer.status_code, answer.get_json()


def _kept(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Report)) or 0


def test_a_report_is_kept_and_answered_with_its_number(
    instance: SealedInstance, client: FlaskClient, app: Flask
) -> None:
    report = instance.report()
    assert _post(client, "reports", report.body) == (201, {"id": report.id_text})
    assert _kept(app) == 1


def test_a_report_sent_twice_is_kept_once(instance: SealedInstance, client: FlaskClient, app: Flask) -> None:
    report = instance.report()
    assert _post(client, "reports", report.body) == _post(client, "reports", report.body)
    assert _kept(app) == 1


def test_another_report_under_the_same_number_is_a_conflict(
    instance: SealedInstance, client: FlaskClient, app: Flask
) -> None:
    first = instance.report()
    second = instance.report(report_id=first.report_id)
    assert _post(client, "reports", first.body)[0] == 201
    assert _post(client, "reports", second.body)[0] == 409
    assert _kept(app) == 1


def test_a_mailbox_belongs_to_one_report(instance: SealedInstance, client: FlaskClient) -> None:
    first = instance.report()
    second = instance.report(mailbox=first.mailbox)
    assert _post(client, "reports", first.body)[0] == 201
    assert _post(client, "reports", second.body)[0] == 409


@pytest.mark.parametrize("urgent", [True, False])
@pytest.mark.parametrize("text", ["", "x", "ß" * 1500, "🙂" * 750, "ع" * 1500])
def test_a_body_has_one_length_whatever_was_answered(instance: SealedInstance, text: str, urgent: bool) -> None:
    assert len(instance.report(text=text, urgent=urgent).body) == REPORT_BODY_LENGTH
    assert len(instance.report(text=text, urgent=urgent, wants_reply=False).body) == REPORT_BODY_LENGTH


def _shorter(report: SealedReport) -> bytes:
    return report.body[:-1]


def _longer(report: SealedReport) -> bytes:
    return report.body + b" "


def _not_json(report: SealedReport) -> bytes:
    return b"{" + report.body[:-1]


def _key_twice(report: SealedReport) -> bytes:
    return report.body.replace(b'"verifier"', b'"id" :    ', 1)[: len(report.body)]


def _padded_base64(report: SealedReport) -> bytes:
    return report.body[:-4] + b"=" + report.body[-3:]


@pytest.mark.parametrize(
    "spoil", [_shorter, _longer, _not_json, _key_twice, _padded_base64], ids=lambda each: each.__name__.strip("_")
)
def test_a_spoilt_body_is_refused_with_a_problem_and_nothing_is_kept(
    instance: SealedInstance, client: FlaskClient, app: Flask, spoil: Callable[[SealedReport], bytes]
) -> None:
    answer = client.post("/api/v1/reports", data=spoil(instance.report()), content_type="application/json")
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert answer.json["type"] == "urn:youthsafe:problem:invalid-input"
    assert "Nothing was saved" in answer.json["detail"]
    assert _kept(app) == 0


def test_a_report_to_an_unknown_team_or_epoch_is_refused(instance: SealedInstance, client: FlaskClient) -> None:
    assert _post(client, "reports", instance.report(epoch=9).body)[0] == 400
    assert _post(client, "reports", instance.report(team_id=bytes(range(16))).body)[0] == 400


def test_the_minute_of_an_urgent_report_is_kept_until_it_is_opened_and_the_hour_of_others(
    instance: SealedInstance, client: FlaskClient, app: Flask, clock: SettableClock
) -> None:
    urgent, calm = instance.report(urgent=True), instance.report()
    _post(client, "reports", urgent.body)
    _post(client, "reports", calm.body)
    with app.app_context():
        kept = {each.id: each.received_at for each in db.session.scalars(select(Report))}
    assert kept[urgent.report_id] == clock().replace(second=0)
    assert kept[calm.report_id] == clock().replace(minute=0, second=0)


def test_unknown_empty_and_full_mailboxes_look_the_same_from_outside(
    instance: SealedInstance, client: FlaskClient
) -> None:
    empty, full, unknown = instance.report(), instance.report(), instance.report()
    for report in (empty, full):
        _post(client, "reports", report.body)
    for number in range(40):
        _post(client, "mailbox/messages", instance.follow_up(full, f"number {number}"))
    answers = [
        client.post("/api/v1/mailbox", data=instance.mailbox_request(report), content_type="application/json")
        for report in (empty, full, unknown)
    ]
    assert [each.status_code for each in answers] == [200, 200, 200]
    assert {len(each.data) for each in answers} == {PAGE_BYTES}
    assert len({tuple(sorted(each.headers)) for each in answers}) == 1
    assert [each.json["report"] is None for each in answers] == [False, False, True]
    assert len(answers[1].json["sent"]) == 30


def test_a_wrong_token_finds_nothing(instance: SealedInstance, client: FlaskClient) -> None:
    report = instance.report()
    _post(client, "reports", report.body)
    request = json.loads(instance.mailbox_request(report))
    request["token"] = "A" * 43
    body = json.dumps(request, separators=(",", ":")).encode()
    assert _post(client, "mailbox", body)[1]["report"] is None


def test_a_follow_up_is_kept_once_and_becomes_the_tip(instance: SealedInstance, client: FlaskClient) -> None:
    report = instance.report()
    _post(client, "reports", report.body)
    before = _post(client, "mailbox", instance.mailbox_request(report))[1]["report"]["tip"]
    body = instance.follow_up(report, "one more thing")
    assert _post(client, "mailbox/messages", body)[0] == 201
    assert _post(client, "mailbox/messages", body)[0] == 201
    page = _post(client, "mailbox", instance.mailbox_request(report))[1]
    assert [each["number"] for each in page["sent"]] == [1]
    assert page["report"]["tip"] != before


def test_a_follow_up_after_an_older_one_is_a_conflict(instance: SealedInstance, client: FlaskClient) -> None:
    report = instance.report()
    _post(client, "reports", report.body)
    first = instance.follow_up(report, "first")
    instance.forget_newest(report)
    second = instance.follow_up(report, "second")
    assert _post(client, "mailbox/messages", first)[0] == 201
    assert _post(client, "mailbox/messages", second)[0] == 409


def test_an_old_follow_up_sent_again_does_not_turn_the_clock_back(
    instance: SealedInstance, client: FlaskClient
) -> None:
    report = instance.report()
    _post(client, "reports", report.body)
    first, second = instance.follow_up(report, "first"), instance.follow_up(report, "second")
    for body in (first, second, first):
        assert _post(client, "mailbox/messages", body)[0] == 201
    third = instance.follow_up(report, "third")
    assert _post(client, "mailbox/messages", third)[0] == 201


def test_a_mailbox_takes_only_so_many_follow_ups_in_a_row_and_more_after_an_answer(
    instance: SealedInstance, client: FlaskClient, app: Flask, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_UNANSWERED", 3)
    report = instance.report()
    _post(client, "reports", report.body)
    for _ in range(2):
        bodies = [instance.follow_up(report, f"number {number}") for number in range(4)]
        assert [_post(client, "mailbox/messages", each)[0] for each in bodies] == [201, 201, 201, 400]
        assert _post(client, "mailbox/messages", bodies[2])[0] == 201, "sent again, it is there already"
        instance.forget_newest(report)
        answer = json.loads(instance.answer(report, "we read it"))
        with app.app_context(), transaction():
            kept = db.session.get_one(Report, report.report_id)
            envelope, after = unb64(answer["envelope"]), unb64(answer["after"])
            services.answer(kept, envelope, after=after, follow_ups=answer["follow_ups"], now=clock())


def test_a_follow_up_to_an_unknown_mailbox_is_not_found(instance: SealedInstance, client: FlaskClient) -> None:
    assert _post(client, "mailbox/messages", instance.follow_up(instance.report(), "hello"))[0] == 404


def test_the_form_is_closed_while_no_bundle_is_published(client: FlaskClient) -> None:
    answer = client.get("/api/v1/bundle")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


def test_the_bundle_is_given_with_its_signature_and_is_not_sent_twice(
    instance: SealedInstance, client: FlaskClient
) -> None:
    answer = client.get("/api/v1/bundle")
    assert set(answer.json) == {"bundle", "signature", "root", "root_changes"}
    again = client.get("/api/v1/bundle", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_class_of_thirty_behind_one_address_is_not_refused(instance: SealedInstance, client: FlaskClient) -> None:
    for _ in range(30):
        report = instance.report()
        assert client.get("/en/report/").status_code == 200
        assert client.get("/api/v1/bundle").status_code == 200
        assert _post(client, "reports", report.body)[0] == 201
        assert _post(client, "mailbox", instance.mailbox_request(report))[0] == 200


def test_no_public_answer_sets_a_cookie(instance: SealedInstance, client: FlaskClient) -> None:
    report = instance.report()
    answers = [
        client.get("/api/v1/bundle"),
        client.post("/api/v1/reports", content_type="application/json", data=report.body),
        client.post("/api/v1/mailbox", content_type="application/json", data=instance.mailbox_request(report)),
        client.post("/api/v1/reports", content_type="application/json", data=b"{}"),
        client.get("/api/v1/nothing"),
    ]
    assert ["Set-Cookie" in each.headers for each in answers] == [False] * 5


@pytest.fixture
def on_postgres(postgres_url: str, config: Config, make_app: Callable[[Config], Flask]) -> Flask:
    migrating.upgrade(postgres_url)
    return make_app(replace(config, database_url=postgres_url))


def test_the_same_holds_on_postgresql(on_postgres: Flask) -> None:
    instance = SealedInstance.set_up(on_postgres)
    client = on_postgres.test_client()
    report = instance.report()
    assert _post(client, "reports", report.body)[0] == 201
    assert _post(client, "reports", report.body)[0] == 201
    assert _post(client, "reports", instance.report(report_id=report.report_id).body)[0] == 409
    talkative = instance.report()
    assert _post(client, "reports", talkative.body)[0] == 201
    assert _post(client, "mailbox/messages", instance.follow_up(talkative, "one more thing"))[0] == 201
    page = _post(client, "mailbox", instance.mailbox_request(talkative))[1]
    assert [each["number"] for each in page["sent"]] == [1]
    assert client.get("/healthz").status_code == 200
