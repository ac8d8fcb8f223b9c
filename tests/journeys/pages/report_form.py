"""The chooser, the promise, the questions, the review and the outcome of a report."""

from collections.abc import Mapping, Sequence

from playwright.sync_api import Locator, Page, expect

QUESTIONS = ("danger", "who", "what", "story", "where", "time", "help", "reply")
OUTCOMES = ("sending", "unsent", "sent", "refused", "conflict")


class ReportForm:
    """One visit to the report page. A step's name is one of chooser, promise, QUESTIONS, review, outcome."""

    def __init__(self, page: Page, base: str, locale: str = "en", path: str = "report/") -> None:
        self.page = page
        self.address = f"{base}/{locale}/{path}"

    def open(self, pin: str | None = None, *, resume: bool = False) -> "ReportForm":
        """Load the page, with a pin in the address when given, and wait until its script runs.

        What this tab wrote before is forgotten, unless the visit is to resume it.
        """
        if not resume:
            self.page.evaluate("window.name = ''")
        self.page.goto(self.address + (f"#k={pin}" if pin else ""))
        expect(self.page.locator("[data-begin]")).to_be_enabled()
        return self

    def begin(self) -> "ReportForm":
        """Go past the chooser and the promise to the first question."""
        self.choose_to_report()
        self.go_on()
        self.at("danger")
        return self

    def choose_to_report(self) -> None:
        """Go past the chooser to the promise."""
        self.page.locator("[data-begin]").click()
        self.at("promise")

    def step(self, name: str) -> Locator:
        """A step's section."""
        return self.page.locator(f'[data-step="{name}"]')

    def at(self, name: str) -> None:
        """Wait until a step is the one that is shown."""
        expect(self.step(name)).to_be_visible()
        expect(self.page.locator("[data-step]:visible")).to_have_count(1)

    @property
    def current(self) -> str:
        """The name of the step that is shown."""
        return self.page.locator("[data-step]:visible").get_attribute("data-step") or ""

    def go_on(self) -> None:
        """Press the current step's main button."""
        self.page.locator("[data-step]:visible [data-next]").click()

    def back(self) -> None:
        """Press the current step's Back button."""
        self.page.locator("[data-step]:visible [data-back]").click()

    def skip(self) -> None:
        """Press the current question's Skip button."""
        self.page.locator("[data-step]:visible [data-skip]").click()

    def pick(self, field: str | int, *codes: str) -> None:
        """Choose codes of a field (docs/envelope.md 3.1), or of `team` or `reply`."""
        for code in codes:
            self.page.locator(f'input[data-field="{field}"][value="{code}"]').check()

    def choice(self, field: str | int, code: str) -> Locator:
        """The row of one code."""
        return self.page.locator("label.choice", has=self.page.locator(f'input[data-field="{field}"][value="{code}"]'))

    def choose(self, field: str | int, code: str) -> None:
        """Tap the row of one code."""
        self.choice(field, code).click()

    def words(self, field: str | int) -> Locator:
        """The text box of a field."""
        return self.page.locator(f'textarea[data-field="{field}"]')

    def fill(self, answers: Mapping[int, str | Sequence[str]], *, reply: bool | None = None) -> None:
        """Answer from the first question to the review: a list of codes or a text for each field, the rest skipped."""
        for question in QUESTIONS:
            self.at(question)
            self._answer(question, answers)
            if question == "reply" and reply is not None:
                self.pick("reply", "yes" if reply else "no")
            self.go_on()
        self.at("review")
        if 10 in answers:
            self.words(10).fill(str(answers[10]))

    def send(self) -> None:
        """Press Send, without waiting for what follows."""
        self.page.locator("[data-seal]").click()

    def wait_for(self, outcome: str) -> None:
        """Wait until the last step says one of OUTCOMES."""
        expect(self.step("outcome").locator(f'h1 [data-when="{outcome}"]')).to_be_visible(timeout=30_000)

    def code(self) -> list[str]:
        """The seven words on the screen."""
        words = self.page.locator("[data-code-words] li")
        expect(words).to_have_count(7)
        return words.all_text_contents()

    def trouble(self, kind: str) -> Locator:
        """The notice, where it can be seen, that says why nothing can be sent."""
        return self.page.locator(f'[data-when="{kind}"]:visible')

    def answers_reviewed(self) -> list[str]:
        """What the review shows as answers, one a question."""
        return self.page.locator("[data-answers] [data-said]").all_text_contents()

    def _answer(self, question: str, answers: Mapping[int, str | Sequence[str]]) -> None:
        for field, answer in answers.items():
            place = self.step(question).locator(f'[data-field="{field}"]')
            if place.count() == 0:
                continue
            if isinstance(answer, str):
                place.fill(answer)
            else:
                self.pick(field, *answer)
