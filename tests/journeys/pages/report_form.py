"""The questions, the review and the outcome of a report."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from playwright.sync_api import Locator, Page, expect

QUESTIONS = ("danger", "about", "story")
EXTRAS = ("wish", "tonight", "where", "time", "school", "help", "name", "reply")
ORDER = (*QUESTIONS, "review")
OUTCOMES = ("sending", "unsent", "sent", "refused", "conflict")

Answers = Mapping[int, str | Sequence[str]]


class ReportForm:
    """One visit to the report page. A step's name is one of QUESTIONS, EXTRAS, review, outcome."""

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
        """Wait for the first question."""
        self.at("danger")
        return self

    @property
    def hours(self) -> Locator:
        """When somebody reads, as the first screen says it: known only from a bundle that was believed."""
        return self.page.locator("[data-open-hours]")

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

    def go_on_to(self, name: str) -> "ReportForm":
        """Leave every question from here to a later one unanswered."""
        for following in ORDER[ORDER.index(self.current) + 1 : ORDER.index(name) + 1]:
            self.go_on()
            self.at(following)
        return self

    def back(self) -> None:
        """Press the current step's Back button."""
        self.page.locator("[data-step]:visible [data-back]").click()

    def pick(self, field: str | int, *codes: str) -> None:
        """Choose codes of a field (docs/envelope.md 3.1), or of `team` or `reply`; `no` to danger goes on."""
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

    def fill(self, answers: Answers, *, reply: bool | None = None) -> None:
        """Answer from the first question to the review: a list of codes or a text for each field, the rest skipped."""
        self.at("danger")
        for question, following in pairwise(ORDER):
            self._answer(question, answers)
            if question != "danger" or "no" not in answers.get(1, ()):
                self.go_on()
            self.at(following)
        for question in EXTRAS:
            wished = {"yes" if reply else "no"} if question == "reply" and reply is not None else None
            if wished or any(self._place(question, field).count() for field in answers):
                self.add(question)
                self._answer(question, answers)
                self.pick("reply", *wished or ())
                self.go_on()
                self.at("review")

    def add(self, question: str) -> None:
        """On the review, open one of the questions that are asked only if somebody wants to."""
        fold = self.step("review").locator("[data-add]")
        if not fold.evaluate("(fold) => fold.open"):
            fold.locator("summary").click()
        title = self.step(question).locator("[data-question]").first.text_content() or ""
        fold.get_by_role("button", name=title.strip(), exact=True).click()
        self.at(question)

    def send(self) -> None:
        """Press Send, without waiting for what follows."""
        self.page.locator("[data-seal]").click()

    def wait_for_rest(self) -> None:
        """Wait until what Send began has come to its end."""
        expect(self.page.locator('[data-when="sealing-now"]')).to_be_hidden()

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

    def _place(self, question: str, field: int) -> Locator:
        return self.step(question).locator(f'[data-field="{field}"]')

    def _answer(self, question: str, answers: Answers) -> None:
        for field, answer in answers.items():
            place = self._place(question, field)
            if place.count() == 0:
                continue
            if isinstance(answer, str):
                place.fill(answer)
            else:
                self.pick(field, *answer)
