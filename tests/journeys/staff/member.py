"""Somebody on the staff with a browser, paper, a pen and a phone."""

from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.journeys.staff.code_app import CodeApp
from tests.journeys.staff.inbox import Inbox
from tests.journeys.staff.people import Join, with_authenticator
from tests.journeys.staff.sign_in import SignIn
from tests.journeys.staff.tally import Tally
from tests.journeys.visitors import Profile


@dataclass
class Member:
    """`words`: on their paper; `app`: on their phone, unless they use a passkey; `codes`: to recover by."""

    name: str
    profile: Profile
    base: str
    words: str = ""
    app: CodeApp | None = None
    codes: list[str] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        self.tally.watch(self.profile.context)

    @property
    def page(self) -> Page:
        return self.profile.page

    def at(self, profile: Profile) -> "Member":
        """The same person at another browser."""
        self.profile = profile
        return self

    def join(self, link: str, *, passkey: bool = False) -> str:
        """Follow an invitation to its end; gives the three words to say."""
        join = Join(self.page)
        if passkey:
            with_authenticator(self.page)
        join.begin(link)
        if passkey:
            join.by_passkey()
        else:
            self.app = self._app_set_up(join)
        join.finish()
        self.words, self.codes = " ".join(join.words), join.codes
        return " ".join(join.said)

    def enrol(self) -> None:
        """Set another app up where the lost one was taken away, and go on to the desk."""
        enrolling = Join(self.page)
        self.app = self._app_set_up(enrolling)
        self.codes = enrolling.keep_codes()
        expect(self.page.locator("#desk-tools")).to_be_visible(timeout=30_000)

    def sign_in(self) -> None:
        """Sign in with both factors, on the form that is on the screen or at the desk's first address."""
        self.try_to_sign_in()
        expect(self.page.locator("#desk-tools")).to_be_visible(timeout=30_000)

    def try_to_sign_in(self, code: str | None = None, words: str | None = None) -> SignIn:
        """The same without waiting for what follows; `code`, `words`: in place of their own."""
        form = SignIn(self.page, self.base)
        if self.page.locator("#code:visible").count() == 0:
            form.open()
        given = code or (self.app.code() if self.app else "")
        form.fill(self.name, words or self.words, given)
        if given:
            form.submit()
        else:
            self.page.locator('[data-part="passkey"]').click()
        return form

    def reads(self, report: str, story: str) -> None:
        """Find a report in the inbox and read it; its id as in addresses."""
        Inbox(self.page).show("open").open_report(report)
        expect(self.page.locator('[data-part="answers"]')).to_contain_text(story)

    def _app_set_up(self, join: Join) -> CodeApp:
        app = CodeApp(join.secret())
        join.by_app(app.code())
        return app
