"""Every interface text is there in every language, with its places for numbers and names, in every plural form."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from scripts.translations import extract
from tests.latin_words import left_in_english
from tests.packs import packaged

ROOT = Path(__file__).parent.parent.parent
LANGUAGES = [locale.tag for locale in packaged().site.locales[1:]]
PLACE = re.compile(r"%\((\w+)\)[sd]")
IN_WORDS = {"num"}  # Arabic says one and two without a number
SAID_ALOUD = ("I need help",)  # what a child says to people who know English only
#: What is written as in English, or is a name there.
ALIKE = {
    "fr": {
        *("%(num)s minute", "%(num)s minutes", "Bus", "Childline", "Code", "Latitude", "Longitude", "Messages"),
        *("Normal", "Notes", "Port", "Quiz", "Safe Havens"),
    },
    "pl": {"Childline", "DEMO", "Park", "Port", "Quiz", "Stop"},
    "ta": {"%(number)s / %(total)s", "Childline", "SMS: SHOUT", "Safe Haven"},
}
LETTERS = {"ar": re.compile("[\u0600-\u06ff]"), "ta": re.compile("[\u0b80-\u0bff]")}


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return extract()


def catalogue(language: str) -> Catalog:
    with (ROOT / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as text:
        return read_po(text, locale=language, abort_invalid=True)


def texts(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def messages(source: Catalog) -> dict[str, Message]:
    return {texts(message.id)[0]: message for message in source if message.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing(language: str, wanted: Catalog) -> None:
    have = messages(catalogue(language))
    missing = [text for text in messages(wanted) if text not in have or not all(texts(have[text].string))]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_left_in_english(language: str) -> None:
    letters = LETTERS.get(language, re.compile("."))
    alike = {
        text
        for message in catalogue(language)
        if message.id
        for text in texts(message.string)
        if text in texts(message.id) or not letters.search(text)
    }
    assert alike == ALIKE.get(language, set())


@pytest.mark.parametrize("language", LETTERS)
def test_no_word_is_left_in_english(language: str) -> None:
    read = [text for message in catalogue(language) if message.id for text in texts(message.string)]
    assert [text for text in read if left_in_english(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_left_over_from_earlier_words(language: str, wanted: Catalog) -> None:
    assert sorted(set(messages(catalogue(language))) - set(messages(wanted))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_waits_for_a_second_look(language: str) -> None:
    assert [message.id for message in catalogue(language) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_for_a_number_or_a_name_is_kept(language: str) -> None:
    for message in catalogue(language):
        if not message.id:
            continue
        places = {name for text in texts(message.id) for name in PLACE.findall(text)}
        for text in texts(message.string):
            found = set(PLACE.findall(text))
            assert found <= places, text
            if isinstance(message.id, str):
                assert found == places, text
            else:
                assert places - found <= IN_WORDS, text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", SAID_ALOUD)
def test_what_a_child_has_to_say_in_english_stays_in_english(language: str, words: str) -> None:
    told = [message for message in catalogue(language) if words in texts(message.id)[0]]
    assert told, words
    assert [message.id for message in told if not all(words in text for text in texts(message.string))] == []


def test_arabic_has_its_six_plural_forms() -> None:
    arabic = catalogue("ar")
    assert arabic.num_plurals == 6
    for message in arabic:
        if message.id and not isinstance(message.id, str):
            assert len(texts(message.string)) == 6
