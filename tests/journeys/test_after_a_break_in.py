"""Somebody held the server for one visit, and it is clean again: nothing of theirs runs in a browser that was there."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from flask import Flask
from playwright.sync_api import Browser, Error, Page, expect
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Response

from tests.journeys.kept import STATE, wait_for_pack
from tests.journeys.pages.outbox import until
from tests.journeys.visitors import Profile, visitor
from tests.sealing import SealedInstance
from tests.servers import serving
from youthsafe.config import Config

pytestmark = pytest.mark.journey

REPORT = "/en/report/"
SPIES = b"fetch('/spied');"
FOR_A_YEAR = "public, max-age=31536000, immutable"
THEIR_WORKER = b"""
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate") event.respondWith(new Response(
    "<!doctype html><script>fetch('/spied')</script>", { headers: { "Content-Type": "text/html" } }));
});"""
ACTIVE = """navigator.serviceWorker.getRegistrations().then((all) => all
    .filter(({ active }) => active?.state === 'activated').map(({ scope }) => new URL(scope).pathname))"""
REGISTERED = "navigator.serviceWorker.getRegistrations().then((all) => all.map(({ scope }) => new URL(scope).pathname))"
AGE = """async (name) => {
  const cache = await caches.open(name);
  for (const request of await cache.keys()) {
    const state = await (await cache.match(request)).json();
    await cache.put(request, new Response(JSON.stringify({ ...state, at: 0 })));
  }
}"""

Change = Callable[[str, Response], Response]


@dataclass
class Held:
    """A server that somebody holds while `change` is set; `spied` counts how often their script ran in a browser."""

    app: WSGIApplication
    change: Change | None = None
    spied: int = 0
    base: str = ""
    asked: list[str] = field(default_factory=list)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        self.asked.append(path)
        if path == "/spied":
            self.spied += 1
        if self.change is None:
            return self.app(environ, start_response)
        body, status, headers = run_wsgi_app(
            self.app, environ | {"HTTP_ACCEPT_ENCODING": "identity", "HTTP_IF_NONE_MATCH": ""}, buffered=True
        )
        return self.change(path, Response(b"".join(body), status, headers))(environ, start_response)


@pytest.fixture
def held(app: Flask, instance: SealedInstance) -> Iterator[Held]:
    held = Held(app)
    with serving(held) as held.base:
        yield held


def _phone(browser: Browser) -> AbstractContextManager[Profile]:
    return visitor(browser, service_workers="allow")


def _read(page: Page, held: Held, path: str) -> None:
    page.goto("about:blank")
    page.goto(held.base + path)
    page.wait_for_load_state("load")


def _report_again(page: Page, held: Held) -> int:
    """Open the report form twice; tells how often somebody else's script ran."""
    held.spied = 0
    for _ in range(2):
        _read(page, held, REPORT)
        expect(page.locator("[data-begin]").first).to_be_enabled()
    return held.spied


def _spies_in(text: str) -> str:
    return text.replace("<head>", "<head><script>fetch('/spied')</script><script src='/en/spies.js'></script>")


def _changed_pack(path: str, answer: Response) -> Response:
    if path == "/en/spies.js":
        return Response(SPIES, mimetype="text/javascript")
    if path == "/en/offline/pages.json" and answer.status_code in {200, 304}:
        pages = json.loads(answer.data)["pages"]
        pages[REPORT] = _spies_in(pages[REPORT])
        changed = Response(json.dumps({"pages": pages}), mimetype="application/json")
        changed.headers["ETag"] = answer.headers["ETag"]  # the genuine one
        return changed
    return answer


def test_a_changed_pack_under_its_true_name_runs_nothing_and_is_gone_with_the_next(
    held: Held, browser: Browser
) -> None:
    with _phone(browser) as person:
        held.change = _changed_pack
        _read(person.page, held, "/en/")
        wait_for_pack(person.page)
        held.change = None
        assert _report_again(person.page, held) == 0
        person.page.evaluate(AGE, STATE)  # five minutes later
        _read(person.page, held, "/en/")
        kept = f"caches.match('{REPORT}').then((copy) => copy.text())"
        until(lambda: "spied" not in person.page.evaluate(kept))


def _changed_script(path: str, answer: Response) -> Response:
    if answer.mimetype == "text/html":  # whose genuine form names the sum of each script
        answer.data = re.sub(rb' integrity="[^"]+"', b"", answer.data)
    if path.startswith(("/assets/report-", "/assets/app-")) and path.endswith(".js"):
        return Response(SPIES + answer.data, mimetype="text/javascript", headers={"Cache-Control": FOR_A_YEAR})
    return answer


def test_a_changed_script_under_its_true_name_is_not_kept_and_not_run_again(held: Held, browser: Browser) -> None:
    with _phone(browser) as person:
        held.change = _changed_script
        _read(person.page, held, "/en/")
        _read(person.page, held, REPORT)
        until(lambda: held.spied > 0)
        held.change = None
        _read(person.page, held, "/en/")
        wait_for_pack(person.page)
        assert _report_again(person.page, held) == 0


def _a_worker_of_theirs(path: str, answer: Response) -> Response:
    if path == "/en/report/x.js":
        return Response(THEIR_WORKER, mimetype="text/javascript")
    if path == "/en/":
        script = "<script>navigator.serviceWorker.register('/en/report/x.js')</script></head>"
        return Response(answer.get_data(as_text=True).replace("</head>", script), mimetype="text/html")
    return answer


def _is_held(page: Page) -> bool:
    """Whether their worker is registered; a page that is just loaded anew cannot say yet."""
    try:
        return REPORT in page.evaluate(REGISTERED)
    except Error:
        return True


def _get_their_worker(page: Page, held: Held) -> None:
    held.change = _a_worker_of_theirs
    _read(page, held, "/en/")
    until(lambda: REPORT in page.evaluate(ACTIVE))  # one that is still being installed answers for no page
    _read(page, held, REPORT)
    until(lambda: held.spied > 0)
    held.change = None


def test_a_worker_of_theirs_is_ended_by_any_other_page(held: Held, browser: Browser) -> None:
    with _phone(browser) as person:
        _get_their_worker(person.page, held)
        _read(person.page, held, "/en/about/")
        until(lambda: not _is_held(person.page))
        assert _report_again(person.page, held) == 0


def test_a_worker_of_theirs_ends_itself_even_where_only_its_own_page_is_read(held: Held, browser: Browser) -> None:
    with _phone(browser) as person:
        _get_their_worker(person.page, held)
        _read(person.page, held, REPORT)  # still theirs; the browser looks for its script meanwhile
        until(lambda: not _is_held(person.page))
        assert _report_again(person.page, held) == 0


def _kept_for_a_year(path: str, answer: Response) -> Response:
    if path == "/en/spies.js":
        return Response(SPIES, mimetype="text/javascript")
    if path != REPORT:
        return answer
    return Response(
        _spies_in(answer.get_data(as_text=True)), mimetype="text/html", headers={"Cache-Control": FOR_A_YEAR}
    )


@pytest.fixture
def held_then_cleared(config: Config, make_app: Callable[[Config], Flask]) -> Iterator[Held]:
    app = make_app(replace(config, after_break_in="cache"))
    SealedInstance.set_up(app)
    held = Held(app)
    with serving(held) as held.base:
        yield held


def test_a_page_given_for_a_year_goes_where_there_is_no_worker_once_the_operator_says_so(
    held_then_cleared: Held, browser: Browser
) -> None:
    with visitor(browser) as person:  # keeps nothing of us
        held_then_cleared.change = _kept_for_a_year
        _read(person.page, held_then_cleared, REPORT)
        until(lambda: held_then_cleared.spied > 0)
        held_then_cleared.change = None
        _read(person.page, held_then_cleared, "/en/")
        assert _report_again(person.page, held_then_cleared) == 0
