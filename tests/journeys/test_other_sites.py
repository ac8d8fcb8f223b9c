"""Another website, read in a real browser, tries to fill the inbox through its reader."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import func, select
from werkzeug.serving import make_server

from tests.journeys.visitors import visitor
from tests.sealing import SealedInstance
from youthsafe.extensions import db
from youthsafe.mailbox.models import Report

pytestmark = pytest.mark.journey

BY_FETCH = """([address, body, type]) => fetch(address, { method: 'POST', mode: 'no-cors',
  body: type ? new Blob([body], { type }) : body }).then(() => 'asked', () => 'stopped')"""
BY_CORS = """([address, body]) => fetch(address, { method: 'POST', body,
  headers: { 'Content-Type': 'application/json' } }).then(() => 'asked', () => 'stopped')"""
BY_BEACON = "([address, body]) => navigator.sendBeacon(address, body)"


def _another_site(_: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/html")])
    return [b"<!doctype html><title>A game</title><body>"]


@contextmanager
def _serving(app: WSGIApplication) -> Iterator[int]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _kept(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Report)) or 0


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])  # another site; the same site on another port
def test_a_page_of_another_site_puts_no_report_into_the_inbox(
    app: Flask, instance: SealedInstance, browser: Browser, host: str
) -> None:
    def body() -> str:
        return instance.report(urgent=True).body.decode()

    with _serving(app) as ours, _serving(_another_site) as theirs, visitor(browser) as person:
        page, address = person.page, f"http://127.0.0.1:{ours}/api/v1/reports"
        page.goto(f"http://{host}:{theirs}/")
        for kind in ("", "text/plain", "application/x-www-form-urlencoded", "application/json"):
            page.evaluate(BY_FETCH, [address, body(), kind])
        assert page.evaluate(BY_CORS, [address, body()]) == "stopped"
        page.evaluate(BY_BEACON, [address, body()])
        page.goto(f"http://127.0.0.1:{ours}/healthz")  # behind what was sent before
        assert _kept(app) == 0
