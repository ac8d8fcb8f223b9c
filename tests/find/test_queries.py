"""Two hundred queries as children write them, in five languages, each with the page that it is to find."""

import pytest
from flask.testing import FlaskClient

from tests.find.queries import LOCALES, queries
from youthsafe.pack.pack import Pack


def test_there_are_two_hundred_of_them_and_no_two_of_a_language_are_the_same() -> None:
    typed = {locale: [each.typed for each in queries(locale)] for locale in LOCALES}
    assert sum(map(len, typed.values())) >= 200
    assert all(len(set(each)) == len(each) >= 40 for each in typed.values())


@pytest.mark.parametrize("locale", LOCALES)
def test_they_ask_for_every_topic(pack: Pack, locale: str) -> None:
    asked = {each.address.split("/")[2] for each in queries(locale) if each.address.startswith("/cards/")}
    assert asked == set(pack.site.topics)


@pytest.mark.parametrize("locale", LOCALES)
def test_each_asks_for_a_page_or_a_helpline_that_is_there(client: FlaskClient, locale: str) -> None:
    pages = {address.partition("#")[0] for _, address in queries(locale)}
    text = {page: client.get(f"/{locale}{page}").text for page in pages}
    for _, address in queries(locale):
        page, _, place = address.partition("#")
        assert "<h1" in text[page], address
        assert not place or f'id="{place}"' in text[page], address
