"""`youthsafe verify-site` against a real server: the release as it is, and with one thing changed."""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import brotli
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from werkzeug.test import run_wsgi_app

from tests.conftest import SECRET
from tests.havens.conftest import a_place
from tests.sealing import SealedInstance
from tests.servers import free_port, serving
from youthsafe import resources
from youthsafe.app import create_app
from youthsafe.cli import main
from youthsafe.config import Config
from youthsafe.crypto.bundle import fingerprint
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.database import transaction
from youthsafe.extensions import db
from youthsafe.instance import services as instance_services
from youthsafe.instance.models import Controller
from youthsafe.release import commands
from youthsafe.release.rendering import Rendered, rendered
from youthsafe.release.served import Site, SiteError
from youthsafe.release.skeleton import strange_tags
from youthsafe.rooms import rooms

NAMES = json.loads((resources.assets_folder() / "manifest.json").read_text())
PACK = Path(__file__).parents[2] / "examples/madeupton"  # a small one
EVIL = b"<script>1</script>"
Headers = dict[str, str]
Change = Callable[[str, bytes, Headers], bytes]


def verify(url: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["verify-site", url, "--content", str(PACK), "--language", "en", *arguments])


def differences(said: Result) -> list[str]:
    return [line for line in said.output.splitlines() if ": " in line and line.startswith("/")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Flask]:
    """One application for all of them, because each renders every page once; it has keys and a Safe Haven."""
    database = tmp_path_factory.mktemp("site") / "youthsafe.db"
    database.write_bytes(migrated_file.read_bytes())
    config = Config(database_url=f"sqlite:///{database}", server_secret=SECRET, testing=True, content=PACK)
    app = create_app(config)
    app.config["YOUTHSAFE"] = replace(config, testing=False)  # it delivers what an instance in use does
    SealedInstance.set_up(app)
    with app.app_context(), transaction():
        for number in (1, 2, 5):
            db.session.add(a_place(number, datetime.now(UTC).date()))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module", autouse=True)
def one_release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The release's own answers are the same for every test here."""
    with rendered(PACK, demo=False, public_url=None, languages=("en",)) as release:

        @contextmanager
        def again(*_: object, **__: object) -> Iterator[Rendered]:
            yield release

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(commands, "rendered", again)
            yield


def root_of(site: Flask) -> str:
    return b64(fingerprint(unb64(site.test_client().get("/api/v1/bundle").json["root"])))


def test_a_server_that_delivers_the_release_passes(site: Flask) -> None:
    with serving(site) as url:
        said = verify(url, "--root", root_of(site))
    assert said.exit_code == 0, said.output
    assert "delivers the release to this computer: " in said.output


def test_what_people_there_wrote_is_no_difference(site: Flask) -> None:
    said = {"contact": "1 High Street\n020 7946 0123", "complaints": 'https://ico.example.org/a?b=1&c=2 "so"'}
    with site.app_context(), transaction():
        db.session.add(Controller(name="Madeupton <Council> & co", accessibility="access@example.org", **said))
    rooms(site).following.look_now()
    try:
        assert "Madeupton &lt;Council&gt;" in site.test_client().get("/en/about/").text
        with serving(site) as url:
            found = verify(url)
        assert found.exit_code == 0, found.output
    finally:
        with site.app_context(), transaction():
            db.session.execute(db.delete(Controller))
        rooms(site).following.look_now()


def changed(app: Flask, change: Change) -> WSGIApplication:
    """The application behind somebody who changes what passes; `change` gets the path, the content and the headers."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body, status, headers = run_wsgi_app(app, environ | {"HTTP_ACCEPT_ENCODING": "identity"}, buffered=True)
        said = dict(headers.to_wsgi_list())
        whole = change(environ["PATH_INFO"], b"".join(body), said)
        said["Content-Length"] = str(len(whole))
        start_response(said.pop("Status", status), list(said.items()))
        return [whole]

    return application


def found(site: Flask, change: Change, *arguments: str) -> list[str]:
    with serving(changed(site, change)) as url:
        said = verify(url, *arguments)
    assert said.exit_code == 1, said.output
    return differences(said)


def into(path: str, old: bytes, new: bytes) -> Change:
    return lambda asked, content, _: content.replace(old, new) if asked == path else content


def another_worker(path: str, content: bytes, _: Headers) -> bytes:
    return content.replace(b'data-sealer="/assets/', b'data-sealer="/en/evil-') if path == "/en/report/" else content


def dead_links(path: str, content: bytes, _: Headers) -> bytes:
    if path == "/en/report/":
        return content.replace(b"</main>", EVIL + b"</main>")
    links = "".join(f'<a href="/en/~{number}/">x</a>' for number in range(2100))
    return content.replace(b"</main>", links.encode() + b"</main>") if path == "/en/" else content


def only_the_pack(path: str, content: bytes, _: Headers) -> bytes:
    return content.replace(b"</main>", EVIL + b"</main>") if path == "/en/offline/pages.json" else content


def without_policy(path: str, content: bytes, headers: Headers) -> bytes:
    headers.pop("Content-Security-Policy", None)
    return content


def rubbish_for_keys(path: str, content: bytes, _: Headers) -> bytes:
    return b'{"bundle":"AA","signature":"AA","root":"AA"}' if path == "/api/v1/bundle" else content


SVG = b'<svg><script src="/assets/' + NAMES["app.js"].encode() + b'" href="/en/evil.js"></script></svg></main>'
OWN = b"<div data-own>"
NOT_THE_PAGE = "/en/{}: is not the release's page"
ATTACKS: Mapping[str, tuple[Change, str]] = {
    "another address for the worker that seals": (another_worker, "/en/report/: is not the release's page"),
    "a comment that ends elsewhere in a browser": (
        into("/en/report/", b"</main>", b'<!--><script src="/en/evil.js"></script>--></main>'),
        "/en/report/: is not the release's page",
    ),
    "a script in a drawing": (into("/en/report/", b"</main>", SVG), "/en/report/: is not the release's page"),
    "thousands of dead links": (dead_links, "/en/report/: is not the release's page"),
    "only the offline pack": (only_the_pack, "/en/offline/pages.json: is not the release's page"),
    "no policy on any answer": (without_policy, "/en/: has another content-security-policy header (none)"),
    "a script in words that people there wrote": (into("/en/about/", OWN, OWN + EVIL), NOT_THE_PAGE.format("about/")),
    "a picture in them": (into("/en/about/", OWN, OWN + b'<img src="/x">'), NOT_THE_PAGE.format("about/")),
    "an end of them that comes early": (into("/en/about/", OWN, OWN + b"</div><div>"), NOT_THE_PAGE.format("about/")),
    "such words on a page without them": (into("/en/", b"</main>", OWN + b"</div></main>"), NOT_THE_PAGE.format("")),
    "a script in the pack's": (
        into("/en/offline/pages.json", OWN, OWN + EVIL),
        NOT_THE_PAGE.format("offline/pages.json"),
    ),
    "words that end their text in the pack": (
        into("/en/offline/pages.json", OWN, OWN + b'","/en/evil/":"'),
        NOT_THE_PAGE.format("offline/pages.json"),
    ),
    "rubbish for keys": (rubbish_for_keys, "/api/v1/bundle: is no signed list of teams (status 200)"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_what_was_changed_is_named(site: Flask, name: str) -> None:
    change, said = ATTACKS[name]
    assert said in found(site, change)


def test_keys_of_another_root_are_named(site: Flask) -> None:
    with serving(site) as url:
        said = verify(url, "--root", "A" * 43)
    assert said.exit_code == 1
    assert differences(said) == [f"/api/v1/bundle: is signed by another root ({root_of(site)})"]


def test_while_the_form_is_stopped_the_root_is_said_not_to_be_compared(site: Flask) -> None:
    root = root_of(site)
    with site.app_context(), transaction():
        instance_services.stop_taking_reports(datetime.now(UTC))
    rooms(site).page_cache.forget()  # which keeps the bundle for a second, from a test before
    try:
        with serving(site) as url:
            said = verify(url, "--root", root)
        assert said.exit_code == 0, said.output
        assert "their root was not compared" in said.output
        hidden = found(site, lambda path, content, _: content + b" " if "bundle" in path else content, "--root", root)
        assert hidden == ["/api/v1/bundle: is no signed list of teams (status 404)"]
    finally:
        with site.app_context(), transaction():
            instance_services.take_reports_again(datetime.now(UTC))


@pytest.mark.parametrize(
    "added",
    [
        EVIL,
        b'<script src="/en/evil.js"></script>',
        b'<!--><script src="/en/evil.js"></script>-->',
        SVG,
        b'<img src="/x" onerror="1">',
        b'<div data-sealer="/en/evil.js"></div>',
        b'<a href="javascript:1">x</a>',
        b'<a href="/en/evil/">x</a>',
        b"<p title='\"'><script>1</script>",
        b'<form action="/en/evil/"></form>',
        b'<style>p { background: url("/x") }</style>',
        b'<p style="x">',
        b'<meta http-equiv="refresh" content="0; url=/en/evil/">',
        b"<sCript>1</sCript>",
        b"<p\x0conclick=1>",
    ],
)
@pytest.mark.parametrize("where", ["the list", "one place", "the pack"])
def test_markup_among_the_havens_that_could_run_or_load_something_is_named(
    site: Flask, added: bytes, where: str
) -> None:
    def change(path: str, content: bytes, _: Headers) -> bytes:
        hit = {
            "the list": path == "/en/havens/",
            "one place": len(path) == len("/en/havens//") + 22,
            "the pack": path == "/en/offline/places.json",
        }[where]
        text = json.dumps(added.decode())[1:-1].encode() if where == "the pack" else added
        return content.replace(b"</main>", text + b"</main>") if hit else content

    assert any("markup that is not the release's" in each for each in found(site, change))


@pytest.mark.parametrize(
    "headers",
    [
        {"Refresh": "0; url=https://elsewhere.example/"},
        {"Link": "</en/evil.js>; rel=preload"},
        {"Content-Type": "application/xhtml+xml"},
        {"Cache-Control": "public, max-age=31536000, immutable"},
        {"Set-Cookie": "who=you"},
        {"Service-Worker-Allowed": "/"},
    ],
)
def test_a_header_that_the_release_does_not_send_is_named(site: Flask, headers: Headers) -> None:
    def change(path: str, content: bytes, said: Headers) -> bytes:
        if path == "/en/report/":
            said.update(headers)
        return content

    (name,) = headers
    assert any(f"has another {name.lower()} header" in each for each in found(site, change))


@pytest.mark.parametrize("status", ["404 NOT FOUND", "302 FOUND", "500 ERROR"])
def test_a_page_that_is_not_delivered_is_named(site: Flask, status: str) -> None:
    def change(path: str, content: bytes, said: Headers) -> bytes:
        if path == "/en/report/":
            said |= {"Status": status, "Location": "https://elsewhere.example/"}
        return content

    assert any(each.startswith("/en/report/: is not delivered as in the release") for each in found(site, change))


def test_an_error_page_is_compared_too(site: Flask) -> None:
    def change(path: str, content: bytes, said: Headers) -> bytes:
        return content + EVIL if b"We cannot find that page" in content or b"404" in content[:2000] else content

    assert any(each.endswith("is not the release's page") for each in found(site, change))


@pytest.mark.parametrize(
    ("name", "encoding"), [("app.js", "identity"), ("sealer_en.js", "br"), ("key_worker.js", "gzip"), ("app.css", "br")]
)
def test_one_changed_file_is_named_whichever_of_its_copies_was_changed(site: Flask, name: str, encoding: str) -> None:
    path = f"/assets/{NAMES[name]}"

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body, status, headers = run_wsgi_app(site, environ, buffered=True)
        whole = b"".join(body)
        if environ["PATH_INFO"] == path and environ["HTTP_ACCEPT_ENCODING"] == encoding:
            assert headers.get("Content-Encoding", "identity") == encoding, "the release has a copy of each"
            plain = {"identity": bytes, "gzip": gzip.decompress, "br": brotli.decompress}[encoding](whole) + b";"
            whole = {"identity": bytes, "gzip": gzip.compress, "br": brotli.compress}[encoding](plain)
            headers["Content-Length"] = str(len(whole))
        start_response(status, headers.to_wsgi_list())
        return [whole]

    with serving(application) as url:
        said = verify(url)
    assert said.exit_code == 1
    assert differences(said) == [f"{path}: is not the release's file (asked for as {encoding})"]


def test_a_changed_worker_is_named(site: Flask) -> None:
    said = found(site, lambda path, content, _: content + b";" if path == "/sw.js" else content)
    assert any(each.startswith("/sw.js: is not the release's file") for each in said)


def test_more_places_than_can_be_read_are_a_difference(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("youthsafe.release.comparing.MOST_HAVENS", 5)
    links = "".join(f'<a href="/en/havens/{number:022}/">x</a>' for number in range(50)).encode()
    said = found(site, into("/en/havens/", b"</main>", links + b"</main>"))
    assert any("leads to more than 5 places" in each for each in said)


def test_who_compares_looks_like_browsers_in_no_order(site: Flask) -> None:
    asked: list[tuple[str, str]] = []

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked.append((environ["PATH_INFO"], environ["HTTP_USER_AGENT"]))
        assert environ["HTTP_SEC_FETCH_MODE"] == "navigate"
        return site(environ, start_response)

    with serving(application) as url:
        assert verify(url).exit_code == 0
        first = [path for path, _ in asked]
        asked.clear()
        assert verify(url).exit_code == 0
    assert first != [path for path, _ in asked]
    mobile = sum("Mobile" in agent for _, agent in asked)
    assert 0.2 < mobile / len(asked) < 0.8


def test_another_host_is_never_asked(site: Flask) -> None:
    asked: list[str] = []

    def elsewhere(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked.append(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b""]

    with serving(elsewhere) as other:
        links = f'<a href="{other}/x">x</a><script src="{other}/z"></script></main>'.encode()

        def change(path: str, content: bytes, said: Headers) -> bytes:
            if path == "/en/about/":
                said |= {"Status": "302 FOUND", "Location": f"{other}/"}
            return content.replace(b"</main>", links)

        assert found(site, change)
    assert asked == []


@pytest.mark.parametrize("url", ["ftp://example.org", "example.org", "https://", "https://example.org/en/"])
def test_an_address_that_is_not_a_sites_is_refused(url: str) -> None:
    with pytest.raises(SiteError, match="scheme and a host"):
        Site(url)


def test_a_server_that_does_not_answer_is_said_to_be(tmp_path: Path) -> None:
    said = verify(f"http://127.0.0.1:{free_port()}")
    assert said.exit_code == 1
    assert "cannot be read" in said.output


def test_the_list_of_another_release_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "SHA256SUMS"
    path.write_text(f"{'0' * 64}  sw-ABCDEFGH.js\n")
    said = verify("http://127.0.0.1:1", "--hashes", str(path))
    assert said.exit_code == 1
    assert "another release" in said.output


@pytest.mark.parametrize("content", ["", "abc\n", f"{'0' * 64}  app-ABCDEFGH.js\n"])
def test_a_file_that_is_no_list_of_hashes_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "SHA256SUMS"
    path.write_text(content)
    said = verify("http://127.0.0.1:1", "--hashes", str(path))
    assert said.exit_code == 1
    assert "SHA256SUMS" in said.output


def test_the_build_publishes_the_sum_of_every_bundle() -> None:
    sums = (resources.assets_folder() / "SHA256SUMS").read_text()
    listed = {name: value for value, name in (line.split("  ") for line in sums.splitlines())}
    assert set(NAMES.values()) <= set(listed)
    for name, value in listed.items():
        assert hashlib.sha256((resources.assets_folder() / name).read_bytes()).hexdigest() == value


def test_plain_markup_with_other_words_is_not_strange() -> None:
    page = (
        '<!doctype html><p class="x"><bdi>A &lt;library&gt;</bdi><a href="/en/havens/1/">x</a><br><a href="tel:1">1</a>'
    )
    assert strange_tags(page, set(), {"/en/havens/1/"}) == []
