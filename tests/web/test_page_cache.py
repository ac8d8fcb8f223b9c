"""Pages in memory: the same for everybody, however they are asked for, and renewed by one request at a time."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from flask import Flask, request, request_started
from flask.testing import FlaskClient
from sqlalchemy import delete
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tests.sealing import SealedInstance
from youthsafe.database import transaction
from youthsafe.extensions import db
from youthsafe.instance.models import TeamBundle
from youthsafe.rooms import rooms
from youthsafe.routing.routes import declared_routes
from youthsafe.web import page_cache
from youthsafe.web.page_cache import PageCache


@contextmanager
def rendered(app: Flask) -> Iterator[list[str]]:
    """What Flask was asked for, because it was not in memory."""
    asked: list[str] = []

    def note(_app: Flask, **_: object) -> None:
        asked.append(request.full_path)

    with request_started.connected_to(note, app):
        yield asked


def forget(app: Flask) -> None:
    rooms(app).page_cache.forget()


def kept_addresses(app: Flask) -> list[str]:
    """An address of every page that may be kept and needs no names of things."""
    kept = [rule for rule, policy in declared_routes(app) if policy.caching.page_seconds is not None]
    return [rule.rule.replace("<locale>", "en") for rule in kept if rule.arguments <= {"locale"}]


def test_no_page_that_is_kept_reads_a_query(instance: SealedInstance, app: Flask, client: FlaskClient) -> None:
    addresses = kept_addresses(app)
    assert len(addresses) > 15
    for address in addresses:
        forget(app)
        plain = client.get(address)
        forget(app)
        asked = client.get(f"{address}?canary=quibble")
        assert plain.status_code == asked.status_code == 200, address
        assert (plain.data, sorted(plain.headers)) == (asked.data, sorted(asked.headers)), address


@pytest.mark.parametrize("other", ["/en/report/?again", "//en/report/", "///en/report/?a=b", "/en/report/?"])
def test_neither_a_query_nor_a_slash_too_many_renders_a_page_again(
    instance: SealedInstance, app: Flask, client: FlaskClient, other: str
) -> None:
    first = client.get("/en/report/")
    with rendered(app) as asked:
        status, body = _ask(app, other)
    assert asked == []
    assert (status, body) == ("200 OK", first.data)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_what_a_page_does_not_take_leaves_it_in_memory(
    instance: SealedInstance, app: Flask, client: FlaskClient, method: str
) -> None:
    assert client.get("/en/offline/places.json").status_code == 200
    assert client.open("/en/offline/places.json", method=method).status_code in (200, 405)
    with rendered(app) as asked:
        assert client.get("/en/offline/places.json").status_code == 200
    assert asked == []


def test_the_head_of_a_page_is_that_of_its_page_whether_it_was_kept_or_made_for_it(
    instance: SealedInstance, app: Flask, client: FlaskClient
) -> None:
    for address in kept_addresses(app):
        forget(app)
        made, kept, page = (client.open(address, method=method) for method in ("HEAD", "HEAD", "GET"))
        assert made.data == kept.data == b""
        assert sorted(made.headers) == sorted(kept.headers) == sorted(page.headers), address


def test_asking_for_the_head_of_a_page_renews_it(instance: SealedInstance, app: Flask, client: FlaskClient) -> None:
    forget(app)
    assert client.head("/api/v1/bundle").data == b""
    with rendered(app) as asked:
        assert client.get("/api/v1/bundle").json["bundle"]
    assert asked == []


def _ask(app: Flask, path: str) -> tuple[str, bytes]:
    """Ask past the test client, which would make an address out of a doubled slash."""
    path, _, query = path.partition("?")
    environ = EnvironBuilder("/", query_string=query).get_environ() | {"PATH_INFO": path}
    body, status, _headers = run_wsgi_app(app.wsgi_app, environ)
    return status, b"".join(body)


class Slow:
    """An application that answers when it may, and does something just before."""

    def __init__(self, act: Callable[[], object] = lambda: None) -> None:
        self.began, self.go_on = threading.Event(), threading.Event()
        self.times = 0
        self._act = act

    def __call__(self, _: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        self.times += 1
        self.began.set()
        assert self.go_on.wait(10)
        self._act()
        start("200 OK", [])
        return [b"new"]


def test_while_one_request_renews_a_page_the_others_get_the_one_before() -> None:
    now, render = [0.0], Slow()
    cache = PageCache(render, monotonic=lambda: now[0])
    cache.keep("/page", b"before", [], 1.0)
    now[0] = 1.5
    answers: list[bytes] = []
    renewing = threading.Thread(target=lambda: answers.append(_body(cache)))
    renewing.start()
    assert render.began.wait(10)
    assert [_body(cache) for _ in range(3)] == [b"before"] * 3
    now[0] = 3.0
    late = threading.Thread(target=lambda: answers.append(_body(cache)))
    late.start()
    assert answers == [], "a page that is much too old is given to nobody"
    render.go_on.set()
    renewing.join(10)
    late.join(10)
    assert answers == [b"new", b"new"]
    assert render.times == 2, "nothing was kept, so whoever waited asked again"


def test_whoever_waited_for_a_renewal_gets_what_it_made() -> None:
    now, render = [0.0], Slow(lambda: cache.keep("/page", b"new", [], 1.0))
    cache = PageCache(render, monotonic=lambda: now[0])
    cache.keep("/page", b"before", [], 1.0)
    now[0] = 100.0
    answers: list[bytes] = []
    crowd = [threading.Thread(target=lambda: answers.append(_body(cache))) for _ in range(8)]
    for each in crowd:
        each.start()
    assert render.began.wait(10)
    render.go_on.set()
    for each in crowd:
        each.join(10)
    assert answers == [b"new"] * 8
    assert render.times == 1


def test_a_renewal_that_hangs_holds_nobody_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    began, go_on = threading.Event(), threading.Event()

    def render(_: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        first = not began.is_set()
        began.set()
        assert not first or go_on.wait(10)
        start("200 OK", [])
        return [b"new"]

    monkeypatch.setattr(page_cache, "_WAIT_SECONDS", 0.05)
    cache = PageCache(render, monotonic=lambda: 100.0)
    cache.keep("/page", b"before", [], -50.0)
    hanging = threading.Thread(target=lambda: _body(cache))
    hanging.start()
    assert began.wait(10)
    assert _body(cache) == b"new"
    go_on.set()
    hanging.join(10)


def _body(cache: PageCache) -> bytes:
    body, _status, _headers = run_wsgi_app(cache, EnvironBuilder("/page").get_environ())
    return b"".join(body)


def test_a_page_that_is_gone_is_given_to_nobody(
    instance: SealedInstance, app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = rooms(app).page_cache
    assert client.get("/api/v1/bundle").status_code == 200
    with app.app_context(), transaction():
        db.session.execute(delete(TeamBundle))
    monkeypatch.setattr(cache, "_monotonic", lambda: float("inf"))
    assert client.get("/api/v1/bundle").status_code == 404
    assert "/api/v1/bundle" not in cache._pages, "so that nobody is given it while another request asks"
