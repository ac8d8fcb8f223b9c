"""Proof of work: what is asked when, for which report, and that nothing else passes for it."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import altcha
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, select
from werkzeug.test import TestResponse

from tests.conftest import SettableClock
from tests.limits.solving import solved
from tests.packs import packaged
from tests.sealing import SealedInstance, SealedReport
from youthsafe import rooms
from youthsafe.clock import system_clock
from youthsafe.config import Config
from youthsafe.crypto.encoding import unb64
from youthsafe.database import transaction
from youthsafe.database.secret_versions import SecretVersions
from youthsafe.extensions import db
from youthsafe.limits import proof_of_work, services
from youthsafe.limits.policies import POLICIES
from youthsafe.mailbox import tombstones
from youthsafe.mailbox.models import Report

FREE = 40


def send(client: FlaskClient, report: SealedReport, proof: str | None = None, at: str = "203.0.113.9") -> TestResponse:
    headers = {"Youthsafe-Work": proof} if proof is not None else {}
    return client.post(
        "/api/v1/reports",
        data=report.body,
        content_type="application/json",
        headers=headers,
        environ_overrides={"REMOTE_ADDR": at},
    )


def ask(client: FlaskClient, report: SealedReport, at: str = "203.0.113.9") -> dict[str, object]:
    """Ask for work beforehand."""
    body = f'{{"report":"{report.id_text}"}}'
    answer = client.post(
        "/api/v1/work", content_type="application/json", data=body, environ_overrides={"REMOTE_ADDR": at}
    )
    assert answer.status_code == 200
    return answer.json["challenge"]


def step_of(challenge: dict[str, object]) -> int:
    return challenge["parameters"]["data"]["step"]


@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every rung has room for one report, as if a network had sent much already."""
    for name in services.THRESHOLDS:
        monkeypatch.setitem(POLICIES, name, replace(POLICIES[name], rate="1/5minutes"))


@pytest.fixture
def kept(app: Flask) -> Callable[[], dict[bytes, int]]:
    def read() -> dict[bytes, int]:
        with app.app_context():
            found = {each.id: each.difficulty for each in db.session.scalars(select(Report))}
            db.session.remove()
            return found

    return read


Kept = Callable[[], dict[bytes, int]]


def test_a_class_is_asked_for_nothing_and_a_flood_for_work(
    instance: SealedInstance, client: FlaskClient, kept: Kept
) -> None:
    answers = [send(client, instance.report()) for _ in range(FREE + 1)]
    assert [each.status_code for each in answers] == [201] * FREE + [428]
    refused = answers[-1]
    assert refused.content_type == "application/problem+json"
    assert refused.json["type"] == "urn:youthsafe:problem:work-wanted"
    assert "Nothing was saved" in refused.json["detail"]
    assert refused.headers["Cache-Control"] == "no-store"
    assert step_of(refused.json["challenge"]) == 1
    assert len(kept()) == FREE


def test_another_network_is_asked_for_nothing_meanwhile(
    instance: SealedInstance, client: FlaskClient, crowded: None
) -> None:
    assert [send(client, instance.report()).status_code for _ in range(4)] == [201, 428, 428, 428]
    assert send(client, instance.report(), at="198.51.100.7").status_code == 201


def test_the_same_body_with_the_work_done_is_kept_with_the_step_it_cost(
    instance: SealedInstance, client: FlaskClient, crowded: None, kept: Kept
) -> None:
    free, report = instance.report(), instance.report()
    send(client, free)
    proof = solved(send(client, report).json["challenge"])
    assert send(client, report, proof).status_code == 201
    assert send(client, report, proof).status_code == 201, "the answer was lost: the same again"
    assert kept() == {free.report_id: 0, report.report_id: 1}


def test_the_work_rises_step_by_step_and_ends_at_the_highest(
    instance: SealedInstance, client: FlaskClient, crowded: None
) -> None:
    send(client, instance.report())
    asked = [step_of(send(client, instance.report()).json["challenge"]) for _ in range(6)]
    assert asked == [1, 2, 3, 4, 4, 4]


def test_work_can_be_asked_for_beforehand_and_is_good_enough_however_much_is_sent_meanwhile(
    instance: SealedInstance, client: FlaskClient, crowded: None
) -> None:
    early = instance.report()
    challenge = ask(client, early)
    assert step_of(challenge) == 1
    for _ in range(6):
        send(client, instance.report())
    assert send(client, early, solved(challenge)).status_code == 201


def test_work_for_one_report_is_of_no_use_for_another(
    instance: SealedInstance, client: FlaskClient, crowded: None, kept: Kept
) -> None:
    first, second = instance.report(), instance.report()
    proof = solved(ask(client, first))
    send(client, instance.report())
    answer = send(client, second, proof)
    assert answer.status_code == 428
    assert answer.json["challenge"]["parameters"]["data"]["report"] == second.id_text
    assert second.report_id not in kept()


def test_a_kept_report_sent_again_is_asked_for_no_work(
    instance: SealedInstance, client: FlaskClient, crowded: None, kept: Kept
) -> None:
    """Its first 201 was lost on the way, and meanwhile the network has sent much."""
    report = instance.report()
    first = send(client, report)
    assert send(client, instance.report()).status_code == 428
    again = [send(client, report), send(client, report, "a proof that is none"), send(client, report)]
    assert [(each.status_code, each.data) for each in again] == [(201, first.data)] * 3
    assert len(kept()) == 1


@pytest.mark.usefixtures("crowded")
def test_a_report_that_was_kept_and_is_gone_is_asked_for_no_work_either(
    instance: SealedInstance, client: FlaskClient, app: Flask, clock: SettableClock, kept: Kept
) -> None:
    report = instance.report()
    first = send(client, report)
    with app.app_context(), transaction():
        tombstones.bury([tombstones.mark(report.report_id)], clock())
        db.session.execute(delete(Report))
    again = send(client, report)
    assert (again.status_code, again.data) == (201, first.data)
    assert kept() == {}


def test_whoever_knows_only_the_number_of_a_kept_report_is_asked_for_work_like_everybody(
    instance: SealedInstance, client: FlaskClient, crowded: None
) -> None:
    report = instance.report()
    send(client, report)
    other = send(client, instance.report(report_id=report.report_id))
    unknown = send(client, instance.report())
    assert (other.status_code, other.json["detail"]) == (unknown.status_code, unknown.json["detail"])
    assert other.status_code == 428


def test_to_know_a_report_again_costs_one_question_and_no_write(
    instance: SealedInstance, client: FlaskClient, crowded: None
) -> None:
    report = instance.report()
    send(client, report)
    seen: list[str] = []
    with client.application.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda _c, _u, statement, *_: seen.append(statement))
    for again in (report, instance.report()):
        seen.clear()
        send(client, again)
        of_reports = [each for each in seen if "minimum_work" not in each and "PRAGMA" not in each]
        assert [each.split()[0] for each in of_reports] == ["SELECT"], seen


def test_the_work_can_be_done_with_nothing_but_what_the_protocol_says_of_it(
    instance: SealedInstance, client: FlaskClient, crowded: None
) -> None:
    """docs/envelope.md, section 7, without ALTCHA's library."""
    send(client, instance.report())
    report = instance.report()
    challenge = send(client, report).json["challenge"]
    wanted = challenge["parameters"]
    nonce, salt, prefix = (bytes.fromhex(wanted[key]) for key in ("nonce", "salt", "keyPrefix"))
    for counter in range(2**32):
        password = nonce + counter.to_bytes(4, "big")
        derived = hashlib.pbkdf2_hmac("sha256", password, salt, wanted["cost"], wanted["keyLength"])
        if derived.startswith(prefix):
            break
    solution = {"counter": counter, "derivedKey": derived.hex()}
    for said in (solution, {**solution, "counter": 0, "time": 1}):
        proof = base64.b64encode(json.dumps({"challenge": challenge, "solution": said}).encode()).decode()
        with client.application.app_context():
            assert proof_of_work.proved_difficulty(proof, report.report_id) == 1, "only the derived key is looked at"
    assert send(client, report, proof).status_code == 201


def test_work_that_is_over_gets_a_fresh_challenge(instance: SealedInstance, client: FlaskClient, app: Flask) -> None:
    report = instance.report()
    with app.app_context():
        old = proof_of_work.challenge(report.report_id, 1, system_clock() - proof_of_work.LIFE - timedelta(seconds=1))
    for _ in range(FREE):
        send(client, instance.report())
    answer = send(client, report, solved(old))
    assert answer.status_code == 428
    assert send(client, report, solved(answer.json["challenge"])).status_code == 201


def _without_work(challenge: dict[str, object]) -> dict[str, object]:
    return {"challenge": challenge, "solution": {"counter": 0, "derivedKey": "00" * 32}}


def _made_easier(challenge: dict[str, object]) -> dict[str, object]:
    parameters = {**challenge["parameters"], "keyPrefix": "00", "cost": 1}
    easy = altcha.Challenge.from_dict({"parameters": parameters, "signature": challenge["signature"]})
    found = altcha.solve_challenge(easy)
    assert found is not None
    return altcha.Payload(easy, found).to_dict()


def _of_ones_own(challenge: dict[str, object]) -> dict[str, object]:
    own = altcha.create_challenge(
        "PBKDF2/SHA-256",
        1,
        counter=1,
        data=challenge["parameters"]["data"],
        hmac_secret="mine",
        hmac_key_secret="mine",
    )
    found = altcha.solve_challenge(own)
    assert found is not None
    return altcha.Payload(own, found).to_dict()


def _unsigned(challenge: dict[str, object]) -> dict[str, object]:
    return _without_work({"parameters": challenge["parameters"]})


@pytest.mark.parametrize(
    "forge", [_without_work, _made_easier, _of_ones_own, _unsigned], ids=lambda each: each.__name__.strip("_")
)
def test_nothing_but_the_work_passes_for_it(
    instance: SealedInstance,
    client: FlaskClient,
    crowded: None,
    forge: Callable[[dict[str, object]], dict[str, object]],
) -> None:
    send(client, instance.report())
    report = instance.report()
    forged = forge(ask(client, report))
    assert send(client, report, base64.b64encode(json.dumps(forged).encode()).decode()).status_code == 428


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = ("algorithm", "nonce", "salt", "cost", "keyPrefix", "keySignature", "expiresAt", "data", "keyLength")


@settings(deadline=None)
@given(
    parameters=st.dictionaries(st.sampled_from(NAMES), json_values) | json_values,
    solution=st.fixed_dictionaries({"counter": json_values, "derivedKey": json_values}) | json_values,
    signature=json_values,
)
def test_whatever_a_stranger_sends_as_proof_is_wrong_and_never_an_error(
    parameters: object, solution: object, signature: object
) -> None:
    shape = {"challenge": {"parameters": parameters, "signature": signature}, "solution": solution}
    with APP.app_context():
        assert proof_of_work.proved_difficulty(base64.b64encode(json.dumps(shape).encode()).decode(), bytes(16)) == 0


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_other_header_is_wrong_and_never_an_error(header: str) -> None:
    with APP.app_context():
        assert proof_of_work.proved_difficulty(header, bytes(16)) == 0


APP = Flask("proofs")
APP.config["YOUTHSAFE"] = CONFIG = Config(database_url="sqlite://", server_secret=bytes(range(32)), testing=True)
rooms.install(APP, clock=system_clock, pack=packaged())
rooms.rooms(APP).server_secret = SecretVersions(CONFIG)


def test_a_report_over_the_instances_ceiling_is_not_kept_and_may_come_again_later(
    instance: SealedInstance, client: FlaskClient, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(POLICIES, "sending", replace(POLICIES["sending"], rate="3/minute"))
    monkeypatch.setattr(services, "CROWD", ())
    first = instance.report()
    assert send(client, first).status_code == 201
    for _ in range(5):
        assert send(client, first).status_code == 201, "the same report again uses up nothing"
    assert [send(client, instance.report()).status_code for _ in range(2)] == [201, 201]
    full = send(client, instance.report())
    assert full.status_code == 503
    assert int(full.headers["Retry-After"]) >= 1
    assert len(kept()) == 3


def test_a_flood_without_work_uses_up_no_ceiling(
    instance: SealedInstance, client: FlaskClient, crowded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(POLICIES, "sending", replace(POLICIES["sending"], rate="2/minute"))
    monkeypatch.setattr(services, "CROWD", ())
    assert [send(client, instance.report()).status_code for _ in range(10)] == [201] + [428] * 9
    assert send(client, instance.report(), at="198.51.100.7").status_code == 201


def test_cheap_reports_leave_room_for_one_that_does_the_work_it_is_asked_for(
    instance: SealedInstance, client: FlaskClient, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stranger may gather cheap proofs for twenty minutes and send them in one."""
    monkeypatch.setattr(proof_of_work, "DIFFICULTIES", dict.fromkeys(proof_of_work.DIFFICULTIES, 3))
    stock = []
    for _ in range(3):
        report = instance.report()
        challenge = client.post(
            "/api/v1/work", content_type="application/json", data=f'{{"report":"{report.id_text}"}}'.encode()
        ).json["challenge"]
        assert step_of(challenge) == 1
        stock.append((report, solved(challenge)))
    monkeypatch.setitem(POLICIES, "sending", replace(POLICIES["sending"], rate="2/minute"))
    assert [send(client, *each).status_code for each in stock] == [201, 201, 503]
    pupils = instance.report()
    wanted = send(client, pupils, at="198.51.100.7").json["challenge"]
    assert step_of(wanted) == 3
    assert send(client, pupils, solved(wanted), at="198.51.100.7").status_code == 201
    assert sorted(kept().values()) == [1, 1, 3]


def test_when_the_room_for_dear_reports_fills_as_well_everybody_is_asked_for_the_highest_step(
    instance: SealedInstance, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof_of_work, "DIFFICULTIES", dict.fromkeys(proof_of_work.DIFFICULTIES, 3))
    monkeypatch.setitem(POLICIES, "sending", replace(POLICIES["sending"], rate="2/minute"))
    monkeypatch.setitem(POLICIES, "sending-worked", replace(POLICIES["sending-worked"], rate="4/minute"))
    asked = []
    for number in range(6):
        report, network = instance.report(), f"198.51.100.{number}"
        answer = send(client, report, at=network)
        asked.append(0 if answer.status_code == 201 else step_of(answer.json["challenge"]))
        if answer.status_code == 428:
            assert send(client, report, solved(answer.json["challenge"]), at=network).status_code == 201
    assert asked == [0, 1, 3, 3, 4, 4]


def test_dear_reports_take_the_room_of_cheap_ones_when_their_own_is_full(
    instance: SealedInstance, client: FlaskClient, app: Flask, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof_of_work, "DIFFICULTIES", dict.fromkeys(proof_of_work.DIFFICULTIES, 3))
    monkeypatch.setattr(services, "CROWD", ())
    for room in ("sending", "sending-worked"):
        monkeypatch.setitem(POLICIES, room, replace(POLICIES[room], rate="2/minute"))
    with app.app_context(), transaction():
        services.raise_minimum(3, 1, clock())
    answers = []
    for _ in range(5):
        report = instance.report()
        answers.append(send(client, report, solved(send(client, report).json["challenge"])).status_code)
    assert answers == [201] * 4 + [503]


def test_many_networks_together_are_asked_for_work_before_the_ceiling_comes_near(
    instance: SealedInstance, client: FlaskClient, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One stranger's IPv6 prefix holds as many networks as they like, each with its first reports without work."""
    monkeypatch.setitem(POLICIES, "sending", replace(POLICIES["sending"], rate="12/minute"))
    monkeypatch.setattr(proof_of_work, "DIFFICULTIES", dict.fromkeys(proof_of_work.DIFFICULTIES, 3))
    networks = iter(f"2001:db8:0:{number:x}::1" for number in range(1, 100))
    asked: list[int] = []
    while len(kept()) < 12:
        report, network = instance.report(), next(networks)
        answer = send(client, report, at=network)
        asked.append(0 if answer.status_code == 201 else step_of(answer.json["challenge"]))
        if answer.status_code == 428:
            assert send(client, report, solved(answer.json["challenge"]), at=network).status_code == 201
    assert asked == [0] * 6 + [1] * 2 + [2] * 2 + [3] * 2


def test_a_coordinators_floor_holds_for_every_network_and_ends_by_itself(
    instance: SealedInstance, client: FlaskClient, app: Flask, clock: SettableClock
) -> None:
    with app.app_context(), transaction():
        services.raise_minimum(2, 3, clock())
    report = instance.report()
    answer = send(client, report)
    assert (answer.status_code, step_of(answer.json["challenge"])) == (428, 2)
    clock.move(hours=3)
    assert send(client, report).status_code == 201


def test_the_database_is_asked_for_the_floor_once_in_a_while(instance: SealedInstance, client: FlaskClient) -> None:
    seen: list[str] = []
    with client.application.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda _c, _u, statement, *_: seen.append(statement))
    for _ in range(3):
        assert send(client, instance.report()).status_code == 201
    assert len([each for each in seen if "minimum_work" in each]) == 1


@pytest.mark.parametrize("body", [b"", b"{}", b'{"report":"short"}', b'{"report": "AAAAAAAAAAAAAAAAAAAAAA"}'])
def test_asking_for_work_needs_a_reports_number(client: FlaskClient, body: bytes) -> None:
    assert client.post("/api/v1/work", content_type="application/json", data=body).status_code == 400


def test_a_challenge_holds_what_the_browser_needs_and_no_secret(instance: SealedInstance, client: FlaskClient) -> None:
    report = instance.report()
    challenge = ask(client, report)
    assert set(challenge) == {"parameters", "signature"}
    assert unb64(challenge["parameters"]["data"]["report"], 16) == report.report_id
    assert "counter" not in json.dumps(challenge)
