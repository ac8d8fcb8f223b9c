"""The phrases that may mean danger, as the form's pages carry them: all of them, in every language, and backwards."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from youthsafe.cards.pack import load
from youthsafe.config import PACKAGED_CONTENT

SITE = load(PACKAGED_CONTENT).site


@pytest.mark.parametrize("path", ["report/", "report/practice/"])
@pytest.mark.parametrize("locale", [locale.tag for locale in SITE.locales])
def test_a_form_in_any_language_carries_the_phrases_of_all(client: FlaskClient, locale: str, path: str) -> None:
    page = client.get(f"/{locale}/{path}").text
    carried = re.search(r'data-risk="([^"]*)"', page)
    assert carried
    phrases = unescape(carried[1])[::-1].split("|")
    for language in SITE.locales:
        assert set(language.risk_phrases) <= set(phrases), language.tag
    assert "knife/blade" not in page, "a school's filter may read the page"
