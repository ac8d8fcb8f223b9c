"""A caseworker at their own browser, and reports for them to find."""

from collections.abc import Mapping, Sequence

from playwright.sync_api import Page, StorageState, expect

from tests.journeys.conftest import Demo
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.staff.inbox import Inbox
from tests.journeys.staff.sign_in import SignIn, Unlock

CASEWORKER = "demo-caseworker"
ANSWERS: Mapping[int, str | Sequence[str]] = {1: ["no"], 3: ["bullying", "online"], 4: "They wait\n\n  at the bus <b>"}

# A browser that keeps nothing for the desk: its storage says that another version is open.
KEEP_NOTHING = """async () => {
  const open = indexedDB.open("youthsafe-drafts", 2);
  await new Promise((resolve) => { open.onsuccess = resolve; });
  open.result.close();
}"""


def send_report(demo: Demo, page: Page, answers: Mapping[int, str | Sequence[str]] = ANSWERS) -> str:
    """Send a report that wants a reply, as a pupil does, in this browser; gives its id as in addresses."""
    form = ReportForm(page, demo.base).open().begin()
    form.fill(answers, reply=True)
    with page.expect_response(lambda each: each.url.endswith("/api/v1/reports") and each.status == 201) as kept:
        form.send()
    form.wait_for("sent")
    return str(kept.value.json()["id"])


class Desk:
    """One caseworker's browser."""

    def __init__(self, demo: Demo, page: Page, name: str = CASEWORKER, locale: str = "en") -> None:
        self.demo, self.page, self.name, self.locale = demo, page, name, locale

    def sign_in(self) -> Inbox:
        """Sign in with both factors, and wait for the inbox."""
        SignIn(self.page, self.demo.base, self.locale).open()
        return self.sign_in_here()

    def sign_in_here(self) -> Inbox:
        """Sign in on the form that is on the screen."""
        form = SignIn(self.page, self.demo.base, self.locale)
        form.sign_in(self.name, self.demo.words(self.name), self.demo.code(self.name))
        return Inbox(self.page)

    def unlock(self) -> None:
        """Give the words again."""
        Unlock(self.page).unlock(self.demo.words(self.name))


def at_the_desk(
    demo: Demo, page: Page, session: StorageState, locale: str = "en", name: str = CASEWORKER
) -> tuple[Desk, Inbox]:
    """A report of a pupil's, and a member with a living session who has unlocked the inbox and sees it."""
    desk = Desk(demo, page, name, locale)
    sent = send_report(demo, page)
    page.context.set_storage_state(session)
    page.goto(f"{demo.base}/staff/{locale}/")
    desk.unlock()
    inbox = Inbox(page, sent)
    expect(inbox.rows.first).to_be_visible()
    return desk, inbox


def signed_in(demo: Demo, page: Page, name: str) -> tuple[Desk, Inbox]:
    """The same with a session of its own, which the test may end."""
    desk = Desk(demo, page, name)
    sent = send_report(demo, page)
    inbox = desk.sign_in()
    inbox.sent = sent
    expect(inbox.rows.first).to_be_visible()
    return desk, inbox
