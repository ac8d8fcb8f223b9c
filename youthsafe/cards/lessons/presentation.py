"""A lesson as a file of slides: the same words as the page, the notes below them, and where help is last."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from youthsafe.cards.lessons.paragraphs import Paragraph, Run, paragraphs_of, said
from youthsafe.cards.lessons.slides_file import SlidesFile
from youthsafe.pack.lessons.lesson import Lesson, Question, Slide
from youthsafe.pack.services import Service
from youthsafe.pack.translation import Translation

_ANSWERS = "ABCDEF"


class LessonFile:
    """One lesson, and who helps with its topic; `right_to_left` is how its language runs."""

    def __init__(self, lesson: Lesson, helpers: Sequence[Service], *, right_to_left: bool) -> None:
        self._lesson, self._helpers, self._right_to_left = lesson, helpers, right_to_left
        self._file = SlidesFile(lesson.title, lesson.locale, right_to_left=right_to_left)

    def content(self) -> bytes:
        """Write every slide; each question is followed by a slide with its answer."""
        lesson = self._lesson
        self._file.add(lesson.title, [said(lesson.summary)], [*self._checked(), *self._read(lesson.before)])
        for slide in lesson.slides:
            self._file.add(slide.title, [*self._shown(slide)], [*self._notes(slide)])
            if slide.question:
                self._file.add(slide.title, [*self._answer(slide.question)], [])
        return self._file.content()

    def _read(self, html: str) -> list[Paragraph]:
        return paragraphs_of(html, isolate=self._right_to_left)

    def _shown(self, slide: Slide) -> Iterator[Paragraph]:
        first, last = self._lesson.slides[0], self._lesson.slides[-1]
        if slide.question:
            yield from (Paragraph((Run(option),), "A") for option in slide.question.options)
        yield from self._read(slide.html)
        if slide is first:
            yield from (Paragraph((Run(outcome),), "ul") for outcome in self._lesson.adaptation.outcomes)
        if slide is last:
            yield from (self._helper(service) for service in self._helpers)

    def _answer(self, question: Question) -> Iterator[Paragraph]:
        yield said(_("The answer is %(letter)s.", letter=_ANSWERS[question.right]), bold=True)
        yield said(question.options[question.right])
        yield from self._read(question.why)

    def _notes(self, slide: Slide) -> Iterator[Paragraph]:
        lesson = self._lesson
        yield said(ngettext("%(num)s minute", "%(num)s minutes", slide.minutes), bold=True)
        yield from self._read(slide.notes)
        if slide is lesson.task:
            yield _headed(_("Support"), lesson.adaptation.easier)
            yield _headed(_("Challenge"), lesson.adaptation.challenge)
        if slide is lesson.slides[-1]:
            yield said(_("If a pupil tells you something"), bold=True)
            yield from self._read(lesson.told)

    def _helper(self, service: Service) -> Paragraph:
        name = service.name.in_locale(self._lesson.locale).text
        ways = " · ".join(self._isolated(way) for way in _ways(service))
        return _headed(name, ways, "ul")

    def _isolated(self, way: str) -> str:
        return f"\u202a{way}\u202c" if self._right_to_left else way

    def _checked(self) -> Iterator[Paragraph]:
        """Say who checked it: a file goes from hand to hand without its page."""
        lesson = self._lesson
        if lesson.checked_by_role and lesson.checked_on:
            role, day = lesson.checked_by_role, lesson.checked_on.isoformat()
            yield said(_("Checked by: %(role)s, %(day)s.", role=role, day=day))
        else:
            yield said(_("No teacher or safeguarding lead has checked this lesson yet. Read it through first."))
        if lesson.translation == Translation.MACHINE:
            yield said(_("Translated by computer, not yet checked by a person."))


def _headed(heading: str, words: str, kind: str = "p") -> Paragraph:
    return Paragraph((Run(f"{heading}: ", bold=True), Run(words)), kind)


def _ways(service: Service) -> Iterator[str]:
    if service.silent:
        yield _("This helpline does not answer at the moment. Try another one.")
    if service.phone:
        yield _told(service, "phone", service.phone)
    elif service.text and service.text.say:
        yield _told(service, "text", _("Text %(word)s to %(number)s", word=service.text.say, number=service.text.to))
    elif service.text:
        yield _told(service, "text", _("Text %(number)s", number=service.text.to))
    if service.web_name and service.id != "emergency":
        yield _told(service, "web", service.web_name)


def _told(service: Service, field: str, words: str) -> str:
    return f"{words} ({_('not checked yet')})" if field in service.uncertain else words
