"""A report is in the outbox or on the server, never neither and never twice, whatever happens on the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Demo, running_demo
from tests.journeys.cutting import Cut, Line, line_to
from tests.journeys.kept import wait_for_pack
from tests.journeys.pages.outbox import arrived, until, waiting, wake_the_worker
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.visitors import Profile, visitor

pytestmark = pytest.mark.journey

STORY = "They wait for me at the gate."
ELSEWHERE = "<!doctype html><title>Weather</title><h1>Sunny</h1>"
NO_DATABASE = "Object.defineProperty(globalThis, 'indexedDB', { value: undefined });"
AN_IPHONE = "Object.defineProperty(Navigator.prototype, 'standalone', { value: false });"
AFTER_THE_COMMIT = {Cut.AFTER_THE_COMMIT, Cut.WITHIN_THE_ANSWER}
ASLEEP = """() => new Promise((held) => {
  navigator.locks.request("youthsafe-outbox", () => { held(); return new Promise(() => {}); });
})"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demonstration that nobody else sends to, so that its reports can be counted."""
    with running_demo(tmp_path_factory.mktemp("outbox") / "data") as running:
        yield running


@pytest.fixture
def line(demo: Demo) -> Iterator[Line]:
    with line_to(demo.port) as line:
        yield line


@dataclass
class Sending:
    """One report from a page over a line, and what the server had before."""

    demo: Demo
    line: Line
    page: Page
    before: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.before = set(arrived(self.demo.database))
        self.form = ReportForm(self.page, self.line.base)

    def write(self) -> "Sending":
        """Fill the form up to the review."""
        self.form.open().begin().fill({4: STORY}, reply=True)
        return self

    def seal(self, cut: Cut = Cut.BEFORE_THE_REQUEST) -> str:
        """Press Send while the line is cut; gives the id that waits."""
        self.line.cut = cut
        self.form.send()
        self.form.wait_for("unsent")
        assert len(self.form.code()) == 7, "the code is shown once the report is safe"
        [waits] = waiting(self.page)
        return waits

    def mend(self) -> None:
        """Let reports through again."""
        self.line.cut = None

    @contextmanager
    def tried_in_vain(self) -> Iterator[None]:
        """The form opens anew in here, and its own first try is over: were the line mended before that, what waits
        would be gone before anybody could press for it.
        """
        with self.page.expect_event("requestfailed", lambda request: request.method == "POST"):
            yield
        expect(self.page.locator('[data-when="waiting-later"]')).to_be_visible()

    @property
    def new(self) -> list[str]:
        """What the server has of this sending; a report that came twice stands here twice."""
        return [each for each in arrived(self.demo.database) if each not in self.before]

    def assert_arrived_once(self, page: Page | None = None) -> None:
        """The server has the report once, and nothing waits in the browser."""
        until(lambda: len(self.new) > 0 and waiting(page or self.page) == [])
        assert len(self.new) == 1


@pytest.fixture
def sending(demo: Demo, line: Line, person: Profile) -> Sending:
    return Sending(demo, line, person.page)


@pytest.mark.parametrize("cut", Cut)
def test_a_report_cut_off_at_any_step_is_kept_and_arrives_once(sending: Sending, cut: Cut) -> None:
    waits = sending.write().seal(cut)
    if cut in AFTER_THE_COMMIT:
        until(lambda: sending.new == [waits])
    else:
        assert sending.new == []
    sending.mend()
    sending.page.locator("[data-send-now]").click()
    sending.form.wait_for("sent")
    sending.assert_arrived_once()
    assert sending.new == [waits]


def test_a_report_begun_without_a_signal_goes_by_itself_when_there_is_one(
    demo: Demo, line: Line, browser: Browser
) -> None:
    with visitor(browser, service_workers="allow") as phone:
        phone.page.goto(f"{line.base}/en/")
        wait_for_pack(phone.page)
        phone.context.set_offline(True)
        sending = Sending(demo, line, phone.page).write()
        waits = sending.seal()
        sending.mend()
        assert sending.new == []
        phone.context.set_offline(False)
        sending.form.wait_for("sent")
        sending.assert_arrived_once()
        assert sending.new == [waits]


def test_the_browser_sends_in_the_background_with_no_page_of_ours_open(
    demo: Demo, line: Line, browser: Browser
) -> None:
    with visitor(browser, service_workers="allow") as phone:
        phone.page.goto(f"{line.base}/en/")
        wait_for_pack(phone.page)
        sending = Sending(demo, line, phone.page).write()
        waits = sending.seal()
        tags = "navigator.serviceWorker.ready.then((worker) => worker.sync.getTags())"
        assert phone.page.evaluate(tags) == ["youthsafe-outbox"]
        bare = phone.context.new_page()
        bare.goto(f"{line.base}/healthz")  # no script of ours runs here
        phone.page.close()
        assert sending.new == []
        sending.mend()
        wake_the_worker(bare, line.base)
        sending.assert_arrived_once(bare)
        assert sending.new == [waits]


def test_a_report_that_page_and_worker_send_at_the_same_time_arrives_once(
    demo: Demo, line: Line, browser: Browser
) -> None:
    with visitor(browser, service_workers="allow") as phone:
        phone.page.goto(f"{line.base}/en/")
        wait_for_pack(phone.page)
        sending = Sending(demo, line, phone.page).write()
        sending.seal()
        sending.mend()
        wake_the_worker(phone.page, line.base)
        phone.page.locator("[data-send-now]").click()
        sending.form.wait_for("sent")
        sending.assert_arrived_once()


@pytest.mark.parametrize("path", ["/en/", "/ar/support/", "/pl/replies/"])
def test_the_next_visit_to_any_page_sends_what_waits(sending: Sending, path: str) -> None:
    sending.write().seal()
    sending.mend()
    sending.page.goto(sending.line.base + path)
    sending.assert_arrived_once()
    until(lambda: sending.page.evaluate("localStorage.length") == 0)


def test_what_fails_on_any_page_goes_again_while_it_stays_open(sending: Sending) -> None:
    waits = sending.write().seal()
    page = sending.page
    page.clock.install()
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/reports")):
        page.goto(f"{sending.line.base}/en/replies/")
    expect(page.locator("[data-unsent]")).to_be_visible()
    sending.mend()
    until(
        lambda: page.clock.run_for("01:00") or bool(sending.new)
    )  # the page sets its clock a moment after the failure
    sending.assert_arrived_once()
    assert sending.new == [waits]


def test_the_replies_page_says_that_something_waits_and_no_more(sending: Sending) -> None:
    sending.write().seal()
    sending.page.goto(f"{sending.line.base}/en/replies/")
    notice = sending.page.locator("[data-unsent]")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("NOT sent yet")
    assert violations(sending.page) == []
    sending.mend()
    sending.page.evaluate("dispatchEvent(new Event('online'))")
    expect(notice).to_be_hidden()
    sending.assert_arrived_once()


def test_a_report_that_another_page_was_refused_is_told_until_it_is_put_away(sending: Sending) -> None:
    sending.write().seal()
    sending.mend()
    refusal = '{"type":"urn:youthsafe:problem:conflict"}'
    sending.page.route(
        "**/api/v1/reports",
        lambda route: route.fulfill(status=409, content_type="application/problem+json", body=refusal),
    )
    told = sending.page.locator("[data-unaccepted]")
    for _ in range(2):  # it is sent once, and told at every visit
        sending.page.goto(f"{sending.line.base}/en/replies/")
        expect(told).to_contain_text("NOT accepted")
        expect(sending.page.locator("[data-unsent]")).to_be_hidden()
        assert violations(sending.page) == []
    sending.page.goto(f"{sending.line.base}/en/report/")
    sending.page.locator("[data-put-away]").click()
    until(lambda: sending.page.evaluate("localStorage.length") == 0)
    assert waiting(sending.page) == []


def test_a_page_opened_without_a_signal_says_that_something_waits_and_sends_it_when_there_is_one(
    demo: Demo, line: Line, browser: Browser
) -> None:
    with visitor(browser, service_workers="allow") as phone:
        phone.page.goto(f"{line.base}/en/")
        wait_for_pack(phone.page)
        sending = Sending(demo, line, phone.page).write()
        sending.seal()
        phone.context.set_offline(True)
        phone.page.goto(f"{line.base}/en/replies/")
        notice = phone.page.locator("[data-unsent]")
        expect(notice).to_contain_text("NOT sent yet")
        sending.mend()
        phone.context.set_offline(False)
        expect(notice).to_be_hidden(timeout=30_000)
        sending.assert_arrived_once()


def test_a_page_whose_sender_did_not_load_asks_for_it_again(sending: Sending) -> None:
    sending.write().seal()
    sending.page.route("**/assets/sender-*", lambda route: route.abort())
    sending.page.goto(f"{sending.line.base}/en/", wait_until="networkidle")
    sending.page.unroute_all()
    sending.mend()
    sending.assert_arrived_once()


def test_a_page_where_nothing_waits_loads_no_sender(sending: Sending) -> None:
    for path in ("/en/", "/en/replies/"):
        sending.page.goto(sending.line.base + path, wait_until="networkidle")
    loaded = sending.page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    assert [name for name in loaded if "/assets/sender-" in name] == []


def test_a_phone_that_sleeps_for_an_hour_sends_when_it_wakes(sending: Sending) -> None:
    sending.page.clock.install()
    waits = sending.write().seal()
    sending.mend()
    sending.page.clock.fast_forward("01:00:00")
    sending.form.wait_for("sent")
    sending.assert_arrived_once()
    assert sending.new == [waits]


def test_a_double_tap_on_send_seals_and_sends_one_report(sending: Sending) -> None:
    sending.write()
    sending.page.locator("[data-seal]").dblclick(no_wait_after=True)
    sending.form.wait_for("sent")
    sending.assert_arrived_once()
    assert sending.line.sendings == [None]


def test_back_and_forward_after_sealing_stay_with_the_code(sending: Sending) -> None:
    sending.write().seal()
    code = sending.form.code()
    for move in (sending.page.go_back, sending.page.go_back, sending.page.go_forward):
        move(wait_until="commit")
        sending.form.at("outcome")
        assert sending.form.code() == code
    sending.mend()
    sending.page.locator("[data-send-now]").click()
    sending.form.wait_for("sent")
    sending.assert_arrived_once()


def test_back_from_another_page_shows_no_code_and_says_that_something_waits(sending: Sending) -> None:
    sending.write().seal()
    sending.page.goto(f"{sending.line.base}/en/accessibility/", wait_until="networkidle")
    with sending.tried_in_vain():
        sending.page.go_back()
    expect(sending.page.locator("[data-waiting]")).to_be_visible()
    assert sending.form.current == "danger"
    assert sending.page.locator("[data-code-words] li").count() == 0
    assert {box.input_value() for box in sending.page.locator("textarea").all()} == {""}
    sending.mend()
    sending.page.locator("[data-send-waiting]").click()
    expect(sending.page.locator("[data-waiting-sent]")).to_be_visible()
    sending.assert_arrived_once()


def test_after_a_reload_the_report_waits_and_its_code_is_not_shown_again(sending: Sending) -> None:
    waits = sending.write().seal()
    with sending.tried_in_vain():
        sending.page.reload()
    note = sending.page.locator("[data-waiting]")
    expect(note).to_contain_text("NOT sent yet")
    expect(note).to_contain_text("It cannot be shown again.")
    assert STORY not in sending.page.content()
    assert violations(sending.page) == []
    assert waiting(sending.page) == [waits]
    sending.mend()
    sending.page.locator("[data-send-waiting]").click()
    expect(sending.page.locator("[data-waiting-sent]")).to_be_visible()
    expect(note).to_be_hidden()
    sending.assert_arrived_once()


def test_two_tabs_that_send_at_once_send_one_report(sending: Sending) -> None:
    sending.write().seal()
    other = sending.page.context.new_page()
    other.goto(sending.form.address)
    expect(other.locator("[data-waiting]")).to_be_visible()
    sending.mend()
    for tab, button in ((other, "[data-send-waiting]"), (sending.page, "[data-send-now]")):
        tab.evaluate("button => document.querySelector(button).click()", button)
    sending.form.wait_for("sent")
    expect(other.locator("[data-waiting]")).to_be_hidden()
    sending.assert_arrived_once()


def test_a_tab_that_sleeps_with_the_lock_keeps_no_other_from_sending(sending: Sending) -> None:
    """An iPhone may put a tab to sleep in the middle of a request, and its lock with it."""
    sending.write().seal()
    other = sending.page.context.new_page()
    other.clock.install()
    other.goto(f"{sending.line.base}/en/accessibility/")
    sending.page.evaluate(ASLEEP)
    sending.mend()
    other.goto(sending.form.address)
    expect(other.locator("[data-waiting]")).to_be_visible()
    assert sending.new == []
    other.clock.fast_forward("01:00")
    expect(other.locator("[data-waiting-sent]")).to_be_visible()
    sending.assert_arrived_once()


def test_a_browser_that_keeps_nothing_says_so_and_sends_from_its_memory(sending: Sending) -> None:
    page = sending.page
    page.add_init_script(NO_DATABASE)
    sending.write()
    sending.line.cut = Cut.BEFORE_THE_REQUEST
    sending.form.send()
    sending.form.wait_for("unsent")
    expect(page.locator('[data-when="memory"]')).to_contain_text("Please keep this page open.")
    expect(page.locator('[data-when="kept"]')).to_be_hidden()
    _assert_asks_before_it_closes(page)
    sending.mend()
    page.locator("[data-send-now]").click()
    sending.form.wait_for("sent")
    expect(page.locator('[data-when="memory"]')).to_be_hidden()
    assert len(sending.new) == 1


def test_what_a_browser_threw_away_is_told_and_written_anew(sending: Sending) -> None:
    page = sending.page
    sending.write()
    sending.line.cut = Cut.BEFORE_THE_REQUEST
    sending.form.send()
    sending.form.wait_for("unsent")
    expect(page.locator('[data-when="kept"]')).to_be_visible()
    page.evaluate(
        "() => new Promise((gone) => { indexedDB.deleteDatabase('youthsafe').onsuccess = () => gone(true); })"
    )
    expect(page.locator('[data-when="memory"]')).to_contain_text("Please keep this page open.")
    expect(page.locator('[data-when="kept"]')).to_be_hidden()
    _assert_asks_before_it_closes(page)
    page.locator("[data-send-now]").click()
    expect(page.locator('[data-when="kept"]')).to_be_visible()
    expect(page.locator('[data-when="memory"]')).to_be_hidden()
    sending.mend()
    page.goto(f"{sending.line.base}/en/")
    sending.assert_arrived_once()


def _assert_asks_before_it_closes(page: Page) -> None:
    """Answer no, as somebody would who has read what the page says."""
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    until(lambda: page.wait_for_timeout(50) is None and asked == ["beforeunload"])


def test_a_report_that_finds_no_room_stays_in_memory_and_is_kept_once_there_is_room(sending: Sending) -> None:
    page = sending.page
    quota = page.context.new_cdp_session(page)
    quota.send("Storage.overrideQuotaForOrigin", {"origin": sending.line.base, "quotaSize": 1})
    sending.write()
    sending.line.cut = Cut.BEFORE_THE_REQUEST
    sending.form.send()
    sending.form.wait_for("unsent")
    expect(page.locator('[data-when="memory"]')).to_be_visible()
    assert waiting(page) == []
    _assert_asks_before_it_closes(page)
    quota.send("Storage.overrideQuotaForOrigin", {"origin": sending.line.base})
    page.locator("[data-send-now]").click()
    expect(page.locator('[data-when="memory"]')).to_be_hidden()
    assert len(waiting(page)) == 1
    sending.mend()
    page.locator("[data-send-now]").click()
    sending.form.wait_for("sent")
    sending.assert_arrived_once()


def test_leaving_now_wipes_the_words_and_the_code_and_keeps_what_is_sealed(sending: Sending, person: Profile) -> None:
    person.context.route(
        "https://www.bbc.co.uk/weather", lambda route: route.fulfill(content_type="text/html", body=ELSEWHERE)
    )
    sending.write().seal()
    sending.page.locator("header [data-leave]").click()
    expect(sending.page.locator("h1")).to_have_text("Sunny")
    sending.mend()
    sending.page.goto(f"{sending.line.base}/en/support/")
    sending.assert_arrived_once()


def test_an_iphone_says_for_how_long_it_keeps_a_report(sending: Sending) -> None:
    sending.page.add_init_script(AN_IPHONE)
    sending.write().seal()
    expect(sending.page.locator('[data-when="forgetful"]')).to_contain_text("seven days")
    assert violations(sending.page) == []
    sending.page.reload()
    expect(sending.page.locator('[data-when="waiting-forgetful"]')).to_contain_text("seven days")


def test_other_browsers_do_not_speak_of_iphones(sending: Sending) -> None:
    sending.write().seal()
    expect(sending.page.locator('[data-when="forgetful"]')).to_be_hidden()
