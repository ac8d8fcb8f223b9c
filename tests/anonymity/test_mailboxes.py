"""From outside, nobody can tell an unknown, an empty and a full mailbox apart, nor a wrong token."""

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from statistics import median
from time import perf_counter_ns

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.conftest import forget_counts
from tests.long_runs import LongRun
from tests.sealing import SealedInstance
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.crypto.envelope import ANSWER_LENGTH
from youthsafe.database import transaction
from youthsafe.extensions import db
from youthsafe.mailbox import services
from youthsafe.mailbox.models import Report
from youthsafe.reports.services import ANSWERS_ON_A_PAGE, PAGE_BYTES

KINDS = ("unknown", "empty", "full", "wrong token")
LONGER_THAN_FACTS = 1_000  # bytes
TELLING = 0.1  # away from one half, which tells nothing
TELLING_MS = 10.0  # of medians on one machine; a network adds more by chance


@pytest.fixture
def requests(instance: SealedInstance, client: FlaskClient) -> dict[str, bytes]:
    """One request for each kind of mailbox; the full one has more of everything than a page shows."""
    empty, full, unknown = instance.report(), instance.report(), instance.report()
    for each in (empty, full):
        assert client.post("/api/v1/reports", content_type="application/json", data=each.body).status_code == 201
    for number in range(40):
        assert (
            client.post(
                "/api/v1/mailbox/messages", content_type="application/json", data=instance.follow_up(full, str(number))
            ).status_code
            == 201
        )
    wrong = json.loads(instance.mailbox_request(full)) | {"token": "A" * 43}
    bodies = [instance.mailbox_request(each) for each in (unknown, empty, full)]
    return dict(zip(KINDS, [*bodies, json.dumps(wrong, separators=(",", ":")).encode()], strict=True))


@pytest.fixture
def answered(instance: SealedInstance, app: Flask, client: FlaskClient) -> dict[int | None, bytes]:
    """One request for a mailbox of each number of answers, and for an unknown one under None."""
    bodies: dict[int | None, bytes] = {None: instance.mailbox_request(instance.report())}
    for count in (0, 1, 4, 9):
        report = instance.report()
        assert client.post("/api/v1/reports", content_type="application/json", data=report.body).status_code == 201
        with app.app_context(), transaction():
            row = db.session.get_one(Report, report.report_id)
            for number in range(count):
                sent = json.loads(instance.answer(report, str(number)))
                envelope, after = unb64(sent["envelope"]), unb64(sent["after"])
                services.answer(row, envelope, after=after, follow_ups=0, now=datetime(2026, 11, 23, 9, tzinfo=UTC))
        bodies[count] = instance.mailbox_request(report)
    return bodies


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """What is asked of the database."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_status_size_headers_and_queries_are_the_same(
    app: Flask, client: FlaskClient, requests: dict[str, bytes]
) -> None:
    seen = {}
    for kind, body in requests.items():
        with statements(app) as asked:
            answer = client.post("/api/v1/mailbox", data=body, content_type="application/json")
        headers = tuple(sorted(answer.headers.items()))
        seen[kind] = (answer.status_code, len(answer.data), headers, tuple(asked))
    assert len(set(seen.values())) == 1
    status, size, _, asked = seen["unknown"]
    assert (status, size, len(asked)) == (200, PAGE_BYTES, 4)


def test_as_much_is_decrypted_and_written_for_any_number_of_answers(
    answered: dict[int | None, bytes], client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    work: list[tuple[str, int]] = []

    class Counting:
        def __init__(self, key: bytes) -> None:
            self._cipher = AESGCM(key)
            self.encrypt = self._cipher.encrypt

        def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
            work.append(("decrypted", len(data)))
            return self._cipher.decrypt(nonce, data, associated_data)

    def counted(data: bytes) -> str:
        if len(data) > LONGER_THAN_FACTS:
            work.append(("written", len(data)))
        return b64(data)

    monkeypatch.setattr("youthsafe.database.secrets.AESGCM", Counting)
    monkeypatch.setattr("youthsafe.reports.services.b64", counted)
    done, shown = {}, {}
    for count, body in answered.items():
        work.clear()
        page = client.post("/api/v1/mailbox", data=body, content_type="application/json")
        assert len(page.data) == PAGE_BYTES
        done[count], shown[count] = sorted(work), len(page.json["answers"])
    assert shown == {None: 0, 0: 0, 1: 1, 4: 4, 9: 4}
    assert done == dict.fromkeys(done, done[4])
    assert done[None].count(("written", ANSWER_LENGTH)) == ANSWERS_ON_A_PAGE


def test_a_query_more_for_one_of_them_would_be_seen(app: Flask, requests: dict[str, bytes]) -> None:
    with statements(app) as asked, app.app_context():
        db.session.execute(db.text("SELECT 1"))
    assert asked == ["SELECT 1"]


def test_how_long_an_answer_takes_tells_little(
    app: Flask, client: FlaskClient, requests: dict[str, bytes], long_run: LongRun
) -> None:
    samples: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for number in range(long_run.times(25, soak=2_500)):
        if number % 20 == 0:
            forget_counts(app)
        for kind in random.sample(KINDS, len(KINDS)):  # interleaved, so that a busy moment hits all alike
            started = perf_counter_ns()
            client.post("/api/v1/mailbox", data=requests[kind], content_type="application/json")
            samples[kind].append((perf_counter_ns() - started) / 1e6)
    medians = {kind: median(times) for kind, times in samples.items()}
    for kind in KINDS[1:]:
        long_run.found(
            f"time of a mailbox, {kind} against unknown",
            samples=len(samples[kind]),
            median_ms=medians[kind],
            median_of_unknown_ms=medians["unknown"],
            chance_of_being_slower=chance_of_being_slower(samples[kind], samples["unknown"]),
        )
    spread = max(medians.values()) - min(medians.values())
    assert min(medians.values()) > 0
    assert not long_run.full or spread < TELLING_MS


def test_how_long_a_page_takes_does_not_tell_how_many_answers_it_has(
    app: Flask, client: FlaskClient, answered: dict[int | None, bytes], long_run: LongRun
) -> None:
    samples: dict[int | None, list[float]] = {count: [] for count in answered}
    for number in range(long_run.times(20, soak=2_500)):
        if number % 10 == 0:
            forget_counts(app)
        for count in random.sample(list(answered), len(answered)):
            started = perf_counter_ns()
            answer = client.post("/api/v1/mailbox", data=answered[count], content_type="application/json")
            samples[count].append((perf_counter_ns() - started) / 1e6)
            assert answer.status_code == 200
    chance = chance_of_being_slower(samples[4], samples[0])
    for count in (1, 4, 9):
        long_run.found(
            f"time of a mailbox, {count} answers against none",
            samples=len(samples[count]),
            median_ms=median(samples[count]),
            median_of_none_ms=median(samples[0]),
            chance_of_being_slower=chance_of_being_slower(samples[count], samples[0]),
        )
    assert not long_run.full or abs(chance - 0.5) < TELLING


def chance_of_being_slower(these: list[float], those: list[float]) -> float:
    """Mann and Whitney's U over the number of pairs: 0.5 tells nothing, 0 and 1 tell everything."""
    ranked = sorted([(value, True) for value in these] + [(value, False) for value in those])
    ranks = sum(rank for rank, (_, is_one_of_these) in enumerate(ranked, start=1) if is_one_of_these)
    return (ranks - len(these) * (len(these) + 1) / 2) / (len(these) * len(those))


def test_the_statistic_tells_samples_apart_that_differ() -> None:
    assert chance_of_being_slower([5.0, 6.0, 7.0], [1.0, 2.0, 3.0]) == 1
    assert chance_of_being_slower([1.0, 2.0, 3.0], [5.0, 6.0, 7.0]) == 0
    assert chance_of_being_slower([1.0, 4.0], [2.0, 3.0]) == 0.5
