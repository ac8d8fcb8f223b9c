"""What was typed, the code, the passphrase and a browser's name are found nowhere afterwards.

A real browser goes through success and failure; then everything that any machine kept is searched.
The server's folder and log, the browser's profile on disk, what the page can still see of itself, and every body sent.
What comes with a request besides, and every kind of error of the server: tests/anonymity/test_journey.py.
"""

import base64
import json
import secrets
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.crypto.reference_keys import code_to_words, derive_mailbox, words_to_code
from tests.journeys.conftest import Demo, OnDisk
from tests.journeys.pages.mailbox import Mailbox
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.searching import found_in_bytes, found_in_files, keys_in_files
from tests.journeys.staff import Inbox, SignIn
from tests.journeys.visitors import DESK, kill_browser
from youthsafe.crypto.bundle import parse_bundle
from youthsafe.crypto.encoding import unb64
from youthsafe.demo.words import word_list

STORY = "quibbletrox vandermoorish happened behind zyxwvutsholm"
AREA = "narrowgate plimsolvania corner"
HELP = "wishing frobnicatable assistance"
NAME = "glimmerthwaite ozzlebury junior"
ANSWER = "answering marvelquist thundernape"
FOLLOW_UP = "following perciflage wobbledown"
AGENT = "CanaryBrowser/87.65 Xylocarp"
TYPED = (STORY, AREA, HELP, NAME, ANSWER, FOLLOW_UP)
SIGN_IN_FILE = frozenset({"demo-sign-in.txt"})  # the demonstration writes its own words down, for whoever tries it

pytestmark = pytest.mark.journey


def _fill_and_send(page: Page, demo: Demo) -> ReportForm:
    form = ReportForm(page, demo.base).open().begin()
    form.fill({1: ["yes"], 2: ["me"], 3: ["other"], 4: STORY, 6: AREA, 9: HELP, 10: NAME}, reply=True)
    form.send()
    return form


def _spoil(route: Route) -> None:
    """Send a body of the right length that the server must refuse with 400."""
    body = bytearray(route.request.post_data_buffer or b"")
    body[200] = ord("!")
    route.continue_(post_data=bytes(body))


def _send_another_first(demo: Demo) -> Callable[[Route], None]:
    """Let another body under the same number arrive first, so that the browser's own meets 409."""

    def handle(route: Route) -> None:
        document = json.loads(route.request.post_data_buffer or b"{}")
        document["mailbox"]["verifier"] = "A" * 43
        body = json.dumps(document, separators=(",", ":")).encode()
        assert demo.request("POST", "/api/v1/reports", body)[0] == 201
        route.continue_()

    return handle


class Kept:
    """What is left on both sides when everybody has gone home."""

    def __init__(self, demo: Demo, profiles: list[Path], bodies: list[bytes], seen: list[str]) -> None:
        self.demo = demo
        self.profiles = profiles
        self.bodies = bodies
        self.seen = seen

    def places_with(self, words: list[str]) -> list[str]:
        found = found_in_files(self.demo.folder, words, but_not=SIGN_IN_FILE)
        found += [f"log: {word}" for word in found_in_bytes(self.demo.said(), words)]
        for body in self.bodies:
            found += [f"request body: {word}" for word in found_in_bytes(body, words)]
        for text in self.seen:
            found += [f"page: {word}" for word in found_in_bytes(text.encode(), words)]
        for folder in self.profiles:
            found += [f"profile: {place}" for place in found_in_files(folder, words)]
        return found


WHAT_A_PAGE_KEEPS = """async () => {
  const kept = [location.href, document.title, document.referrer, JSON.stringify(history.state), document.cookie,
                JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage})];
  for (const {name} of await indexedDB.databases()) {
    const db = await new Promise((yes, no) => {
      const asked = indexedDB.open(name); asked.onsuccess = () => yes(asked.result); asked.onerror = no; });
    for (const store of db.objectStoreNames) {
      const all = await new Promise((yes, no) => {
        const asked = db.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => yes(asked.result); asked.onerror = no; });
      for (const each of all) kept.push(store + ' ' + JSON.stringify(each, (key, value) =>
        value instanceof ArrayBuffer ? new TextDecoder('latin1').decode(value)
        : ArrayBuffer.isView(value) ? new TextDecoder('latin1').decode(value) : value));
    }
    db.close();
  }
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) {
      const answer = await (await caches.open(name)).match(request);
      kept.push(request.url + ' ' + await answer.text());
    }
  return kept;
}"""


@pytest.fixture
def journeyed(own_demo: Demo, on_disk: OnDisk, profiles: Path) -> tuple[Kept, list[str]]:
    """Everything that was kept after a journey through success, 400 and 409; and the words to look for."""
    demo = own_demo
    pupil = on_disk("pupil", user_agent=AGENT)
    caseworker = on_disk("caseworker", viewport=DESK, user_agent=AGENT)
    page = pupil.page

    page.route("**/api/v1/reports", _spoil)
    _fill_and_send(page, demo).wait_for("refused")
    page.unroute("**/api/v1/reports")
    page.route("**/api/v1/reports", _send_another_first(demo))
    _fill_and_send(page, demo).wait_for("conflict")
    page.unroute("**/api/v1/reports")
    form = _fill_and_send(page, demo)
    form.wait_for("sent")
    code = form.code()

    words = demo.words("demo-caseworker")
    sign_in = SignIn(caseworker.page, demo.base).open()
    sign_in.sign_in("demo-caseworker", words, demo.code("demo-caseworker"))
    # Both reports are here: the one that was let in before a conflict, and the one that was sent.
    for report_id in Inbox(caseworker.page).show("open").report_ids():
        report = Inbox(caseworker.page).open_report(report_id)
        report.claim()
        report.answer(ANSWER)
        report.back()

    mailbox = Mailbox(page, demo.base).open()
    mailbox.enter(code)
    assert mailbox.answers() == [ANSWER]
    mailbox.write_back(FOLLOW_UP)
    seen = page.evaluate(WHAT_A_PAGE_KEEPS) + caseworker.page.evaluate(WHAT_A_PAGE_KEEPS)

    mailbox = Mailbox(page, demo.base).open()
    unsent = code_to_words(secrets.randbits(70).to_bytes(9), word_list())
    mailbox.type_code(unsent)
    expect(mailbox.said("unknown")).to_be_visible(timeout=30_000)

    bodies = [each.post_data_buffer or b"" for profile in (pupil, caseworker) for each in profile.requests]
    for profile in (pupil, caseworker):
        profile.context.close()
    return Kept(demo, [profiles], [*bodies], seen), [*TYPED, " ".join(code), " ".join(unsent), words]


def test_nothing_of_a_child_or_a_code_is_found_anywhere_afterwards(
    journeyed: tuple[Kept, list[str]],
) -> None:
    kept, words = journeyed
    assert kept.places_with(words) == []
    on_the_server = Kept(kept.demo, [], [], [])
    assert on_the_server.places_with(["127.0.0.1", AGENT]) == []


def _keys(demo: Demo, codes: list[list[str]]) -> dict[str, bytes]:
    """What each code stands for at this demonstration, by name. No phone and no server may keep any of it."""
    instance_id = parse_bundle(unb64(demo.bundle()["bundle"])).instance_id
    found: dict[str, bytes] = {}
    for number, code in enumerate(codes):
        box = derive_mailbox(words_to_code(" ".join(code), word_list()), instance_id)
        kept = {"token": box.token, "seed": box.seed, "auth": box.auth, "note key": box.note_key}
        found |= {f"{name} {number}": key for name, key in kept.items()}
    return found


def test_what_opens_a_mailbox_is_on_no_disk_whether_a_report_was_sent_or_waits_and_however_the_page_ended(
    demo: Demo, on_disk: OnDisk, profiles: Path
) -> None:
    codes = []
    pupil = on_disk("pupil")
    pupil.context.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="<h1>Sunny</h1>"))
    first = _fill_and_send(pupil.page, demo)
    first.wait_for("sent")
    codes.append(first.code())
    pupil.context.route("**/api/v1/reports", lambda route: route.abort())
    for end in (_close_the_tab, _leave_now):
        page = pupil.context.new_page()
        waiting = _fill_and_send(page, demo)
        waiting.wait_for("unsent")
        codes.append(waiting.code())
        end(page)
    dying = on_disk("dying")
    last = _fill_and_send(dying.page, demo)
    last.wait_for("sent")
    codes.append(last.code())
    kill_browser(profiles / "dying")
    bodies = [each.post_data_buffer or b"" for each in pupil.requests if each.url.endswith("/api/v1/reports")]
    pupil.context.close()

    keys = _keys(demo, codes)
    assert keys_in_files(profiles, keys) == []
    assert keys_in_files(demo.folder, keys) == []
    waits = unb64(json.loads(bodies[-1])["mailbox"]["id"])  # what a browser keeps until it is sent is found
    assert keys_in_files(profiles, {"mailbox id": waits})


def _draft(page: Page, demo: Demo) -> dict[str, bytes]:
    """Write a story, look at another page and come back; gives the key that it is locked with."""
    form = ReportForm(page, demo.base).open().begin()
    form.go_on_to("story")
    form.words(4).fill(STORY)
    page.locator(".brand").click()
    expect(page).to_have_url(f"{demo.base}/en/")
    form.open(resume=True)
    expect(form.words(4)).to_have_value(STORY)
    name: str = page.evaluate("window.name")
    assert name.startswith("key "), name
    return {name: base64.b64decode(name.removeprefix("key "))}


def _leave_it(page: Page) -> None:
    """The browser goes down with a draft in it."""


def _send_it(page: Page) -> None:
    page.locator("[data-step]:visible [data-next]").click()
    page.locator("[data-seal]").click()
    expect(page.locator('h1 [data-when="sent"]')).to_be_visible(timeout=30_000)


def test_neither_the_words_of_a_draft_nor_its_key_are_on_a_disk_however_it_ended(
    demo: Demo, on_disk: OnDisk, profiles: Path
) -> None:
    keys: dict[str, bytes] = {}
    names = ("killed", "closed")
    for name in names:
        pupil = on_disk(name)
        pupil.context.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="<h1>Sunny</h1>"))
        for end in (_close_the_tab, _leave_now, _send_it, _leave_it):
            page = pupil.context.new_page()
            keys |= _draft(page, demo)
            end(page)
        page.wait_for_timeout(2_000)  # browsers write with a delay
        if name == "killed":
            kill_browser(profiles / name)
        else:
            pupil.context.close()
    assert len(keys) == 8
    assert found_in_files(profiles, [STORY, *keys]) == []
    assert keys_in_files(profiles, keys) == []
    for name in names:
        folder = profiles / name / "Default" / "Session Storage"
        assert any(b"draft" in each.read_bytes() for each in folder.iterdir()), "the locked copy is what a disk has"


def _close_the_tab(page: Page) -> None:
    page.close()


def _leave_now(page: Page) -> None:
    page.locator("header [data-leave]").click(no_wait_after=True)
    expect(page.locator("h1")).to_have_text("Sunny")


def test_a_word_planted_in_any_of_the_places_would_have_been_found(
    own_demo: Demo, on_disk: OnDisk, profiles: Path
) -> None:
    profile = on_disk("planted")
    profile.page.goto(f"{own_demo.base}/en/")
    profile.page.evaluate("words => localStorage.setItem('planted', words)", STORY)
    seen = profile.page.evaluate(WHAT_A_PAGE_KEEPS)
    profile.context.close()
    with sqlite3.connect(own_demo.database) as connection:
        connection.execute("CREATE TABLE planted (words TEXT)")
        connection.execute("INSERT INTO planted VALUES (?)", (AREA,))
    with own_demo.log.open("ab") as log:
        log.write(HELP.encode())
    kept = Kept(own_demo, [profiles], [NAME.encode()], seen)
    places = kept.places_with([STORY, AREA, HELP, NAME])
    assert {place.split(":")[0] for place in places} >= {"page", "log", "request body", "profile"}
    assert any(place.startswith("youthsafe.db") for place in places)
