"""What a lesson file becomes. Frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from youthsafe.pack.texts import Origin, Page
from youthsafe.pack.translation import Translation

LESSON_MINUTES: Final = 50
PARTS: Final = ("rules", "starter", "scenario", "skill", "quiz", "help")


@dataclass(frozen=True, slots=True)
class Question:
    """One quiz question's answers. `right` counts from 0; `why` is shown with the answer."""

    options: tuple[str, ...]
    right: int
    why: Markup


@dataclass(frozen=True, slots=True)
class Slide:
    """One screen. `number` counts from 1 through the whole lesson; `notes` are for the teacher."""

    number: int
    title: str
    minutes: int
    html: Markup
    notes: Markup
    question: Question | None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the lesson: its name is one of PARTS."""

    name: str
    slides: tuple[Slide, ...]

    @property
    def minutes(self) -> int:
        """How long its slides take."""
        return sum(slide.minutes for slide in self.slides)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure or a claim comes from. `claim` is how the original says it."""

    claim: str
    name: str
    web: str


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What makes a lesson fit the pupils of one class.

    `outcomes` begin with “I can”; the `baseline` questions are asked before and after, on paper. `easier` and
    `challenge` change the main task. `words` are English words with their meaning in the lesson's language. `steps` is
    the same task in short steps, for a sheet in large print.
    """

    outcomes: tuple[str, ...]
    baseline: tuple[str, ...]
    easier: str
    challenge: str
    words: Mapping[str, str]
    steps: Markup


@dataclass(frozen=True, slots=True)
class Lesson:
    """Fifty minutes about one topic.

    `before` and `told` (if a pupil tells you something) are for the teacher, `handout` is printed for pupils.
    `names` are those of the made-up people, in every form that stands in the text.
    `locale` is the language of the text, which is the original's when missing. `checked_by_role` and `checked_on` say
    who checked what it teaches, in the original: a check of a translation's words is another thing. `curriculum` names
    the headings of the statutory guidance that it belongs to.
    """

    topic: str
    order: int
    locale: str
    translation: Translation
    title: str
    summary: str
    who_helps: tuple[str, ...]
    names: tuple[str, ...]
    curriculum: tuple[str, ...]
    sources: tuple[Source, ...]
    adaptation: Adaptation
    parts: tuple[Part, ...]
    before: Markup
    told: Markup
    handout: Markup
    origin: Origin
    checked_by_role: str | None
    checked_on: date | None

    @property
    def slides(self) -> tuple[Slide, ...]:
        """Every slide, in order."""
        return tuple(slide for part in self.parts for slide in part.slides)

    @property
    def quiz(self) -> tuple[Slide, ...]:
        """The slides that ask something."""
        return tuple(slide for slide in self.slides if slide.question)

    @property
    def task(self) -> Slide:
        """The slide of the main task: the last one of `skill`."""
        return next(part for part in self.parts if part.name == "skill").slides[-1]

    @property
    def minutes(self) -> int:
        """How long the lesson takes."""
        return sum(part.minutes for part in self.parts)


@dataclass(frozen=True, slots=True)
class Course:
    """Every lesson written in one language, in order, and the page that says how to prepare."""

    intro: Page | None
    lessons: tuple[Lesson, ...]

    @property
    def checked(self) -> bool:
        """Whether somebody has checked one lesson at least."""
        return any(lesson.checked_by_role for lesson in self.lessons)
