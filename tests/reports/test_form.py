"""What the form's pages say and carry about danger: the promise, and the phrases of every language, backwards."""

import re
import unicodedata
from fnmatch import fnmatchcase
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.packs import packaged

SITE = packaged().site


def _heard(phrase: str) -> tuple[frozenset[str], ...]:
    """A phrase as the phone hears it: `plain` in src/lib/plain.ts, and in each place the words that no other covers."""
    parts = unicodedata.normalize("NFKD", phrase)
    marks = {each for each in parts if unicodedata.category(each) == "Mn" and "TAMIL" not in unicodedata.name(each)}
    kept = (each for each in parts if each not in marks | set("'’‘`´"))
    text = re.sub(r"([^\W\d_])\1+", r"\1", "".join(kept).lower().replace("ł", "l"))
    places = tuple(_apart(place.split("/")) for place in text.removeprefix("!").split(" "))
    return (frozenset({"!"}), *places) if text.startswith("!") else places


def _apart(words: list[str]) -> frozenset[str]:
    covered = {word for word in words for other in words if word != other and fnmatchcase(word, other)}
    return frozenset(words) - covered


@pytest.mark.parametrize("path", ["report/", "report/practice/"])
@pytest.mark.parametrize("locale", [locale.tag for locale in SITE.locales])
def test_a_form_in_any_language_carries_the_phrases_of_all(client: FlaskClient, locale: str, path: str) -> None:
    page = client.get(f"/{locale}/{path}").text
    carried = re.search(r'data-risk="([^"]*)"', page)
    assert carried
    phrases = {_heard(phrase) for phrase in unescape(carried[1])[::-1].split("|")}
    for language in SITE.locales:
        assert {_heard(phrase) for phrase in language.risk_phrases} <= phrases, language.tag
    assert "knife/blade" not in page, "a school's filter may read the page"


@pytest.mark.parametrize("path", ["report/", "about/"])
def test_a_child_is_told_that_the_phone_looks_for_words_and_never_tells_us(client: FlaskClient, path: str) -> None:
    page = client.get(f"/en/{path}").text
    assert re.search(r"looks for words that may mean danger\.[^<]*It never tells us", page)


@pytest.mark.parametrize("path", ["report/", "report/practice/", "replies/"])
def test_the_help_sheet_never_shows_signing_up_as_a_way_to_call_for_help_now(client: FlaskClient, path: str) -> None:
    page = client.get(f"/en/{path}").text
    sheet = page[page.index('<dialog class="sheet"') : page.index("</dialog>")]
    ways = re.findall(r'<a class="row-link" href="([^"]+)"', sheet)
    assert ways[:4] == ["tel:999", "tel:08001111", "sms:85258?&amp;body=SHOUT", "https://www.kooth.com"]
    assert "sms:999" not in sheet
    apart = sheet[sheet.index("Sign up before you need it") :]
    assert "For people who are deaf, or who cannot speak on the phone." in apart
    assert "Sign up now, before you need it." in apart
    assert 'class="row-link"' not in apart


def test_the_promise_says_whom_we_tell(client: FlaskClient) -> None:
    page = client.get("/en/report/").text
    assert "If you or someone else is in danger and we know who, we will tell people who keep children safe." in page
    assert "Will you tell my mum or my school?" in page
    assert "we may tell" not in page


WORD_OF_THE_SERVER = (
    *("not-opened", "read-unchecked", "closed-report", "withdrawn-unchecked"),
    *("taken-back", "sure-unread", "written"),
)


@pytest.mark.parametrize("said", WORD_OF_THE_SERVER)
def test_what_nobody_but_the_server_says_is_called_its_word(client: FlaskClient, said: str) -> None:
    page = client.get("/en/replies/").text
    words = page.split(f'data-when="{said}"', 1)[1].split("data-when=", 1)[0]
    assert "The website says that" in words
