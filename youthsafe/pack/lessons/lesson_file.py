"""A lesson file to a Lesson: every fault is added with its line, and the lesson is read as far as it can be."""

from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup

from youthsafe.pack.faults import Fault
from youthsafe.pack.fields import Fields
from youthsafe.pack.lessons.adaptation import parse_adaptation, parse_sources
from youthsafe.pack.lessons.changeable_names import names_in
from youthsafe.pack.lessons.lesson import LESSON_MINUTES, PARTS, Adaptation, Lesson, Part, Question, Slide
from youthsafe.pack.lessons.outline import Chunk, Option, note, options, parts_of, shown
from youthsafe.pack.prose import Prose
from youthsafe.pack.texts import Origin
from youthsafe.pack.translation import parse_review

ORDER: Final = ("before", *PARTS, "told", "steps", "handout")
QUESTIONS: Final = 5
SLIDE_WORDS: Final = 70
TRANSLATED_WORDS: Final = 90  # French takes about a quarter more words


@dataclass(slots=True)
class LessonFile:
    """One reading of one file; `proses` collects every text of it, for the checks of links and pictures."""

    fields: Fields
    body: Prose
    faults: list[Fault]
    proses: list[Prose] = field(default_factory=list)
    passages: list[str] = field(default_factory=list)
    slides: list[Slide] = field(default_factory=list)
    original: Lesson | None = None
    most_words: int = SLIDE_WORDS

    def lesson(self, topic: str, locale: str, original: Lesson | None) -> Lesson:
        """Read the lesson of a topic. A translation takes its place and its helpers from the original."""
        fields = self.fields
        self.original, self.most_words = original, TRANSLATED_WORDS if original else SLIDE_WORDS
        title, summary = fields.text("title"), fields.text("summary")
        review = parse_review(fields, original=original is None)
        order = original.order if original else fields.number("order")
        who_helps = original.who_helps if original else fields.texts("who_helps")
        curriculum = original.curriculum if original else fields.texts("curriculum")
        if order is None:
            fields.fault("order", "“order” is missing", "add “order: 10”; lessons are listed from low to high")
        names = self._names()
        chunks = self._chunks()
        parts = tuple(self._part(chunks[name]) for name in PARTS if name in chunks)
        before, told, steps, handout = (self._prose(chunks, name) for name in ("before", "told", "steps", "handout"))
        self._check_minutes(parts)
        adaptation = parse_adaptation(fields, steps, locale, original)
        said = (title, summary, *_said(adaptation), self.body.text)
        sources = original.sources if original else parse_sources(fields, said)
        fields.finish()
        origin = Origin(fields.file, said, self._read_by_pupils(adaptation, steps, handout))
        state = review.against(original.origin.fingerprint if original else "")
        checked = (original.checked_by_role, original.checked_on) if original else (review.by_role, review.on)
        lesson = Lesson(
            topic, order or 0, locale, state, title, summary, who_helps, names, curriculum, sources, adaptation, parts,
            before.html, told.html, handout.html, origin, *checked,
        )  # fmt: skip
        if original:
            self._compare(lesson, original)
        return lesson

    def _names(self) -> tuple[str, ...]:
        names = self.fields.texts("names", required=False)
        for name in sorted({*names} - {*names_in(names, self.body.text)}):
            self.fields.fault("names", f"“{name}” stands nowhere in the lesson", "write one word as it stands")
        return names

    def _chunks(self) -> dict[str, Chunk]:
        first, chunks = parts_of(self.body)
        if first.first_words:
            self._fault(first.first_words, "there is text before the first part", "start with “# before”")
        for chunk in chunks:
            if chunk.title not in ORDER:
                self._fault(chunk.line, f"there is no part “{chunk.title}”", f"name one of: {', '.join(ORDER)}")
        known = [chunk for chunk in chunks if chunk.title in ORDER]
        names = [chunk.title for chunk in known]
        for name in ORDER:
            if name not in names:
                self._fault(1, f"the part “{name}” is missing", f"add “# {name}” and its text")
        if len(set(names)) == len(ORDER) and names != list(ORDER):
            self._fault(known[0].line, "the parts are not in order, or one is there twice", f"use {', '.join(ORDER)}")
        return {chunk.title: chunk for chunk in known}

    def _prose(self, chunks: dict[str, Chunk], name: str) -> Prose:
        prose = chunks[name].prose() if name in chunks else Prose("", self.fields.file, 0)
        if name in chunks and not prose.text.strip():
            self._fault(prose.offset, f"the part “{name}” is empty", "write its text")
        self.proses.append(prose)
        return prose

    def _part(self, chunk: Chunk) -> Part:
        above, slides = chunk.slides()
        if above.first_words:
            self._fault(above.first_words, "there is text before the first slide", "start each slide with “## title”")
        if not slides:
            self._fault(chunk.line, f"the part “{chunk.title}” has no slide", "add “## title” and its text")
        if chunk.title == "quiz" and len(slides) != QUESTIONS:
            self._fault(chunk.line, f"the quiz has {len(slides)} questions", f"write {QUESTIONS}, one slide each")
        read = tuple(self._slide(slide, quiz=chunk.title == "quiz") for slide in slides)
        return Part(chunk.title, read)

    def _slide(self, slide: Chunk, *, quiz: bool) -> Slide:
        text, notes, answers = slide.prose(shown), slide.prose(note), options(slide)
        self.proses += [text, notes]
        self.passages += [slide.title, *text.passages(), *(each.words for each in answers)]
        words = sum(len(passage.split()) for passage in text.passages())
        if words > self.most_words:
            self._fault(slide.line, f"the slide has {words} words", f"make it {self.most_words} at most")
        if not quiz and answers:
            self._fault(slide.line, "answers to tick can only stand in the quiz", "use a plain list, or move it")
        question = self._question(slide, text, answers) if quiz else None
        html = Markup() if question else text.html
        read = Slide(len(self.slides) + 1, slide.title, self._minutes(slide), html, notes.html, question)
        self.slides.append(read)
        return read

    def _minutes(self, slide: Chunk) -> int:
        """Return how long a slide takes: the original says it, once for every language."""
        if self.original is None:
            if not slide.minutes:
                self._fault(slide.line, "the slide has no minutes", f"write “## {slide.title}: 2”")
            return slide.minutes or 0
        if slide.minutes:
            self._fault(slide.line, "minutes stand in the original only", f"write “## {slide.title}”")
        first = self.original.slides
        return first[len(self.slides)].minutes if len(self.slides) < len(first) else 0

    def _question(self, slide: Chunk, why: Prose, answers: tuple[Option, ...]) -> Question:
        right = [index for index, answer in enumerate(answers) if answer.right]
        if len(answers) < 2 or len(right) != 1:
            self._fault(
                slide.line,
                f"the question has {len(answers)} answers and {len(right)} right ones",
                "write two or more “- [ ] answer”, and one of them as “- [x] answer”",
            )
        if not why.text.strip():
            self._fault(slide.line, "the question does not say why", "write a line or two below the answers")
        return Question(tuple(answer.words for answer in answers), right[0] if right else 0, why.html)

    def _check_minutes(self, parts: tuple[Part, ...]) -> None:
        total = sum(part.minutes for part in parts)
        timed = all(slide.minutes for part in parts for slide in part.slides)
        if self.original is None and len(parts) == len(PARTS) and timed and total != LESSON_MINUTES:
            self._fault(1, f"the slides take {total} minutes", f"change them until they are {LESSON_MINUTES}")

    def _compare(self, lesson: Lesson, original: Lesson) -> None:
        """A translation has the same slides and the same right answers."""
        for own, first in zip(lesson.parts, original.parts, strict=False):
            if len(own.slides) != len(first.slides):
                what = f"“{own.name}” has not the slides of the original"
                self._fault(1, what, f"make it {len(first.slides)} slides")
        rights = [[slide.question.right for slide in each.slides if slide.question] for each in (lesson, original)]
        if len(rights[0]) == len(rights[1]) and rights[0] != rights[1]:
            self._fault(
                1, "the quiz has other right answers than the original", "tick the same ones, in the same order"
            )

    def _read_by_pupils(self, adaptation: Adaptation, steps: Prose, handout: Prose) -> tuple[str, ...]:
        asked = (*adaptation.outcomes, *adaptation.baseline, *adaptation.words.values())
        return (*asked, *self.passages, *steps.passages(), *handout.passages())

    def _fault(self, line: int, what: str, fix: str) -> None:
        self.faults.append(Fault(self.fields.file, max(line, 1), what, fix))


def _said(adaptation: Adaptation) -> tuple[str, ...]:
    words = (f"{word}: {meaning}" for word, meaning in adaptation.words.items())
    return (*adaptation.outcomes, *adaptation.baseline, adaptation.easier, adaptation.challenge, *words)
