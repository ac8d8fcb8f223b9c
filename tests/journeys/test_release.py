"""A new release while pages of the old one are open: nothing in use breaks, and the old goes once it is not needed."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.journeys.kept import PAGES, STATE, kept, wait_for_pack
from tests.journeys.pages.outbox import until
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.visitors import visitor
from tests.sealing import SealedInstance
from tests.servers import serving
from youthsafe.config import Config
from youthsafe.resources import assets_folder
from youthsafe.web import assets, offline_pack

pytestmark = pytest.mark.journey

RENAMED = ("app.css", "report.js", "sealer_en.js", "sw.js")
INSTALLED = "() => navigator.serviceWorker.getRegistration().then(({ waiting }) => waiting !== null)"
TYPED = "They wait for me at the gate."


@dataclass
class Site:
    """A server whose application can be exchanged while it runs, as a release does."""

    app: Flask
    base: str = ""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        return self.app(environ, start_response)


@pytest.fixture
def site(app: Flask, instance: SealedInstance) -> Iterator[Site]:
    site = Site(app)
    with serving(site) as site.base:
        yield site


@pytest.fixture
def next_release(
    tmp_path: Path, config: Config, make_app: Callable[[Config], Flask], monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Flask]:
    """Makes the application with other hashed names, and a worker that keeps things in another format."""

    def make() -> Flask:
        folder = tmp_path / "build"
        shutil.copytree(assets_folder(), folder)
        _rename(folder)
        monkeypatch.setattr(assets, "assets_folder", lambda: folder)
        monkeypatch.setattr(offline_pack, "assets_folder", lambda: folder)
        return make_app(config)

    return make


def _rename(folder: Path) -> None:
    """Give files the names that a change would give them; the old ones are gone, as on a server after a release."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    names = dict(manifest)
    for name in sorted(RENAMED, key="sw.js".__eq__):  # the worker last: it names the others
        old = folder / manifest[name]
        manifest[name] = f"next-{old.name}"
        text = old.read_text(encoding="utf-8")
        for each in folder.glob(f"{old.name}*"):
            each.unlink()
        if name == "sw.js":
            assert PAGES in text
            text = text.replace(PAGES, f"{PAGES}0").replace(STATE, f"{STATE}0")
            for other in RENAMED:
                text = text.replace(f'"{names[other]}"', f'"{manifest[other]}"')
        (folder / manifest[name]).write_text(text, encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def _wait_for_new_worker(page: Page) -> None:
    """A browser stops an old worker that is idle, but not one that a test looks into: that the test does itself."""
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    for _ in range(60):
        page.wait_for_timeout(500)
        if page.evaluate(INSTALLED):
            session.send("ServiceWorker.stopAllWorkers")
        if page.evaluate(f"caches.has('{PAGES}')") is False:
            return
    raise AssertionError("the new worker did not take over")


def test_a_release_breaks_no_page_in_use(browser: Browser, site: Site, next_release: Callable[[], Flask]) -> None:
    with visitor(browser, service_workers="allow") as person:
        writing = person.page
        writing.goto(f"{site.base}/en/")
        wait_for_pack(writing)
        ReportForm(writing, site.base).open()
        sealer = writing.locator("[data-sealer]").get_attribute("data-sealer") or ""
        writing.evaluate("text => { document.querySelector('textarea').value = text; }", TYPED)

        site.app = next_release()
        assert site.app.test_client().get(sealer).status_code == 404
        reading = person.context.new_page()
        reading.goto(f"{site.base}/en/")
        _wait_for_new_worker(reading)

        assert writing.locator("textarea").first.input_value() == TYPED
        assert writing.evaluate("address => fetch(address).then(({ status }) => status)", sealer) == 200
        expect(writing.locator("[data-renewed]")).to_be_hidden()
        reading.reload()
        assert 'href="/assets/next-app-' in reading.content()
        person.context.set_offline(True)
        reading.goto(f"{site.base}/en/report/")
        expect(reading.locator("[data-begin]")).to_be_enabled()
        assert "/assets/next-sealer_en-" in (reading.locator("[data-sealer]").get_attribute("data-sealer") or "")

        person.context.set_offline(False)
        writing.close()

        def is_tidied_by_a_visit() -> bool:  # the first whose worker is told of no other open page
            reading.goto("about:blank")
            reading.goto(f"{site.base}/en/")
            return sealer not in kept(reading)["youthsafe-assets"]

        until(is_tidied_by_a_visit)
        assert any("/next-sealer_en-" in path for path in kept(reading)["youthsafe-assets"])


def test_a_page_says_when_a_newer_one_has_come(browser: Browser, site: Site, next_release: Callable[[], Flask]) -> None:
    with visitor(browser, service_workers="allow") as person:
        page = person.page
        page.goto(f"{site.base}/en/")
        wait_for_pack(page)
        age = """async () => {
            const cache = await caches.open('STATE');
            for (const request of await cache.keys()) {
                const state = await (await cache.match(request)).json();
                await cache.put(request, new Response(JSON.stringify({ ...state, at: 0 })));
            }
            const home = new URL('/en/', location.href).pathname;
            const pages = await caches.open('PAGES');
            const copy = await pages.match(home);
            const words = (await copy.text()).replace('What’s going on?', 'What is going on?');
            await pages.put(home, new Response(words));
        }"""
        page.evaluate(age.replace("STATE", STATE).replace("PAGES", PAGES))
        page.goto(f"{site.base}/en/")
        expect(page.locator("h1")).to_have_text("What is going on?")
        expect(page.locator("[data-renewed]")).to_be_visible(timeout=20_000)
        page.locator("[data-reload]").click()
        expect(page.locator("h1")).to_have_text("What’s going on?")
