"""A lesson as a file of slides says what the page says, in large letters, and leads nowhere else."""

import re
import zipfile
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from markupsafe import Markup
from pptx import Presentation
from pptx.presentation import Presentation as Slides
from pptx.slide import Slide
from pptx.util import Pt

from tests.packs import packaged
from youthsafe.cards.lessons import views
from youthsafe.pack.lessons.lesson import Lesson

TOPICS = [lesson.topic for lesson in packaged().course("en").lessons]
LOCALES = [locale.tag for locale in packaged().site.locales]
ORDER_MARKS = str.maketrans("", "", "\u202a\u202c")


def file_of(client: FlaskClient, locale: str, topic: str) -> bytes:
    response = client.get(f"/{locale}/teach/{topic}.pptx")
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    return response.data


def opened(client: FlaskClient, locale: str, topic: str) -> Slides:
    return Presentation(BytesIO(file_of(client, locale, topic)))


def words(text: str) -> list[str]:
    """Every word that is shown, in order, without markup and marks of direction."""
    return Markup(re.sub(r"</(li|p)>", " ", text)).striptags().translate(ORDER_MARKS).split()


def body(slide: Slide) -> str:
    return slide.placeholders[1].text_frame.text


def notes(slide: Slide) -> str:
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None
    return frame.text


def of_the_lesson(slides: Slides) -> list[Slide]:
    """Its slides without the first, which names the lesson, and without those with answers."""
    answered = [slide for slide in slides.slides if not notes(slide)]
    return [slide for slide in slides.slides if slide not in answered][1:]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("topic", TOPICS)
def test_every_slide_has_the_words_of_the_lesson_and_its_notes(client: FlaskClient, topic: str, locale: str) -> None:
    lesson = packaged().lesson(locale, topic)
    content = file_of(client, locale, topic)
    assert len(content) <= views.SLIDES_WEIGH * 1000
    slides = of_the_lesson(Presentation(BytesIO(content)))
    assert len(slides) == len(lesson.slides)
    for made, slide in zip(slides[1:-1], lesson.slides[1:-1], strict=True):
        assert made.shapes.title is not None
        assert words(made.shapes.title.text_frame.text) == words(slide.title)
        shown = " ".join(slide.question.options) if slide.question else slide.html
        assert words(body(made)) == words(shown)
        assert " ".join(words(slide.notes)) in " ".join(words(notes(made)))


@pytest.mark.parametrize("locale", LOCALES)
def test_the_first_slides_say_what_is_learnt_and_the_last_one_where_help_is(client: FlaskClient, locale: str) -> None:
    lesson = packaged().lesson(locale, "bullying")
    _, today, *_, last = opened(client, locale, "bullying").slides
    assert all(" ".join(words(each)) in " ".join(words(body(today))) for each in lesson.adaptation.outcomes)
    assert {"999", "0800 1111"} <= set(re.findall(r"\d+(?: \d+)*", body(last).translate(ORDER_MARKS)))
    assert " ".join(words(lesson.told)) in " ".join(words(notes(last)))


def test_an_answer_comes_on_a_slide_of_its_own(client: FlaskClient, pack_lesson: Lesson) -> None:
    shown = [body(slide) for slide in opened(client, "en", "bullying").slides]
    for slide in pack_lesson.quiz:
        assert slide.question
        right = slide.question.options[slide.question.right]
        assert sum(f"The answer is {'ABC'[slide.question.right]}.\n{right}\n" in each for each in shown) == 1


@pytest.fixture
def pack_lesson() -> Lesson:
    return packaged().lesson("en", "bullying")


def test_the_main_task_says_how_to_make_it_easier_or_harder(client: FlaskClient, pack_lesson: Lesson) -> None:
    made = of_the_lesson(opened(client, "en", "bullying"))[pack_lesson.task.number - 1]
    assert f"Support: {pack_lesson.adaptation.easier}" in notes(made)
    assert f"Challenge: {pack_lesson.adaptation.challenge}" in notes(made)


@pytest.mark.parametrize("locale", LOCALES)
def test_letters_are_28_points_at_least_and_lines_run_as_the_language_does(client: FlaskClient, locale: str) -> None:
    for slide in opened(client, locale, "first-aid").slides:
        for placeholder in slide.placeholders:
            for line in placeholder.text_frame.paragraphs:
                assert all(run.font.size is not None and run.font.size >= Pt(28) for run in line.runs)
                assert all(run._r.rPr.get("lang") in {locale, "en"} for run in line.runs)
                if line.runs:
                    assert line._p.pPr.get("rtl") == ("1" if locale == "ar" else "0")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_file_says_who_checked_it_leads_nowhere_and_names_nobody(client: FlaskClient, locale: str) -> None:
    content = file_of(client, locale, "knife-crime")
    made = Presentation(BytesIO(content))
    assert made.core_properties.author == ""
    assert made.core_properties.language == locale
    if locale == "en":
        assert "No teacher or safeguarding lead has checked this lesson yet." in notes(made.slides[0])
    with zipfile.ZipFile(BytesIO(content)) as parts:
        for name in parts.namelist():
            assert b'TargetMode="External"' not in parts.read(name), name


def test_the_page_says_how_much_the_file_weighs_at_most(client: FlaskClient) -> None:
    page = client.get("/en/teach/bullying/").text
    assert 'href="/en/teach/bullying.pptx" download="bullying-en.pptx"' in page
    assert f'<bdi dir="ltr">{views.SLIDES_WEIGH}</bdi>' in page


def test_a_file_made_later_is_the_same_so_that_a_server_can_be_compared_with_a_release(client: FlaskClient) -> None:
    with zipfile.ZipFile(BytesIO(file_of(client, "en", "bullying"))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    modified = opened(client, "en", "bullying").core_properties.modified
    assert modified is None or modified.year < 2020


def test_there_are_no_slides_without_a_lesson(client: FlaskClient) -> None:
    assert client.get("/en/teach/home-and-family.pptx").status_code == 404
