"""A teacher is told who has checked what a lesson teaches, or that nobody has; pupils are not shown it on a slide."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from youthsafe.config import Config

NOBODY = "No teacher or safeguarding lead has checked this lesson yet."
LESSON = "en/lessons/bullying.md"
Change = Callable[[str, str, str], None]


@pytest.fixture
def changed(
    folder: Path, change: Change, config: Config, make_app: Callable[[Config], Flask]
) -> Callable[[str, str], FlaskClient]:
    """Opens a site whose pack has one replacement in a lesson."""

    def open_site(old: str, new: str) -> FlaskClient:
        change(LESSON, old, new)
        return make_app(replace(config, content=folder)).test_client()

    return open_site


@pytest.mark.parametrize("page", ["teach/bullying/", "teach/bullying/handout/"])
def test_an_english_lesson_that_nobody_checked_says_so(client: FlaskClient, page: str) -> None:
    assert NOBODY in client.get(f"/en/{page}").text


def test_the_list_of_lessons_says_it_once(client: FlaskClient) -> None:
    assert client.get("/en/teach/").text.count("No teacher or safeguarding lead has checked") == 1


def test_it_is_above_the_slides_and_not_on_what_is_printed(client: FlaskClient) -> None:
    lesson, handout = client.get("/en/teach/bullying/").text, client.get("/en/teach/bullying/handout/").text
    assert lesson.index(NOBODY) < lesson.index('id="slide-1"')
    assert handout.index(NOBODY) < handout.index('class="handout')
    assert NOBODY not in handout[handout.index('class="handout') :]


def test_whoever_checked_it_is_named_by_role_and_day_in_every_language(
    changed: Callable[[str, str], FlaskClient],
) -> None:
    client = changed(
        "reviewed_by_role: null\nreviewed_on: null", "reviewed_by_role: safeguarding lead\nreviewed_on: 2026-11-02"
    )
    for locale in ("en", "ar"):
        shown = client.get(f"/{locale}/teach/bullying/").text
        assert "safeguarding lead" in shown
        assert "2026-11-02" in shown
        assert NOBODY not in shown
    listed = client.get("/en/teach/").text
    assert listed.count("Checked by: safeguarding lead") == 1
    assert listed.count(NOBODY) == 6
