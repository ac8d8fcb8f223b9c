"""What the shipped lessons say: made-up stories, a right to pass, nothing that frightens, and where help is."""

import re

import pytest

from tests.packs import packaged
from youthsafe.pack.lessons.changeable_names import names_in
from youthsafe.pack.lessons.lesson import Lesson
from youthsafe.pack.reading import CARD_GRADE, SENTENCE_WORDS, read

PACK = packaged()
LESSONS = PACK.course("en").lessons
FORBIDDEN = [
    r"has (this|it|that) (ever )?happened to you", r"\bgang", r"\bperpetrator", r"\boffender", r"\bthug", r"100 ?%",
    r"always here", r"times more likely", r"one in (three|four|five)", r"\bstab", r"\bblood", r"\bwound",
    r"\bdead(ly)?\b", r"\bkill", r"\bmurder", r"\bprison\b", r"\d+ (%|per cent)",
]  # fmt: skip

MINUTES = ["two", "three", "four", "five", "six", "seven", "eight"]

pytestmark = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.topic)


def shown(lesson: Lesson) -> str:
    return " ".join([lesson.title, lesson.summary, *lesson.origin.passages])


def test_there_is_a_lesson_for_every_topic_of_the_programme(lesson: Lesson) -> None:
    of_the_plan = ["bullying", "knife-crime", "healthy-relationships", "online-safety", "drugs-and-alcohol"]
    assert [each.topic for each in LESSONS] == [*of_the_plan, "out-on-the-street", "first-aid"]
    assert lesson.minutes == 50


def test_what_pupils_read_can_be_read_at_nine(lesson: Lesson) -> None:
    reading = read(lesson.origin.passages)
    assert reading.grade <= CARD_GRADE
    assert reading.sentence <= SENTENCE_WORDS


def test_nothing_frightens_labels_or_asks_for_a_childs_own_story(lesson: Lesson) -> None:
    assert [pattern for pattern in FORBIDDEN if re.search(pattern, shown(lesson), re.IGNORECASE)] == []


def test_the_rules_give_a_right_to_pass_and_a_question_box(lesson: Lesson) -> None:
    rules = " ".join(slide.html for slide in lesson.parts[0].slides)
    assert "You can pass" in rules
    assert "No real names" in rules
    assert "question in the box" in rules


def test_the_story_is_made_up_and_the_teacher_is_told_so(lesson: Lesson) -> None:
    scenario = lesson.parts[2].slides
    assert scenario[0].title.startswith("A story:")
    assert "made up" in scenario[0].notes


def test_the_teacher_is_told_to_warn_the_safeguarding_lead_first(lesson: Lesson) -> None:
    assert re.search(r"[Ww]arn (your safeguarding lead|them)", lesson.before)
    assert "question box" in lesson.before


def test_the_notes_end_with_what_to_do_if_a_pupil_tells_something(lesson: Lesson) -> None:
    for advice in ("<strong>Listen.</strong>", "<strong>Promise nothing</strong>", "safeguarding lead today"):
        assert advice in lesson.told


def test_the_skill_is_practised_and_the_handout_speaks_to_the_child_who_does_it(lesson: Lesson) -> None:
    assert any(slide.title.startswith("Try it") for slide in lesson.parts[3].slides)
    assert "childline" in lesson.who_helps
    assert len(re.findall(r"<h2>", lesson.handout)) >= 4


def test_the_same_questions_come_before_and_after(lesson: Lesson) -> None:
    first, last = lesson.parts[0].slides[-1], lesson.parts[-1].slides[0]
    assert "Before the lesson" in first.html
    assert "After the lesson" in last.html
    assert all(question.endswith("?") for question in lesson.adaptation.baseline)


def test_minutes_are_enough_for_what_is_read_and_what_the_notes_ask_for(lesson: Lesson) -> None:
    """Slides are read aloud to pupils who learn English: a hundred words a minute."""
    for slide in lesson.slides:
        words = len(re.sub(r"<[^>]+>", " ", slide.html).split())
        assert words / 100 <= slide.minutes, slide.title
        for asked in re.findall(rf"\b({'|'.join(MINUTES)}) minutes", str(slide.notes), re.IGNORECASE):
            assert MINUTES.index(asked.lower()) + 2 <= slide.minutes, slide.title


def test_a_question_of_the_quiz_takes_a_minute(lesson: Lesson) -> None:
    assert {slide.minutes for slide in lesson.parts[4].slides} == {1}


def test_the_words_of_the_word_box_are_words_of_the_lesson(lesson: Lesson) -> None:
    said = shown(lesson).lower()
    for word in lesson.adaptation.words:
        stem = re.sub(r"^(to|an?|it is) | (something|someone|your|out)\b.*$", "", word)
        assert stem.split()[0][:5] in said, word


def test_the_sheet_in_short_steps_has_lines_to_write_on(lesson: Lesson) -> None:
    steps = str(lesson.adaptation.steps)
    assert "<hr" in steps
    assert steps.count("<li>") >= 3


@pytest.mark.parametrize("locale", [locale.tag for locale in PACK.site.locales])
def test_everybody_in_a_story_has_a_name_that_can_be_changed(lesson: Lesson, locale: str) -> None:
    here = PACK.lesson(locale, lesson.topic)
    story = here.parts[2].slides[0]
    assert names_in(here.names, story.title, story.html)
