"""A filter or the portal of a Wi-Fi answers with a page of its own, in the place of one that the phone has kept."""

from collections.abc import Iterator
from itertools import product

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from werkzeug.wrappers import Response

from tests.journeys.kept import kept_paths, wait_for_pack
from tests.journeys.test_after_a_break_in import Change, Held, serving
from tests.journeys.visitors import visitor
from tests.sealing import SealedInstance

pytestmark = pytest.mark.journey

ADDRESS = "/en/havens/"


@pytest.fixture
def held(app: Flask, instance: SealedInstance) -> Iterator[Held]:
    held = Held(app)
    with serving(held) as held.base:
        yield held


def _filtered(status: int) -> Change:
    def answer(path: str, genuine: Response) -> Response:
        if path.startswith(("/assets/", "/sw.js")):
            return genuine
        return Response("<!doctype html><html lang=en><h1>Go to 13 Evil Lane</h1>", status, mimetype="text/html")

    return answer


def test_the_kept_list_of_safe_havens_stays_and_is_shown(held: Held, browser: Browser) -> None:
    with visitor(browser, service_workers="allow") as person:
        page = person.page
        page.goto(f"{held.base}/en/")
        wait_for_pack(page)
        genuine = kept_paths(page)
        for status, offline in product((200, 403, 404), (False, True)):
            held.change = _filtered(status)
            person.context.set_offline(offline)
            page.goto(held.base + ADDRESS)
            expect(page.locator("h1")).to_have_text("Safe Havens")
            expect(page.locator("body")).not_to_contain_text("Evil Lane")
        assert kept_paths(page) == genuine


def test_a_page_that_is_not_kept_is_the_filters_to_answer(held: Held, browser: Browser) -> None:
    with visitor(browser, service_workers="allow") as person:
        page = person.page
        page.goto(f"{held.base}/en/")
        wait_for_pack(page)
        held.change = _filtered(200)
        page.goto(f"{held.base}/en/teach/")
        expect(page.locator("h1")).to_have_text("Go to 13 Evil Lane")
        assert "/en/teach/" not in kept_paths(page)
