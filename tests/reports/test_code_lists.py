"""What a reply code is written in: the reader's language, English for other Latin scripts, and numbers for the rest."""

import re

import pytest
from flask.testing import FlaskClient

from tests.packs import packaged
from youthsafe.reports.code_lists import code_list, languages

FILES = ("app.js", "words_en.js", "words_fr.js", "words_pl.js", "sealer_en.js", "sealer_fr.js")


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("en", "en"),
        ("fr", "fr"),
        ("fr-CA", "fr"),
        ("so", "en"),
        ("pl", "en"),  # a list without a sealer
        ("tr", "en"),
        ("sr-Latn", "en"),
        ("sr", None),
        ("ar", None),
        ("ta", None),
        ("zh-Hans", None),
        ("az", "en"),
        ("az-IR", None),
        ("en-Shaw", None),
    ],
)
def test_a_code_is_written_in_a_script_that_its_reader_can_copy(locale: str, language: str | None) -> None:
    assert code_list(locale, FILES) == language


def test_english_is_the_first_of_the_lists() -> None:
    assert languages(FILES) == ["en", "fr"]


WORDS = {"ar": "كلم", "ta": "சொற்க"}  # the stem of what nobody is to copy where codes are numbers


def test_every_language_whose_codes_are_numbers_is_looked_at() -> None:
    site = packaged().site
    assert {locale.tag for locale in site.locales if code_list(locale.tag, FILES) is None} == set(WORDS)


@pytest.mark.parametrize(("locale", "words"), WORDS.items())
def test_where_codes_are_numbers_the_card_speaks_of_no_words(client: FlaskClient, locale: str, words: str) -> None:
    for path in ("report/", "report/practice/"):
        page = client.get(f"/{locale}/{path}").text
        card = page[page.index("data-code hidden") : page.index("data-sure")]
        assert words not in card, path
        assert 'class="code-words" dir="ltr" translate="no"' in card


def test_a_page_knows_the_list_of_its_language_and_the_page_of_answers_knows_all(client: FlaskClient) -> None:
    assert 'data-sealer="/assets/sealer_en-' in client.get("/en/report/").text
    assert 'data-sealer="/assets/sealer_numbers-' in client.get("/ta/report/").text
    lists = re.search(r'data-lists="([^"]*)"', client.get("/ta/replies/").text)
    assert lists
    assert lists[1].startswith("/assets/words_en-")
