"""Whose job it is to help: roles a child can ask for, and no names that would be wrong next year."""

import re

import pytest
from flask.testing import FlaskClient

from tests.packs import packaged
from youthsafe.pack.reading import CARD_GRADE, SENTENCE_WORDS, read

PACK = packaged()
TAGS = [each.tag for each in PACK.site.locales]
ROLES = (
    "Safeguarding lead", "Form tutor", "School nurse", "A police officer who works with young people",
    "A grown-up you trust", "Youth worker", "Community champions", "Staff in a", "Social worker", "GP",
)  # fmt: skip


def page(client: FlaskClient, tag: str) -> str:
    answer = client.get(f"/{tag}/people/")
    assert answer.status_code == 200
    return answer.text[answer.text.index("<main") : answer.text.index("</main>")]


def test_every_role_is_there_with_what_to_do_first_and_the_services_last(client: FlaskClient) -> None:
    text = page(client, "en")
    places = [text.index("tel:999"), *(text.index(f"<strong>{role}") for role in ROLES), text.rindex("/en/support/")]
    assert places == sorted(places)


@pytest.mark.parametrize("tag", TAGS)
def test_each_language_has_the_page_with_its_review_status(client: FlaskClient, tag: str) -> None:
    text, written = page(client, tag), PACK.page(tag, "people")
    whole = client.get(f"/{tag}/people/").text
    assert written.locale == tag
    assert written.translation == ("original" if tag == "en" else "machine")
    assert whole.count('class="banner" role="note"') == (tag != "en"), "a computer made it: said once, in one line"
    assert 'class="translation-note"' not in text
    assert text.count("<strong>") == page(client, "en").count("<strong>")


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("start", ["", "support/"])
def test_a_child_finds_it_from_home_and_from_who_can_help(client: FlaskClient, tag: str, start: str) -> None:
    assert f'href="/{tag}/people/"' in client.get(f"/{tag}/{start}").text


def test_it_can_be_read_at_nine_and_names_nobody() -> None:
    passages = PACK.page("en", "people").origin.passages
    assert read(passages).grade <= CARD_GRADE
    assert read(passages).sentence <= SENTENCE_WORDS
    roles = " ".join(passages[: passages.index("A made-up story")])
    assert not re.search(r"\b(Mr|Mrs|Ms|Miss|Dr|PC|Sgt)\b|@", roles)
