"""What a pupil does alone: every answer leads on without script, and a quiz is that of the lesson."""

import re

import pytest
from flask.testing import FlaskClient

from youthsafe.pack.pack import Pack


def main(client: FlaskClient, address: str) -> str:
    """What stands between the frame's parts."""
    answer = client.get(address)
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (200, False), address
    return answer.text.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_every_answer_leads_in_two_taps_to_a_page_that_is_there(client: FlaskClient, pack: Pack, locale: str) -> None:
    page = main(client, f"/{locale}/check/")
    situations = re.findall(r"<details class=\"situation\".*?</details>", page, re.DOTALL)
    assert len(situations) == len(pack.finder(locale).situations)
    for text, situation in zip(situations, pack.finder(locale).situations, strict=True):
        links = re.findall(r'<a class="row-link" href="([^"#]+)', text)
        assert len(links) == sum(answer.target.kind != "danger" for answer in situation.answers)
        assert {client.get(link).status_code for link in links} == {200}
        assert all(link.startswith(f"/{locale}/") for link in links)


def test_danger_shows_999_and_childline_at_once_and_no_link_before_them(client: FlaskClient) -> None:
    first = main(client, "/en/check/").split('<details class="situation"')[1]
    assert first.index("I am in danger right now") < first.index('href="tel:999"') < first.index('href="tel:08001111"')
    assert first.index('href="tel:08001111"') < first.index("row-link")


def test_who_wants_to_tell_comes_to_the_form_with_the_topic(client: FlaskClient) -> None:
    assert 'href="/en/report/#topic=online-safety"' in main(client, "/en/check/")


@pytest.mark.parametrize("locale", ["en", "ta"])
def test_a_quiz_asks_what_the_lesson_asks_and_says_why(client: FlaskClient, pack: Pack, locale: str) -> None:
    links = re.findall(rf'href="(/{locale}/check/quiz/[^"]+)"', main(client, f"/{locale}/check/quiz/"))
    lessons = pack.course(locale).lessons
    assert links == [f"/{locale}/check/quiz/{lesson.topic}/" for lesson in lessons]
    for link, lesson in zip(links, lessons, strict=True):
        page = main(client, link)
        assert page.count("data-answer") == len(lesson.quiz) == 5
        for slide in lesson.quiz:
            assert slide.question
            assert str(slide.question.why).strip() in page
        has_cards = lesson.topic in {topic.slug for topic in pack.topics(locale)}
        assert (f'href="/{locale}/cards/{lesson.topic}/"' in page) == has_cards


def test_a_quiz_has_nothing_for_a_teacher_and_counts_nothing(client: FlaskClient) -> None:
    page = main(client, "/en/check/quiz/bullying/")
    assert "For the teacher" not in page
    assert "Pupils point" not in page
    assert not re.search(r"<(form|input|textarea)", page)


def test_there_is_no_quiz_without_a_lesson(client: FlaskClient) -> None:
    assert client.get("/en/check/quiz/home-and-family/").status_code == 404


@pytest.mark.parametrize("locale", ["en", "pl"])
def test_home_the_topics_and_who_can_help_lead_to_it(client: FlaskClient, locale: str) -> None:
    for page in ("", "cards/", "support/"):
        assert main(client, f"/{locale}/{page}").count(f'href="/{locale}/check/"') == 1, page


def test_a_phone_keeps_all_of_it(client: FlaskClient, pack: Pack) -> None:
    pages = client.get("/fr/offline/pages.json").get_json()["pages"]
    quizzes = {f"/fr/check/quiz/{lesson.topic}/" for lesson in pack.course("fr").lessons}
    assert {"/fr/check/", "/fr/check/breathe/", "/fr/check/hand/", "/fr/check/quiz/", *quizzes} <= pages.keys()


def test_no_form_and_no_name_is_on_the_hand_that_could_send_or_keep_what_is_written(client: FlaskClient) -> None:
    page = main(client, "/en/check/hand/")
    boxes = re.findall(r"<input[^>]*>", page)
    assert len(boxes) == 5
    assert "<form" not in page
    for box in boxes:
        assert " name=" not in box
        for kept_by_the_browser in ('autocomplete="off"', 'spellcheck="false"', 'writingsuggestions="false"'):
            assert kept_by_the_browser in box
    assert "What you write here stays on this page, and is gone when you leave it." in page


def test_the_words_to_breathe_by_are_those_after_sent(client: FlaskClient) -> None:
    (words,) = re.findall(r'<p class="without-script">([^<]+)</p>', main(client, "/en/check/breathe/"))
    assert words in client.get("/en/report/").text


@pytest.mark.parametrize("page", ["check/breathe", "check/hand", "check/quiz"])
def test_the_finders_page_and_the_search_lead_to_each(client: FlaskClient, page: str) -> None:
    for place in ("check", "find"):
        assert main(client, f"/en/{place}/").count(f'href="/en/{page}/"') == 1, place
