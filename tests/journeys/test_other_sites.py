"""Another website, read in a real browser, tries to fill the inbox through its reader."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import func, select

from tests.journeys.visitors import visitor
from tests.sealing import SealedInstance
from tests.servers import serving
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


def _kept(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Report)) or 0


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])  # another site; the same site on another port
def test_a_page_of_another_site_puts_no_report_into_the_inbox(
    app: Flask, instance: SealedInstance, browser: Browser, host: str
) -> None:
    def body() -> str:
        return instance.report(urgent=True).body.decode()

    with serving(app) as ours, serving(_another_site) as theirs, visitor(browser) as person:
        page, address = person.page, f"{ours}/api/v1/reports"
        page.goto(theirs.replace("127.0.0.1", host) + "/")
        for kind in ("", "text/plain", "application/x-www-form-urlencoded", "application/json"):
            page.evaluate(BY_FETCH, [address, body(), kind])
        assert page.evaluate(BY_CORS, [address, body()]) == "stopped"
        page.evaluate(BY_BEACON, [address, body()])
        page.goto(f"{ours}/healthz")  # behind what was sent before
        assert _kept(app) == 0
