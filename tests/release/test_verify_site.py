"""`youthsafe verify-site` against a real server: the release as it is, and with one thing changed."""

import gzip
import hashlib
import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import brotli
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.test import run_wsgi_app

from tests.conftest import SECRET
from tests.servers import free_port
from youthsafe import resources
from youthsafe.app import create_app
from youthsafe.cli import main
from youthsafe.config import Config
from youthsafe.extensions import db
from youthsafe.release import comparing
from youthsafe.release.page import read_page
from youthsafe.release.site import Site, SiteError

NAMES = json.loads((resources.assets_folder() / "manifest.json").read_text())


class Silent(WSGIRequestHandler):
    """Logs nothing."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None: ...


@contextmanager
def serving(app: WSGIApplication) -> Iterator[str]:
    """Serve on a port of the loopback interface."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def verify(url: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["verify-site", url, *arguments])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Flask]:
    """One application for all of them, because each renders every page once."""
    database = tmp_path_factory.mktemp("site") / "youthsafe.db"
    database.write_bytes(migrated_file.read_bytes())
    app = create_app(Config(database_url=f"sqlite:///{database}", server_secret=SECRET, testing=True))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def a_few_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough where something is wrong with every page, or with none."""
    monkeypatch.setattr(comparing, "MOST_PAGES", 6)


def test_a_server_that_delivers_the_release_passes(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "MOST_PAGES", 60)  # rendering all of them takes half a minute
    with serving(site) as url:
        said = verify(url)
    assert said.exit_code == 0, said.output
    assert "delivers the release to this computer: 60 pages and" in said.output


def changed_file(app: Flask, path: str, encoding: str) -> WSGIApplication:
    """The application with one copy of one file changed."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body, status, headers = run_wsgi_app(app, environ, buffered=True)
        whole = b"".join(body)
        if environ["PATH_INFO"] == path and environ["HTTP_ACCEPT_ENCODING"] == encoding:
            assert headers.get("Content-Encoding", "identity") == encoding, "the release has a copy of each"
            plain = {"identity": bytes, "gzip": gzip.decompress, "br": brotli.decompress}[encoding](whole) + b";"
            whole = {"identity": bytes, "gzip": gzip.compress, "br": brotli.compress}[encoding](plain)
            headers["Content-Length"] = str(len(whole))
        start_response(status, headers.to_wsgi_list())
        return [whole]

    return application


@pytest.mark.usefixtures("a_few_pages")
@pytest.mark.parametrize(
    ("name", "encoding"), [("app.js", "identity"), ("sealer.js", "br"), ("keeper.js", "gzip"), ("app.css", "br")]
)
def test_one_changed_file_is_named_whichever_of_its_copies_was_changed(site: Flask, name: str, encoding: str) -> None:
    path = f"/assets/{NAMES[name]}"
    with serving(changed_file(site, path, encoding)) as url:
        said = verify(url)
    assert said.exit_code == 1
    assert said.output.splitlines()[:-1] == [f"{path}: is not the release's file (asked for as {encoding})"]


def changed_pages(app: Flask, old: bytes, new: bytes) -> WSGIApplication:
    """The application behind somebody who changes what passes."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["HTTP_ACCEPT_ENCODING"] = "identity"
        body, status, headers = run_wsgi_app(app, environ, buffered=True)
        whole = b"".join(body).replace(old, new)
        headers["Content-Length"] = str(len(whole))
        start_response(status, headers.to_wsgi_list())
        return [whole]

    return application


@pytest.mark.usefixtures("a_few_pages")
@pytest.mark.parametrize(
    ("added", "said"),
    [
        (b"<script>1</script>", "<script> holds code of its own"),
        (b'<script src="https://elsewhere.example/x.js"></script>', "<script> loads something that is not an asset"),
        (b'<link rel="stylesheet" href="//elsewhere.example/x.css">', "<link> loads something that is not an asset"),
        (b'<meta http-equiv="Refresh" content="0; url=//elsewhere.example/">', "<meta> sends its reader on"),
        (b'<img src="/x" onerror="1">', "<img> runs what is written in its own onerror"),
        (
            b'<script type="module" src="/assets/more-ABCDEFGH.js"></script>',
            "more-ABCDEFGH.js: named by a page, but not",
        ),
    ],
)
def test_a_page_that_runs_something_else_is_named(site: Flask, added: bytes, said: str) -> None:
    with serving(changed_pages(site, b"</main>", added + b"</main>")) as url:
        found = verify(url)
    assert found.exit_code == 1
    assert said in found.output


@pytest.mark.usefixtures("a_few_pages")
@pytest.mark.parametrize(
    ("status", "headers", "said"),
    [
        ("404 NOT FOUND", [], "<script> holds code of its own"),
        ("302 FOUND", [("Location", "https://elsewhere.example/en/")], "leads to another site"),
        ("200 OK", [("Content-Type", "application/xhtml+xml")], "is not a page (application/xhtml+xml)"),
        ("200 OK", [("Refresh", "0; url=https://elsewhere.example/")], "sends its reader on by a header"),
        ("302 FOUND", [("Location", "/en/elsewhere/")], "/en/elsewhere/: is not delivered (status 500)"),
    ],
)
def test_a_linked_address_that_leads_away_or_hides_its_code_is_named(
    site: Flask, status: str, headers: list[tuple[str, str]], said: str
) -> None:
    linked = changed_pages(site, b"</main>", b'<a href="/~/">x</a></main>')  # the last of its page, so read first
    kinds = [each for each in headers if each[0] == "Content-Type"] or [("Content-Type", "text/html")]
    others = [each for each in headers if each[0] != "Content-Type"]

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path not in {"/~/", "/en/elsewhere/"}:
            return linked(environ, start_response)
        start_response(status if path == "/~/" else "500 ERROR", [*kinds, *others])
        return [b"<script>1</script>"]

    with serving(application) as url:
        found = verify(url)
    assert found.exit_code == 1
    assert f"/~/: {said}" in found.output or said in found.output.splitlines()


@pytest.mark.usefixtures("a_few_pages")
def test_a_changed_worker_is_named(site: Flask) -> None:
    worker = (resources.assets_folder() / NAMES["sw.js"]).read_bytes()
    with serving(changed_pages(site, worker, worker + b";")) as url:
        said = verify(url)
    assert said.exit_code == 1
    assert "/sw.js: is not the release's file" in said.output


@pytest.mark.usefixtures("a_few_pages")
def test_another_host_is_never_asked(site: Flask) -> None:
    asked: list[str] = []

    def elsewhere(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked.append(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b""]

    with serving(elsewhere) as other:
        links = (
            f'<a href="{other}/x">x</a><link rel="preload" href="{other}/y"><script src="{other}/z"></script></main>'
        )
        with serving(changed_pages(site, b"</main>", links.encode())) as url:
            assert verify(url).exit_code == 1

        def redirects(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            start_response("302 Found", [("Location", f"{other}/")])
            return [b""]

        with serving(redirects) as url:
            assert "leads to another site" in verify(url).output
    assert asked == []


@pytest.mark.parametrize("url", ["ftp://example.org", "example.org", "https://", "https://example.org/en/"])
def test_an_address_that_is_not_a_sites_is_refused(url: str) -> None:
    with pytest.raises(SiteError, match="scheme and a host"):
        Site(url)


def test_a_server_that_does_not_answer_is_said_to_be(tmp_path: Path) -> None:
    said = verify(f"http://127.0.0.1:{free_port()}")
    assert said.exit_code == 1
    assert "cannot be read" in said.output


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


def test_a_page_names_what_its_workers_are_too() -> None:
    page = read_page("https://a.example/en/", '<div data-reader="/assets/reader-X.js"><a href="../ar/">x</a></div>')
    assert (page.assets, page.links, page.strange) == ({"reader-X.js"}, {"/ar/"}, [])
