"""The files in `deploy/` do what docs/operate.md says, in the servers they are for, in front of the real gunicorn."""

import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from socket import create_connection

import pytest

from tests.anonymity.canaries import OWN_ADDRESS, WORDS
from tests.anonymity.pupil import CARRIED
from tests.conftest import SECRET
from tests.deploy.proxies import FILES, SITE, Proxy, running
from tests.limits.crowd import Answer, Sealed, Server, all_at_once, serving
from tests.sealing import SealedInstance
from tests.servers import free_port
from youthsafe.app import create_app
from youthsafe.config import Config
from youthsafe.extensions import db
from youthsafe.limits.policies import POLICIES
from youthsafe.routing.routes import Need
from youthsafe.serving import THREADS
from youthsafe.web.headers import security_headers

REPORTS, SIGN_IN = "/api/v1/reports", "/api/v1/staff/sign-in"
ACCESS_LOG = {"nginx": {}, "caddy": {"request_body": "log\n\trequest_body"}}  # around nginx it is on anyway
LETTING_IT = {
    "nginx": {"access_log off;": "", "error_log /dev/null emerg;": ""},
    "caddy": {"exclude http": "level INFO"},
}
_numbers = count(1)


@pytest.fixture
def address() -> str:
    """A network where nobody asked before."""
    return f"127.20.0.{next(_numbers)}"


@pytest.fixture(scope="module")
def server(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("behind")
    path = folder / "youthsafe.db"
    path.write_bytes(migrated_file.read_bytes())
    app = create_app(Config(f"sqlite:///{path}", SECRET, testing=True))
    SealedInstance.set_up(app)
    with app.app_context():
        db.engine.dispose()
    with serving(f"sqlite:///{path}", SECRET, folder) as running_server:
        yield running_server


@pytest.fixture(scope="module", params=sorted(FILES))
def proxy(request: pytest.FixtureRequest, server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with running(request.param, tmp_path_factory.mktemp("proxy") / request.param, server.port) as started:
        yield started


def send(proxy: Proxy, report: Sealed, address: str) -> int:
    """Send a report; gives the status, which is a 201 only when the answer names it."""
    answer = proxy.ask(REPORTS, report.body, address=address)
    assert answer.status != 201 or answer.json == {"id": report.id}
    return answer.status


def begin(proxy: Proxy, report: Sealed, address: str) -> tuple[ssl.SSLSocket, bytes]:
    """Send a report as far as its middle; gives the connection and the rest."""
    sent = {"Host": SITE, "Content-Length": str(len(report.body)), "Connection": "close", **CARRIED}
    head = f"POST {REPORTS} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in sent.items())
    phone, half = proxy.connect(address), len(report.body) // 2
    phone.sendall(head.encode() + b"\r\n" + report.body[:half])
    return phone, report.body[half:]


def headers(answer: Answer) -> list[tuple[str, str]]:
    """The headers of an answer but those of its connection; a browser does not mind how a name is spelled."""
    own = {"date", "server", "connection", "keep-alive", "transfer-encoding"}
    return sorted((name.lower(), value) for name, value in answer.headers.items() if name.lower() not in own)


def has_help(answer: Answer) -> bool:
    return b'href="tel:999"' in answer.body and b'href="tel:08001111"' in answer.body


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
@pytest.mark.parametrize("path", ["/en/", "/en/report/", "/en/support/?page=1", "/en/nowhere/", "/api/v1/bundle"])
def test_an_answer_reaches_the_reader_as_it_left_youthsafe(
    server: Server, proxy: Proxy, path: str, encoding: str
) -> None:
    answer = proxy.ask(path, Accept_Encoding=encoding)
    direct = server.ask(path, Accept_Encoding=encoding)
    assert (answer.status, answer.body, headers(answer)) == (direct.status, direct.body, headers(direct))
    for name, value in security_headers(path, frozenset({Need.WASM}) if path == "/en/report/" else frozenset()):
        assert answer.headers.get_all(name) == [value]
    assert answer.headers.get_all("Server", []) == (["nginx"] if proxy.kind == "nginx" else [])
    assert not {"Via", "X-Powered-By", "Alt-Svc"} & set(answer.headers)


def test_plain_http_leads_to_the_same_address_over_tls(proxy: Proxy) -> None:
    answer = proxy.ask("/en/cards/?a=b", plain=True)
    assert answer.status in {301, 308}
    assert answer.headers["Location"] == f"https://{SITE}/en/cards/?a=b"


def test_browsers_get_http_2_over_tls_1_3(proxy: Proxy) -> None:
    with proxy.connect(protocols=("h2", "http/1.1")) as opened:
        assert opened.selected_alpn_protocol() == "h2"
        assert opened.version() == "TLSv1.3"


def test_a_report_is_kept_once_however_often_it_comes(server: Server, proxy: Proxy, address: str) -> None:
    report = server.seal()
    assert [send(proxy, report, address) for _ in range(2)] == [201, 201]
    assert proxy.ask("/api/v1/mailbox", report.mailbox_request, address=address).json["report"] is not None


def test_no_header_of_a_strangers_changes_for_whom_they_are_counted(proxy: Proxy, address: str) -> None:
    most = int(POLICIES["sign-in"].rate.split("/")[0])

    def guess(number: int) -> int:
        forged = f"198.51.100.{number}"
        headers = {"X_Forwarded_For": f"{forged}, {forged}", "X_Real_IP": forged, "Forwarded": f"for={forged}"}
        return proxy.ask(SIGN_IN, b"{}", address=address, **headers).status

    refused = next((number for number in range(5 * most) if guess(number) == 429), None)
    assert refused is not None, "a forged header made every guess another network's"
    assert refused >= most
    assert proxy.ask(SIGN_IN, b"{}", address=f"127.20.1.{next(_numbers)}").status == 400


def test_no_header_of_a_strangers_makes_the_site_another(proxy: Proxy, address: str) -> None:
    forged = {"X_Forwarded_Host": "stranger.example", "X_Forwarded_Proto": "http", "Forwarded": "host=stranger.example"}
    assert proxy.ask(SIGN_IN, b"{}", address=address, Origin="https://stranger.example", **forged).status == 403
    assert proxy.ask(SIGN_IN, b"{}", address=address, Origin=f"https://{SITE}", **forged).status == 400


def test_phones_that_fall_silent_hold_no_thread_and_end_their_reports_later(
    server: Server, proxy: Proxy, address: str
) -> None:
    reports = [server.seal() for _ in range(THREADS + 4)]
    with ExitStack() as held:
        begun = [begin(proxy, report, address) for report in reports]
        for phone, _ in begun:
            held.enter_context(phone)
        assert send(proxy, server.seal(), address) == 201
        assert proxy.ask("/en/havens/?page=1", address=address).status == 200
        for phone, rest in begun:
            phone.sendall(rest)
        # YouthSafe gives up on a request that is not whole after 20 seconds: none of these reached it before.
        assert [phone.recv(65_536).split()[1] for phone, _ in begun] == [b"201"] * len(begun)


def test_a_body_that_is_too_long_is_refused_with_the_numbers_for_help(proxy: Proxy, address: str) -> None:
    answer = proxy.ask(REPORTS, b"x" * 60_000, address=address)
    assert answer.status == 413
    assert has_help(answer)
    answer = proxy.ask(REPORTS, b"x" * 33_000, address=address)
    assert (answer.status, answer.headers["Content-Type"]) == (413, "application/problem+json")


def test_what_a_coordinator_signs_comes_through_whole_where_a_report_would_be_refused(
    proxy: Proxy, address: str
) -> None:
    """Nobody is signed in here: the answer is YouthSafe's own, which took the body."""
    answer = proxy.ask("/api/v1/staff/changes", b"x" * 1_000_000, address=address)
    assert (answer.status, answer.headers["Content-Type"]) == (401, "application/problem+json")
    assert proxy.ask(REPORTS, b"x" * 1_000_000, address=address).status == 413


def test_thirty_phones_behind_one_address_are_all_served_at_once(server: Server, proxy: Proxy, address: str) -> None:
    def visit(report: Sealed) -> list[int]:
        pages = [proxy.ask(page, address=address).status for page in ("/en/", "/en/report/", "/api/v1/bundle")]
        return [*pages, send(proxy, report, address)]

    assert all_at_once(30, visit, [server.seal() for _ in range(30)]) == [[200, 200, 200, 201]] * 30


def make_noise(proxy: Proxy) -> list[Answer]:
    """Ask for everything that a server likes to write down; gives what it answered."""
    path, question = WORDS["path"], WORDS["question"]
    answers = [proxy.ask(f"/en/{path}/?{question}"), proxy.ask(REPORTS, b"x" * 60_000), proxy.ask(f"/{path}", b"{}")]
    proxy.ask(f"/{path}", plain=True)
    proxy.ask(f"/{path}", X_Long="x" * 60_000)
    with proxy.connect() as phone:
        phone.sendall(b"GET /" + path.encode() + b"\x00 HTTP/9.9\r\n\r\n")
        phone.recv(100)
    for port in (proxy.port, proxy.plain_port):
        with create_connection(("127.0.0.1", port), 60, (OWN_ADDRESS, 0)) as phone:
            phone.sendall(f"GET /{path} HTTP/1.1\r\nHost: {path}\r\n\r\n".encode())
            phone.recv(100)
    return answers


def test_nothing_of_anybody_is_in_what_the_proxy_wrote(proxy: Proxy, tmp_path: Path) -> None:
    assert [answer.status for answer in make_noise(proxy)] == [404, 413, 404]
    with running(proxy.kind, tmp_path / "alone", free_port(), ACCESS_LOG[proxy.kind]) as alone:
        answers = make_noise(alone)
    assert [answer.status for answer in answers] == [502, 413, 502]
    assert all(has_help(answer) for answer in answers), "it is down, and still names who helps"
    assert (proxy.written(), alone.written()) == (set(), set())


def test_the_search_finds_what_a_proxy_writes_down_that_may(proxy: Proxy, tmp_path: Path) -> None:
    changed = ACCESS_LOG[proxy.kind] | LETTING_IT[proxy.kind]
    with running(proxy.kind, tmp_path / "talkative", free_port(), changed) as talkative:
        make_noise(talkative)
    assert {"address", "agent", "referrer", "path", "question"} <= talkative.written()


def test_one_address_does_not_take_every_connection_of_nginx(server: Server, tmp_path: Path, address: str) -> None:
    fewer = {"limit_conn youthsafe 400;": "limit_conn youthsafe 40;"}
    with running("nginx", tmp_path / "nginx", server.port, fewer) as proxy, ExitStack() as held:
        report = server.seal()
        for _ in range(40):
            held.enter_context(begin(proxy, report, address)[0])
        assert any(proxy.ask("/en/", address=address).status == 503 for _ in range(200)), "each of them is counted"
        assert proxy.ask("/en/").status == 200, "another address is served"
