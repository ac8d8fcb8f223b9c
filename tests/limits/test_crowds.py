"""A school, an assembly and a flood against a real server: what is asked of whom, and that all reports arrive."""

import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.accounts.office import Office, furnish
from tests.limits.crowd import HOME, SCHOOL, STRANGER, Answer, Sealed, Server, all_at_once, serving
from tests.limits.solving import solved
from tests.long_runs import LongRun
from youthsafe.clock import system_clock
from youthsafe.config import Config
from youthsafe.crypto.encoding import b64
from youthsafe.demo.ceremony import Ceremony
from youthsafe.extensions import db

ASKED_FROM = {0: 1, 1: 41, 2: 121, 3: 241, 4: 401}  # docs/operate.md has the same figures


@pytest.fixture
def office(config: Config, make_app: Callable[[Config], Flask], made: Ceremony) -> Office:
    return furnish(make_app(config), system_clock, made)


@pytest.fixture
def server(office: Office, config: Config, tmp_path: Path) -> Iterator[Server]:
    with office.app.app_context():
        db.engine.dispose()
    with serving(config.database_url, config.server_secret, tmp_path) as running:
        yield running


def steps(found: list[tuple[int, int]]) -> dict[str, float | str]:
    """How many reports cost which step."""
    counted = Counter(step for _, step in found)
    return {f"step_{step}" if step else "no_work": counted[step] for step in sorted(counted)}


def test_thirty_pupils_behind_one_address_load_read_send_and_open_a_mailbox(server: Server, long_run: LongRun) -> None:
    def visit(report: Sealed) -> list[int]:
        pages = ("/en/", "/en/cards/bullying/", "/en/support/", "/en/report/", "/api/v1/bundle")
        read = [server.ask(page, network=SCHOOL).status for page in pages]
        sent = server.send(report, network=SCHOOL).status
        return [*read, sent, server.ask("/api/v1/mailbox", report.mailbox_request, network=SCHOOL).status]

    reports = [server.seal() for _ in range(30)]
    began = time.monotonic()
    visits = all_at_once(30, visit, reports)
    long_run.found(
        "thirty pupils at one address, all at once", reports=30, seconds=time.monotonic() - began, no_work=30
    )
    assert visits == [[200] * 5 + [201, 200]] * 30


def test_sixty_reports_of_one_school_at_one_moment_all_arrive(server: Server, long_run: LongRun) -> None:
    reports = [server.seal() for _ in range(60)]
    found = all_at_once(60, lambda report: server.send_as_a_browser_does(report, network=SCHOOL), reports)
    long_run.found("sixty reports at one moment from one address", **steps(found))
    assert Counter(found) == {(201, 0): 40, (201, 1): 20}


def test_a_thousand_reports_in_sixty_seconds_with_their_work_done_beforehand_all_arrive(
    server: Server, long_run: LongRun
) -> None:
    count = long_run.times(20, soak=1000)
    reports = [server.seal() for _ in range(count)]
    proofs = [solved(_asked_at_home(server, report, number)) for number, report in enumerate(reports)]
    began = time.monotonic()

    def send(numbered: tuple[int, Sealed]) -> int:
        number, report = numbered
        time.sleep(max(0.0, began + number * 60 / 1000 - time.monotonic()))
        return server.send(report, proofs[number], network=SCHOOL).status

    statuses = Counter(all_at_once(16, send, list(enumerate(reports))))
    seconds = time.monotonic() - began
    long_run.found("reports with work done beforehand, one address", reports=count, seconds=seconds, **_told(statuses))
    assert statuses == {201: count}


def _asked_at_home(server: Server, report: Sealed, number: int) -> dict[str, object]:
    """Ask for work from one of many homes, so that it is of the first step."""
    body = f'{{"report":"{report.id}"}}'.encode()
    answer = server.ask("/api/v1/work", body, network=f"198.51.100.{number // 50}")
    assert answer.status == 200
    return answer.challenge


def _told(statuses: Counter[int]) -> dict[str, float | str]:
    return {f"answered_{status}": statuses[status] for status in sorted(statuses)}


def test_what_a_network_is_asked_for_is_as_the_docs_say(server: Server, long_run: LongRun) -> None:
    answers = [server.send(server.seal(), network=STRANGER) for _ in range(max(ASKED_FROM.values()) + 1)]
    asked = [answer.step for answer in answers]
    first = {step: asked.index(step) + 1 for step in sorted(set(asked))}
    long_run.found("asked from which report of five minutes on", **{f"step_{step}": at for step, at in first.items()})
    assert first == ASKED_FROM
    assert asked == sorted(asked)
    assert server.send(server.seal(), network=HOME).status == 201


def test_a_strangers_guesses_neither_get_in_nor_keep_the_caseworker_out(
    server: Server, office: Office, long_run: LongRun
) -> None:
    named, count = office.made.people[0], long_run.times(300, soak=10_000)

    def guess(number: int) -> Answer:
        forged = f"198.51.100.{number % 250}, 10.0.0.{number % 250}"
        return server.sign_in(named, network=STRANGER, proof=secrets.token_bytes(32), forged=forged)

    halfway: list[int] = []

    def guess_while_the_caseworker_comes(number: int) -> int:
        if number == count // 2:
            halfway.append(server.sign_in(named, network=HOME).status)
        return guess(number).status

    statuses = Counter(all_at_once(12, guess_while_the_caseworker_comes, range(count)))
    long_run.found("a stranger's guesses at one name", guesses=count, **_told(statuses))
    assert set(statuses) == {401, 429}
    assert statuses[401] <= 12 + 30, "a few at once before the first is counted, then one after each wait"
    assert halfway == [200]


def test_guesses_from_many_networks_keep_the_caseworker_out_no_more(
    server: Server, office: Office, long_run: LongRun
) -> None:
    named, networks = office.made.people[0], long_run.times(30, soak=1000)

    def guess(number: int) -> list[int]:
        network = f"2001:db8:{number:x}::1"
        return [server.sign_in(named, network=network, proof=secrets.token_bytes(32)).status for _ in range(7)]

    statuses = Counter(status for each in all_at_once(12, guess, range(networks)) for status in each)
    long_run.found("guesses at one name from many networks", networks=networks, **_told(statuses))
    assert set(statuses) <= {401, 429}
    assert server.sign_in(named, network=HOME).status == 200


Flood = Callable[[int], tuple[str, bytes | None]]
FLOODS: dict[str, Flood] = {
    "pages": lambda number: (f"/ta/offline/pages.json?{number}", None),
    "doubled slashes": lambda _: ("//ta/offline/places.json", None),
    "what is not there": lambda number: (f"/en/nothing{number}/", None),
    "what is not taken, and then the page": lambda number: ("/ta/offline/places.json", b"{}" if number % 2 else None),
    "the bundle": lambda _: ("/api/v1/bundle", None),
    "mailboxes": lambda _: ("/api/v1/mailbox", _guess()),
    "reports taken back": lambda _: ("/api/v1/mailbox/withdraw", _guess()),
    "reports in the inbox": lambda _: (f"/staff/en/reports/{b64(secrets.token_bytes(16))}/", None),
    "work": lambda _: ("/api/v1/work", f'{{"report":"{b64(secrets.token_bytes(16))}"}}'.encode()),
}


def test_a_flood_from_their_own_wifi_keeps_no_pupil_out(server: Server, long_run: LongRun) -> None:
    count = long_run.times(120, soak=20_000)
    for kind, asked in FLOODS.items():
        longest: list[float] = []

        def ask(number: int, asked: Flood = asked, longest: list[float] = longest) -> list[int]:
            path, body = asked(number)
            server.ask(path, body, network=STRANGER)
            return _visit(server, longest) if number in (count // 3, count // 2) else []

        visits = [each for each in all_at_once(40, ask, range(count)) if each]
        long_run.found(f"flood of {kind} from a pupil's own network", requests=count, longest_step_s=max(longest))
        assert visits == [[200, 200, 201, 200]] * 2, kind


def _visit(server: Server, longest: list[float]) -> list[int]:
    """One pupil in the network of the flood: the form, its lock, a report and its mailbox."""
    report = server.seal()
    return [
        _timed(longest, lambda: server.ask("/en/report/", network=STRANGER)),
        _timed(longest, lambda: server.ask("/api/v1/bundle", network=STRANGER)),
        _timed(longest, lambda: server.send(report, network=STRANGER)),
        _timed(longest, lambda: server.ask("/api/v1/mailbox", report.mailbox_request, network=STRANGER)),
    ]


def _timed(longest: list[float], act: Callable[[], Answer]) -> int:
    began = time.monotonic()
    status = act().status
    longest.append(time.monotonic() - began)
    return status


def _guess() -> bytes:
    return f'{{"id":"{b64(secrets.token_bytes(16))}","token":"{b64(secrets.token_bytes(32))}","before":0}}'.encode()


def test_a_strangers_guesses_at_mailboxes_find_none_and_keep_no_pupil_out(server: Server, long_run: LongRun) -> None:
    pupil, count = server.seal(), long_run.times(1_000, soak=100_000)
    assert server.send(pupil).status == 201
    opened: list[Answer] = []

    def guess(number: int) -> tuple[int, bool]:
        if number == count // 2:
            opened.extend(server.ask("/api/v1/mailbox", pupil.mailbox_request, network=at) for at in (HOME, STRANGER))
            opened.append(server.send(server.seal(), network=HOME))
        answer = server.ask("/api/v1/mailbox", _guess(), network=STRANGER, forged=f"192.0.2.{number % 250}")
        return answer.status, answer.status == 200 and answer.json["report"] is not None

    found = all_at_once(12, guess, range(count))
    statuses = Counter(status for status, _ in found)
    long_run.found("a stranger's guesses at mailboxes", guesses=count, **_told(statuses))
    assert set(statuses) == {200}
    assert not any(hit for _, hit in found)
    assert [answer.status for answer in opened] == [200, 200, 201]
    assert all(answer.json["report"] for answer in opened[:2]), "at home, and on the Wi-Fi of the guesser"
